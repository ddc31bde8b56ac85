"""A race on the stage: what every page that lets optimizers descend has in common."""

from __future__ import annotations

import dataclasses
import logging

import streamlit as st

from lossopt.figures.messages import Extras, Marks, Options, Scene
from lossopt.figures.scene import Contestant
from lossopt.links.explanations import about_problem, plane_note
from lossopt.links.picture import Picture
from lossopt.links.race import Race
from lossopt.links.scenes import scene_of
from lossopt.objectives import Objective
from pages.ui.controls.controls import Controls
from pages.ui.frame import seen
from pages.ui.frame.component import Event, component, ignore
from pages.ui.frame.terms import noted
from pages.ui.frame.words import Words
from pages.ui.runs.cache import picture
from pages.ui.stage.explanations import limit_of
from pages.ui.stage.stage import Starts, stage
from pages.ui.stage.stage_to_link import STAGED, Staged, remember_view
from pages.ui.stage.still import Still

NOTES = (
    *("log_gap", "loss_leaves", "params_leave", "paths_leave", "pace", "zero_rate"),
    *("too_large", "no_value", "no_gradient", "no_step"),
)
"""Words of the stage that it makes notes of."""


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
        limits = tuple(limit_of(words, goal, entry) for entry in race.entries)
        note = plane_note(words, goal, race, shown.share)
        return scene_of(
            words,
            shown.scene,
            options,
            note=note,
            messages=tuple(text for text in said if text),
            limits=limits,
            extras=extras,
            marks=marks,
            texts=texts,
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
