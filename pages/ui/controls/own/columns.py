"""Which column of a table is predicted from which others, and as what."""

from __future__ import annotations

import dataclasses
import re

import streamlit as st

from lossopt.links.own import OWN_DATA, TASKS
from lossopt.tables import Table
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import more_settings
from pages.ui.frame.link import Link
from pages.ui.frame.memory import keep_default

NONE = "none"


@dataclasses.dataclass(frozen=True)
class Columns:
    """Which column is predicted from which others, as what, and which one holds weights."""

    target: int
    features: tuple[int, ...]
    task: str
    weights: int | None = None


def proposed_columns(table: Table, *, fill: bool) -> Columns:
    """What a table proposes by itself."""
    target = table.proposed_target()
    features = table.proposed_features(target, fill=fill)
    return Columns(target, features, table.proposed_task(target))


def columns_control(controls: Controls, table: Table, *, fill: bool) -> Columns:
    """Draw the choice of columns and of the kind of prediction."""
    names = table.names
    target = int(
        controls.choice(
            f"{OWN_DATA}.target",
            controls.words("own.target"),
            tuple(str(k) for k in table.targets),
            "column",
            text=lambda item: names[int(item)],
            default=str(table.proposed_target()),
        )
    )
    weights = _weights_control(controls, table, target)
    features = _feature_control(controls, table, target, weights, fill)
    task = table.proposed_task(target)
    if table.columns[target].numbers is not None:
        task = controls.choice(
            f"{OWN_DATA}.task",
            controls.words("own.task"),
            TASKS,
            "own_task",
            text=lambda item: controls.words(f"own.{item}"),
            default=task,
        )
    return Columns(target, features, task, weights)


def choose_columns(link: Link, features: tuple[int, ...] | None = None) -> None:
    """Bring the proposed columns back, or learn from other features only."""
    if features is None:
        for name in ("target", "task", "weights"):
            link.put(f"{OWN_DATA}.{name}", None)
    link.put(f"{OWN_DATA}.features", None if features is None else _dashed(features))


def _weights_control(controls: Controls, table: Table, target: int) -> int | None:
    """Which column says how much each sample counts; folded away."""
    numeric = [k for k, each in enumerate(table.columns) if each.kind == "number" and k != target]
    if not numeric:
        return None
    with more_settings(controls.words("weights.of_samples")):
        chosen = controls.choice(
            f"{OWN_DATA}.weights",
            controls.words("weights.column"),
            (NONE, *map(str, numeric)),
            "column",
            controls.words.meaning("sample_weights"),
            text=lambda item: (
                controls.words("weights.none") if item == NONE else table.names[int(item)]
            ),
        )
    return None if chosen == NONE else int(chosen)


def _feature_control(
    controls: Controls, table: Table, target: int, weights: int | None, fill: bool
) -> tuple[int, ...]:
    name = f"{OWN_DATA}.features"
    usual = table.proposed_features(target, fill=fill, weights=weights)
    options = [k for k in table.learnable if k not in (target, weights)]

    def parse(text: str) -> tuple[int, ...]:
        chosen = tuple(int(part) for part in re.split("[-,]", text[:500]) if part)
        if not set(chosen) <= set(options):
            raise ValueError(text)
        return tuple(dict.fromkeys(chosen))

    value = controls.link.read_list(name, usual, parse)
    key = controls.link.key(name)
    basis = (table.digest, target, weights), (table.header, usual)
    before = controls.link.stand_on(name, basis)
    shown = keep_default(key, list(value if before[0] == basis[0] else usual))
    chosen = st.multiselect(
        controls.words("own.features"),
        options,
        shown,
        format_func=lambda k: table.names[k],
        key=key,
    )
    controls.link.write(name, _dashed(chosen), _dashed(usual))
    return tuple(chosen)


def _dashed(numbers: list[int] | tuple[int, ...]) -> str:
    return "-".join(str(number) for number in numbers)
