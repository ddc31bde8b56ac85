"""Same name, other rates: what schedules of libraries give, update by update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from lossopt.figures.palette import numbered_look
from lossopt.figures.schedules import schedules_figure
from lossopt.libraries import LIBRARIES, PLANNED, rates_of, schedule_groups
from lossopt.numbers import short
from lossopt.schedules import SCHEDULES
from pages.ui.controls.controls import Controls
from pages.ui.frame.table import show_table, theme
from pages.ui.frame.words import Words

USUAL = "cosine warmup"
HEADS = ("library", "first", "last", "after", "called")
Form = tuple[str, str]
"""Ids of a library and of its schedule."""


def schedules(controls: Controls) -> None:
    """Rates of all libraries for one schedule, in a picture, a table and notes."""
    words, groups = controls.words, schedule_groups(LIBRARIES)
    st.markdown(f"**{words('optimizers.schedules.title')}**")
    with st.container(width=320):
        chosen = controls.choice(
            "schedule",
            words("optimizers.schedules.schedule"),
            tuple(groups),
            "schedule",
            text=lambda name: schedule_name(words, name),
            default=USUAL,
        )
    rates = schedule_rates(chosen)
    lines, names = schedule_lines(words, rates)
    figure = schedules_figure(
        lines,
        names,
        [numbered_look(k) for k, _ in enumerate(lines)],
        texts={key: words(f"optimizers.schedules.{key}") for key in ("update", "rate")},
        mode=theme(),
    )
    st.plotly_chart(figure, key="schedules", config={"displayModeBar": False})
    show_table(*schedule_table(words, rates))
    st.markdown("\n".join(f"- {note}" for note in schedule_notes(words, rates)))


def schedule_rates(group: str) -> dict[Form, Sequence[float]]:
    """Rates of all libraries for a group of schedules."""
    return {
        form: rates_of(LIBRARIES[form[0]], form[1]) for form in schedule_groups(LIBRARIES)[group]
    }


def schedule_lines(
    words: Words, rates: Mapping[Form, Sequence[float]]
) -> tuple[list[tuple[float, ...]], list[str]]:
    """Rates that differ, and what each of these lines is called."""
    alike: dict[tuple[float, ...], list[Form]] = {}
    for form, found in rates.items():
        alike.setdefault(tuple(round(rate, 3) for rate in found), []).append(form)
    return list(alike), [_who(words, forms, list(rates)) for forms in alike.values()]


def schedule_name(words: Words, group: str) -> str:
    """Name of a group: a schedule, with a warm-up before it where there is one."""
    first, *warms = group.split()
    if first in SCHEDULES:
        name = words.name("schedule", first, SCHEDULES[first].name)
    else:
        name = words(f"optimizers.schedules.name.{first}")
    return words("optimizers.schedules.warmed", name=name) if warms else name


def _who(words: Words, forms: Sequence[Form], every: Sequence[Form]) -> str:
    """Libraries of one line; what is called, too, where one of them has several."""
    names = []
    for library, name in forms:
        several = sum(each == library for each, _ in every) > 1
        call = LIBRARIES[library].schedules[name].call
        names.append(f"{LIBRARIES[library].name}: {call}" if several else LIBRARIES[library].name)
    more = len(names) - 2
    listed = ", ".join(names[:2])
    return words("optimizers.libraries.more", names=listed, n=more) if more > 0 else listed


def schedule_table(
    words: Words, rates: Mapping[Form, Sequence[float]]
) -> tuple[list[str], list[list[str]], str]:
    """Head, rows and caption: one schedule of a library a row."""
    rows = []
    for (key, name), found in rates.items():
        library = LIBRARIES[key]
        convention = library.schedules[name]
        after = words(f"optimizers.schedules.after.{convention.after}")
        first, last = short(found[0]), short(found[PLANNED - 1])
        rows.append([f"{library.name} {library.version}", first, last, after, convention.call])
    return (
        [words(f"optimizers.schedules.head.{head}") for head in HEADS],
        rows,
        words("optimizers.schedules.caption", n=PLANNED, date=max(_dates(rates))),
    )


def schedule_notes(words: Words, rates: Mapping[Form, object]) -> list[str]:
    """What was noted of schedules of libraries."""
    notes = []
    for key, name in rates:
        library = LIBRARIES[key]
        if note := words.section(f"libraries.schedule_note.{key}").get(name):
            call = library.schedules[name].call
            notes.append(f"**{library.name} {library.version}: {call}.** {note}")
    return notes


def _dates(rates: Mapping[Form, object]) -> list[str]:
    return [LIBRARIES[key].measured for key, _ in rates]
