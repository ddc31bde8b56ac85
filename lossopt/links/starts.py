"""Where a descent starts, as a link says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lossopt.links.settings import Settings
from lossopt.params import decimal, read_decimal

FARTHEST = 1e12


def numbers_text(numbers: Iterable[float], between: str = ", ") -> str:
    """Write numbers to the bit, for a person or with ``_`` between them for a link.

    >>> numbers_text((0.1 + 0.2, -2.0), "_")
    '0.30000000000000004_-2'
    """
    return between.join(map(decimal, numbers))


def parse_numbers(text: str, count: int) -> tuple[float, ...]:
    """Read so many numbers, with commas or ``_`` between the numbers.

    Raises
    ------
    ValueError
        If it is another number of numbers, or one is too large.

    >>> parse_numbers("0.30000000000000004_-2", 2)
    (0.30000000000000004, -2.0)
    """
    numbers = tuple(map(read_decimal, re.split("[,_]", text, maxsplit=count)))
    if len(numbers) != count or not all(abs(number) <= FARTHEST for number in numbers):
        raise ValueError(text)
    return numbers


def read_start(link: Settings, name: str, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Read a start from the link and keep it there; its length is that of the usual one."""
    start = link.read(name, usual, lambda text: parse_numbers(text, len(usual)))
    link.write(name, numbers_text(start, "_"), numbers_text(usual, "_"))
    return start


def pointed(place: object) -> float:
    """Where a pointer is: a pixel knows no more than six digits, and links stay short.

    >>> pointed(-1.2345678901234567)
    -1.23457
    """
    return float(f"{float(place):.6g}")  # type: ignore[arg-type]
