"""What a run on batches looks like from inside: rings, arrows, a cloud, and counted costs."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.figures.messages import Arrow, Dots, Marks
from lossopt.figures.packing import pack
from lossopt.figures.palette import FULL_GRADIENT, Look
from lossopt.landscapes.surfaces import Plane
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array
from lossopt.theory.gradient_noise import (
    batch_gradients,
    batch_rows,
    bytes_held,
    gradient_variance,
    multiply_adds,
    possible_gradients,
    sample_gradients,
)
from lossopt.trajectories import Trajectory

CLOUD = 80
"""Batches of a cloud, where there are more than can be drawn."""
MEASURED = 400
"""Random batches that the variance is measured on."""


@dataclasses.dataclass(frozen=True, eq=False)
class BatchView:
    """What the page adds to a scene, and numbers per frame for its sentences.

    Attributes
    ----------
    marks : Marks
        Rings of the data view.
    arrows : tuple of Arrow
    dots : tuple of Dots
    step : array (n_frames, 5)
        Step, epoch, samples in the batch, samples used so far, number of samples.
    cost : array (n_frames, 4)
        Multiply-adds of this step and so far, bytes held for one step and with all samples.
    noise : array (n_frames, 2)
        Variance of the batch gradient: closed form, and measured on random batches.
    turn : array (n_frames, 3)
        Norms of the batch gradient and of the full one, and the angle between them in degrees.
    """

    marks: Marks
    arrows: tuple[Arrow, ...]
    dots: tuple[Dots, ...]
    step: Array
    cost: Array
    noise: Array
    turn: Array


def batch_view(
    risk: EmpiricalRisk,
    run: Trajectory,
    plane: Plane,
    *,
    learning_rate: float,
    seed: int,
    look: Look,
) -> BatchView:
    """Describe every step of plain gradient descent on batches, and the one after the last.

    Parameters
    ----------
    risk : EmpiricalRisk
        Of a model that is linear in its params.
    run : Trajectory
        Of `gradient_descent`, with all its steps drawn.
    plane : Plane
    learning_rate : float
        Of that run.
    seed : int
        Of its batches.
    look : Look
    """
    n, size = risk.n_samples, run.batch_size
    rows = batch_rows(n, size, seed, len(run.iterates))
    single = sample_gradients(risk, run.iterates)
    full, drawn = single.mean(axis=-2), batch_gradients(single, rows)
    possible = possible_gradients(single, size, MEASURED)
    cloud = possible[:, :: -(-possible.shape[1] // CLOUD)]
    counts = (rows >= 0).sum(axis=1)
    starts = plane.project(run.iterates)
    arrows = []
    for slopes, color, dash in ((full, FULL_GRADIENT, (6, 3)), (drawn, look.color, ())):
        tips = plane.project(run.iterates - learning_rate * slopes)
        xy = pack(np.concatenate([starts, tips], axis=1))
        arrows.append(Arrow(color=color, dash=dash, xy=xy))
    ends = plane.project(run.iterates[:, None] - learning_rate * cloud)
    dots = Dots(color=look.color, marker="circle", n=cloud.shape[1], xy=pack(ends))
    with np.errstate(all="ignore"):
        measured = np.square(possible - full[:, None]).sum(axis=-1).mean(axis=-1)
    return BatchView(
        Marks(batches=pack(rows), batch_size=rows.shape[1]),
        tuple(arrows),
        (dots,) if size < n else (),
        _steps(run, counts, n),
        _costs(risk, counts, size),
        np.column_stack([gradient_variance(single, size), measured]),
        _turns(drawn, full),
    )


def _steps(run: Trajectory, counts: Array, n_samples: int) -> Array:
    steps = np.arange(len(counts))
    used = np.cumsum(counts)
    epochs = steps // run.steps_per_epoch + 1
    return np.column_stack([steps + 1, epochs, counts, used, np.full(len(counts), n_samples)])


def _costs(risk: EmpiricalRisk, counts: Array, size: int) -> Array:
    adds = np.array([multiply_adds(risk, count) for count in range(size + 1)])[counts]
    held = np.array([bytes_held(risk, count) for count in range(size + 1)])[counts]
    whole = np.full(len(counts), bytes_held(risk, risk.n_samples))
    return np.column_stack([adds, np.cumsum(adds), held, whole])


def _turns(drawn: Array, full: Array) -> Array:
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(drawn, axis=1), np.linalg.norm(full, axis=1)
        cosines = (drawn * full).sum(axis=1) / (norms[0] * norms[1])
        angles = np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0)))
    return np.column_stack([*norms, np.nan_to_num(angles)])
