"""State that lives in the address: whoever opens the link sees the same.

Streamlit can bind a widget to the address by itself, but then the address holds the translated
label, wrong values vanish without a word, and settings of hidden controls are lost. Here the
address holds ids and numbers only, wrong values give a notice, and hidden settings come back.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Self, TypeVar

import streamlit as st

from lossopt.params import Param

T = TypeVar("T")
CARRIED = ("lang", "present")
"""Names that go along from page to page: language and presenter mode."""
KEPT = (*CARRIED, "fix")
"""Names that no page takes for a setting of its own."""


class Link:
    """The settings of one page, read from the address and written back to it.

    Parameters
    ----------
    page : str
        Slug; every page keeps its own settings.
    opening : dict of str to str
        Settings that an address without any setting stands for.
    """

    def __init__(self, page: str, opening: dict[str, str]) -> None:
        self.page, self.opening, self.prefix = page, opening, ""
        self._memory = st.session_state.setdefault(
            f"link of {page}", {"values": {}, "ready": {}, "usual": {}, "written": None, "round": 0}
        )
        self._used: dict[str, str] = {}
        self._usual: dict[str, str] = {}
        self._read: set[str] = set()
        self.notices: list[tuple[str, str]] = []
        query = {name: text for name, text in st.query_params.items() if name not in KEPT}
        self._arrived = query != self._memory["written"]
        if self._arrived:
            self.replace(query) if query else self.prepare(opening)

    def is_fixed(self, name: str) -> bool:
        """Whether the address keeps this setting as it is and hides its control.

        ``fix=all`` or ``fix=run.n_steps-batch.learning_rate``.
        """
        fixed = st.query_params.get("fix", "").split("-")
        return "all" in fixed or self.prefix + name in fixed

    def section(self, prefix: str) -> Self:
        """Part of these settings whose names start with a prefix, with controls of its own."""
        part = copy.copy(self)
        part.prefix = self.prefix + prefix
        return part

    def replace(self, values: dict[str, str]) -> None:
        """Take over other settings; every control starts anew from them."""
        self._memory.update(values=dict(values), ready={}, written=dict(values))
        self._memory["round"] += 1

    def prepare(self, example: dict[str, str]) -> None:
        """Take over the settings of an example, which nobody has tuned by hand."""
        self.replace(example)
        self.mark_ready(example)

    def mark_ready(self, settings: Iterable[str]) -> None:
        """Remember that the values of these settings came with an example."""
        for name in settings:
            full = self.prefix + name
            self._memory["ready"][full] = self._memory["values"][full]

    def drop_ready(self, *subject: str) -> None:
        """Bring defaults back where an example was made for something else than is chosen now.

        What was changed since, or stands in the address that was opened, stays.

        Parameters
        ----------
        *subject : str
            Settings that say what the example is about; these stay as they are chosen.
        """
        ready, values = self._memory["ready"], self._memory["values"]
        about = {self.prefix + name for name in subject}
        mine = [name for name in ready if name.startswith(self.prefix)]
        if not mine or all(values.get(name) == ready.get(name) for name in about):
            return
        for name in mine:
            text = ready.pop(name)
            if name not in about and values.get(name) == text:
                self.put(name.removeprefix(self.prefix), None)

    def suggest(self, name: str, text: str) -> None:
        """Set what this setting is as long as nobody chooses a value."""
        name = self.prefix + name
        self._usual[name] = text
        if self._memory["usual"].get(name) != text:
            self._memory["usual"][name] = text
            if name not in self._memory["values"]:
                self.renew(name.removeprefix(self.prefix))

    def key(self, name: str) -> str:
        """Key of the widget that shows this setting."""
        return f"{self.page}:{self.prefix}{name}:{self._memory['round']}"

    def read(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        """Value of a setting; a text that `parse` refuses gives the default and a notice."""
        name = self.prefix + name
        self._read.add(name)
        text = self._memory["values"].get(name)
        if text is None:
            return default
        try:
            return parse(text)
        except (ValueError, OverflowError, KeyError):
            if self._arrived:
                self.notices.append(("bad_value", name))
            return default

    def write(self, name: str, text: str, default: str = "") -> None:
        """Note a setting in use; defaults stay out of the address."""
        name = self.prefix + name
        if text == default:
            self._memory["values"].pop(name, None)
        else:
            self._memory["values"][name] = self._used[name] = text

    def put(self, name: str, text: str | None) -> None:
        """Change a setting from outside its control; None brings its default back."""
        self._memory["values"].pop(self.prefix + name, None)
        if text is not None:
            self._memory["values"][self.prefix + name] = text
        st.session_state.pop(self.key(name), None)

    def renew(self, *names: str) -> None:
        """Let the controls of these settings start anew from their values."""
        for name in names:
            st.session_state.pop(self.key(name), None)

    def copy(self, prefix: str, other: str) -> None:
        """Give the settings under `other` the values of those under `prefix`."""
        values, start = self._memory["values"], self.prefix + prefix
        for name in [name for name in values if name.startswith(start)]:
            self.put(other + name.removeprefix(start), values[name])

    def clear(self, prefix: str) -> None:
        """Bring the defaults of all settings under `prefix` back."""
        start = self.prefix + prefix
        for name in [name for name in self._memory["values"] if name.startswith(start)]:
            self.put(name.removeprefix(self.prefix), None)

    def field(self, name: str, field: Param) -> object:
        """Value of a setting that is a field of a spec."""
        return self.read(name, self.usual(name, field), field.parse)

    def usual(self, name: str, field: Param) -> object:
        """Value of a field that nobody chooses: what was suggested, else its default."""
        text = self._usual.get(self.prefix + name)
        return field.default if text is None else field.parse(text)

    def save(self) -> None:
        """Bring the address up to date and say what of it was not understood."""
        if self._arrived and set(self._memory["written"]) - self._read:
            self.notices.append(("unknown", ""))
        values = {} if self._used == self.opening else self._used
        kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
        if {**kept, **values} != st.query_params.to_dict():
            st.query_params.from_dict({**kept, **values})
        self._memory["written"] = dict(values)


class ReadyLink(Link):
    """Settings that are written down and not in any address; nothing is kept of them."""

    def __init__(self, values: dict[str, str]) -> None:
        self.page, self.prefix, self.opening = "ready", "", {}
        self._memory = {"values": dict(values), "written": dict(values), "round": 0}
        self._usual = {}
        self._used, self._read, self.notices, self._arrived = {}, set(), [], False
