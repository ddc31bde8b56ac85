"""Scoreboard: optimizers × objectives, as they come and tuned."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from lossopt.comparisons import Budget, Entry, Merit, Scoreboard, leaders, scoreboard
from lossopt.comparisons.records import scoreboard_code, scoreboard_csv
from lossopt.comparisons.scoreboards import WAYS
from lossopt.datasets import DATASETS
from lossopt.figures.palette import look_of, shade
from lossopt.figures.profiles import profile_figure, strengths
from lossopt.links.contestants import models_for
from lossopt.losses import LOSSES
from lossopt.numbers import short
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import Array, Spec, param, params_of
from pages.ui.compare.columns import settings_column
from pages.ui.controls.controls import Controls
from pages.ui.frame.link import Link
from pages.ui.frame.long_work import long_work
from pages.ui.frame.memory import keep_default
from pages.ui.frame.table import Cell, show_table, theme
from pages.ui.frame.terms import linked
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective

RULES = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "sam")
GOALS = (
    "penguins_mass",
    "engel",
    "penguins",
    "iris_two",
    "rosenbrock",
    "beale",
    "himmelblau",
    "ackley",
)
"""What a link that names none stands for: real datasets and test functions."""
ENDLESS = ("saddle",)
"""Functions without a lowest value have no target."""
CHOICES = (*DATASETS, *(name for name in OBJECTIVES if name not in ENDLESS))
MOST = 12
BATCHES = {"all": None, "32": 32}
SEEDS = (0, 1, 2)
TRIALS = 32


@dataclasses.dataclass(frozen=True)
class Terms(Spec):
    """What is the same for everybody."""

    name = "Terms"

    passes: int = param(200, "budget: passes over the data", 10, 1000, log=True)
    batch: str = param("all", "batch size", choices=tuple(BATCHES))


def show(controls: Controls) -> None:
    """Draw the two tables with their profiles, and offer them to take along."""
    words = controls.words
    with settings_column(words) as left:
        rules = _several(
            controls.link,
            "board.rules",
            words("compare.scoreboard.rules"),
            tuple(name for name, rule in OPTIMIZERS.items() if not rule.needs_matrices),
            RULES,
            lambda item: words.item("optimizer", item),
        )
        goals = _several(
            controls.link,
            "board.goals",
            words("compare.scoreboard.goals"),
            CHOICES,
            GOALS,
            lambda item: _goal_name(words, item),
        )
        terms = controls.spec("board", Terms)
        share = controls.fields("board", [params_of(Merit)[1]])["share"]
    with left:
        if not rules or not goals:
            st.info(words("compare.scoreboard.nothing"))
            return
        board = _board(words, rules, goals, terms, Merit("target", share))
        for way, spent in zip(WAYS, board.middle, strict=True):
            _show_way(words, way, board, spent)
        _show_profiles(words, board)
        left_over = f"{board.merit.share:g}"
        shows = words("compare.scoreboard.shows", trials=TRIALS, share=left_over)
        st.markdown(linked(words, shows))
        st.download_button(
            words("compare.scoreboard.download"),
            scoreboard_csv(board),
            file_name="lossopt-scoreboard.csv",
            mime="text/csv",
            on_click="ignore",
            key="board csv",
        )
        with st.expander(words("compare.code")):
            st.code(scoreboard_code(board), language="python", wrap_lines=True)


def _several(
    link: Link,
    name: str,
    label: str,
    options: Sequence[str],
    usual: Sequence[str],
    text: Callable[[str], str],
) -> tuple[str, ...]:
    """Draw a menu of which several can be chosen; the link holds the ids, with dashes between."""

    def parse(written: str) -> tuple[str, ...]:
        ids = tuple(written.split("-"))
        if not set(ids) <= set(options) or len(set(ids)) != len(ids) or len(ids) > MOST:
            raise ValueError(written)
        return ids

    key = link.key(name)
    shown = keep_default(key, list(link.read_list(name, tuple(usual), parse)))
    chosen = st.multiselect(label, options, shown, format_func=text, key=key, max_selections=MOST)
    ids = tuple(item for item in dict.fromkeys(chosen) if item in options)[:MOST]
    link.write(name, "-".join(ids), "-".join(usual))
    return ids


def _goal_name(words: Words, item: str) -> str:
    if item in DATASETS:
        return words.item("dataset", item)
    return words.item("objective", item)


def _make(item: str) -> Objective:
    """Test function, or the usual model and loss for a dataset."""
    if item in OBJECTIVES:
        return OBJECTIVES[item]()
    data = DATASETS[item]()
    model = next(iter(models_for(data.task).values()))()
    return EmpiricalRisk(data, model, LOSSES[model.usual_losses[data.task]]())


def _board(
    words: Words, rules: Sequence[str], goals: Sequence[str], terms: Terms, merit: Merit
) -> Scoreboard:
    size = BATCHES[terms.batch]
    return long_work(
        ("scoreboard", rules, goals, terms, merit),
        lambda: partial(
            scoreboard,
            {name: Entry(OPTIMIZERS[name](), size) for name in rules},
            {name: objective(_make(name)) for name in goals},
            budget=Budget(float(terms.passes), "passes"),
            merit=merit,
            seeds=SEEDS if size else SEEDS[:1],
            n_trials=TRIALS,
        ),
        words("compare.scoreboard.running"),
    )


def _show_way(words: Words, way: str, board: Scoreboard, spent: Array) -> None:
    """Table of one way to set the optimizers."""
    names = _names(words, board)
    heads = [_goal_name(words, name) for name in board.objectives]
    strong = strengths(spent)
    rows = [
        [name, *(_cell(words, spent[i, j], strong[i, j], theme()) for j in range(len(heads)))]
        for i, name in enumerate(names)
    ]
    st.markdown(f"**{words(f'compare.scoreboard.{way}')}:** {_summary(words, names, spent)}")
    note = words("compare.scoreboard.note", passes=short(board.budget.amount))
    show_table([words("compare.optimizer"), *heads], rows, note)


def _show_profiles(words: Words, board: Scoreboard) -> None:
    """One picture for each way to set the optimizers, below each other where a screen is narrow."""
    for place, way, spent in zip(st.columns(len(WAYS)), WAYS, board.middle, strict=True):
        figure = profile_figure(
            spent,
            _names(words, board),
            [look_of(name) for name in board.optimizers],
            texts={key: words(f"compare.scoreboard.{key}") for key in ("factor", "share")},
            mode=theme(),
        )
        with place:
            st.markdown(f"**{words(f'compare.scoreboard.{way}')}**")
            st.plotly_chart(figure, key=f"profiles {way}", config={"displayModeBar": False})


def _names(words: Words, board: Scoreboard) -> list[str]:
    return [words.item("optimizer", name) for name in board.optimizers]


def _cell(words: Words, spent: float, strength: float, mode: str) -> Cell:
    if not math.isfinite(spent):
        return Cell(words("compare.scoreboard.never"))
    return Cell(short(spent), shade(strength, mode), strong=strength == 1.0)


def _summary(words: Words, names: Sequence[str], spent: Array) -> str:
    (cheap, wins), (steady, reached) = leaders(spent)
    if not reached:
        return words("compare.scoreboard.none_reached", n=spent.shape[1])
    return words(
        "compare.scoreboard.summary",
        cheapest=", ".join(names[k] for k in cheap),
        wins=wins,
        steady=", ".join(names[k] for k in steady),
        reached=reached,
        n=spent.shape[1],
    )
