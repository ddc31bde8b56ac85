"""Outcome map: what every learning rate and every value of a second setting come to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from lossopt.figures.maps import line_message, nearest_cell, outcome_message, telling_marks
from lossopt.figures.messages import Extras, HeatMap, Preview
from lossopt.links.batch_size import draws_samples
from lossopt.links.contestants import Slot
from lossopt.links.race import Race, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import one_of
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import decimal, params_of
from lossopt.sweeps.maps import (
    BATCH_SIZE,
    RATE,
    MapSettings,
    OutcomeMap,
    affordable_map_steps,
    best_cell,
    count_first,
    lowest_known,
    map_axes,
    map_side,
    neutral,
    outcome_map,
    second_settings,
    stability_line,
    usual_target,
)
from pages.ui.classroom.door import class_door
from pages.ui.compare.columns import affordable_run, explanation, settings_column
from pages.ui.compare.single import single_optimizer
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import more_settings
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.frame.component import told
from pages.ui.frame.link import Link
from pages.ui.frame.long_work import long_work
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.heatmap import chosen_cell, heatmap
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE, MAP = "map stage", "outcome map"
PROBLEM = "quadratic"
"""Here theory draws the edge of the map."""
RUNS = 4096
"""Runs that a map has at most."""
LAYERS = ("steps", "final_loss")


def show(controls: Controls) -> None:
    """Draw the map, and the run of the chosen cell on the stage beside it."""
    link, words = controls.link, controls.words
    with settings_column(words) as left:
        problem = problem_panel(controls, usual=PROBLEM, with_examples=False)
        goal = objective(problem.goal)
        slot = single_optimizer(controls, problem, goal, default="momentum")
        second = controls.choice(
            f"{slot.id}.second",
            words("compare.map.second"),
            second_settings(slot.rule, goal),
            "field",
            text=lambda name: _name(words, slot, name),
        )
        sampled = second == BATCH_SIZE or draws_samples(link, [slot], goal)
        run = run_panel(controls, problem, goal, sampled=sampled)
        run = affordable_run(words, run, affordable_map_steps(goal, RUNS))
        with more_settings(words("compare.map.name")):
            settings = controls.spec("map", MapSettings)
    view = view_options(link, goal)
    race = race_of(link, [slot], goal, run, follow=view.follow, with_outside=False)
    with left:
        map_side, stage_side = st.columns(2, gap="medium")
        with map_side:
            _map(controls, slot, race, goal, second, settings)
            class_door(words, MAP, mode="map")
        with stage_side:
            show_race(
                words,
                race,
                goal,
                contestants_of(words, [slot], race),
                key=STAGE,
                options=view,
                extras=Extras(layout="column", play=link.plays),
                on_start=lambda: move_start(link, problem.start, STAGE),
                on_options=lambda: remember_view(link, STAGE),
            )


def _name(words: Words, slot: Slot, name: str) -> str:
    labels = {field.name: field.label for field in params_of(slot.rule)}
    if name == BATCH_SIZE:
        return words("tuner.batch_size")
    return words.name("field", name, labels[name])


def _map(
    controls: Controls,
    slot: Slot,
    race: Race,
    goal: Objective,
    name: str,
    settings: MapSettings,
) -> None:
    entry = neutral(race.entries[0], name)
    rule = entry.optimizer
    ends = (settings.lowest_rate, settings.highest_rate)
    rates, values, log = map_axes(slot.rule, goal, name, rates=ends, n=map_side(rule, goal))
    decides = (goal, entry, name, race.n_steps, race.seed, race.start, settings)
    found = long_work(
        ("map", *decides),
        lambda: partial(
            outcome_map,
            entry,
            goal,
            name,
            learning_rates=rates,
            values=values,
            start=race.start,
            n_steps=race.n_steps,
            seed=race.seed,
            target=usual_target(goal, race.start, settings.share_left),
        ),
        controls.words("compare.map.working", n=rates.size),
    )
    message = outcome_message(found, lowest_known(goal), log=log)
    line = stability_line(rule, goal, name, values)
    exact = goal.quadratic and not entry.is_stochastic(goal) and name != BATCH_SIZE
    if line is not None:
        kind = "exact" if exact else "guide"
        label = controls.words(f"compare.map.line_{kind}")
        message = replace(message, lines=(line_message(line, values, label, exact=exact),))
    cell, between = _cell(race, found, name, goal, log=log)
    layer = controls.link.read("layer", LAYERS[0], one_of(LAYERS))
    controls.link.write("layer", layer, LAYERS[0])
    marks = telling_marks(found).items()
    message = replace(
        message,
        cell=cell,
        between=between,
        layer=layer,
        marks=tuple(
            replace(mark, label=controls.words(f"compare.map_texts.mark_{kind}"))
            for kind, mark in marks
        ),
        preview=Preview(STAGE, slot.id, RATE, name),
    )
    heatmap(
        _worded(controls.words, slot, found, name, message),
        key=MAP,
        on_cell=lambda: _choose(controls.link, slot, found),
        on_layer=lambda: _remember_layer(controls.link),
    )
    explanation(_summary(controls.words, slot, found, name, line is not None, exact))


def _cell(
    race: Race, found: OutcomeMap, name: str, goal: Objective, *, log: bool
) -> tuple[tuple[int, int] | None, bool]:
    """The cell of the optimizer's own settings, and whether these lie beside its middle."""
    entry = race.entries[0]
    rule = entry.optimizer
    second = entry.size(goal) if name == BATCH_SIZE else getattr(rule, name)
    column = nearest_cell(found.learning_rates, rule.learning_rate, log=True)
    row = nearest_cell(found.values, second, log=log)
    if column is None or row is None:
        return None, False
    middle = (found.learning_rates[column], found.values[row])
    return (column, row), middle != (rule.learning_rate, second)


