"""Own data: a file, pasted cells or clicked points become a problem of the Lab.

A table stays in the session of the person who brought it; the link carries the settings only.
Clicked points are few, so that they travel in the link.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import streamlit as st

from lossopt.links.own import (
    EXAMPLE,
    KINDS,
    OWN_DATA,
    PLACES,
    SOURCES,
    TASKS,
    OwnSettings,
    example_of,
    fitting_to,
    keep_table_settings,
    points_problem,
    put_points,
    read_kind,
    read_points,
)
from lossopt.links.problem import Problem
from lossopt.links.refusals import sentence
from lossopt.links.weights import NO_WEIGHTS
from lossopt.objectives import EmpiricalRisk
from lossopt.params import params_of
from lossopt.tables import (
    MAX_POINTS,
    DataError,
    DataNote,
    Split,
    Table,
    parse_points,
    points_dataset,
    points_text,
)
from pages.ui.controls.controls import Controls
from pages.ui.controls.learner import learner_panel
from pages.ui.controls.own.columns import Columns, choose_columns, columns_control, proposed_columns
from pages.ui.controls.own.table import remove_table, table_control
from pages.ui.controls.sample_weights import weights_panel
from pages.ui.frame.component import component, told
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, Memory
from pages.ui.frame.words import Words

POINTS = "own points"
SHOWN = 5
"""Notes on a table that are shown at once; further ones are folded."""
LAST: Memory[tuple[str, Split]] = Memory("last good table")
"""Digest, and what was made of it."""


def own_data_problem(controls: Controls) -> Problem:
    """Choose where the data comes from, bring it along, and what learns from it."""
    source = controls.choice(
        f"{OWN_DATA}.source",
        controls.words("own.source"),
        SOURCES,
        "own_source",
        text=lambda item: controls.words(f"own.source_{item}"),
    )
    if source == "points":
        return _points_problem(controls)
    table = table_control(controls)
    if table is None:
        return _example_problem(controls)
    return _table_problem(controls, table)


def _problem(controls: Controls, split: Split, draw: bool, *, weighted: bool = True) -> Problem:
    train, test = split.train, split.test
    learner, _ = learner_panel(
        controls,
        OWN_DATA,
        train.task,
        lambda: controls.spec(OWN_DATA, OwnSettings) if draw else None,
    )
    model = fitting_to(train, learner.model)
    if model != learner.model:
        st.info(controls.words("own.lower_degree", degree=model.degree))
    weights = weights_panel(controls, train, split.weights) if weighted else NO_WEIGHTS
    goal = weights.on(EmpiricalRisk(train, model, learner.loss, test))
    return Problem(goal, learner.start, goal)


def _example_problem(controls: Controls) -> Problem:
    """A few points of the kind that the link speaks of, until there is a table.

    The settings of a table that is not here stay in the link, so that they hold again once its
    file is chosen.
    """
    keep_table_settings(controls.link)
    example = example_of(read_kind(controls.link))
    problem = _problem(controls, example, False, weighted=False)
    return dataclasses.replace(problem, start=f"{OWN_DATA}.example.start")


def _table_problem(controls: Controls, table: Table) -> Problem:
    """Problem of the chosen columns; what is refused leaves the last picture, with ways out."""
    controls.link.write(f"{OWN_DATA}.digest", table.digest)
    settings = _settings(controls.link)
    columns = columns_control(controls, table, fill=settings.fill)
    split = _attempt(table, columns, settings)
    if isinstance(split, DataError):
        (st.error if columns.features else st.info)(sentence(controls.words, split))
        _ways_out(controls, table, columns, settings)
        _show_notes(controls.words, table.notes)
        last = LAST.of(OWN_DATA)
        if last is None or last[0] != table.digest:
            return _without_table(controls, last)
        _, split = last
    else:
        LAST.keep(OWN_DATA, (table.digest, split))
        left_out = table.left_out(
            columns.target, columns.features, fill=settings.fill, weights=columns.weights
        )
        _show_notes(controls.words, (*table.notes, *left_out, *split.notes))
        _let_rest(controls, table, columns, split)
    controls.link.write(f"{OWN_DATA}.kind", split.train.task, KINDS[0])
    return _problem(controls, split, True)


def _let_rest(controls: Controls, table: Table, columns: Columns, split: Split) -> None:
    """Settings rest that change nothing of what is learned from these columns."""
    resting = {
        "standardize_target": split.train.task != "regression",
        "fill": not table.can_fill(columns.target, columns.features, weights=columns.weights),
        "split_seed": split.test is None,
    }
    for name, rests in resting.items():
        if rests:
            controls.link.ignore(f"{OWN_DATA}.{name}", controls.words(f"own.rest.{name}"))


def _settings(link: Link) -> OwnSettings:
    """What the controls say that are drawn later, once it is known what is learned."""
    values: dict[str, Any] = {}
    for field in params_of(OwnSettings):
        name = f"{OWN_DATA}.{field.name}"
        key = link.key(name)
        values[field.name] = CONTROLS[key] if key in CONTROLS else link.field(name, field)
    return OwnSettings(**values)


def _without_table(controls: Controls, last: tuple[str, Split] | None) -> Problem:
    """The last picture, or an example, while nothing can be learned from the table."""
    _, split = last or ("", example_of(KINDS[0]))
    problem = _problem(controls, split, True, weighted=False)
    return dataclasses.replace(problem, start=f"{OWN_DATA}.example.start")


def _attempt(table: Table, columns: Columns, settings: OwnSettings) -> Split | DataError:
    """Datasets of a table, or why there are none: the only way from a table to a dataset."""
    try:
        return table.split(
            columns.target,
            columns.features,
            task=columns.task,
            fill=settings.fill,
            standardize=settings.standardize,
            standardize_target=settings.standardize_target,
            test_share=settings.test_share,
            seed=settings.split_seed,
            weights=columns.weights,
        )
    except DataError as refusal:
        return refusal


def _ways_out(controls: Controls, table: Table, columns: Columns, settings: OwnSettings) -> None:
    """Buttons for what would work instead."""

    def works(columns: Columns, settings: OwnSettings) -> bool:
        return isinstance(_attempt(table, columns, settings), Split)

    with st.container(horizontal=True):
        filled = dataclasses.replace(settings, fill=True)
        if not settings.fill and works(columns, filled):
            st.button(
                controls.words("own.way_fill"),
                key="own way fill",
                on_click=_fill_missing,
                args=(controls.link,),
            )
        usual = proposed_columns(table, fill=settings.fill)
        if columns != usual and works(usual, settings):
            st.button(
                controls.words("own.way_proposed"),
                key="own way proposed",
                on_click=choose_columns,
                args=(controls.link,),
            )
        used = (columns.target, columns.weights)
        rows = tuple(k for k in table.row_names if k in table.learnable and k not in used)
        by_rows = dataclasses.replace(columns, features=rows)
        if not columns.features and rows and works(by_rows, settings):
            st.button(
                controls.words("own.way_rows"),
                key="own way rows",
                on_click=choose_columns,
                args=(controls.link, rows),
            )
        st.button(
            controls.words("own.way_remove"),
            key="own remove",
            on_click=remove_table,
            args=(controls.link,),
        )


def _fill_missing(link: Link) -> None:
    link.put(f"{OWN_DATA}.fill", "1")


def _show_notes(words: Words, notes: Sequence[DataNote]) -> None:
    """All notes, the first ones at once."""
    for note in notes[:SHOWN]:
        st.caption(sentence(words, note))
    if notes[SHOWN:]:
        with st.expander(words("own.more_notes", count=len(notes) - SHOWN)):
            for note in notes[SHOWN:]:
                st.caption(sentence(words, note))


def _points_problem(controls: Controls) -> Problem:
    """Click points into a plot; the link carries them."""
    points = read_points(controls.link)
    kind = controls.choice(
        f"{OWN_DATA}.predict",
        controls.words("own.task"),
        TASKS[::-1],
        "own_task",
        text=lambda item: controls.words(f"own.{item}"),
    )
    classes = kind == "classification"
    component(
        "own",
        {
            "points": points,
            "classes": classes,
            "limit": MAX_POINTS,
            "texts": controls.words.section("own.points"),
        },
        key=POINTS,
        on_points_change=lambda: _take_points(controls.link),
    )
    controls.link.write(PLACES, points_text(points), EXAMPLE)
    if not points:
        st.info(controls.words("own.no_points"))
    shown = points or parse_points(EXAMPLE)
    split = Split(points_dataset(shown, classes=classes), None, ())
    return points_problem(_problem(controls, split, False), shown)


def _take_points(link: Link) -> None:
    clicked = told("points", POINTS)
    if isinstance(clicked, str):
        put_points(link, clicked)
