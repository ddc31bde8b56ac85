"""Basins: which minimizer every start arrives at, for one optimizer or for two."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from functools import partial

import streamlit as st

from lossopt.figures.maps import basins_message, nearest_cell
from lossopt.figures.messages import Extras, Preview
from lossopt.landscapes.surfaces import Plane, axis_plane
from lossopt.links.batch_size import draws_samples
from lossopt.links.contestants import Slot
from lossopt.links.problem import Problem
from lossopt.links.race import Race, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.starts import numbers_text
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import Spec, param
from lossopt.sweeps import Basins
from lossopt.sweeps.maps import affordable_map_steps, map_side
from lossopt.sweeps.valleys import Valleys, arrivals, difference, round_box, shares
from pages.ui.compare.columns import affordable_run, explanation, settings_column
from pages.ui.controls.controls import Controls
from pages.ui.controls.optimizers import optimizer_panel
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.frame.link import Link
from pages.ui.frame.long_work import long_work
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.heatmap import chosen_cell, heatmap
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "basins stage"
MAPS = ("first basins", "second basins")
USUAL = "batch-momentum"
EXAMPLE = "himmelblau"
"""A problem with several minimizers."""
RUNS = 4096


@dataclasses.dataclass(frozen=True)
class BasinSettings(Spec):
    """How two maps are drawn."""

    name = "Basins"

    only_differences: bool = param(True, "fade starts where both agree")


@dataclasses.dataclass(frozen=True)
class Field:
    """Where the descents of a race end, from every start of a plane."""

    plane: Plane
    found: list[Basins]
    places: Valleys


def show(controls: Controls) -> None:
    """Draw a map of starts per optimizer, and the descents from the chosen start."""
    link, words = controls.link, controls.words
    with settings_column(words) as left:
        problem = problem_panel(controls, usual=EXAMPLE, with_examples=False)
        goal = objective(problem.goal)
        slots = optimizer_panel(
            controls,
            problem,
            goal,
            usual=USUAL,
            most=len(MAPS),
            with_outside=False,
        )
        settings = BasinSettings()
        if len(slots) > 1:
            settings = controls.spec("basins", BasinSettings)
        sampled = draws_samples(link, slots, goal)
        run = run_panel(controls, problem, goal, sampled=sampled)
        run = affordable_run(words, run, affordable_map_steps(goal, RUNS))
    view = view_options(link, goal)
    run = dataclasses.replace(run, axes=run.axes or (0, 1))
    race = race_of(link, slots, goal, run, follow=view.follow, with_outside=False)
    with left:
        map_side, stage_side = st.columns(2, gap="medium")
        with map_side:
            field = _field(words, race, goal)
            faded = settings.only_differences and len(slots) > 1
            for k, slot in enumerate(slots):
                _map(controls, problem, slot, race, field, k, faded=faded)
            explanation(_summary(words, slots, field))
            if goal.convex:
                st.button(
                    words("compare.basins.example"),
                    on_click=link.put,
                    args=("problem", EXAMPLE),
                )
        with stage_side:
            show_race(
                words,
                race,
                goal,
                contestants_of(words, slots, race),
                key=STAGE,
                options=view,
                extras=Extras(layout="column", play=link.plays),
                on_start=lambda: move_start(link, problem.start, STAGE),
                on_options=lambda: remember_view(link, STAGE),
            )


def _field(words: Words, race: Race, goal: Objective) -> Field:
    """Compute the basins, or take them from the shelf: the race's own start does not matter."""
    assert race.axes
    plane = axis_plane(goal, *race.axes)
    sides = [map_side(entry.optimizer, goal) for entry in race.entries]
    box = round_box((goal.bounds[race.axes[0]], goal.bounds[race.axes[1]]), min(sides))

    found = long_work(
        ("basins", goal, race.entries, race.n_steps, race.seed, race.axes),
        lambda: partial(
            arrivals,
            race.entries,
            goal,
            plane=plane,
            bounds=box,
            resolution=min(sides),
            n_steps=race.n_steps,
            seed=race.seed,
        ),
        words("compare.basins.working"),
    )
    return Field(plane, *found)


def _map(
    controls: Controls,
    problem: Problem,
    slot: Slot,
    race: Race,
    field: Field,
    k: int,
    *,
    faded: bool,
) -> None:
    words = controls.words
    found, index = field.found[k], field.places.index
    message = basins_message(found, field.places, index[k], index[1 - k] if faded else None)
    texts = words.section("compare.basin_texts")
    x, y = field.plane.project(race.start).tolist()
    cell = (nearest_cell(found.x, x, log=False), nearest_cell(found.y, y, log=False))
    inside = cell[0] is not None and cell[1] is not None
    names = _names(words, field)
    heatmap(
        replace(
            message,
            x=replace(message.x, label=field.plane.labels[0]),
            y=replace(message.y, label=field.plane.labels[1]),
            classes=tuple(
                replace(kind, label=names[i] if i < len(names) else texts[kind.id])
                for i, kind in enumerate(message.classes)
            ),
            cell=cell if inside else None,
            compact=len(field.found) > 1,
            preview=Preview(STAGE),
            legend=k == len(field.found) - 1,
            title=texts["title"].format(name=slot.label(words)),
            label=texts["label"].format(name=slot.label(words)),
            texts=texts,
            lang=words.language,
        ),
        key=MAPS[k],
        on_cell=lambda: _choose(controls.link, problem, field, k),
    )


def _names(words: Words, field: Field) -> list[str]:
    """Names of the minimizers: where they are and how low."""
    return [
        words(
            "compare.basins.minimizer" if k < field.places.n_global else "compare.basins.local",
            place=", ".join(short(round(float(number), 2)) for number in spot),
            loss=short(round(float(loss), 9)),
        )
        for k, (spot, loss) in enumerate(
            zip(
                field.plane.project(field.places.minimizers).tolist(),
                field.places.losses,
                strict=True,
            )
        )
    ]


def _choose(link: Link, problem: Problem, field: Field, k: int) -> None:
    """Start at the cell that was clicked."""
    found = field.found[k]
    if cell := chosen_cell(MAPS[k], len(found.x), len(found.y)):
        start = field.plane.at(found.x[cell[0]], found.y[cell[1]]).tolist()
        link.put(problem.start, numbers_text(start, "_"))
        link.play()


def _summary(words: Words, slots: list[Slot], field: Field) -> str:
    """What the maps show, with their numbers, and what they do not show."""
    sentences = [words("compare.basins.shows")]
    for slot, parts in zip(slots, shares(field.places), strict=True):
        sentences.append(
            words(
                "compare.basins.share",
                name=slot.label(words),
                low=f"{sum(parts[: field.places.n_global]):.0%}",
                local=f"{sum(parts[field.places.n_global :]):.0%}",
            )
        )
    if len(slots) > 1:
        sentences.append(
            words("compare.basins.difference", share=f"{difference(field.places):.0%}")
        )
    sentences.append(words("compare.basins.not_shown"))
    return " ".join(sentences)
