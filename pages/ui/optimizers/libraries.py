"""Same name, different rule: what each library runs, on one surface and in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.entries import Entry
from lossopt.figures.palette import numbered_look, shade
from lossopt.figures.scene import Contestant
from lossopt.libraries import (
    LIBRARIES,
    Convention,
    Library,
    apart,
    first_step,
    moving,
    same_paths,
)
from lossopt.numbers import short
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import params_of
from pages.ui.controls.controls import Controls
from pages.ui.frame.table import Cell, show_table, theme
from pages.ui.frame.words import BETWEEN, Words
from pages.ui.optimizers.card import setting
from pages.ui.optimizers.differences import difference_buttons
from pages.ui.optimizers.ground import PLANE, fields_of, ground_controls, surface_choice
from pages.ui.optimizers.schedules import schedules
from pages.ui.runs.race import Race
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view, view_options

STAGE = "libraries stage"
NAMED = 2
"""Libraries of one path that its label names."""
Known = Mapping[str, type[Library]]


def libraries(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Paths of all libraries that have an optimizer, and how they differ in words and numbers."""
    words = controls.words
    known = {key: each for key, each in LIBRARIES.items() if name in each.conventions}
    title = words.item("optimizer", name)
    if not known:
        st.info(words("optimizers.libraries.nobody", name=title), icon=":material/info:")
        return
    if OPTIMIZERS[name].needs_matrices:
        groups = same_paths(known, name, 1.0)
        st.markdown(_lead(words, title, known, groups))
    else:
        _stage(controls, name, row, known)
    _table(words, name, known)
    difference_buttons(controls, name)
    if len(known) > 1:
        _moving(controls, name, known)
    _ways(words, name, known)
    schedules(controls)


def _lead(words: Words, title: str, known: Known, groups: Mapping[Optimizer, list[str]]) -> str:
    others = len(known) - sum(map(len, groups.values()))
    lead = words("optimizers.libraries.lead", name=title, n=len(known), paths=len(groups))
    return f"{lead} {words('optimizers.libraries.others', n=others)}" if others else lead


def _stage(controls: Controls, name: str, row: DeltaGenerator, known: Known) -> None:
    """All paths with the same learning rate."""
    words = controls.words
    with row:
        with st.container(width=150):
            surface = surface_choice(controls)
        with st.container(width=190):
            rate = controls.fields(name, fields_of(name, rate=True))["learning_rate"]
        with st.popover(words("lab.more"), width="content"):
            ground = ground_controls(controls, surface)
    groups = same_paths(known, name, rate)
    st.markdown(_lead(words, words.item("optimizer", name), known, groups))
    if not groups:
        return
    view = view_options(controls.link)
    entries = tuple(map(Entry, groups))
    race = Race(entries, ground.n_steps, ground.start, axes=PLANE, follow=view.follow)
    with st.container(key="libraries"):
        show_race(
            words,
            race,
            ground.goal,
            tuple(
                Contestant(ids[0], _names(words, known, ids), _apart(words, rule), numbered_look(k))
                for k, (rule, ids) in enumerate(groups.items())
            ),
            key=STAGE,
            options=view,
            hint=words("optimizers.libraries.hint"),
            on_start=lambda: move_start(controls.link, ground.start_name, STAGE),
            on_options=lambda: remember_view(controls.link, STAGE),
        )


def _names(words: Words, known: Known, ids: Sequence[str]) -> str:
    names = ", ".join(known[each].name for each in ids[:NAMED])
    more = len(ids[NAMED:])
    return words("optimizers.libraries.more", names=names, n=more) if more else names


def _apart(words: Words, rule: Optimizer) -> str:
    """What of a rule differs from its usual form, but for the learning rate."""
    usual = type(rule)()
    return BETWEEN.join(
        setting(words, field, getattr(rule, field.name))
        for field in params_of(rule)
        if field.name != "learning_rate" and getattr(rule, field.name) != getattr(usual, field.name)
    )


def _table(words: Words, name: str, known: Known) -> None:
    """One library a row, with the length of its first step as a bar."""
    steps = {key: first_step(library, name) for key, library in known.items()}
    longest = max((abs(step) for step in steps.values() if step), default=1.0)
    heads = ("library", "first", "rate", "apart", "called")
    show_table(
        [words(f"optimizers.libraries.head.{head}") for head in heads],
        [_row(words, name, known[key], step, longest) for key, step in steps.items()],
        words("optimizers.libraries.caption", date=max(each.measured for each in known.values())),
    )


