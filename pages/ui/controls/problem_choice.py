"""The panel of the problem: data, function or what a person brings along, and ready examples."""

from __future__ import annotations

import streamlit as st

from lossopt.datasets import DATASETS, DatasetSpec
from lossopt.links.contestants import OWN, PROBLEMS
from lossopt.links.examples import examples
from lossopt.links.own import FORMULA, OWN_DATA
from lossopt.links.problem import Problem, data_problem, drop_ready
from lossopt.objectives import OBJECTIVES
from pages.ui.controls.controls import Controls
from pages.ui.controls.examples import example_menu
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.controls.learner import learner_panel
from pages.ui.controls.own.data import own_data_problem
from pages.ui.controls.own.function import formula_problem
from pages.ui.controls.sample_weights import weights_panel
from pages.ui.frame.words import Words
from pages.ui.runs.cache import made


def problem_panel(controls: Controls, *, usual: str = "", with_examples: bool = True) -> Problem:
    """Dataset or test function, with its fields; for data also model and loss.

    Parameters
    ----------
    usual : str
        Problem of a link that names none; without it every link names its problem.
    """
    if with_examples:
        example_menu(controls, "example", examples())
    problem_id = controls.choice(
        "problem",
        controls.words("lab.problem"),
        PROBLEMS,
        "problem",
        text=lambda item: problem_name(controls.words, item),
        default=usual or next(iter(DATASETS)),
    )
    controls.link.write("problem", problem_id, usual)
    if problem_id == FORMULA:
        drop_ready(controls.link)
        return formula_problem(controls)
    if problem_id in OBJECTIVES:
        drop_ready(controls.link)
        function = OBJECTIVES[problem_id]
        with more_settings(controls.words("lab.problem")):
            chosen = controls.spec(problem_id, function)
            if not is_away():
                st.latex(chosen.formula)
        return Problem(chosen, f"{problem_id}.start", function())
    if problem_id == OWN_DATA:
        drop_ready(controls.link)
        return own_data_problem(controls)
    kind = DATASETS[problem_id]
    learner, data = learner_panel(
        controls, problem_id, kind.task, lambda: _data_controls(controls, problem_id)
    )
    weights = weights_panel(controls, made(data))
    return data_problem(data, learner.model, learner.loss, learner.start, weights)


def _data_controls(controls: Controls, problem_id: str) -> DatasetSpec:
    data = controls.spec(problem_id, DATASETS[problem_id])
    if data.source and not is_away():
        st.caption(controls.words("lab.source", source=data.source, license=data.license))
    return data


def problem_name(words: Words, item: str) -> str:
    """What a menu of problems calls one of them."""
    if item in OWN:
        return words(f"own.{item}_item")
    if item in DATASETS:
        name = words.item("dataset", item)
        return words("lab.data_item", name=name)
    name = words.item("objective", item)
    return words("lab.function_item", name=name)
