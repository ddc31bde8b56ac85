"""The panel of the contestants: choose one to tune it, add, copy or remove one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.params import decimal
from pages.ui.controls.contestants import (
    CHOICES,
    MAX_RUNS,
    Slot,
    choices_for,
    parse_slots,
    slots_text,
)
from pages.ui.controls.problem import Problem
from pages.ui.controls.rule import entry_of, more_rule_controls, rule_controls
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, Memory, keep_default
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective, rate_for

TUNED: Memory[str] = Memory("tuned")
"""Which contestant a button asked for, until the panel is drawn."""


def optimizer_panel(
    link: Link,
    words: Words,
    problem: Problem,
    goal: Objective,
    *,
    usual: str = "batch",
    most: int = MAX_RUNS,
    with_outside: bool = True,
) -> list[Slot]:
    """Contestants: choose one to tune it, add, copy or remove one.

    Those that mean nothing on this problem stay in the link, and stand aside.

    Parameters
    ----------
    usual : str
        Contestants of a link that names none.
    most : int
        How many may take part; further ones of the link do not.
    with_outside : bool
        Whether schedule, clipping and averaging are offered.
    """
    chosen = link.read_list("runs", parse_slots(usual), parse_slots)
    link.write("runs", slots_text(chosen))
    fitting = [slot for slot in chosen if slot.fits(goal)][:most] or [Slot("batch")]
    slots = [slot.on(goal) for slot in fitting]
    _say_who_stands_aside(link, words, goal, [slot for slot in chosen if not slot.fits(goal)])
    suggest_rates(link, problem, goal, slots)
    by_id = {slot.id: slot for slot in slots}
    key = link.key("tuned")
    asked = TUNED.forget(key)
    if asked in by_id or CONTROLS.of(key) not in by_id:
        CONTROLS.forget(key)
    tuned = st.pills(
        words("lab.optimizers"),
        list(by_id),
        default=keep_default(key, asked if asked in by_id else slots[0].id),
        format_func=lambda item: by_id[item].label(words),
        key=key,
        required=True,
    )
    slot = by_id.get(tuned, slots[0])
    rule_controls(link, words, slot, goal)
    with st.container(horizontal=True, gap="small", key=f"{link.prefix}run buttons"):
        _change_slots(link, words, goal, slots, slot, most)
    more_rule_controls(link, words, slot, with_outside=with_outside)
    return slots


def suggest_rates(link: Link, problem: Problem, goal: Objective, slots: Iterable[Slot]) -> None:
    """Let every contestant begin with a learning rate that was found on the problem."""
    usual = objective(problem.usual)
    for slot in slots:
        rate = rate_for(Entry(slot.rule(), slot.batch_size), usual)
        link.suggest(f"{slot.id}.learning_rate", decimal(rate))


def _say_who_stands_aside(link: Link, words: Words, goal: Objective, slots: list[Slot]) -> None:
    for slot in slots:
        entry_of(link, slot, goal)
    for key, fits in (("stands_aside", False), ("no_samples", True)):
        names = [slot.label(words) for slot in slots if slot.rule.fits(goal) == fits]
        if names:
            st.caption(words(f"lab.{key}", names=", ".join(names)))


def _change_slots(
    link: Link, words: Words, goal: Objective, slots: list[Slot], slot: Slot, most: int
) -> None:
    choices = choices_for(goal)
    full = len(slots) >= most
    with st.popover(words("lab.add"), disabled=full):
        taken = {each.id for each in slots}
        for name in choices:
            if name not in taken:
                new = Slot(name).on(goal)
                st.button(
                    new.label(words),
                    key=link.key(f"add {name}"),
                    disabled=full,
                    on_click=_set_slots,
                    args=(link, [*slots, new], new),
                    width="stretch",
                )
        away = [Slot(name) for name in CHOICES if name not in choices]
        if others := [slot.label(words) for slot in away if slot.rule.needs_matrices]:
            st.caption(words("lab.need_matrices", names=", ".join(others)))
    copy = next(s for k in range(2, 10) if (s := Slot(slot.choice, k)) not in slots)
    st.button(
        words("lab.copy"),
        key=link.key("copy run"),
        disabled=full,
        on_click=_copy_slot,
        args=(link, slots, slot, copy),
    )
    st.button(
        words("lab.remove"),
        key=link.key("remove run"),
        disabled=len(slots) == 1,
        on_click=_set_slots,
        args=(link, [each for each in slots if each != slot], None),
    )


def _set_slots(link: Link, slots: list[Slot], tuned: Slot | None) -> None:
    link.put("runs", slots_text(slots))
    if tuned:
        TUNED.keep(link.key("tuned"), tuned.id)


def _copy_slot(link: Link, slots: list[Slot], slot: Slot, copy: Slot) -> None:
    link.copy(f"{slot.id}.", f"{copy.id}.")
    _set_slots(link, [*slots, copy], copy)
