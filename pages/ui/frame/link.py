"""State that lives in the address: whoever opens the link sees the same.

Streamlit can bind a widget to the address by itself, but then the address holds the translated
label, wrong values vanish without a word, and settings of hidden controls are lost. Here the
address holds ids and numbers only, wrong values give a notice, and hidden settings come back.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Self, TypeVar

import streamlit as st

from lossopt.params import Param, Spec, params_of
from pages.ui.frame import seen
from pages.ui.frame.memory import CONTROLS, Memory, differs, shown

T = TypeVar("T")
S = TypeVar("S", bound=Spec)
CARRIED = ("lang", "present")
"""Names that go along from page to page: language and presenter mode."""
KEPT = (*CARRIED, "fix")
"""Names that no page takes for a setting of its own."""
LONGEST, SOME = 4000, 5
"""Characters of a list that are read, and entries that a notice names."""
PAST = 50
"""Addresses of a page that are remembered."""


def one_of(options: Sequence[str]) -> Callable[[str], str]:
    """Parser that accepts the options only."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return parse


def flag(text: str) -> bool:
    """Read a switch of a link."""
    return {"0": False, "1": True}[text]


def arrive() -> None:
    """Let the next `Link` look whether the address has changed; every page begins with this.

    A fragment that runs again cannot bring another address, only one that is late: the browser
    sends a change with the address it has, and that of the change before may still be on its way.
    Of a whole page that runs again, `Link` has to find out.
    """
    ARRIVING.keep("link", True)


@dataclasses.dataclass(frozen=True)
class Opening:
    """What a page shows first, and with it what a link leaves out.

    A link that the app has written leaves out nothing but what is at its own default. It is known
    by the settings that the app writes into every link.

    Attributes
    ----------
    settings : dict of str to str
        What an address without any setting stands for.
    always : tuple of str
        Settings that are in every link that the app writes.
    subject : str
        Setting that says what the page is about; of another subject the opening says nothing.
    subjects : collection of str
        What the subject can be.
    """

    settings: dict[str, str] = dataclasses.field(default_factory=dict)
    always: tuple[str, ...] = ()
    subject: str = ""
    subjects: Collection[str] = ()

    def left_out_by(self, link: dict[str, str]) -> dict[str, str]:
        """Settings that a link leaves to the opening.

        >>> opening = Opening({"problem": "line", "steps": "9"}, ("problem",))
        >>> opening.left_out_by({"view": "3d"}), opening.left_out_by({"problem": "line"})
        ({'problem': 'line', 'steps': '9'}, {})
        """
        subject = link.get(self.subject, "")
        other = subject in self.subjects and subject != self.settings[self.subject]
        if other or (self.always and set(self.always) <= set(link)):
            return {}
        return {name: text for name, text in self.settings.items() if name not in link}


