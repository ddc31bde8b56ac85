"""What controls read from the link without being drawn, and how they write numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from lossopt.numbers import short
from lossopt.params import Spec, decimal, params_of
from pages.ui.frame.link import Link

S = TypeVar("S", bound=Spec)


def spec_without_controls(link: Link, slot: str, spec: type[S]) -> S:
    """Read a spec from the link and draw nothing."""
    values = {}
    for field in params_of(spec):
        name = f"{slot}.{field.name}"
        values[field.name] = value = link.field(name, field)
        link.write(name, field.text(value), field.text(link.usual(name, field)))
    return spec(**values)


def options_parser(options: Sequence[str]) -> Callable[[str], str]:
    """Parser that accepts the options only."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return parse


def different_texts(options: Sequence[float]) -> dict[float, str]:
    """Short text of each option, in full where short ones are the same: widgets tell texts apart.

    >>> different_texts([0.1, 0.1000001, 0.2])
    {0.1: '0.1', 0.1000001: '0.1000001', 0.2: '0.2'}
    """
    counts = Counter(map(short, options))
    return {
        value: short(value) if counts[short(value)] == 1 else decimal(value) for value in options
    }


def pointed(place: object) -> float:
    """Where a pointer is: a pixel knows no more than six digits, and links stay short.

    >>> pointed(-1.2345678901234567)
    -1.23457
    """
    return float(f"{float(place):.6g}")  # type: ignore[arg-type]
