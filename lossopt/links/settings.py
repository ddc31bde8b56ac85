"""Settings of a page as texts, as they stand in a link, and the values that are read from them.

A link holds ids and numbers only. What it leaves out is at its default or as the page opens; what
cannot be read gives a notice.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Self, TypeVar

from lossopt.params import Param, Spec, params_of

T = TypeVar("T")
S = TypeVar("S", bound=Spec)
CARRIED = ("lang", "present", "bare")
"""Names that go along from page to page: language, presenter mode, and no menus around."""
KEPT = (*CARRIED, "fix")
"""Names that no page takes for a setting of its own."""

LONGEST, SOME = 4000, 5
"""Characters of a list that are read, and entries that a notice names."""


def one_of(options: Sequence[str]) -> Callable[[str], str]:
    """Parser that accepts the options only.

    >>> one_of(("2d", "3d"))("3d")
    '3d'
    """

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return parse


def flag(text: str) -> bool:
    """Read a switch of a link.

    >>> flag("1")
    True
    """
    return {"0": False, "1": True}[text]


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
class Kept:
    """What is kept of the settings of a page: texts, by their full names.

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
    """

    values: dict[str, str] = dataclasses.field(default_factory=dict)
    opening: dict[str, str] = dataclasses.field(default_factory=dict)
    ready: dict[str, str] = dataclasses.field(default_factory=dict)
    usual: dict[str, str] = dataclasses.field(default_factory=dict)


class Settings:
    """Settings that are written down.

    Parameters
    ----------
    values : Mapping of str to str
        Texts by their names.
    opening : Opening, optional
        What stands for what they leave out.

    Attributes
    ----------
    notices : list of tuple of str
        What was not understood: a kind, and what it is about.

    Examples
    --------
    >>> settings = Settings({"problem": "line", "run.n_steps": "many"})
    >>> settings.read("run.n_steps", 300, int), settings.read("problem", "", one_of(["line"]))
    (300, 'line')
    >>> settings.notices, settings.unread
    ([('bad_value', 'run.n_steps')], set())
    """

    def __init__(self, values: Mapping[str, str], opening: Opening | None = None) -> None:
        self._begin(Kept(dict(values)), opening or Opening())
        self._arrived, self._given = True, frozenset(values)
        self.fill(self.opening)

    def _begin(self, memory: Kept, opening: Opening) -> None:
        self._memory, self.opening, self.prefix = memory, opening, ""
        self._fixed: frozenset[str] = frozenset()
        self._usual: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._used: dict[str, str] = {}
        self._ignored: dict[str, str] = {}
        self._read: set[str] = set()
        self.notices: list[tuple[str, str]] = []

    def renew(self, *names: str) -> None:
        """Let the controls of these settings start anew; what is written down has none."""

    @property
    def unread(self) -> set[str]:
        """Settings that were given and that nobody has asked for."""
        return set(self._given - self._read)

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
