"""Own data: a file, pasted cells or clicked points become a problem of the Lab.

A table stays in the session of the person who brought it; the link carries the settings only.
Clicked points are few, so that they travel in the link.
"""

from __future__ import annotations

import dataclasses
import re

import streamlit as st

from lossopt.objectives import EmpiricalRisk
from lossopt.params import Spec, param
from lossopt.tables import (
    MAX_MEGABYTES,
    MAX_POINTS,
    MAX_ROWS,
    DataError,
    Split,
    Table,
    fitting_model,
    parse_points,
    points_dataset,
    points_text,
    read_table,
)
from pages.ui.component import component
from pages.ui.controls import choice, options_parser, spec_controls, spec_without_controls
from pages.ui.learning import learner_panel
from pages.ui.link import Link
from pages.ui.problems import Problem
from pages.ui.refusals import sentence
from pages.ui.texts import Words

OWN_DATA = "own"
SOURCES = ("file", "points")
TASKS = ("regression", "classification")
KINDS = ("binary", "multiclass", "regression")
"""What a table turned out to be, noted in the link for those who do not have it."""
TABLE = "own table"
REFUSED = "own refusal"
FILE = "own file"
CELLS = "own cells"
POINTS = "own points"
EXAMPLE = (
    "-2_-1.2_0~-1.5_0.3_0~-1.1_-0.6_0~-0.6_-1.6_0~-0.2_0.2_0~0.1_-0.9_0~"
    "0_1.1_1~0.5_1.9_1~0.8_0.4_1~1.3_1.4_1~1.6_-0.3_1~2.2_0.8_1"
)
THIRD = "~-1.6_1.9_2~-0.9_2.4_2~-1.2_1.5_2"
KEPT = ("digest", "target", "features", "task", "start", "mlp.start")
"""Settings that belong to one table."""


@dataclasses.dataclass(frozen=True)
class OwnSettings(Spec):
    """What is done to a table before anything learns from it."""

    name = "Own data"

    standardize: bool = param(True, "standardize features")
    standardize_target: bool = param(True, "standardize the target")
    fill: bool = param(False, "fill missing features with their mean")
    test_share: float = param(0.2, "share of the rows to test on", 0.0, 0.5)
    split_seed: int = param(0, "split seed", 0, 9999)


@dataclasses.dataclass(frozen=True)
class Columns:
    """Which column is predicted from which others, and as what."""

    target: int
    features: tuple[int, ...]
    task: str


def own_data_problem(link: Link, words: Words) -> Problem:
    """Choose where the data comes from, bring it along, and what learns from it."""
    source = choice(
        link,
        words,
        f"{OWN_DATA}.source",
        words("own.source"),
        SOURCES,
        "own_source",
        text=lambda item: words(f"own.source_{item}"),
    )
    if source == "points":
        return _points_problem(link, words)
    table = _table(link, words)
    if table is None:
        return _example_problem(link, words)
    return _table_problem(link, words, table)


def _problem(link: Link, words: Words, key: str, split: Split, draw: bool) -> Problem:
    train, test = split.train, split.test
    learner, _ = learner_panel(
        link,
        words,
        OWN_DATA,
        train.task,
        lambda: spec_controls(link, words, OWN_DATA, OwnSettings) if draw else None,
    )
    n_outputs = len(train.class_names) if train.task == "multiclass" else 1
    model = fitting_model(learner.model, train.n_samples, train.X.shape[1], n_outputs)
    if model != learner.model:
        st.info(words("own.lower_degree", degree=model.degree))
    return Problem(
        repr((OWN_DATA, key, model, learner.loss)),
        lambda: EmpiricalRisk(train, model, learner.loss, test),
        learner.start,
    )


def _example_problem(link: Link, words: Words) -> Problem:
    """A few points of the kind that the link speaks of, until there is a table.

    The settings of a table that is not here stay in the link, so that they hold again once its
    file is chosen.
    """
    for name in KEPT:
        text = link.read(f"{OWN_DATA}.{name}", "", lambda text: text[:2000])
        link.write(f"{OWN_DATA}.{name}", text)
    spec_without_controls(link, OWN_DATA, OwnSettings)
    kind = link.read(f"{OWN_DATA}.kind", KINDS[0], options_parser(KINDS))
    link.write(f"{OWN_DATA}.kind", kind, KINDS[0])
    points = parse_points(EXAMPLE + (THIRD if kind == "multiclass" else ""))
    example = Split(points_dataset(points, classes=kind != "regression"), None, ())
    problem = _problem(link, words, f"example {kind}", example, False)
    return dataclasses.replace(problem, start=f"{OWN_DATA}.example.start")


def _table(link: Link, words: Words) -> Table | None:
    """The table of this session; a new file or new cells replace it."""
    limits = words("own.limits", size=MAX_MEGABYTES, rows=f"{MAX_ROWS:,}")
    file = st.file_uploader(words("own.file"), key=FILE)
    if file is not None and st.session_state.get(f"{FILE} read") != file.file_id:
        st.session_state[f"{FILE} read"] = file.file_id
        _take(link, file.getvalue())
    with st.popover(words("own.paste"), width="stretch"):
        st.text_area(words("own.cells"), key=CELLS, height=160)
        st.button(words("own.use_cells"), key="own use cells", on_click=_take_cells, args=(link,))
    st.caption(limits)
    refusal = st.session_state.get(REFUSED)
    if refusal is not None:
        st.error(sentence(words, refusal))
    table: Table | None = st.session_state.get(TABLE)
    digest = link.read(f"{OWN_DATA}.digest", "", _digest)
    if table is None:
        st.info(words("own.not_in_link" if digest else "own.no_data"))
    elif digest and digest != table.digest:
        st.info(words("own.other_file"))
    return table


