"""Surfaces: an objective on a grid over a plane through its params."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.arguments import kind_of, kinds_of, number, real_array, region, texts, whole
from lossopt.borders import Guarded, array, fitting
from lossopt.landscapes.fast import fast_values
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array, points
from lossopt.trajectories import Trajectory

MAX_CELLS = 250_000
NOTHING = "–"
"""Name of the second axis where there is but one param."""
PRINCIPAL = ("PC 1", "PC 2")
"""Names of the axes along which runs move most."""
Box = tuple[tuple[float, float], tuple[float, float]]


def _checked_place(plane: Plane, x: Any, y: Any) -> tuple[Any, ...]:
    return fitting(x=array("x", x), y=array("y", y))


@dataclasses.dataclass(frozen=True, eq=False)
class Plane(Guarded):
    """A plane through the params: params = origin + x · directions[0] + y · directions[1].

    Attributes
    ----------
    origin : array (n_params,)
    directions : array (2, n_params)
        Orthonormal; the second one is zero where there is but one param.
    labels : tuple of str
        Names of the two axes.
    """

    checks = {
        "params": _checked_place,
        "at": lambda self, x, y: (number("x", x), number("y", y)),
        "project": lambda self, params: (points(params, self.origin.size),),
    }
    origin: Array
    directions: Array
    labels: tuple[str, str]

    def __post_init__(self) -> None:
        origin = real_array("origin", self.origin)
        directions = real_array("directions", self.directions)
        if origin.ndim != 1 or directions.shape != (2, origin.size):
            raise ValueError(
                "A plane needs an origin (n_params,) and directions (2, n_params), but they are "
                f"{origin.shape} and {directions.shape}."
            )
        values = {
            "origin": origin,
            "directions": directions,
            "labels": texts("labels", self.labels, 2),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def params(self, x: Array, y: Array) -> Array:
        """Params of points on the plane, ``(..., n_params)``."""
        return np.asarray(
            self.origin + x[..., None] * self.directions[0] + y[..., None] * self.directions[1]
        )

    def at(self, x: float, y: float) -> Array:
        """Params of one point on the plane, ``(n_params,)``."""
        return self.params(np.asarray(x), np.asarray(y))

    def project(self, params: Array) -> Array:
        """Nearest points on the plane, ``(..., n_params)`` to ``(..., 2)``."""
        return np.asarray((params - self.origin) @ self.directions.T)


def axis_plane(objective: Objective, first: int = 0, second: int = 1) -> Plane:
    """Plane of two chosen params, the others held at the minimizer or the best point known.

    An objective of one param alone becomes a valley that is the same all along its second axis.

    Examples
    --------
    >>> import lossopt as lo
    >>> plane = axis_plane(lo.OBJECTIVES["rosenbrock"]())
    >>> plane.project(np.array([3.0, 4.0]))
    array([3., 4.])
    """
    kind_of("objective", objective, Objective)
    last = objective.n_params - 1
    if last == 0 and (first, second) == (0, 1):
        blank = np.array([[1.0], [0.0]])
        return Plane(np.zeros(1), blank, (objective.param_names[0], NOTHING))
    if last < 1 or whole("first", first, 0, last) == whole("second", second, 0, last):
        raise ValueError("A plane needs two different params.")
    directions = np.eye(objective.n_params)[[first, second]]
    origin = resting_point(objective) * (1.0 - directions.sum(axis=0))
    names = objective.param_names
    return Plane(origin, directions, (names[first], names[second]))


def usual_box(objective: Objective, first: int = 0, second: int = 1) -> Box:
    """Region of two params that is worth drawing; with one param, as high as it is wide.

    Examples
    --------
    >>> import lossopt as lo
    >>> usual_box(lo.OBJECTIVES["rosenbrock"]())
    ((-2.0, 2.0), (-1.0, 3.0))
    """
    bounds = objective.bounds
    if objective.n_params > 1:
        return bounds[first], bounds[second]
    low, high = bounds[0]
    return bounds[0], (0.5 * (low - high), 0.5 * (high - low))


def resting_point(objective: Objective) -> Array:
    """Where params that are not drawn are held: minimizer, else best point known, else start."""
    if isinstance(objective, EmpiricalRisk):
        return objective.reference.params
    known = objective.minimizers
    return np.asarray(known[0] if len(known) else objective.start)


def pca_plane(objective: Objective, runs: Sequence[Trajectory]) -> Plane:
    """Plane in which the runs move most: two principal directions of all steps from the start.

    It passes through the minimizer or the best point known; where the objective is not convex,
    through the last iterate of the run that ends lowest. Every run counts the same; diverged ones
    count only if all diverged.

    References
    ----------
    H. Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018.
    """
    kind_of("objective", objective, Objective)
    runs = kinds_of("runs", runs, Trajectory)
    moves = [np.nan_to_num(move, posinf=0, neginf=0) for move in _movements(runs)]
    if objective.n_params == 1:
        return axis_plane(objective)
    scaled = [move / max(float(np.abs(move).max()), 1e-300) for move in moves]
    directions = _principal_directions(np.concatenate(scaled))
    return Plane(_pca_origin(objective, runs), directions, PRINCIPAL)


def _principal_directions(moves: Array) -> Array:
    """Two orthonormal directions with the largest sums of squares, ``(2, n_params)``."""
    if len(moves) > moves.shape[1]:
        moves = np.asarray(np.linalg.qr(moves, mode="r"))
    directions = np.linalg.svd(moves, full_matrices=len(moves) < 2)[2][:2]
    largest = np.abs(directions).argmax(axis=1)
    return np.asarray(directions * np.sign(directions[[0, 1], largest])[:, None])


def _pca_origin(objective: Objective, runs: Sequence[Trajectory]) -> Array:
    ends = [run for run in runs if run.diverged_at is None and np.isfinite(run.losses[-1])]
    if objective.convex or len(objective.minimizers) or not ends:
        return resting_point(objective)
    return np.asarray(min(ends, key=lambda run: float(run.losses[-1])).iterates[-1])


def _movements(runs: Sequence[Trajectory]) -> list[Array]:
    """Iterates relative to the start, of the runs that did not diverge (of all, if all did)."""
    arrived = [run for run in runs if run.diverged_at is None] or runs
    return [run.iterates - run.iterates[0] for run in arrived]


def movement_shown(plane: Plane, runs: Sequence[Trajectory]) -> float:
    """Share of the squared movement away from the start that lies in the plane, 0 … 1.

    Computed over all finite iterates of all runs that did not diverge (of all, if all did).
    """
    moves = np.concatenate(_movements(runs))
    with np.errstate(over="ignore", invalid="ignore"):
        total = np.square(moves).sum(axis=1)
        inside = np.square(moves @ plane.directions.T).sum(axis=1)
    counted = np.isfinite(total)
    whole = float(total[counted].sum())
    return float(inside[counted].sum()) / whole if whole > 0 else 1.0


@dataclasses.dataclass(frozen=True, eq=False)
class Surface:
    """An objective on a grid.

    Attributes
    ----------
    x : array (nx,)
    y : array (ny,)
    z : array (ny, nx)
        Not finite where the objective overflows or is undefined.
    plane : Plane
    """

    x: Array
    y: Array
    z: Array
    plane: Plane


def evaluate_surface(
    objective: Objective,
    *,
    plane: Plane | None = None,
    bounds: Box | None = None,
    resolution: int = 100,
) -> Surface:
    """Evaluate an objective on a grid over a plane.

    Parameters
    ----------
    objective : Objective
    plane : Plane, optional
        The plane of the first two params by default.
    bounds : pair of (low, high), optional
        Region of the plane; the objective's own bounds of the first two params by default.
    resolution : int
        Grid points per axis; at most 500.

    Returns
    -------
    Surface

    Raises
    ------
    ValueError
        If an argument cannot be used: the region is empty, or the grid has more than 250 000
        points.

    Examples
    --------
    >>> import lossopt as lo
    >>> evaluate_surface(lo.OBJECTIVES["rosenbrock"](), resolution=3).z
    array([[2509.,  101., 2501.],
           [ 909.,  101.,  901.],
           [ 109.,  901.,  101.]])
    """
    plane, ((left, right), (low, high)) = checked_region(objective, plane, bounds)
    whole("resolution", resolution, 2, math.isqrt(MAX_CELLS))
    x, y = np.linspace(left, right, resolution), np.linspace(low, high, resolution)
    with np.errstate(all="ignore"):
        z = fast_values(objective, plane.origin, plane.directions, x, y)
        if z is None:
            z = objective.value(plane.params(x[None, :], y[:, None]))
    return Surface(x, y, z, plane)


def checked_region(
    objective: Objective, plane: Plane | None, bounds: Box | None
) -> tuple[Plane, Box]:
    """Plane and region of a grid, the usual ones where none are given.

    Raises
    ------
    ValueError
        If the plane does not fit the objective, or the region is empty.

    Examples
    --------
    >>> import lossopt as lo
    >>> checked_region(lo.OBJECTIVES["booth"](), None, ((-1, 1), (0, 2)))[1]
    ((-1.0, 1.0), (0.0, 2.0))
    """
    kind_of("objective", objective, Objective)
    plane = axis_plane(objective) if plane is None else kind_of("plane", plane, Plane)
    if plane.origin.shape != (objective.n_params,):
        raise ValueError(
            f"The plane lies among {plane.origin.size} params, but the objective has "
            f"{objective.n_params}."
        )
    return plane, region("bounds", usual_box(objective) if bounds is None else bounds)


def falls_below_zero(objective: Objective) -> bool:
    """Whether a function of at most two params has losses that no logarithmic scale can show.

    Examples
    --------
    >>> import lossopt as lo
    >>> falls_below_zero(lo.OBJECTIVES["himmelblau"]())
    False
    >>> falls_below_zero(lo.OBJECTIVES["styblinski_tang"]())
    True
    """
    if isinstance(objective, EmpiricalRisk) or objective.n_params > 2:
        return False
    return bool((evaluate_surface(objective, resolution=41).z < 0).any())


def box_around(points: Array, *, margin: float = 0.15, box: Box | None = None) -> Box | None:
    """Box that holds all points, and `box` too, with a margin; None without a finite point.

    With a `box`, points further away than 50 of its sides are left out: a run that has exploded
    cannot be followed.
    """
    points = points[np.isfinite(points).all(axis=1)]
    if box is not None:
        lows, highs = np.array(box).T
        reach = 50.0 * (highs - lows)
        near = ((points > lows - reach) & (points < highs + reach)).all(axis=1)
        points = np.concatenate([points[near], np.stack([lows, highs])])
    if not len(points):
        return None
    lows, highs = points.min(axis=0), points.max(axis=0)
    sides = highs - lows
    if box is None:
        usual = float(sides.max()) or float(np.abs(points).max()) or 1.0
        sides = np.maximum(sides, (0.05 if sides.any() else 1e-3) * usual)
    centers = 0.5 * (lows + highs)
    half = (0.5 + margin) * sides
    left, right = centers - half, centers + half
    return ((float(left[0]), float(right[0])), (float(left[1]), float(right[1])))


def fixed_box(
    objective: Objective, plane: Plane, start: Array | Sequence[float], axes: tuple[int, int]
) -> Box:
    """Region of two params that is worth drawing, and holds a start.

    Examples
    --------
    >>> import lossopt as lo
    >>> goal = lo.OBJECTIVES["rosenbrock"]()
    >>> fixed_box(goal, axis_plane(goal, 0, 1), goal.start, (0, 1)) == usual_box(goal)
    True
    """
    box = usual_box(objective, *axes)
    place = plane.project(np.asarray(start, dtype=float)[None])
    (left, right), (low, high) = box
    if left <= place[0, 0] <= right and low <= place[0, 1] <= high:
        return box
    return box_around(place, box=box) or box


def drawn_box(
    objective: Objective,
    plane: Plane,
    runs: Sequence[Trajectory],
    *,
    axes: tuple[int, int] | None = None,
    follow: bool = False,
) -> Box:
    """Region of the plane worth drawing.

    Parameters
    ----------
    objective : Objective
    plane : Plane
    runs : list of Trajectory
    axes : pair of int, optional
        The two params the plane is made of; None for a plane through the runs' movement.
    follow : bool
        Whether the region grows until it holds the paths.
    """
    box: Box | None
    if axes:
        box = fixed_box(objective, plane, runs[0].start, axes)
    else:
        goal = plane.project(_pca_origin(objective, runs)[None])
        box = box_around(np.concatenate([plane.project(runs[0].start[None]), goal]))
    if follow or not axes:
        paths = np.concatenate([plane.project(run.iterates) for run in runs])
        box = box_around(paths, box=box)
    assert box is not None  # the start is finite
    return box
