"""A race on the stage: what every page that lets optimizers descend has in common."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from lossopt.entries import Entry
from lossopt.figures.messages import AnyFit, CurveFit, Descents, Extras, Marks, Options, Scene
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import decimal
from lossopt.registry import id_of
from lossopt.trajectories import affordable_steps
from pages.ui.controls.contestants import Slot
from pages.ui.controls.controls import Controls
from pages.ui.controls.rule import entry_of
from pages.ui.controls.run import RunChoice
from pages.ui.frame import seen
from pages.ui.frame.component import Event, component, ignore
from pages.ui.frame.link import Link
from pages.ui.frame.terms import noted
from pages.ui.frame.words import Words
from pages.ui.runs.cache import Picture, picture
from pages.ui.runs.race import Race
from pages.ui.stage.explanations import about_problem, limit_of, plane_note
from pages.ui.stage.stage import Starts, stage
from pages.ui.stage.stage_to_link import STAGED, Staged, remember_view
from pages.ui.stage.still import Still

Named = TypeVar("Named", bound=AnyFit)
NOTES = (
    *("log_gap", "loss_leaves", "params_leave", "paths_leave", "pace", "zero_rate"),
    *("too_large", "no_value", "no_gradient", "no_step"),
)
"""Words of the stage that it makes notes of."""
LINE = 2
"""Params of a line."""


def race_of(
    link: Link,
    slots: Sequence[Slot],
    goal: Objective,
    run: RunChoice,
    *,
    follow: bool = False,
    with_outside: bool = True,
) -> Race:
    """The race of these contestants with the settings of the link.

    Parameters
    ----------
    with_outside : bool
        Whether schedule, clipping and averaging act.
    """
    return Race(
        entries=tuple(entry_of(link, slot, goal, with_outside=with_outside) for slot in slots),
        n_steps=min(run.n_steps, affordable_steps(goal, len(slots))),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=follow,
    )


def contestants_of(words: Words, slots: Sequence[Slot], race: Race) -> tuple[Contestant, ...]:
    """Names and looks of the optimizers in a race."""
    return tuple(
        Contestant(
            slot.id,
            slot.label(words),
            _detail(words, entry),
            look_of(slot.rule_id, slot.variant),
        )
        for slot, entry in zip(slots, race.entries, strict=True)
    )


def show_race(
    words: Words,
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    *,
    key: str,
    options: Options,
    hint: str = "",
    extras: Extras = Extras(),  # noqa: B008
    marks: Marks = Marks(),  # noqa: B008
    texts: dict[str, str] | None = None,
    on_start: Event = ignore,
    start: str = "",
    on_options: Event = ignore,
    on_point: Event = ignore,
    on_tuned: Event = ignore,
    group: str = "",
    transport: bool = True,
) -> Picture:
    """Run a race and play it; where that fails, say so and keep the last picture.

    Parameters
    ----------
    key : str
        Name of the stage, by which its events are `heard`.
    options : Options
        See `view_options`.
    hint : str
        A sentence that says what there is to see, below the others.
    extras : Extras, optional
        What the page adds to the scene.
    marks : Marks, optional
        What it draws on the data view.
    texts : dict of str to str, optional
        Words of the stage that the page says in its own way.
    on_start, on_options, on_point, on_tuned, group, transport
        As in `stage`.
    start : str, optional
        Name of the start in the link, where the page draws nothing that depends on it alone.
    """
    try:
        shown = picture(race, goal, contestants)
    except Exception:
        before = STAGED.of(key)
        if before is None:
            raise
        logging.getLogger(__name__).exception("a race could not be computed")
        st.error(words("message.failed"))
        shown, race = before.picture, before.race
        goal, contestants = before.goal, before.contestants
        extras, marks = Extras(), Marks()
    said = [*about_problem(words, goal), hint]

    def pack(race: Race, contestants: tuple[Contestant, ...], shown: Picture) -> Scene:
        drawn = translated(words, shown.scene)
        note = plane_note(words, goal, race, shown)
        return Scene(
            **vars(drawn)
            | vars(extras)
            | {
                "plane": dataclasses.replace(drawn.plane, note=note),
                "fit": dataclasses.replace(drawn.fit, **vars(marks)),
            },
            options=options,
            lang=words.language,
            texts={**words.section("stage"), **_titles(words, marks), **(texts or {})},
            messages=tuple(text for text in said if text),
            limits=tuple(limit_of(words, goal, entry) for entry in race.entries),
        )

    if options.view == "2d":
        seen.show(Still(race, goal, tuple(each.look for each in contestants)))
    staged = Staged(goal, race, contestants, shown, pack)
    STAGED.keep(key, staged)
    box = staged.free_box if start else None
    stage(
        explained(words, staged.scene),
        key=key,
        on_start=on_start,
        follows=on_tuned is not ignore and staged.follows,
        starts=Starts(start, box) if box else None,
        on_options=on_options,
        on_point=on_point,
        on_tuned=on_tuned,
        group=group,
        transport=transport,
    )
    return shown


def explained(words: Words, scene: Scene) -> Scene:
    """A scene in whose notes the terms of the glossary are marked."""

    def mark(text: str) -> str:
        return noted(words.language, text)

    return dataclasses.replace(
        scene,
        messages=tuple(map(mark, scene.messages)),
        plane=dataclasses.replace(scene.plane, note=mark(scene.plane.note or "")),
        texts={**scene.texts, **{name: mark(scene.texts[name]) for name in NOTES}},
        limits=tuple(
            each and dataclasses.replace(each, text=mark(each.text)) for each in scene.limits
        ),
    )


def _titles(words: Words, marks: Marks) -> dict[str, str]:
    """What the data view is called where its points can be dragged."""
    title = words("stage.fit_draggable")
    return {"fit_curve": title, "fit_regions": title} if marks.draggable else {}


def show_transport(controls: Controls, view: Options, *, group: str, key: str) -> None:
    """One row of buttons for all stages of a group."""
    component(
        "transport",
        {
            "group": group,
            "texts": controls.words.section("stage"),
            "lang": controls.words.language,
            "options": view,
        },
        key=key,
        on_options_change=lambda: remember_view(controls.link, key),
    )


def _term(words: Words, name: str) -> str:
    """Name of a feature, target or class; a person's own names stay as they are."""
    own, standardized, _ = name.partition(" (standardized)")
    return words.name("term", name, f"{own} {words('own.standardized')}" if standardized else name)


