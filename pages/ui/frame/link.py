"""State that lives in the address: whoever opens the link sees the same.

Streamlit can bind a widget to the address by itself, but then the address holds the translated
label, wrong values vanish without a word, and settings of hidden controls are lost. Here the
address holds ids and numbers only, wrong values give a notice, and hidden settings come back.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import streamlit as st

from lossopt.links.settings import KEPT, Kept, Opening, Settings
from pages.ui.frame import seen
from pages.ui.frame.memory import CONTROLS, Memory, differs, shown

T = TypeVar("T")
PAST = 50
"""Addresses of a page that are remembered."""


def arrive() -> None:
    """Let the next `Link` look whether the address has changed; every page begins with this.

    A fragment that runs again cannot bring another address, only one that is late: the browser
    sends a change with the address it has, and that of the change before may still be on its way.
    Of a whole page that runs again, `Link` has to find out.
    """
    ARRIVING.keep("link", True)


@dataclasses.dataclass
class _Page(Kept):
    """What is remembered of a page.

    Attributes
    ----------
    address : dict of str to str or None
        What the browser's address last said; None before the page was opened.
    past : list of dict
        Addresses that it had, the last ones.
    shown : dict of str to int
        What all controls showed when it was drawn last.
    chosen : tuple
        Its values then, and how often it had begun anew.
    round, plays : int
        How often all controls, and the race, began anew.
    """

    address: dict[str, str] | None = None
    past: list[dict[str, str]] = dataclasses.field(default_factory=list)
    shown: dict[str, int] = dataclasses.field(default_factory=dict)
    chosen: tuple[dict[str, str], int, int] = ({}, 0, 0)
    round: int = 0
    plays: int = 0

    def choice(self) -> tuple[dict[str, str], int, int]:
        return dict(self.values), self.round, self.plays

    def had(self, address: dict[str, str]) -> None:
        """Remember an address as one of its own."""
        self.past = [*(each for each in self.past if each != address), address][-PAST:]


PAGES: Memory[_Page] = Memory("settings")
ARRIVING: Memory[bool] = Memory("arriving")
BASES: Memory[Any] = Memory("basis")
DRAWN: Memory[str] = Memory("page drawn last")


class Link(Settings):
    """The settings of one page, read from the address and written back to it.

    Parameters
    ----------
    page : str
        Slug; every page keeps its own settings.
    opening : Opening
        What the page shows first.
    """

    def __init__(self, page: str, opening: Opening) -> None:
        self.page = page
        self._memory: _Page
        self._begin(PAGES.begin(page, _Page()), opening)
        query = {name: text for name, text in st.query_params.items() if name not in KEPT}
        self._fixed = frozenset(st.query_params.get("fix", "").split("-"))
        arriving = ARRIVING.forget("link")
        new = bool(arriving) and query != self._memory.address
        self._arrived = new and not self._is_late(query)
        self._came = [query] if self._arrived else []
        seen.begin()
        if self._arrived:
            self._memory.address = query
            self._memory.had(query)
            self.replace(query)
            self.fill(opening)

    def _is_late(self, query: dict[str, str]) -> bool:
        """Whether a control was used, and an address of before came along with it.

        Without that, someone went back to that address.
        """
        return self.is_used and query in self._memory.past and DRAWN.of("link") == self.page

    @property
    def is_used(self) -> bool:
        """Whether a control shows, or a setting is, something else than when the page was drawn."""
        page = self._memory
        return differs(page.shown) or page.choice() != page.chosen

    def replace(self, values: dict[str, str]) -> None:
        """Take over other settings; every control starts anew from them."""
        page = self._memory
        page.values, page.ready, page.opening = dict(values), {}, {}
        page.round += 1
        self.play()

    @property
    def round(self) -> int:
        """A number that changes when all controls begin anew."""
        return self._memory.round

    @property
    def plays(self) -> int:
        """A number that changes when the race is to play from its start."""
        return self._memory.plays

    def play(self) -> None:
        """Let the race play from its start."""
        self._memory.plays += 1

    def prepare(self, example: dict[str, str]) -> None:
        """Take over the settings of an example, which nobody has tuned by hand."""
        self.replace(example)
        self.mark_ready(example)

    def key(self, name: str) -> str:
        """Key of the widget that shows this setting."""
        return f"{self.page}:{self.prefix}{name}:{self._memory.round}"

    def renew(self, *names: str) -> None:
        """Let the controls of these settings start anew from their values."""
        for name in names:
            CONTROLS.forget(self.key(name))

    def stand_on(self, name: str, basis: T) -> T:
        """Let the control of a setting start anew when what it stands on has changed.

        Returns
        -------
        object
            What it stood on when it was drawn last.
        """
        before: T = BASES.begin(self.key(name), basis)
        if before != basis:
            BASES.keep(self.key(name), basis)
            self.renew(name)
        return before

    def save(self) -> None:
        """Bring the address up to date and say what of it was not understood."""
        if self._arrived and set(self._memory.address or ()) - self._read:
            self.notices.append(("unknown", ""))
        came = [] if self.notices else self._came
        values = {} if self._used == self.opening.settings else self._used
        there = st.query_params.to_dict()
        kept = {name: there.pop(name) for name in KEPT if name in there}
        if values != there:
            self._memory.had(there)  # the next change may come along with it
            st.query_params.from_dict({**kept, **values})
        self._remember(dict(values))
        seen.keep(self.page, values, *came)

    def _remember(self, address: dict[str, str]) -> None:
        page = self._memory
        page.address, page.chosen = address, page.choice()
        page.had(address)
        page.shown = shown({f"{self.page}:{name}:{page.round}" for name in self._texts})
        DRAWN.keep("link", self.page)
