"""The tuner of a page: its settings are those of the link, and so are its contestants."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import streamlit as st

from lossopt.figures.messages import Choice, Limit, Lineup, Setting, Tunable, Tuned, Tuner
from lossopt.figures.palette import look_of
from lossopt.figures.tuner import (
    Outside,
    batch_setting,
    packed,
    setting_of,
    signs_of,
    together_setting,
)
from lossopt.links.batch_size import parse_batch_size, size_asked
from lossopt.links.contestants import CHOICES, Slot, choices_for, slots_text
from lossopt.links.rule import rate_changes, schedule_id, schedule_setting
from lossopt.links.settings import one_of
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.params import Param, Spec, params_of
from lossopt.schedules import SCHEDULES
from pages.ui.controls.controls import Controls
from pages.ui.controls.presets import defaults_of, presets_of
from pages.ui.frame.component import component, heard
from pages.ui.frame.link import Link
from pages.ui.frame.memory import Memory
from pages.ui.frame.words import Words

HEARD: Memory[int] = Memory("heard")
"""Number of what every tuner has told last."""
Parsers = dict[str, Callable[[str], object]]
"""What reads the values of settings, by the whole names of these."""
PARSERS: Memory[Parsers] = Memory("parsers")
"""Of what every tuner shows."""
QUIET: Memory[bool] = Memory("quiet")
"""Every tuner whose page follows its last change without being drawn again."""


@dataclasses.dataclass(frozen=True)
class Follow:
    """How a page follows what its stage runs by itself, without being drawn again.

    Attributes
    ----------
    page : str
        Key of the fragment that draws the page.
    keep : callable
        Takes a tuned race over; says no where the page shows something that depends on it.
    limit : callable
        What theory says about a contestant as the link has it.
    limited : callable
        Whether theory says something about it, or would with other settings.
    """

    page: str
    keep: Callable[[], bool]
    limit: Callable[[Slot], Limit | None]
    limited: Callable[[Slot], bool]


@dataclasses.dataclass(frozen=True)
class TunerPanel:
    """The tuner of a race.

    Attributes
    ----------
    controls : Controls
    goal : Objective
    most : int
        How many may take part.
    with_outside : bool
        Whether schedule, clipping and averaging are offered.
    shared : class or None
        A spec of all contestants, under ``run`` in the link.
    """

    controls: Controls
    goal: Objective
    most: int
    with_outside: bool = True
    shared: type[Spec] | None = None

    @property
    def _link(self) -> Link:
        return self.controls.link

    @property
    def _words(self) -> Words:
        return self.controls.words

    @cached_property
    def _texts(self) -> dict[str, str]:
        return self._words.section("tuner")

    def draw(self, slots: Sequence[Slot], *, stage: str = "", follow: Follow | None = None) -> None:
        """Draw it for these contestants.

        Parameters
        ----------
        slots : sequence of Slot
        stage : str
            Name of the stage that runs what is chosen.
        follow : Follow, optional
            Without it the page is drawn again after every change.
        """
        if follow:
            QUIET.forget(key_of(self._link))
            st.fragment(self._draw)(slots, stage, follow)
        else:
            self._draw(slots, stage)

    def _draw(self, slots: Sequence[Slot], stage: str, follow: Follow | None = None) -> None:
        key = key_of(self._link)
        told: dict[str, object] = {}
        if follow:
            told["limited"] = [slot.id for slot in slots if follow.limited(slot)]
        if follow and QUIET.of(key):
            told["limits"] = {slot.id: follow.limit(slot) for slot in slots}
        else:
            parsers: Parsers = {}
            told |= packed(self._message(slots, parsers))
            PARSERS.keep(key, parsers)
        component(
            "tuner",
            {"stage": stage, "heard": HEARD.of(key) or 0, "round": self._link.round, **told},
            key=key,
            on_tuned_change=lambda: self._tuned(follow),
            on_lineup_change=lambda: self._line_up(slots, follow),
        )

    def _message(self, slots: Sequence[Slot], parsers: Parsers) -> Tuner:
        fitting = choices_for(self.goal)
        addable = [Slot(name).on(self.goal) for name in fitting]
        taken = {slot.id for slot in slots}
        runs = tuple(self._tunable(slot, parsers) for slot in slots)
        return Tuner(
            runs=runs,
            shared=tuple(self._fields("run", self.shared, parsers, whole=True)),
            together=together_setting(self._texts, runs),
            addable=tuple(
                Choice(slot.id, slot.label(self._words)) for slot in addable if slot.id not in taken
            ),
            most=self.most,
            note=self._who_cannot_join(fitting),
            lang=self._words.language,
            texts=self._texts,
        )

    def _who_cannot_join(self, fitting: Sequence[str]) -> str:
        away = [Slot(name) for name in CHOICES if name not in fitting]
        others = [slot.label(self._words) for slot in away if slot.rule.needs_matrices]
        return self._words("lab.need_matrices", names=", ".join(others)) if others else ""

    def _tunable(self, slot: Slot, parsers: Parsers) -> Tunable:
        if not self._rate_changes(slot):
            for name in ONLY_WHERE_THE_RATE_CHANGES:
                self._link.ignore(f"{slot.id}.{name}", self._words("lab.rate_stays"))
        settings = [*self._fields(slot.id, slot.rule, parsers), *self._batch_size(slot, parsers)]
        if self.with_outside:
            settings += self._schedule(slot, parsers)
            settings += self._fields(slot.id, Outside, parsers, minor=True)
        shown = frozenset(setting.name for setting in settings)
        return Tunable(
            id=slot.id,
            label=slot.label(self._words),
            color=look_of(slot.rule_id, slot.variant).color,
            settings=_said_once(sorted(settings, key=lambda setting: setting.minor)),
            signs=signs_of(self._texts),
            defaults=defaults_of(slot.rule_id, shown),
            presets=presets_of(
                self._words.language, slot.rule_id, shown, changing_rate=self._rate_changes(slot)
            ),
        )

    def _rate_changes(self, slot: Slot) -> bool:
        return self.with_outside and rate_changes(self._link, slot)

    def _fields(
        self,
        owner: str,
        spec: type[Spec] | None,
        parsers: Parsers,
        *,
        minor: bool = False,
        within: str = "",
        whole: bool = False,
    ) -> Iterator[Setting]:
        """Settings of a spec, except for those that the address keeps as they are."""
        for field in params_of(spec) if spec else ():
            inner = f"{within}{field.name}"
            name = f"{owner}.{inner}"
            value = self._link.field(name, field)
            self._link.write(name, field.text(value), field.text(self._link.usual(name, field)))
            if not self._link.is_fixed(name):
                parsers[name] = field.parse
                yield setting_of(
                    self._words,
                    field,
                    value,
                    name=name if whole else inner,
                    minor=minor or field.minor,
                    help=self._help(name, field),
                    **self._rest(name),
                )

    def _help(self, name: str, field: Param) -> str:
        """What it is, and what it is where nobody chooses."""
        said = [self._words.meaning(field.name)]
        if not isinstance(field.default, bool):
            usual = self._words.name("field_choice", str(field.default), short(field.default))
            said.append(self._words("lab.default_is", value=usual) + ".")
        found = self._link.usual(name, field)
        if found != field.default:
            said.append(self._words("lab.found", value=short(found)))
        return " ".join(filter(None, said))

    def _rest(self, name: str) -> dict[str, object]:
        reason = self._link.why_ignored(name)
        return {"rests": True, "note": reason} if reason else {}

    def _batch_size(self, slot: Slot, parsers: Parsers) -> Iterator[Setting]:
        n_samples, name = self.goal.n_samples, f"{slot.id}.batch_size"
        if n_samples == 1 or slot.rule.full_batch:
            return
        asked = size_asked(self._link, slot)
        if self._link.is_fixed(name):
            return
        parsers[name] = parse_batch_size
        too_large = asked is not None and asked > n_samples
        words = self._words("lab.batch_too_large", size=asked, n=n_samples) if too_large else ""
        size = None if asked is not None and asked >= n_samples else asked
        yield batch_setting(self._texts, size, n_samples, note=words)

    def _schedule(self, slot: Slot, parsers: Parsers) -> Iterator[Setting]:
        """The schedule, what it is in a formula, and its own settings."""
        name, names = f"{slot.id}.schedule", tuple(SCHEDULES)
        chosen = schedule_id(self._link, slot)
        if not self._link.is_fixed(name):
            parsers[name] = one_of(names)
            yield schedule_setting(self._words, chosen)
        spec = SCHEDULES[chosen]
        yield from self._fields(slot.id, spec, parsers, minor=True, within=f"{chosen}.")

    def _tuned(self, follow: Follow | None) -> None:
        """Take over what was chosen, and let the page follow."""
        told = heard(Tuned, "tuned", key_of(self._link))
        if told is None:
            return
        taken = take_tuned(self._link, told)
        if follow and not (taken and follow.keep()):
            st.rerun(follow.page)
        if follow:
            self._link.save()
            QUIET.keep(key_of(self._link), True)

    def _line_up(self, slots: Sequence[Slot], follow: Follow | None) -> None:
        """Let somebody join or leave."""
        told = heard(Lineup, "lineup", key_of(self._link))
        if told is None:
            return
        take_tuned(self._link, told)
        self._change(told, slots)
        if follow:
            st.rerun(follow.page)

    def _change(self, told: Lineup, slots: Sequence[Slot]) -> None:
        by_id = {slot.id: slot for slot in slots}
        slot, room = by_id.get(told.id), len(slots) < self.most
        if told.act == "add" and slot is None and told.id in choices_for(self.goal) and room:
            self._set([*slots, Slot(told.id)])
        elif told.act == "copy" and slot and room:
            numbers = (Slot(slot.choice, k) for k in range(1, self.most + 1))
            copy = next(each for each in numbers if each.id not in by_id)
            self._link.copy(f"{slot.id}.", f"{copy.id}.")
            self._set([*slots, copy])
        elif told.act == "remove" and slot and len(slots) > 1:
            self._set([each for each in slots if each != slot])

    def _set(self, slots: list[Slot]) -> None:
        self._link.put("runs", slots_text(slots))


def key_of(link: Link) -> str:
    """Key of the tuner of a page."""
    return f"{link.page} {link.prefix}tuner"


def take_tuned(link: Link, told: Tuned) -> bool:
    """Take over into the link what was chosen; says whether the stage runs all of it.

    Where a value is refused, it does not: its page has another one.
    """
    key = key_of(link)
    HEARD.keep(key, told.number)
    accepted, parsers = told.ran, PARSERS.of(key) or {}
    for name, text in told.changes.items():
        try:
            parsers[name](text)
        except (KeyError, ValueError, OverflowError):
            accepted = False
            continue
        link.put(name, text)
    return accepted


def _said_once(settings: Sequence[Setting]) -> tuple[Setting, ...]:
    """Leave out a sentence that the next setting says, too."""
    after = [each.note for each in settings[1:]] + [""]
    return tuple(
        dataclasses.replace(each, note="") if each.note == following else each
        for each, following in zip(settings, after, strict=True)
    )