def translated(words: Words, drawn: Descents) -> Descents:
    """Put the names of params, features and classes into the reader's language."""
    axes = tuple(_param(words, drawn, name) for name in drawn.plane.labels)
    plane = dataclasses.replace(drawn.plane, labels=axes)
    return dataclasses.replace(drawn, plane=plane, fit=_renamed(words, drawn.fit))


def _param(words: Words, drawn: Descents, name: str) -> str:
    """What a param is in words, with its sign: the slope of a line, a weight, a bias."""
    fit = drawn.fit
    is_line = isinstance(fit, CurveFit) and fit.link == "identity" and drawn.n_params == LINE
    weight = re.fullmatch(r"w(\d+)", name)
    if name not in drawn.param_names or not (weight or name == "b"):
        return _term(words, name)
    if weight:
        return words("lab.slope" if is_line else "lab.weight", k=weight[1])
    return words("lab.intercept" if is_line else "lab.bias")


def _renamed(words: Words, part: Named) -> Named:
    names = {
        name: tuple(_term(words, each) for each in getattr(part, name))
        for name in ("labels", "class_names")
        if hasattr(part, name)
    }
    return dataclasses.replace(part, **names)


def settings_in_full(words: Words, race: Race) -> list[str]:
    """How the contestants are set, with all digits, for files."""
    return [_detail(words, entry, decimal) for entry in race.entries]


def _detail(words: Words, entry: Entry, write: Callable[[float], str] = short) -> str:
    """Say in a few signs how a contestant is set."""
    rule, schedule = entry.optimizer, entry.schedule
    parts = [f"η {write(rule.learning_rate)}"]
    if momentum := getattr(rule, "momentum", None):
        parts.append(f"μ {write(momentum)}")
    if entry.batch_size is not None:
        parts.append(f"b {entry.batch_size}")
    if schedule is not None:
        parts.append(words.name("schedule", id_of(schedule), schedule.name))
    if entry.clip_norm is not None:
        parts.append(words("tuner.clipped", norm=write(entry.clip_norm)))
    if entry.average:
        parts.append(words("tuner.averaged"))
    return " · ".join(parts)
