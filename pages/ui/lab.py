"""The Descent Lab: choose a problem and optimizers, watch them descend side by side."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.objectives import Objective
from lossopt.registry import id_of
from lossopt.schedules import SCHEDULES
from lossopt.trajectories import affordable_steps
from pages.ui.cache import Race, objective, picture
from pages.ui.choices import Slot
from pages.ui.controls import options_parser, short, spec_without_controls
from pages.ui.examples import opening
from pages.ui.link import Link
from pages.ui.messages import explanations, plane_note
from pages.ui.panel import (
    Problem,
    batch_size_of,
    extras_of,
    optimizer_panel,
    problem_panel,
    run_panel,
    start_text,
)
from pages.ui.stage import stage
from pages.ui.texts import Words

STAGE = "lab stage"
LAST = "lab picture"
VIEW = {
    "view": ("2d", "3d"),
    "scale": ("log", "linear"),
    "axis": ("steps", "epochs", "gradients"),
    "follow": ("0", "1"),
    "speed": ("1", "0.25", "0.5", "2", "4", "8"),
    "loop": ("0", "1"),
}
"""View options in the link: accepted values, the default first."""


@st.fragment
def lab(words: Words) -> None:
    """Draw controls and stage; only this part of the page runs again after a change."""
    link = Link("lab", opening())
    left, right = st.columns([3, 1], gap="medium")
    with right, st.container(key="controls"):
        st.toggle(words("lab.settings_controls"), key="controls open")
        with st.container(key="panel"):
            problem = problem_panel(link, words)
            goal = objective(problem.key, problem.make)
            slots = optimizer_panel(link, words, goal)
            run = run_panel(link, words, problem, goal)
    view = _view(link)
    optimizers = tuple(spec_without_controls(link, slot.id, slot.rule) for slot in slots)
    extras = [extras_of(link, slot) for slot in slots]
    race = Race(
        problem=problem.key,
        optimizers=optimizers,
        batch_sizes=tuple(batch_size_of(link, slot, goal) for slot in slots),
        schedules=tuple(schedule for schedule, _ in extras),
        clip_norms=tuple(extra.clip_norm or None for _, extra in extras),
        averages=tuple(extra.average for _, extra in extras),
        n_steps=min(run.n_steps, affordable_steps(goal, len(slots))),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=view["follow"],
    )
    with left:
        _show(link, words, problem, goal, race, slots, view)
    link.save()
    with right:
        _notices(link, words)


def _show(
    link: Link,
    words: Words,
    problem: Problem,
    goal: Objective,
    race: Race,
    slots: list[Slot],
    view: dict[str, Any],
) -> None:
    contestants = tuple(
        Contestant(
            slot.id,
            slot.label(words),
            _detail(words, race, k),
            look_of(slot.rule_id, slot.variant),
        )
        for k, slot in enumerate(slots)
    )
    try:
        shown = picture(repr((race, contestants)), race, goal, contestants)
        st.session_state[LAST] = (shown, race, goal, contestants)
    except Exception:
        if LAST not in st.session_state:
            raise
        logging.getLogger(__name__).exception("a race could not be computed")
        st.error(words("message.failed"))
        shown, race, goal, contestants = st.session_state[LAST]
    scene = {
        **shown.scene,
        "lang": words.language,
        "texts": words.section("stage"),
        "options": {**view, "autoplay": True},
        "messages": explanations(words, goal, race, contestants, shown.diverged_at),
    }
    scene["fit"] = _translated(words, scene["fit"])
    scene["plane"] = {**scene["plane"], "note": plane_note(words, goal, race.axes, shown)}
    stage(
        scene,
        key=STAGE,
        on_start=lambda: _move_start(link, problem),
        on_options=lambda: _remember_view(link),
    )


def _translated(words: Words, fit: dict[str, Any]) -> dict[str, Any]:
    """Put the names of features and classes into the reader's language."""
    named = {
        key: [words.name("term", name, name) for name in fit[key]]
        for key in ("labels", "class_names")
        if key in fit
    }
    return {**fit, **named}


def _detail(words: Words, race: Race, k: int) -> str:
    """Say in a few signs how contestant number `k` is set."""
    rule, schedule = race.optimizers[k], race.schedules[k]
    parts = [f"η {short(rule.learning_rate)}"]
    if momentum := getattr(rule, "momentum", None):
        parts.append(f"μ {short(momentum)}")
    if race.batch_sizes[k] is not None:
        parts.append(f"b {race.batch_sizes[k]}")
    if id_of(schedule) != next(iter(SCHEDULES)) or schedule.warmup:
        parts.append(words.name("schedule", id_of(schedule), schedule.name))
    if race.clip_norms[k]:
        parts.append(words("lab.clipped", norm=short(race.clip_norms[k])))
    if race.averages[k]:
        parts.append(words("lab.averaged"))
    return " · ".join(parts)


def _view(link: Link) -> dict[str, Any]:
    chosen = {
        name: link.read(name, options[0], options_parser(options)) for name, options in VIEW.items()
    }
    for name, text in chosen.items():
        link.write(name, text, VIEW[name][0])
    return {
        **chosen,
        "follow": chosen["follow"] == "1",
        "loop": chosen["loop"] == "1",
        "speed": float(chosen["speed"]),
    }


def _remember_view(link: Link) -> None:
    options = st.session_state[STAGE].get("options") or {}
    for name, accepted in VIEW.items():
        value = options.get(name)
        text = {True: "1", False: "0"}.get(value) if isinstance(value, bool) else None
        text = text or (f"{value:g}" if isinstance(value, int | float) else str(value))
        if text in accepted:
            link.put(name, text)


def _move_start(link: Link, problem: Problem) -> None:
    event = st.session_state[STAGE].get("start") or {}
    if LAST in st.session_state and {"x", "y"} <= set(event):
        shown = st.session_state[LAST][0]
        params = shown.plane.at(float(event["x"]), float(event["y"]))
        link.put(problem.start, start_text(params.tolist(), "_"))


def _notices(link: Link, words: Words) -> None:
    for key, name in link.notices:
        st.warning(words(f"notice.{key}", name=name), icon=":material/info:")
