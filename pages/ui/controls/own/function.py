"""Own function: a formula in x and y, typed or from a link."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lossopt.formulas import FormulaError
from lossopt.links.own import FORMULA, LENGTH, REGION, USUAL, Region, formula_on, parse_region
from lossopt.links.problem import Problem
from lossopt.links.refusals import sentences
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.frame.component import component
from pages.ui.frame.memory import CONTROLS


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
            parse_region,
            wrong=words("own.region_wrong"),
        )
    with place.container(key=controls.link.key(f"{FORMULA}.field")):
        chosen = controls.text(
            f"{FORMULA}.text",
            words("own.formula"),
            USUAL,
            partial(formula_on, region),
            length=LENGTH,
        )
        _answered(controls, region)
    return Problem(chosen, f"{FORMULA}.start", chosen)


def _answered(controls: Controls, region: Region) -> None:
    """Let the browser show how a formula is read, and answer while it is typed."""
    typed = CONTROLS.of(controls.link.key(f"{FORMULA}.text")) or ""
    texts = sentences(controls.words, FormulaError) | controls.words.section("own.typed")
    told = {"text": typed, "region": region, "texts": texts}
    component("function", told, key=controls.link.key(f"{FORMULA}.answer"))
