"""What still pictures have in common: a frame, and how Plotly calls the looks of optimizers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lossopt.figures.palette import Look

SYMBOLS = {
    "triangle": "triangle-up",
    "triangle_down": "triangle-down",
    "plus": "cross",
    "cross": "x",
    "hexagon": "hexagon",
}
"""Plotly's names of the markers that it calls otherwise."""


def line_of(look: Look, mode: str) -> dict[str, Any]:
    """Color and dash of a line, on a ``"light"`` or ``"dark"`` page."""
    dash = ",".join(f"{length}px" for length in look.dash) or "solid"
    return {"color": getattr(look, mode), "dash": dash}


def marker_of(look: Look, mode: str) -> dict[str, Any]:
    """Color and shape of a marker."""
    return {"color": getattr(look, mode), "symbol": SYMBOLS.get(look.marker, look.marker)}


def layout(x: str, y: str, *, names: Sequence[str], height: int) -> dict[str, Any]:
    """Frame of a still picture that nobody zooms by accident; the page's theme colors it.

    Parameters
    ----------
    x, y : str
        Titles of the axes.
    names : list of str
        Entries of the legend; as many stand in a row as have room.
    height : int
    """
    axis = {"fixedrange": True, "automargin": True, "zeroline": False, "showline": False}
    return {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "xaxis": {**axis, "title": {"text": x, "standoff": 6}},
        "yaxis": {**axis, "title": {"text": y, "standoff": 6}},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12},
            "entrywidth": 4 + max(map(_width, names), default=0),
            "entrywidthmode": "pixels",
            "tracegroupgap": 0,
        },
        "hovermode": "closest",
        "dragmode": False,
    }


def _width(name: str) -> int:
    """How many pixels a name takes at most; Korean letters and those like m are twice as wide.

    >>> _width("Adam"), _width("모멘텀")
    (36, 39)
    """
    return sum(13 if letter > "\u1100" else 12 if letter in "mwMW%" else 8 for letter in name)
