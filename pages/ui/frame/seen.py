"""What was seen under an address: whoever opens it next begins with a picture of that.

An address says all that a page shows, but for a table of one's own, of which nothing is kept here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping

from pages.ui.frame.memory import Memory

Draw = Callable[[], str]
"""Draws a stage as an SVG."""
MOST = 128
"""Addresses that are remembered, of all pages together."""
UNSEEN = ("speed", "loop", "axis", "scale")
"""View options that change nothing of the surface from above."""
PRIVATE = "own"
"""What a setting says of a problem that may be a table, which is nobody else's."""
NOW: Memory[list[Draw]] = Memory("stages of this run")


class Latest:
    """Stages by the addresses under which they were seen last; safe among threads.

    Parameters
    ----------
    most : int
        Addresses that are remembered.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, threading.Lock()
        self._stages: OrderedDict[tuple[str, frozenset[tuple[str, str]]], list[Draw]]
        self._stages = OrderedDict()

    def keep(self, page: str, settings: Mapping[str, str], stages: list[Draw]) -> None:
        """Remember stages for an address, unless that is about somebody's own data."""
        if PRIVATE in settings.values():
            return
        key = _key(page, settings)
        with self._lock:
            self._stages[key] = stages
            self._stages.move_to_end(key)
            while len(self._stages) > self._most:
                self._stages.popitem(last=False)

    def of(self, page: str, settings: Mapping[str, str]) -> list[Draw]:
        """Stages that were seen under an address; none where nobody was there."""
        with self._lock:
            return self._stages.get(_key(page, settings), [])


def _key(page: str, settings: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    seen = {name: text for name, text in settings.items() if name not in UNSEEN}
    # Pages open otherwise for an address that says nothing.
    return page, frozenset((seen or settings).items())


SEEN = Latest()


def begin() -> None:
    """Begin a page: no stage of it is drawn yet."""
    NOW.keep("page", [])


def show(draw: Draw) -> None:
    """Note that the page shows a stage."""
    NOW.begin("page", []).append(draw)


def keep(page: str, *addresses: Mapping[str, str]) -> None:
    """Remember the stages of this run for the addresses that stand for them."""
    stages = NOW.forget("page") or []
    for settings in addresses if stages else ():
        SEEN.keep(page, settings, stages)
