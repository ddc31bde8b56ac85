"""The first picture of a stage as an SVG: what is seen while the player is on its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lossopt.figures.messages import Grid
from lossopt.figures.packing import unpack
from lossopt.figures.palette import Color, Look, relief_color
from lossopt.params import Array

SIDE = 1000
"""Units of the picture's sides; a page stretches it to the stage's shape."""
LINES = 14
"""Contour lines, as static/stage/relief.js has them."""
FINEST = 64
"""Points a side of the grid that is drawn."""
MOST = 240
"""Points of a path that are drawn."""
FAR = 3 * SIDE
"""What lies farther out is drawn at this distance: nobody sees it."""

CASING = Color("white", "white")

Point = tuple[float, float]
Edge = tuple[int, int, int]
"""Row and column of a grid point, and whether the edge goes on to the right (0) or up (1)."""


def first_picture(
    surface: Grid, paths: Sequence[Array], looks: Sequence[Look], *, finest: int = FINEST
) -> str:
    """Draw a surface from above, and paths on it.

    Parameters
    ----------
    surface : Grid
    paths : list of ndarray, shape (n_steps + 1, 2)
        Places on the plane; what is not finite is left out.
    looks : list of Look
        One per path.
    finest : int
        Points a side of the grid that is drawn, at most.

    Returns
    -------
    str
        One ``<svg>`` element without a size of its own, for light and dark pages.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.figures.palette import look_of
    >>> from lossopt.figures.scene import surface_message
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> run = lo.descend(lo.OPTIMIZERS["momentum"](), bowl, n_steps=50)
    >>> grid = surface_message(lo.evaluate_surface(bowl), bowl.minimum)
    >>> svg = first_picture(grid, [run.iterates], [look_of("momentum")])
    >>> svg.count("<path"), len(svg) < 60_000
    (16, True)
    """
    x, y, z = (unpack(values) for values in (surface.x, surface.y, surface.z))
    heights = z.reshape(y.size, x.size)
    with np.errstate(all="ignore"):
        heights = np.log10(heights - surface.floor) if surface.log else heights
    coarse = _coarser(_coarser(heights, finest).T, finest).T
    box = ((x[0], x[-1]), (y[0], y[-1]))
    drawn = [_path(path, box, look) for path, look in zip(paths, looks, strict=True)]
    return (
        f'<svg viewBox="0 0 {SIDE} {SIDE}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(_bands(coarse))}{''.join(drawn)}</svg>"
    )


def _coarser(rows: Array, finest: int) -> Array:
    """Rows at even distances, not more than are drawn."""
    count = min(len(rows), finest)
    places = np.linspace(0, len(rows) - 1, count)
    low = np.minimum(places.astype(int), len(rows) - 2)
    share = (places - low)[:, None]
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, rows[low], rows[low] * (1 - share) + rows[low + 1] * share)


def _bands(heights: Array) -> Iterator[str]:
    """One area on top of the other, each with all that is higher than its line."""
    finite = heights[np.isfinite(heights)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    size = (high - low) / (LINES + 1)
    yield f'<rect width="{SIDE}" height="{SIDE}" style="fill:{_css(_color(0.0))}"/>'
    for k in range(1, LINES + 1):
        rings = [_ring_text(ring, heights.shape) for ring in rings_above(heights, low + k * size)]
        if rings:
            yield f'<path d="{"".join(rings)}" style="fill:{_css(_color(k / LINES))}"/>'


def _color(share: float) -> Color:
    return Color(relief_color(share, "light"), relief_color(share, "dark"))


def _css(color: Color) -> str:
    return f"light-dark({color.light},{color.dark})"


def rings_above(heights: Array, level: float) -> list[list[Point]]:
    """Closed lines around all that is higher than a level, as (column, row) of the grid.

    Parameters
    ----------
    heights : ndarray, shape (n_rows, n_columns)
        What is not finite counts as low.
    level : float

    Examples
    --------
    >>> rings_above(np.array([[0.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]]), 1.0)
    [[(0.5, 1.0), (1.0, 0.5), (1.5, 1.0), (1.0, 1.5)]]
    """
    framed = np.pad(np.where(np.isfinite(heights), heights, -np.inf), 1, constant_values=-np.inf)
    onward = _segments(framed, framed > level)
    rings = []
    while onward:
        edge = first = next(iter(onward))
        ring = []
        while edge in onward:
            ring.append(_crossing(framed, level, edge))
            edge = onward.pop(edge)
        assert edge == first
        rings.append(ring)
    return rings


def _segments(heights: Array, above: NDArray[np.bool_]) -> dict[Edge, Edge]:
    """Where lines enter a cell of the grid and leave it; what is high lies on their left."""
    corners = (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1])
    kinds = np.sum([corner.astype(int) << k for k, corner in enumerate(corners)], axis=0)
    onward: dict[Edge, Edge] = {}
    for row, column in np.argwhere((kinds > 0) & (kinds < 15)).tolist():
        edges = ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))
        for enter, leave in _WAYS[int(kinds[row, column])]:
            onward[edges[enter]] = edges[leave]
    return onward


_WAYS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 3),), 2: ((1, 0),), 3: ((1, 3),), 4: ((2, 1),), 5: ((0, 3), (2, 1)), 6: ((2, 0),),
    7: ((2, 3),), 8: ((3, 2),), 9: ((0, 2),), 10: ((1, 0), (3, 2)), 11: ((1, 2),),
    12: ((3, 1),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip
"""Edges of a cell (below, right, above, left) by its high corners, as bits; two stay apart."""


def _crossing(heights: Array, level: float, edge: Edge) -> Point:
    """Where the level lies on an edge of the framed grid; at its high end beside no value."""
    row, column, up = edge
    other = (row + up, column + 1 - up)
    low, high = float(heights[row, column]), float(heights[other])
    if np.isinf(low) or np.isinf(high):
        share = float(np.isinf(low))
    else:
        share = (level - low) / (high - low)
    return column - 1 + share * (1 - up), row - 1 + share * up


def _ring_text(ring: list[Point], shape: tuple[int, ...]) -> str:
    rows, columns = shape
    scale = np.array([SIDE / (columns - 1), -SIDE / (rows - 1)])
    places = np.rint(np.array(ring) * scale + [0, SIDE]).astype(int)
    steps = np.diff(places, axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    return f"M{places[0, 0]} {places[0, 1]}l{' '.join(f'{x} {y}' for x, y in moved)}z"


def _path(path: Array, box: tuple[Point, Point], look: Look) -> str:
    """A path in its color, cased in white."""
    pieces = "".join(_piece(piece) for piece in _pieces(_placed(path, box)))
    dash = f";stroke-dasharray:{' '.join(map(str, look.dash))}" if look.dash else ""
    line = f'<path d="{pieces}" style="fill:none;stroke'
    cased = f'{line}:{_css(CASING)};stroke-width:3.6"/>'
    return f'{cased}{line}:{_css(look.color)};stroke-width:2.2{dash}"/>'


def _placed(path: Array, box: tuple[Point, Point]) -> Array:
    """Pixels of places on the plane, not too many of them."""
    (left, right), (bottom, top) = box
    some = path[np.unique(np.rint(np.linspace(0, len(path) - 1, MOST)).astype(int))]
    with np.errstate(all="ignore"):
        shares = (some - [left, top]) / [right - left, bottom - top]
        return np.clip(SIDE * shares, -FAR, FAR)


def _pieces(places: Array) -> list[Array]:
    """Parts of a path without gaps."""
    known = np.isfinite(places).all(axis=1)
    ends = np.flatnonzero(np.diff(known)) + 1
    return [part for part in np.split(places, ends) if np.isfinite(part[0]).all()]


def _piece(places: Array) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in places)
