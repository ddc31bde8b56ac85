"""Many descents at once: thin paths for the stage, and the starts that lead to a place."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from lossopt.figures.messages import Descents, Frames, Grid, Path
from lossopt.figures.packing import pack
from lossopt.figures.palette import Color
from lossopt.figures.scene import Contestant, stage_scene, stride_of
from lossopt.landscapes.surfaces import Plane
from lossopt.objectives import Objective
from lossopt.params import IntArray
from lossopt.sweeps import Basins
from lossopt.trajectories import Trajectory

MOST_FRAMES = 301
"""Of each path: a message with 500 of them has at most 2.4 MB."""


def crowd_scene(
    objective: Objective,
    plane: Plane,
    runs: Sequence[Trajectory],
    nobody: Contestant,
    surface: Grid,
) -> Descents:
    """Pack what the stage draws below a crowd: surface, start and steps, without any run.

    Parameters
    ----------
    objective : Objective
    plane : Plane
    runs : list of Trajectory
        All from the same start, with the same number of steps.
    nobody : Contestant
        Stands for the first run while it is packed.
    surface : Grid
        Under the plane, see `surface_message`.
    """
    scene = stage_scene(objective, plane, runs[:1], [nobody], surface)
    steps, stride = _frames(runs[0].n_steps)
    return dataclasses.replace(scene, runs=(), live=None, frames=Frames(len(steps), stride))


def crowd(plane: Plane, runs: Sequence[Trajectory], colors: Sequence[Color]) -> tuple[Path, ...]:
    """Pack runs as thin paths, each with its color.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.figures.palette import look_of
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](), bowl, n_steps=5)
    >>> len(crowd(axis_plane(bowl), [run, run], [look_of("adam").color] * 2))
    2
    """
    steps, _ = _frames(runs[0].n_steps) if runs else (np.arange(0), 1)
    return tuple(
        Path(color, pack(plane.project(run.iterates[steps])), pack(run.losses[steps]))
        for run, color in zip(runs, colors, strict=True)
    )


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
