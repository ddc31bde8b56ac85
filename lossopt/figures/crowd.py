"""Many descents at once: thin paths for the stage, and the starts that lead to a place."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from lossopt.entries import Entry
from lossopt.figures.messages import Descents, Frames, Grid
from lossopt.figures.packing import Floats, pack
from lossopt.figures.scene import Contestant, stage_scene, stride_of
from lossopt.landscapes.surfaces import Plane
from lossopt.objectives import Objective
from lossopt.params import IntArray
from lossopt.sweeps import Basins, Cancelled, Progress
from lossopt.trajectories import Trajectory, descend

AT_ONCE = 50
"""Runs between two words of progress."""
Packed = tuple[Floats, Floats]
MOST_FRAMES = 301
"""Of each path: a message with 500 of them has at most 2.4 MB."""


def crowd_scene(
    objective: Objective, plane: Plane, run: Trajectory, nobody: Contestant, surface: Grid
) -> Descents:
    """Pack what the stage draws below a crowd: surface, start and steps, without any run.

    Parameters
    ----------
    objective : Objective
    plane : Plane
    run : Trajectory
        One of the crowd, for the start and the number of steps.
    nobody : Contestant
        Stands for it while it is packed.
    surface : Grid
        Under the plane, see `surface_message`.
    """
    scene = stage_scene(objective, plane, [run], [nobody], surface)
    steps, stride = _frames(run.n_steps)
    return dataclasses.replace(scene, runs=(), live=None, frames=Frames(len(steps), stride))


def run_crowd(
    entries: Sequence[Entry],
    objective: Objective,
    plane: Plane,
    *,
    start: Sequence[float],
    n_steps: int,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Packed]:
    """Let many entries descend from one start, and pack where they go.

    Parameters
    ----------
    entries : list of Entry
    objective : Objective
    plane : Plane
        On which their paths are drawn.
    start, n_steps, seed
        As in `descend`.
    progress, cancelled : callable, optional
        As in `sweep`.

    Returns
    -------
    list of tuple
        Places on the plane and losses of every entry, as `Path` has them; fewer where it was
        cancelled.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl, rule = lo.OBJECTIVES["quadratic"](), Entry(lo.OPTIMIZERS["adam"]())
    >>> len(run_crowd([rule] * 3, bowl, axis_plane(bowl), start=[1.0, 1.0], n_steps=5))
    3
    """
    steps, _ = _frames(n_steps)
    packed: list[Packed] = []
    for k in range(0, len(entries), AT_ONCE):
        if cancelled and cancelled():
            break
        runs = descend(
            list(entries[k : k + AT_ONCE]), objective, start=start, n_steps=n_steps, seed=seed
        )
        packed += [
            (pack(plane.project(run.iterates[steps])), pack(run.losses[steps])) for run in runs
        ]
        if progress:
            progress(len(packed) / len(entries))
    return packed


def _frames(last_step: int) -> tuple[IntArray, int]:
    stride = stride_of(last_step, MOST_FRAMES)
    return np.minimum(np.arange(0, last_step + stride, stride), last_step), stride


def starts_that_lead_to(found: Basins, minimizer: int) -> str:
    """Starts that arrive at a minimizer, row by row from below: ``1`` where they do, else ``0``.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.sweeps import basins
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
    >>> found = basins(rule, lo.OBJECTIVES["himmelblau"](), resolution=4, n_steps=200)
    >>> starts_that_lead_to(found, 3)
    '0011001100000000'
    """
    return "".join("1" if index == minimizer else "0" for index in found.index.ravel().tolist())
