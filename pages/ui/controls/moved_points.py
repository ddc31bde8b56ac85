"""Data points that a person moves, with the pointer or by typing; they travel in the link.

The link is the part of it that belongs to the dataset: every dataset keeps its own moved points.
"""

from __future__ import annotations

import math

import streamlit as st

from lossopt.datasets import Dataset, Move
from lossopt.figures.messages import Point
from lossopt.links.starts import pointed
from lossopt.params import decimal, read_decimal, read_whole
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away
from pages.ui.frame.component import heard
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, keep_default, last_shown

MOVED = "moved"
POINT = "point"
FARTHEST = 1e6
MOST = 60


def parse_moves(text: str) -> tuple[Move, ...]:
    """Read moved points of a link, ``3_1.2_-4.5~7_0_1``: number from 1, across, up.

    Raises
    ------
    ValueError
        If there are too many, a number is doubled, or a place is no place.

    >>> parse_moves("3_1.2_-4.5")
    ((2, 1.2, -4.5),)
    """
    moves = []
    for part in text[:4000].split("~"):
        number, x, y = part.split("_")
        moves.append((read_whole(number) - 1, read_decimal(x), read_decimal(y)))
    numbers = {index for index, _, _ in moves}
    if len(moves) > MOST or len(numbers) < len(moves) or not all(map(_placed, moves)):
        raise ValueError(text)
    return tuple(moves)


def _placed(move: Move) -> bool:
    index, x, y = move
    return 0 <= index < MOST and abs(x) <= FARTHEST and abs(y) <= FARTHEST


def moves_text(moves: tuple[Move, ...]) -> str:
    """Write moved points so that `parse_moves` reads the same, to the bit."""
    return "~".join(f"{index + 1}_{decimal(x)}_{decimal(y)}" for index, x, y in moves)


def moves_of(link: Link, n_samples: int) -> tuple[Move, ...]:
    """Moved points of the link, of the samples that there are."""
    moves = link.read_list(MOVED, (), parse_moves, "~")
    link.write(MOVED, moves_text(moves))
    return tuple(move for move in moves if move[0] < n_samples)


def move_point(link: Link, index: int, x: float, y: float) -> None:
    """Put one point elsewhere."""
    others = [move for move in link.read(MOVED, (), parse_moves) if move[0] != index]
    moved = (index, x, y)
    if _placed(moved) and math.isfinite(x + y):
        link.put(MOVED, moves_text(tuple(sorted([*others, moved]))))


def take_dragged(link: Link, key: str) -> None:
    """Take over into the link what was dragged on the stage with this key."""
    if point := heard(Point, "point", key):
        move_point(link, point.index, pointed(point.x), pointed(point.y))
        link.put(POINT, str(min(max(point.index, 0), MOST) + 1))


def point_controls(controls: Controls, data: Dataset) -> int:
    """Choose a point by its number and type its place; returns its index."""
    link = controls.link
    last = min(data.n_samples, MOST)
    key = link.key(POINT)
    chosen = link.read(POINT, 1, lambda text: min(max(int(text[:4]), 1), MOST))
    if is_away():
        number = min(last_shown(key, chosen), last)
        link.write(POINT, str(number), "1")
        return number - 1
    CONTROLS.keep(key, min(CONTROLS.begin(key, chosen), last))
    number = st.number_input(controls.words("losses.point"), 1, last, step=1, key=key)
    link.write(POINT, str(number), "1")
    index = int(number) - 1
    place = (data.X[index, 0], data.X[index, 1] if data.X.shape[1] > 1 else data.y[index])
    with st.container(horizontal=True):
        for axis, value in zip("xy", place, strict=True):
            own = link.key(f"place {axis} {moves_text(((index, *place),))}")
            shown = keep_default(own, float(f"{value:.3g}"))
            st.number_input(
                controls.words(f"losses.place_{axis}"),
                -FARTHEST,
                FARTHEST,
                "min" if shown is None else shown,
                key=own,
                step=0.1,
                format="%.3g",
                on_change=_take_typed,
                args=(link, index, place, axis, own),
            )
    st.button(
        controls.words("losses.reset_points"),
        key=link.key("points reset"),
        disabled=not link.read(MOVED, (), parse_moves),
        on_click=link.put,
        args=(MOVED, None),
    )
    return index


def _take_typed(link: Link, index: int, place: tuple[float, float], axis: str, key: str) -> None:
    x, y = place
    typed = float(CONTROLS[key])
    move_point(link, index, *((typed, y) if axis == "x" else (x, typed)))
