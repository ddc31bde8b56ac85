"""Slices through the loss of a network: which plane, and what it does not show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from lossopt.arguments import kind_of, kinds_of, one_of
from lossopt.landscapes.planes import plane_between, random_bounds, random_plane
from lossopt.landscapes.surfaces import Box, Plane, Surface, axis_plane, box_around, pca_plane
from lossopt.objectives import Objective
from lossopt.params import Array
from lossopt.trajectories import Trajectory, checked_seed

Slice = Literal["pca", "random", "line"]
SLICES: tuple[Slice, ...] = ("pca", "random", "line")
FAR = 1e100
"""A param this large has gone astray, even if it is still a number."""


@np.errstate(all="ignore")
def slice_plane(
    kind: Slice, objective: Objective, runs: Sequence[Trajectory], *, seed: int = 0
) -> Plane:
    """A plane through the params of a network that has been trained.

    Parameters
    ----------
    kind : str
        ``pca``: where the runs move most. ``random``: two filter-normalized random directions
        through the lowest end. ``line``: through start and the ends of the first two runs; with
        one run, through start and end.
    objective : Objective
    runs : list of Trajectory
        From the same start.
    seed : int
        Of the random directions.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.1), bowl, n_steps=9)
    >>> plane = slice_plane("line", bowl, [run])
    >>> (abs(plane.project(run.iterates[[0, -1]])[:, 1]) < 1e-9).all()
    np.True_
    """
    one_of("kind", kind, SLICES)
    kind_of("objective", objective, Objective)
    checked_seed("seed", seed)
    runs = kinds_of("runs", runs, Trajectory)
    if objective.n_params == 1:
        return axis_plane(objective)
    start, arrived = runs[0].iterates[0], [run for run in runs if _arrived(run)]
    if not arrived:
        return random_plane(objective, start, seed=seed)
    if kind == "random":
        lowest = min(arrived, key=lambda run: float(run.losses[-1]))
        return random_plane(objective, lowest.iterates[-1], seed=seed)
    return (kind == "line" and _line(objective, start, arrived, seed)) or pca_plane(
        objective, arrived
    )


def _line(
    objective: Objective, start: Array, runs: Sequence[Trajectory], seed: int
) -> Plane | None:
    """Plane through two ends and the start; None if nothing moved."""
    first, *others = [run.iterates[-1] for run in runs]
    second = next((end for end in others if not np.array_equal(end, first)), None)
    corners = [(first, second, start), (first, second)] if second is not None else []
    for points in [*corners, (start, first)]:
        try:
            return plane_between(objective, *points, seed=seed)
        except ValueError:  # they lie on a line, or are the same
            continue
    return None


def _arrived(run: Trajectory) -> bool:
    """Whether a run ends where lengths can still be computed."""
    near = bool(np.abs(run.iterates[-1]).max() < FAR)
    return run.diverged_at is None and near and bool(np.isfinite(run.losses[-1]))


@np.errstate(all="ignore")
def slice_box(kind: Slice, plane: Plane, runs: Sequence[Trajectory]) -> Box:
    """Region of the plane worth drawing: the paths, around a random plane the paper's region too.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.1), bowl, n_steps=9)
    >>> (left, right), _ = slice_box("pca", slice_plane("pca", bowl, [run]), [run])
    >>> left < right
    True
    """
    one_of("kind", kind, SLICES)
    runs = kinds_of("runs", runs, Trajectory)
    paths = [plane.project(run.iterates) for run in runs]
    firm = np.concatenate(
        [
            path[[0, -1]] if _arrived(run) else path[:1]
            for path, run in zip(paths, runs, strict=True)
        ]
    )
    box = random_bounds(plane) if kind == "random" else box_around(firm, margin=0.0)
    found = box_around(np.concatenate(paths), box=box)
    assert found is not None  # the start is finite
    return found


def heights_below(objective: Objective, plane: Plane, run: Trajectory) -> Array:
    """Loss at the point of the plane nearest to every iterate, ``(n_steps + 1,)``.

    It is what the picture shows under a path; the difference to the run's own losses is what the
    picture hides.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.1), bowl, n_steps=9)
    >>> bool(np.allclose(heights_below(bowl, axis_plane(bowl), run), run.losses))
    True
    """
    with np.errstate(all="ignore"):
        places = plane.project(run.iterates)
        return objective.value(plane.params(places[:, 0], places[:, 1]))


def lowest_point(surface: Surface) -> Array:
    """Params of the lowest grid point of a surface, ``(n_params,)``.

    Examples
    --------
    >>> import lossopt as lo
    >>> lowest_point(lo.evaluate_surface(lo.OBJECTIVES["quadratic"](), resolution=5))
    array([0., 0.])
    """
    heights = np.where(np.isfinite(surface.z), surface.z, np.inf)
    row, column = np.unravel_index(int(heights.argmin()), heights.shape)
    return surface.plane.at(float(surface.x[column]), float(surface.y[row]))


def hidden_slope(objective: Objective, plane: Plane, params: Array) -> float:
    """Norm of the gradient in the directions that a plane does not show; 0 at every minimum.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.landscapes.surfaces import axis_plane
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> hidden_slope(bowl, axis_plane(bowl), np.array([3.0, 0.4]))
    0.0
    """
    with np.errstate(all="ignore"):
        gradient = objective.gradient(params)
        hidden = gradient - (gradient @ plane.directions.T) @ plane.directions
        return float(np.linalg.norm(hidden))
