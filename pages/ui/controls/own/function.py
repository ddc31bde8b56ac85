"""Own function: a formula in x and y, typed or from a link."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lossopt.formulas import Formula, FormulaError, formula
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.controls.problem import Problem
from pages.ui.controls.starts import parse_numbers
from pages.ui.frame.component import component
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS
from pages.ui.frame.refusals import sentences

FORMULA = "formula"
USUAL = "x^2 + 3*y^2 + 2*sin(3*x)"
REGION = "-2_2_-2_2"
LENGTH = 1000
FARTHEST = 1e6
Region = tuple[tuple[float, float], tuple[float, float]]


def formula_problem(controls: Controls) -> Problem:
    """Text box for a formula and its region; what is refused leaves the last good one."""
    words = controls.words
    place = st.container()
    with more_settings(words("lab.problem")):
        if not is_away():
            st.markdown(words("own.formula_help"))
        region = controls.text(
            f"{FORMULA}.region",
            words("own.region"),
            REGION,
            _region,
            wrong=words("own.region_wrong"),
        )
    with place.container(key=controls.link.key(f"{FORMULA}.field")):
        chosen = controls.text(
            f"{FORMULA}.text",
            words("own.formula"),
            USUAL,
            partial(_formula, region),
            length=LENGTH,
        )
        _answered(controls, region)
    return Problem(chosen, f"{FORMULA}.start", chosen)


def read_function(link: Link) -> Formula:
    """The function of a link, without drawing controls."""
    region = link.read(f"{FORMULA}.region", _region(REGION), _region)
    usual = _formula(region, USUAL)
    return link.read(f"{FORMULA}.text", usual, lambda text: _formula(region, text[:LENGTH]))


def _answered(controls: Controls, region: Region) -> None:
    """Let the browser show how a formula is read, and answer while it is typed."""
    typed = CONTROLS.of(controls.link.key(f"{FORMULA}.text")) or ""
    texts = sentences(controls.words, FormulaError) | controls.words.section("own.typed")
    told = {"text": typed, "region": region, "texts": texts}
    component("function", told, key=controls.link.key(f"{FORMULA}.answer"))


def _formula(region: Region, text: str) -> Formula:
    return formula(text, bounds=region)


def _region(text: str) -> Region:
    """Read four numbers: left, right, low, high."""
    left, right, low, high = parse_numbers(text, 4)
    if not (-FARTHEST <= left < right <= FARTHEST and -FARTHEST <= low < high <= FARTHEST):
        raise ValueError(text)
    return (left, right), (low, high)