def _take_cells(link: Link) -> None:
    _take(link, st.session_state[CELLS].encode())


def _take(link: Link, data: bytes) -> None:
    """Read a table; one that is refused leaves the last one."""
    try:
        table = read_table(data)
        table.proposed_target()
    except DataError as refusal:
        st.session_state[REFUSED] = refusal
        return
    st.session_state[REFUSED] = None
    st.session_state[TABLE] = table
    if link.read(f"{OWN_DATA}.digest", "", str) not in ("", table.digest):
        for name in KEPT:
            link.put(f"{OWN_DATA}.{name}", None)


def _table_problem(link: Link, words: Words, table: Table) -> Problem:
    link.write(f"{OWN_DATA}.digest", table.digest)
    columns = _columns(link, words, table)
    settings = spec_without_controls(link, OWN_DATA, OwnSettings)
    last = f"{TABLE} last good"
    try:
        split = _split(table, columns, settings)
        st.session_state[last] = (table.digest, columns)
    except DataError as refusal:
        st.error(sentence(words, refusal))
        digest, good = st.session_state.get(last, ("", None))
        columns = good if digest == table.digest else _proposed(table)
        split = _split(table, columns, settings)
    for note in (*table.notes, *split.notes)[:6]:
        st.caption(sentence(words, note))
    link.write(f"{OWN_DATA}.kind", split.train.task, KINDS[0])
    key = repr((table.digest, columns, settings))
    return _problem(link, words, key, split, True)


def _split(table: Table, columns: Columns, settings: OwnSettings) -> Split:
    return table.split(
        columns.target,
        columns.features,
        task=columns.task,
        fill=settings.fill,
        standardize=settings.standardize,
        standardize_target=settings.standardize_target,
        test_share=settings.test_share,
        seed=settings.split_seed,
    )


def _proposed(table: Table) -> Columns:
    target = table.proposed_target()
    return Columns(target, table.proposed_features(target), table.proposed_task(target))


def _columns(link: Link, words: Words, table: Table) -> Columns:
    names = table.names
    target = int(
        choice(
            link,
            words,
            f"{OWN_DATA}.target",
            words("own.target"),
            tuple(str(k) for k in table.targets),
            "column",
            text=lambda item: names[int(item)],
            default=str(table.proposed_target()),
        )
    )
    features = _feature_control(link, words, table, target)
    task = table.proposed_task(target)
    if table.columns[target].numbers is not None:
        task = choice(
            link,
            words,
            f"{OWN_DATA}.task",
            words("own.task"),
            TASKS,
            "own_task",
            text=lambda item: words(f"own.{item}"),
            default=task,
        )
    return Columns(target, features, task)


def _feature_control(link: Link, words: Words, table: Table, target: int) -> tuple[int, ...]:
    name = f"{OWN_DATA}.features"
    usual = table.proposed_features(target)
    options = [k for k in table.numeric if k != target]

    def parse(text: str) -> tuple[int, ...]:
        chosen = tuple(int(part) for part in re.split("[-,]", text[:500]) if part)
        if not set(chosen) <= set(options):
            raise ValueError(text)
        return chosen

    value = link.read(name, usual, parse)
    key = link.key(name)
    basis = f"{key} {table.digest} {target}"
    if st.session_state.get(f"{key} basis", basis) != basis:
        st.session_state.pop(key, None)
        value = usual
    st.session_state[f"{key} basis"] = basis
    st.session_state.setdefault(key, list(value))
    chosen = st.multiselect(
        words("own.features"), options, format_func=lambda k: table.names[k], key=key
    )
    link.write(name, _dashed(chosen), _dashed(usual))
    return tuple(chosen)


def _dashed(numbers: list[int] | tuple[int, ...]) -> str:
    return "-".join(str(number) for number in numbers)


def _digest(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError(text)
    return text


def _points_problem(link: Link, words: Words) -> Problem:
    """Click points into a plot; the link carries them."""
    name = f"{OWN_DATA}.points"
    points = link.read(name, parse_points(EXAMPLE), parse_points)
    kind = choice(
        link,
        words,
        f"{OWN_DATA}.predict",
        words("own.task"),
        TASKS[::-1],
        "own_task",
        text=lambda item: words(f"own.{item}"),
    )
    classes = kind == "classification"
    component(
        "points",
        {
            "points": points,
            "classes": classes,
            "limit": MAX_POINTS,
            "texts": words.section("points"),
        },
        key=POINTS,
        on_points_change=lambda: _take_points(link, name),
    )
    link.write(name, points_text(points), EXAMPLE)
    if not points:
        st.info(words("own.no_points"))
    shown = points or parse_points(EXAMPLE)
    split = Split(points_dataset(shown, classes=classes), None, ())
    return _problem(link, words, repr((shown, kind)), split, False)


def _take_points(link: Link, name: str) -> None:
    told = st.session_state[POINTS].get("points")
    if isinstance(told, str):
        try:
            link.put(name, points_text(parse_points(told)))
        except ValueError:
            return
