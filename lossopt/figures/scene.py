"""The message that the animated stage plays: arrays packed once, no styling beyond the palette."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

import numpy as np

from lossopt.figures.fits import fit_view
from lossopt.figures.live import live_message
from lossopt.figures.messages import Axes, Descents, Frames, Grid, Live, RegionsFit, Run
from lossopt.figures.packing import Bytes, Floats, pack
from lossopt.figures.palette import Look
from lossopt.landscapes.surfaces import Plane, Surface
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import IntArray
from lossopt.trajectories import Planned, Trajectory

MAX_FRAMES = 2001
MAX_PARAMS = 40
"""Models with more params send their place on the plane only."""


@dataclasses.dataclass(frozen=True)
class Contestant:
    """What a person reads about one run, and how it is drawn."""

    id: str
    label: str
    detail: str
    look: Look


def surface_message(surface: Surface, lowest: float | None) -> Grid:
    """Pack a surface; colors follow log(z − floor) so that valleys show.

    Parameters
    ----------
    surface : Surface
    lowest : float or None
        The objective's minimum where one is known.
    """
    finite = surface.z[np.isfinite(surface.z)]
    low = float(finite.min()) if finite.size else 0.0
    floor = low if lowest is None else min(low, lowest)
    spread = float(np.median(finite)) - floor if finite.size else 1.0
    x, y, z = (pack(values) for values in (surface.x, surface.y, surface.z))
    name = hashlib.sha1((x + y + z).encode(), usedforsecurity=False).hexdigest()[:16]
    room = max(2e-3 * spread, 1e-12 * max(abs(floor), 1.0))
    return Grid(name, x, y, z, log=True, floor=floor - room)


def stage_scene(
    objective: Objective,
    plane: Plane,
    runs: Sequence[Trajectory | Planned],
    contestants: Sequence[Contestant],
    surface: Grid | None,
    live: Live | None = None,
) -> Descents:
    """Pack runs, plane and fit for the stage; at most 2001 frames are sent of a long run.

    Parameters
    ----------
    objective : Objective
    plane : Plane
    runs : list of Trajectory or Planned
        All with the same number of steps. Those that the browser makes can be planned only.
    contestants : list of Contestant
        One per run.
    surface : Grid
        Under the plane, see `surface_message`; None where the browser finds the plane.
    live : Live, optional
        What `live_message` says of them, where it was asked already.
    """
    last_step = runs[0].n_steps
    steps, stride = frame_steps(last_step)
    spots = plane.project(objective.minimizers).tolist()
    start = plane.project(runs[0].start).tolist()
    live = live or live_message(objective, plane, runs)
    again = live.runs if live else [None for _ in runs]
    whole = [None if how else _made(run) for run, how in zip(runs, again, strict=True)]
    sent = [None if run is None else run.iterates[steps] for run in whole]
    fit, outputs = fit_view(objective, sent)
    network = isinstance(fit, RegionsFit) and fit.network is not None
    drawn = [
        _run_message(run, contestant, steps)
        for run, contestant in zip(runs, contestants, strict=True)
    ]
    return Descents(
        plane=Axes(tuple(plane.labels), pack(plane.origin), pack(plane.directions)),
        surface=surface,
        minimizers=tuple((x, y) for x, y in spots),
        start=(start[0], start[1]),
        n_params=objective.n_params,
        n_samples=objective.n_samples,
        param_names=tuple(objective.param_names),
        frames=Frames(len(steps), stride),
        last_step=last_step,
        runs=tuple(
            _whole(_said(message, output, network), objective, plane, run, steps)
            if run
            else message
            for message, run, output in zip(drawn, whole, outputs, strict=True)
        ),
        fit=fit,
        live=live,
    )


def frame_steps(last_step: int) -> tuple[IntArray, int]:
    """Steps that are sent of a run, and the distance between two of them.

    >>> frame_steps(4001)[0][-3:].tolist()
    [3996, 3999, 4001]
    """
    stride = stride_of(last_step, MAX_FRAMES)
    return np.minimum(np.arange(0, last_step + stride, stride), last_step), stride


def stride_of(last_step: int, max_frames: int) -> int:
    """Steps between two frames, so that there are at most so many frames.

    >>> stride_of(2000, 2001), stride_of(2001, 2001)
    (1, 2)
    """
    return max(1, -(-last_step // (max_frames - 1)))


def _made(run: Trajectory | Planned) -> Trajectory:
    if isinstance(run, Planned):
        raise TypeError(f"The browser does not run {run.optimizer.name} here: let it descend.")
    return run


def _run_message(run: Trajectory | Planned, contestant: Contestant, steps: IntArray) -> Run:
    """What every run brings, also one that the browser makes again."""
    look = contestant.look
    drawn = Run(
        id=contestant.id,
        label=contestant.label,
        detail=contestant.detail,
        color=look.color,
        dash=look.dash,
        marker=look.marker,
        diverged_at=None,
        learning_rate=float(run.optimizer.learning_rate) if run.optimizer else None,
        batch_size=run.batch_size,
        steps_per_epoch=run.steps_per_epoch,
        rests_at=run.rests_at,
    )
    if isinstance(run, Planned):
        return drawn
    losses = pack(run.losses[steps])
    return dataclasses.replace(drawn, loss=losses, diverged_at=run.lost_at, ending=run.ending)


def _said(message: Run, said: Floats | Bytes | None, network: bool) -> Run:
    """Add what `fit_view` says of a run."""
    if network:
        return dataclasses.replace(message, weights=Floats(said) if said else None)
    return dataclasses.replace(message, outputs=said)


def _whole(
    message: Run,
    objective: Objective,
    plane: Plane,
    run: Trajectory,
    steps: IntArray,
) -> Run:
    """Add what the browser does not make again."""
    iterates, many = run.iterates[steps], objective.n_params > MAX_PARAMS
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(objective.gradient(iterates), axis=-1)
        distance = objective.distance(iterates)
        tested = objective.test_loss(iterates) if isinstance(objective, EmpiricalRisk) else None
    return dataclasses.replace(
        message,
        params=None if many else pack(iterates),
        xy=pack(plane.project(iterates)) if many else None,
        gradient_norm=pack(norms),
        distance=None if distance is None else pack(distance),
        test_loss=None if tested is None else pack(tested),
        evaluations=pack(run.gradient_evaluations[steps]),
    )
