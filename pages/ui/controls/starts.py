"""Where a descent starts, as text: typed by a person, or in a link."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lossopt.params import decimal, read_decimal
from pages.ui.frame.link import Link

FARTHEST = 1e6


def start_text(start: Iterable[float], between: str = ", ") -> str:
    """Write a start to the bit, for a person or with ``_`` between the numbers for a link.

    >>> start_text((0.1 + 0.2, -2.0), "_")
    '0.30000000000000004_-2'
    """
    return between.join(map(decimal, start))


def parse_start(text: str, n_params: int, farthest: float = FARTHEST) -> tuple[float, ...]:
    """Read a start, with commas or ``_`` between the numbers.

    Raises
    ------
    ValueError
        If it is another number of numbers, or one is too large.

    >>> parse_start("0.30000000000000004_-2", 2)
    (0.30000000000000004, -2.0)
    """
    numbers = tuple(map(read_decimal, re.split("[,_]", text, maxsplit=n_params)))
    if len(numbers) != n_params or not all(abs(number) <= farthest for number in numbers):
        raise ValueError(text)
    return numbers


def read_start(link: Link, name: str, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Read a start from the link and keep it there; its length is that of the usual one."""
    start = link.read(name, usual, lambda text: parse_start(text, len(usual)))
    link.write(name, start_text(start, "_"), start_text(usual, "_"))
    return start
