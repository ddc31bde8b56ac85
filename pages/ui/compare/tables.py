"""Results in the cells of tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from lossopt.comparisons import Ranking
from lossopt.numbers import short
from pages.ui.frame.words import Words

ALIKE = 0.1
"""Results that lie within this share of the lowest are said to; wider ones overlap."""


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
        return words("compare.all_tied", n=len(names), share=percent(spread))
    first = [name for name, place in zip(names, ranking.ranks, strict=True) if place == 1]
    return words("compare.no_winner", names=", ".join(first))


def percent(share: float) -> str:
    """Share as a percentage with two decimals, of which the smallest that is told is 0.01%."""
    return f"{max(share, 1e-4):.2%}"
