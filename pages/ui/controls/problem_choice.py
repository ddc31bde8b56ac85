"""The panel of the problem: data, function or what a person brings along, and ready examples."""

from __future__ import annotations

import streamlit as st

from lossopt.datasets import DATASETS, DatasetSpec
from lossopt.losses import Loss
from lossopt.models import Model
from lossopt.objectives import OBJECTIVES, EmpiricalRisk
from pages.ui.controls.contestants import OWN, PROBLEMS
from pages.ui.controls.examples import example_menu, examples
from pages.ui.controls.fields import choice, spec_controls
from pages.ui.controls.folded import more_settings
from pages.ui.controls.learner import drop_ready, learner_panel
from pages.ui.controls.own.data import OWN_DATA, own_data_problem
from pages.ui.controls.own.function import FORMULA, formula_problem
from pages.ui.controls.problem import Problem
from pages.ui.controls.sample_weights import NO_WEIGHTS, SampleWeights, weights_panel
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.runs.cache import made


def problem_panel(
    link: Link, words: Words, *, usual: str = "", with_examples: bool = True
) -> Problem:
    """Dataset or test function, with its fields; for data also model and loss.

    Parameters
    ----------
    usual : str
        Problem of a link that names none; without it every link names its problem.
    """
    if with_examples:
        example_menu(link, words, "example", examples())
    problem_id = choice(
        link,
        words,
        "problem",
        words("lab.problem"),
        PROBLEMS,
        "problem",
        text=lambda item: problem_name(words, item),
        default=usual or next(iter(DATASETS)),
    )
    link.write("problem", problem_id, usual)
    if problem_id == FORMULA:
        drop_ready(link)
        return formula_problem(link, words)
    if problem_id in OBJECTIVES:
        drop_ready(link)
        function = OBJECTIVES[problem_id]
        with more_settings(words("lab.problem")):
            chosen = spec_controls(link, words, problem_id, function)
            st.latex(chosen.formula)
        return Problem(chosen, f"{problem_id}.start", function())
    if problem_id == OWN_DATA:
        drop_ready(link)
        return own_data_problem(link, words)
    kind = DATASETS[problem_id]
    learner, data = learner_panel(
        link, words, problem_id, kind.task, lambda: _data_controls(link, words, problem_id)
    )
    weights = weights_panel(link, words, made(data))
    return data_problem(data, learner.model, learner.loss, learner.start, weights)


def data_problem(
    data: DatasetSpec,
    model: Model,
    loss: Loss,
    start: str,
    weights: SampleWeights = NO_WEIGHTS,
) -> Problem:
    """Problem of a shipped or made dataset."""
    usual = EmpiricalRisk(type(data)(), type(model)(), type(loss)())
    return Problem(weights.on(EmpiricalRisk(data, model, loss)), start, usual)


def _data_controls(link: Link, words: Words, problem_id: str) -> DatasetSpec:
    data = spec_controls(link, words, problem_id, DATASETS[problem_id])
    if data.source:
        st.caption(words("lab.source", source=data.source, license=data.license))
    return data


def problem_name(words: Words, item: str) -> str:
    """What a menu of problems calls one of them."""
    if item in OWN:
        return words(f"own.{item}_item")
    if item in DATASETS:
        name = words.name("dataset", item, DATASETS[item].name)
        return words("lab.data_item", name=name)
    name = words.name("objective", item, OBJECTIVES[item].name)
    return words("lab.function_item", name=name)
