"""Where a descent starts: typed by a person, or in a link."""

from __future__ import annotations

import streamlit as st

from lossopt.links.problem import Problem
from lossopt.links.starts import numbers_text, parse_numbers, read_start
from lossopt.objectives import Objective
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away
from pages.ui.frame.memory import keep_default, last_shown


def start_control(controls: Controls, problem: Problem, goal: Objective) -> tuple[float, ...]:
    """Draw a box for the start; what cannot be read is said, and the start before stays."""
    link = controls.link
    usual = tuple(float(number) for number in goal.start)
    start = read_start(link, problem.start, usual)
    key = link.key(problem.start)
    link.stand_on(problem.start, numbers_text(usual))  # new with another model, size or seed
    if is_away():
        text = last_shown(key, numbers_text(start))
    else:
        shown = keep_default(key, numbers_text(start)) or ""
        label = controls.words("lab.start", name=_listed(goal.param_names))
        text = st.text_input(label, shown, key=key)
    if text != numbers_text(start):
        try:
            start = parse_numbers(text, goal.n_params)
        except ValueError:
            st.error(controls.words("lab.start_wrong", n=goal.n_params, example=_some(usual)))
    link.write(problem.start, numbers_text(start, "_"), numbers_text(usual, "_"))
    if not is_away():
        st.button(
            controls.words("lab.start_reset"),
            key=link.key("start reset"),
            disabled=text == numbers_text(usual),
            on_click=link.put,
            args=(problem.start, None),
        )
    return start


def _some(start: tuple[float, ...]) -> str:
    """Write a start, or how it begins.

    >>> _some((0.0, -1.5)), _some((1.0, 2.0, 3.0, 4.0, 5.0))
    ('0, -1.5', '1, 2, 3, …')
    """
    return numbers_text(start) if len(start) <= 4 else f"{numbers_text(start[:3])}, …"


def _listed(names: tuple[str, ...]) -> str:
    some = names if len(names) <= 8 else (*names[:3], "…", names[-1])
    return ", ".join(some)