def _row(
    words: Words, name: str, library: type[Library], step: float | None, longest: float
) -> list[Cell | str]:
    convention, rule = library.conventions[name], library.rule(name)
    if rule is None:
        apart = words("optimizers.libraries.other_rule")
    else:
        apart = _apart(words, rule) or words("optimizers.libraries.as_ours")
    return [
        f"{library.name} {library.version}",
        Cell("–") if step is None else Cell(short(step), _bar(abs(step) / longest)),
        _usual_rate(words, convention, rule),
        apart,
        library.called(name),
    ]


def _usual_rate(words: Words, convention: Convention, rule: Optimizer | None) -> str:
    if convention.asks_rate:
        return words("optimizers.libraries.asked")
    return "–" if rule is None or convention.rate == "none" else short(rule.learning_rate)


def _bar(share: float) -> str:
    color = shade(0.6, theme())
    return f"linear-gradient(to right, {color} {share:.0%}, transparent {share:.0%})"


def _moving(controls: Controls, name: str, known: Known) -> None:
    """From one library to another: what to set, and what no number brings back."""
    words = controls.words
    st.markdown(f"**{words('optimizers.libraries.moving')}**")
    ids = tuple(known)
    first = ids[0]
    other = next((key for key in ids if key != first and _differ(known, name, first, key)), ids[-1])
    with st.container(horizontal=True, key="moving"):
        here, there = (
            controls.choice(
                end,
                words(f"optimizers.libraries.{end}"),
                ids,
                "library",
                text=lambda key: known[key].name,
                default=usual,
            )
            for end, usual in (("from", first), ("to", other))
        )
    st.markdown(" ".join(_what_to_set(words, name, known[here], known[there])))


def _differ(known: Known, name: str, here: str, there: str) -> bool:
    found = moving(known[here], known[there], name)
    return found is None or bool(found.kinds)


def _what_to_set(words: Words, name: str, here: type[Library], there: type[Library]) -> list[str]:
    names = {"here": here.name, "there": there.name}
    found = moving(here, there, name)
    ways = _other_ways(words, here.conventions[name], there.conventions[name])
    if found is None:
        return [words("optimizers.libraries.cannot", **names), *ways]
    rules = [each.rule(name) for each in (here, there)]
    fields = {field.name: field for rule in rules if rule for field in params_of(rule)}
    said = []
    if found.numbers:
        told = [setting(words, fields[key], value) for key, value in found.numbers.items()]
        said.append(words("optimizers.libraries.set", settings=BETWEEN.join(told), **names))
    if found.kinds:
        pairs = [
            BETWEEN.join(setting(words, fields[key], getattr(rule, key)) for key in found.kinds)
            for rule in rules
        ]
        said.append(words("optimizers.libraries.kinds", one=pairs[0], other=pairs[1], **names))
    parted = apart(here.conventions[name], there.conventions[name])
    if parted:
        told = ", ".join(words(f"libraries.apart.{each}") for each in parted)
        ways = [words("optimizers.libraries.parted", cases=told), *ways]
    return [*(said or [words("optimizers.libraries.nothing", **names)]), *ways]


def _other_ways(words: Words, here: Convention, there: Convention) -> list[str]:
    """How the second differs in what is no field: weight decay, a changed rate."""
    kinds = ("decay", "rate")
    apart = [kind for kind in kinds if getattr(here, kind) != getattr(there, kind)]
    return [words(f"libraries.{kind}.{getattr(there, kind)}") for kind in apart]


def _ways(words: Words, name: str, known: Known) -> None:
    """Weight decay, a changed rate, and what else was noted: who does it how."""
    lines = [
        *_shared(words, known, "decay", lambda each: each.conventions[name].decay),
        *_shared(words, known, "rate", lambda each: each.conventions[name].rate),
    ]
    for key, library in known.items():
        if note := words.section(f"libraries.note.{key}").get(name):
            lines.append(f"**{library.name} {library.version}.** {note}")
    st.markdown("\n".join(f"- {line}" for line in lines))


def _shared(
    words: Words, known: Known, kind: str, way: Callable[[type[Library]], str]
) -> list[str]:
    found: dict[str, list[str]] = {}
    for library in known.values():
        found.setdefault(way(library), []).append(library.name)
    return [
        f"{words(f'libraries.{kind}.{each}')} *{', '.join(names)}.*"
        for each, names in found.items()
    ]
