"""Messages of the heat map: outcomes and basins, packed once; words are added by the page."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossopt.figures.messages import Fact, Fate, HeatMap, Layer, MapAxis, MapLine, Mark
from lossopt.figures.packing import pack, pack_bytes
from lossopt.figures.palette import FATES, MINIMIZER, VALLEYS
from lossopt.params import Array, IntArray
from lossopt.sweeps import Basins
from lossopt.sweeps.maps import OutcomeMap, telling_cells
from lossopt.sweeps.valleys import Valleys

TELLING = "circle"
"""How a cell is marked that says what the map is about."""


def outcome_message(found: OutcomeMap, floor: float, *, log: bool) -> HeatMap:
    """Pack an outcome map.

    Parameters
    ----------
    found : OutcomeMap
    floor : float
        Lowest loss known; final losses are colored by what lies above it.
    log : bool
        Whether the second axis is logarithmic.

    Returns
    -------
    HeatMap
        Without words: layers "steps" and "final_loss", classes "ends_higher" and "diverged",
        facts "steps", "diverged", "final_loss" and "best_loss".
    """
    steps = _where(found.steps_to_target >= 0, found.steps_to_target)
    diverged = _where(found.diverged_at >= 0, found.diverged_at)
    codes = np.where(found.diverged_at >= 0, 2, found.ends_higher.astype(np.int64))
    counted = Layer(id="steps", values=pack(np.maximum(steps, 1)), log=True, floor=0.0)
    final = _losses(found.best_loss, np.where(codes == 0, found.final_loss, np.nan), floor)
    return HeatMap(
        x=MapAxis(pack(found.learning_rates), log=True),
        y=MapAxis(pack(found.values), log=log),
        layers=(counted, final),
        codes=pack_bytes(codes),
        classes=tuple(Fate(name, FATES[name]) for name in ("ends_higher", "diverged")),
        missing=FATES["not_arrived"],
        facts=(
            Fact("steps", pack(steps)),
            Fact("diverged", pack(diverged)),
            Fact("final_loss", pack(found.final_loss)),
        ),
    )


def _losses(best: Array, final: Array, floor: float) -> Layer:
    """How final losses are colored: by the logarithm of what lies above the lowest.

    Where some fall farther below the lowest loss known than all others lie above it, there is no
    lowest one that the others could be measured from: then by logarithms on both sides of zero.
    """
    lowest = min(floor, float(np.nanmin(best, initial=np.inf)))
    top = float(np.nanmax(final, initial=-np.inf))
    if np.isfinite(top) and floor - lowest > top - floor:
        unit = abs(top) or 1.0
        return Layer(
            id="final_loss", values=pack(final), log=False, signed=unit, floor=0.0, lowest=0.0
        )
    excess = pack(final - lowest)
    return Layer(id="final_loss", values=excess, log=True, floor=0.0, lowest=lowest)


def basins_message(
    found: Basins, places: Valleys, index: IntArray, other: IntArray | None
) -> HeatMap:
    """Pack the basins of one optimizer.

    Parameters
    ----------
    found : Basins
    places : Valleys
    index : array of int (ny, nx)
        Its entry in `places.index`.
    other : array of int (ny, nx), optional
        That of another optimizer: starts where both agree stand back.

    Returns
    -------
    HeatMap
        Without words: one class per minimizer, then "not_arrived" and "diverged".
    """
    n = len(places.minimizers)
    codes = np.where(index >= 0, index + 1, n - index)
    lost = [Fate(name, FATES[name]) for name in ("not_arrived", "diverged")]
    spots = found.plane.project(places.minimizers).tolist()
    return HeatMap(
        x=MapAxis(pack(found.x), log=False),
        y=MapAxis(pack(found.y), log=False),
        layers=(),
        codes=pack_bytes(codes),
        classes=(*(Fate("minimizer", VALLEYS[k]) for k in range(n)), *lost),
        facts=(),
        marks=tuple(Mark(MINIMIZER, VALLEYS[k], (x, y)) for k, (x, y) in enumerate(spots)),
        faded=None if other is None else pack_bytes(index == other),
    )


def line_message(rates: Array, values: Array, label: str, *, exact: bool) -> MapLine:
    """Pack a stability line: a learning rate for every value of the second setting."""
    xy = np.stack([rates, np.asarray(values, dtype=np.float64)], axis=1)
    return MapLine(FATES["line"], () if exact else (6, 4), pack(xy), label)


def telling_marks(found: OutcomeMap) -> dict[str, Mark]:
    """Mark the best run, one that is too slow and one that explodes, by these names."""
    cells = telling_cells(found)
    places = {
        name: (float(found.learning_rates[column]), float(found.values[row]))
        for name, (column, row) in cells.items()
    }
    return {name: Mark(TELLING, FATES["line"], place) for name, place in places.items()}


def nearest_cell(axis: Array, value: float, *, log: bool) -> int | None:
    """Cell of an axis that a value lies in; None where it lies outside.

    >>> nearest_cell(np.array([0.1, 1.0, 10.0]), 2.0, log=True)
    1
    """
    places = np.log(axis) if log else np.asarray(axis, dtype=np.float64)
    with np.errstate(all="ignore"):
        gaps = np.abs(places - (np.log(value) if log else value))
    nearest = int(np.argmin(gaps))
    neighbors = places[max(nearest - 1, 0) : nearest + 2]
    inside = len(axis) == 1 or gaps[nearest] <= 0.75 * np.diff(neighbors).max()
    return nearest if inside else None


def _where(chosen: Any, numbers: Any) -> Array:
    return np.where(chosen, numbers.astype(np.float64), np.nan)
