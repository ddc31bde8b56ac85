"""Where a descent starts, on pages where it is chosen by a click only."""

from __future__ import annotations

from pages.ui.link import Link
from pages.ui.panel import start_text

FARTHEST = 1e6


def read_start(link: Link, name: str, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Read a start from the link and keep it there; its length is that of the usual one."""

    def parse(text: str) -> tuple[float, ...]:
        numbers = tuple(float(part[:24]) for part in text[:1000].split("_"))
        if len(numbers) != len(usual) or not all(abs(number) <= FARTHEST for number in numbers):
            raise ValueError(text)
        return numbers

    start = link.read(name, usual, parse)
    link.write(name, start_text(start, "_"), start_text(usual, "_"))
    return start