def _choose(link: Link, slot: Slot, found: OutcomeMap) -> None:
    """Give the optimizer the settings of the cell that was clicked, and play its run."""
    cell = chosen_cell(MAP, len(found.learning_rates), len(found.values))
    if cell is None:
        return
    column, row = cell
    link.put(f"{slot.id}.{RATE}", decimal(found.learning_rates[column]))
    link.put(f"{slot.id}.{found.name}", decimal(found.values[row]))
    link.play()


def _remember_layer(link: Link) -> None:
    if (layer := told("layer", MAP)) in LAYERS:
        link.put("layer", str(layer))


def _worded(words: Words, slot: Slot, found: OutcomeMap, name: str, message: HeatMap) -> HeatMap:
    """Put words into a message."""
    texts = words.section("compare.map_texts")
    steps, final = message.layers
    final_label = texts["final_loss_above" if final.lowest else "final_loss"]
    labels = {"x": _name(words, slot, RATE), "y": _name(words, slot, name)}
    return replace(
        message,
        x=replace(message.x, label=labels["x"]),
        y=replace(message.y, label=labels["y"]),
        layers=(
            replace(
                steps,
                name=texts["steps"],
                label=texts["steps_to"].format(target=short(found.target)),
                missing=texts["missed"],
            ),
            replace(
                final,
                name=texts["final_loss"],
                label=final_label.format(lowest=short(final.lowest or 0.0)),
            ),
        ),
        classes=tuple(replace(kind, label=texts[kind.id]) for kind in message.classes),
        facts=tuple(replace(fact, text=texts[f"fact_{fact.id}"]) for fact in message.facts),
        title=texts["title"].format(name=slot.label(words)),
        label=texts["label"].format(name=slot.label(words), **labels),
        texts=texts,
        lang=words.language,
    )


def _summary(
    words: Words, slot: Slot, found: OutcomeMap, name: str, line: bool, exact: bool
) -> str:
    """What the map shows, with the numbers of this map, and what it does not show."""
    kind = "exact" if exact else "guide"
    sentences = [words("compare.map.shows", n=found.final_loss.size)]
    best = best_cell(found)
    if best is None:
        sentences.append(words("compare.map.none"))
    else:
        column, row = best
        steps = int(found.steps_to_target[row, column])
        sentences.append(
            words(
                "compare.map.best" if steps >= 0 else "compare.map.lowest",
                rate=short(float(found.learning_rates[column])),
                second=_name(words, slot, name),
                value=short(float(found.values[row])),
                steps=steps,
                loss=short(float(found.final_loss[row, column])),
            )
        )
    if (n := count_first(found)) > 1:
        sentences.append(words("compare.map.tied", n=n))
    if line:
        sentences.append(words(f"compare.map.about_{kind}"))
    sentences.append(words("compare.map.not_shown"))
    return " ".join(sentences)
