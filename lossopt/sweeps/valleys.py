"""Which minimizers descents arrive at, the local ones included."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.arguments import kind_of, kinds_of, number
from lossopt.entries import Entry
from lossopt.landscapes.surfaces import Box
from lossopt.objectives import Objective
from lossopt.params import Array, IntArray
from lossopt.sweeps import Basins, Cancelled, Progress, basins
from lossopt.sweeps._blocks import Pulse

MAX_VALLEYS = 8
TRIES = 40
"""Places that are looked at before the rest counts as not arrived."""
NOT_ARRIVED, DIVERGED = -1, -2


@dataclasses.dataclass(frozen=True, eq=False)
class Valleys:
    """Minimizers that some descents arrived at.

    Attributes
    ----------
    minimizers : array (n_minimizers, n_params)
        Global ones first, then local ones, from low to high.
    losses : array (n_minimizers,)
    n_global : int
        How many of them are global.
    index : list of array of int (ny, nx)
        For each field of starts the row of `minimizers`; −1 not arrived, −2 diverged.
    """

    minimizers: Array
    losses: Array
    n_global: int
    index: list[IntArray]


def arrivals(
    entries: Sequence[Entry],
    objective: Objective,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    **setting: Any,
) -> tuple[list[Basins], Valleys]:
    """Basins of one optimizer or more from the same starts, and the minimizers they arrive at.

    Parameters
    ----------
    entries : list of Entry
    objective : Objective
    progress, cancelled
        As in `sweep`.
    **setting
        Other arguments of `basins`.

    Examples
    --------
    >>> import lossopt as lo
    >>> rules = [Entry(lo.OPTIMIZERS[name](0.01)) for name in ("gradient_descent", "momentum")]
    >>> found, places = arrivals(rules, lo.OBJECTIVES["himmelblau"](), resolution=4)
    >>> len(found), len(places.minimizers)
    (2, 4)
    """
    entries, pulse = kinds_of("entries", entries, Entry), Pulse(progress, cancelled)
    parts = [pulse.part(k, 1, len(entries)) for k in range(len(entries))]
    found = [
        basins(entry, objective, progress=part.tell, cancelled=part.asked, **setting)
        for entry, part in zip(entries, parts, strict=True)
    ]
    return found, valleys(found, objective)


def valleys(found: Sequence[Basins], objective: Objective, *, tolerance: float = 0.01) -> Valleys:
    """Find the local minimizers that descents arrived at, besides the known global ones.

    A place counts as a minimizer if Newton's method, started from the end of a run there, stays
    near and comes to rest where the Hessian is positive definite. At most eight are told apart.

    Parameters
    ----------
    found : list of Basins
        On the same starts, of one or more optimizers.
    objective : Objective
    tolerance : float
        Distance, in longer sides of the region, at which a minimizer counts as reached.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.sweeps import basins
    >>> goal = lo.OBJECTIVES["styblinski_tang"]()
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
    >>> valleys([basins(rule, goal, resolution=8)], goal).minimizers.round(2)
    array([[-2.9 , -2.9 ],
           [ 2.75, -2.9 ],
           [-2.9 ,  2.75],
           [ 2.75,  2.75]])
    """
    found = kinds_of("found", found, Basins)
    kind_of("objective", objective, Objective)
    number("tolerance", tolerance, 0.0)
    (left, right), (low, high) = ((each[0], each[-1]) for each in (found[0].x, found[0].y))
    reach = tolerance * float(max(right - left, high - low))
    index = np.stack([each.index for each in found])
    ends = np.stack([each.ends for each in found])
    known = found[0].minimizers[:MAX_VALLEYS]
    index[index >= len(known)] = NOT_ARRIVED
    with np.errstate(all="ignore"):
        heights = objective.value(ends)
    waiting = (index == NOT_ARRIVED) & np.isfinite(heights)
    local: list[Array] = []
    for _ in range(TRIES):
        if not waiting.any() or len(known) + len(local) >= MAX_VALLEYS:
            break
        lowest = np.unravel_index(np.where(waiting, heights, np.inf).argmin(), heights.shape)
        place = _rest(objective, ends[lowest], reach)
        near = waiting & (_gaps(ends, ends[lowest] if place is None else place) <= reach)
        near[lowest] = True
        waiting &= ~near
        if place is not None:
            index[near] = len(known) + len(local)
            local.append(place)
    minimizers = np.concatenate([known, np.array(local).reshape(-1, objective.n_params)])
    with np.errstate(all="ignore"):
        losses = objective.value(minimizers)
    return Valleys(minimizers, losses, len(known), list(index))


def shares(places: Valleys) -> Array:
    """Share of the starts that arrive at each minimizer, ``(n_fields, n_minimizers)``."""
    n = range(len(places.minimizers))
    return np.array([[float(np.mean(index == k)) for k in n] for index in places.index])


def difference(places: Valleys) -> float:
    """Share of the starts from which the first two optimizers come to different ends."""
    first, second = places.index[:2]
    return float(np.mean(first != second))


def _gaps(points: Array, place: Array) -> Array:
    with np.errstate(over="ignore"):  # of points that are running away
        return np.asarray(np.linalg.norm(points - place, axis=-1))


def _rest(objective: Objective, place: Array, reach: float) -> Array | None:
    """Minimizer near a place, found by Newton's method; None if there is none within reach."""
    point = place
    with np.errstate(all="ignore"):
        for _ in range(30):
            hessian = objective.hessian(point)
            if not np.isfinite(hessian).all() or np.linalg.eigvalsh(hessian)[0] <= 0.0:
                return None
            move = np.linalg.solve(hessian, objective.gradient(point))
            point = point - move
            if not _gaps(point, place) <= reach:
                return None
            if np.linalg.norm(move) <= 1e-9 * reach:
                break
    return np.asarray(point)


def round_box(box: Box, resolution: int) -> Box:
    """The box, changed a little so that the points of its grid are round numbers.

    Examples
    --------
    >>> round_box(((-1.2345678, 2.0), (0.0, 1.0)), 64)
    ((-1.235, 1.9969), (0.0, 1.0017))
    """
    (left, right), (low, high) = (_rounded(*side, resolution) for side in box)
    return (left, right), (low, high)


def _rounded(low: float, high: float, resolution: int) -> tuple[float, float]:
    if resolution < 2:
        return low, high
    digits = 3 - int(np.floor(np.log10(high - low)))
    first = round(low, digits)
    step = round((high - low) / (resolution - 1), digits + 1)
    return first, round(first + (resolution - 1) * step, digits + 1)
