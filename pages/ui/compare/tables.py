"""Tables of words and numbers; they scroll by themselves where a screen is narrow."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from lossopt.comparisons import Ranking
from lossopt.numbers import short
from pages.ui.frame.words import Words

ALIKE = 0.1
"""Results that lie within this share of the lowest are said to; wider ones overlap."""


def theme() -> str:
    """Whether the page is ``"light"`` or ``"dark"``."""
    return "dark" if st.context.theme.type == "dark" else "light"


@dataclass(frozen=True)
class Cell:
    """Text of a cell with its background, a CSS color, and whether it is stressed."""

    text: str
    background: str = ""
    strong: bool = False


def show_table(head: Sequence[str], rows: Sequence[Sequence[Cell | str]], caption: str) -> None:
    """Draw a table with a caption below it; the first cell of a row names it."""
    names = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    st.html(
        '<figure class="compare-table"><div tabindex="0">'
        f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


def _cells(row: Sequence[Cell | str]) -> list[str]:
    first, *others = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
    return [f'<th scope="row">{html.escape(first.text)}</th>', *(_cell(cell) for cell in others)]


def _cell(cell: Cell) -> str:
    style = f' style="background:{cell.background}"' if cell.background else ""
    text = html.escape(cell.text)
    return f"<td{style}>{f'<b>{text}</b>' if cell.strong else text}</td>"


def outcome(words: Words, kind: str, value: float, digits: int = 4) -> str:
    """Figure of merit as a person reads it."""
    if math.isfinite(value):
        return short(value, digits)
    return words("compare.not_reached" if kind == "target" else "compare.diverged")


def digits_of(ranking: Ranking) -> int:
    """Digits that tell results of different ranks apart, four at least."""
    ranked = sorted(zip(ranking.middle.tolist(), ranking.ranks.tolist(), strict=True))
    apart = [(a, b) for (a, i), (b, j) in pairwise(ranked) if i != j and a != b]
    enough = (n for n in range(4, 12) if all(f"{a:.{n}g}" != f"{b:.{n}g}" for a, b in apart))
    return next(enough, 12)


def spread_text(words: Words, kind: str, ranking: Ranking, k: int) -> str:
    """Middle of a spread, with its ends where it has any."""
    digits = digits_of(ranking)
    middle = outcome(words, kind, ranking.middle[k], digits)
    if ranking.low[k] == ranking.high[k]:
        return middle
    ends = (outcome(words, kind, end[k], digits) for end in (ranking.low, ranking.high))
    return f"{middle} ({' – '.join(ends)})"


def verdict(
    words: Words, kind: str, ranking: Ranking, names: Sequence[str], minimum: float | None
) -> str:
    """Say who wins, or that nobody clearly does.

    Losses are compared by their heights above the minimum, which are told where it is not 0.
    """
    if ranking.winner is not None:
        value = outcome(words, kind, ranking.middle[ranking.winner], digits_of(ranking))
        if minimum and kind in ("final", "best") and len(names) > 1:
            first, second = sorted(ranking.middle - minimum)[:2]
            heights = {"first": short(float(first)), "second": short(float(second))}
            value = words("compare.heights", value=value, **heights)
        merit = words(f"compare.merits.{kind}")
        return words("compare.wins", name=names[ranking.winner], merit=merit, value=value)
    if not any(math.isfinite(value) for value in ranking.middle):
        return words(f"compare.nobody_{'reaches' if kind == 'target' else 'survives'}")
    spread = None if kind == "area" else ranking.spread  # a mean of logarithms has no shares
    if spread is not None and spread <= ALIKE:
        return words("compare.all_tied", n=len(names), share=_percent(spread))
    first = [name for name, place in zip(names, ranking.ranks, strict=True) if place == 1]
    return words("compare.no_winner", names=", ".join(first))


def _percent(share: float) -> str:
    """Share as a percentage with two decimals, of which the smallest that is told is 0.01%."""
    return f"{max(share, 1e-4):.2%}"