@dataclasses.dataclass
class _Page:
    """What is remembered of a page: settings as texts, by their full names.

    Attributes
    ----------
    values : dict of str to str
        As they were chosen.
    opening : dict of str to str
        As the opening has them, where values were taken from it.
    ready : dict of str to str
        Values that came with an example.
    usual : dict of str to str
        What was suggested where nothing is chosen.
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

    values: dict[str, str] = dataclasses.field(default_factory=dict)
    opening: dict[str, str] = dataclasses.field(default_factory=dict)
    ready: dict[str, str] = dataclasses.field(default_factory=dict)
    usual: dict[str, str] = dataclasses.field(default_factory=dict)
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


class Link:
    """The settings of one page, read from the address and written back to it.

    Parameters
    ----------
    page : str
        Slug; every page keeps its own settings.
    opening : Opening
        What the page shows first.
    """

    def __init__(self, page: str, opening: Opening) -> None:
        self.page, self.opening, self.prefix = page, opening, ""
        self._memory = PAGES.begin(page, _Page())
        self._used: dict[str, str] = {}
        self._usual: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._ignored: dict[str, str] = {}
        self._read: set[str] = set()
        self.notices: list[tuple[str, str]] = []
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

    def is_fixed(self, name: str) -> bool:
        """Whether the address keeps this setting as it is and hides its control.

        ``fix=all`` or ``fix=run.n_steps-batch.learning_rate``.
        """
        return "all" in self._fixed or self.prefix + name in self._fixed

    def ignore(self, name: str, reason: str) -> None:
        """Say that this setting has no effect now: its control is drawn later, and rests."""
        self._ignored[self.prefix + name] = reason

    def why_ignored(self, name: str) -> str:
        """Why this setting has no effect now; empty when it has one."""
        return self._ignored.get(self.prefix + name, "")

    def section(self, prefix: str) -> Self:
        """Part of these settings whose names start with a prefix, with controls of its own."""
        part = copy.copy(self)
        part.prefix = self.prefix + prefix
        return part

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

    def fill(self, opening: Opening) -> None:
        """Take over from an opening what these settings leave out."""
        left_out = opening.left_out_by(self._under(self.prefix))
        if not left_out:
            return
        for name, text in left_out.items():
            self.put(name, text)
        own = self._under(self.prefix)
        for name, text in opening.settings.items():
            self._memory.opening[self.prefix + name] = text
            if text == own[name] or name == opening.subject:
                self._memory.ready[self.prefix + name] = text

    def _under(self, start: str) -> dict[str, str]:
        values = self._memory.values.items()
        return {name.removeprefix(start): text for name, text in values if name.startswith(start)}

    def prepare(self, example: dict[str, str]) -> None:
        """Take over the settings of an example, which nobody has tuned by hand."""
        self.replace(example)
        self.mark_ready(example)

    def mark_ready(self, settings: Iterable[str]) -> None:
        """Remember that the values of these settings came with an example."""
        for name in settings:
            full = self.prefix + name
            self._memory.ready[full] = self._memory.values[full]

    def drop_ready(self, *subject: str) -> None:
        """Bring defaults back where an example was made for something else than is chosen now.

        What was changed since, or stands in the address that was opened, stays; so does what the
        page is about, whose control is drawn already.

        Parameters
        ----------
        *subject : str
            Settings that say what the example is about; these stay as they are chosen.
        """
        ready, values = self._memory.ready, self._memory.values
        about = {self.prefix + name for name in subject}
        mine = [name for name in ready if name.startswith(self.prefix)]
        if not mine or all(values.get(name) == ready.get(name) for name in about):
            return
        kept = about | {self.prefix + self.opening.subject}
        for name in mine:
            text = ready.pop(name)
            if name not in kept and values.get(name) == text:
                self.put(name.removeprefix(self.prefix), None)

    def suggest(self, name: str, text: str) -> None:
        """Set what this setting is as long as nobody chooses a value."""
        name = self.prefix + name
        self._usual[name] = text
        if self._memory.usual.get(name) != text:
            self._memory.usual[name] = text
            if name not in self._memory.values:
                self.renew(name.removeprefix(self.prefix))

    def key(self, name: str) -> str:
        """Key of the widget that shows this setting."""
        return f"{self.page}:{self.prefix}{name}:{self._memory.round}"

    def read(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        """Value of a setting; one that `parse` refuses counts as left out and gives a notice."""
        name = self.prefix + name
        self._read.add(name)
        text = self._memory.values.get(name)
        if text is None:
            return default
        for written in dict.fromkeys((text, self._memory.opening.get(name, text))):
            try:
                return parse(written)
            except (ValueError, OverflowError, KeyError):
                if self._arrived and written == text:
                    self.notices.append(("bad_value", name))
        return default

    def read_list(self, name: str, default: T, parse: Callable[[str], T], between: str = "-") -> T:
        """Value of a setting that is a list, without the entries that `parse` refuses."""
        text = self._memory.values.get(self.prefix + name, "")
        kept, refused = "", []
        for part in re.split(f"[{between},]", text[:LONGEST]):
            longer = f"{kept}{between}{part}" if kept else part
            try:
                parse(longer)
                kept = longer
            except (ValueError, OverflowError, KeyError, TypeError):
                refused.append(re.sub(r"[^\w~.]", "", part)[:40] or "?")
        if not kept or not refused:
            return self.read(name, default, parse)
        self._read.add(self.prefix + name)
        if self._arrived:
            self.notices.append(("bad_entry", ", ".join(refused[:SOME])))
        return parse(kept)

    def write(self, name: str, text: str, default: str = "") -> None:
        """Note a setting in use; defaults stay out of the address, unless the opening differs."""
        name = self.prefix + name
        self._texts[name] = text
        if text == default:
            self._memory.values.pop(name, None)
        else:
            self._memory.values[name] = text
        self._used.pop(name, None)
        if text != default or (text and name in self.opening.settings):
            self._used[name] = text

    def in_use(self) -> dict[str, str]:
        """Every setting that was written so far, defaults too, by its name below the prefix."""
        start = len(self.prefix)
        texts = self._texts.items()
        return {name[start:]: text for name, text in texts if name.startswith(self.prefix)}

    def is_chosen(self, name: str) -> bool:
        """Whether this setting is in use and not as usual."""
        return self.prefix + name in self._used

    def put(self, name: str, text: str | None) -> None:
        """Change a setting from outside its control; None brings its default back."""
        self._memory.values.pop(self.prefix + name, None)
        if text is not None:
            self._memory.values[self.prefix + name] = text
        self.renew(name)

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

    def copy(self, prefix: str, other: str) -> None:
        """Give the settings under `other` the values of those under `prefix`."""
        self.clear(other)
        for name, text in self._under(self.prefix + prefix).items():
            self.put(other + name, text)

    def clear(self, prefix: str) -> None:
        """Bring the defaults of all settings under `prefix` back."""
        for name in self._under(self.prefix + prefix):
            self.put(prefix + name, None)

    def field(self, name: str, field: Param) -> object:
        """Value of a setting that is a field of a spec."""
        return self.read(name, self.usual(name, field), field.parse)

    def usual(self, name: str, field: Param) -> object:
        """Value of a field that nobody chooses: what was suggested, else its default."""
        text = self._usual.get(self.prefix + name)
        return field.default if text is None else field.parse(text)

    def spec(self, slot: str, spec: type[S]) -> S:
        """Read the fields of a spec, whose names begin with a slot's."""
        values = {}
        for field in params_of(spec):
            name = f"{slot}.{field.name}"
            values[field.name] = value = self.field(name, field)
            self.write(name, field.text(value), field.text(self.usual(name, field)))
        return spec(**values)

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


class ReadyLink(Link):
    """Settings that are written down and not in any address; nothing is kept of them."""

    def __init__(self, values: dict[str, str]) -> None:
        self.page, self.prefix, self.opening = "ready", "", Opening()
        self._memory = _Page(dict(values))
        self._usual, self._fixed = {}, frozenset()
        self._texts, self._ignored = {}, {}
        self._used, self._read, self.notices, self._arrived = {}, set(), [], False
        self._came: list[dict[str, str]] = []

    def renew(self, *names: str) -> None:
        """No control shows these settings."""

    @property
    def unread(self) -> set[str]:
        """Settings that nobody has asked for."""
        return set(self._memory.values) - self._read
