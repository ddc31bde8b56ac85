"""Looks keep runs apart, and no run looks like a minimizer."""

import re
from pathlib import Path

import lossopt as lo
from lossopt.figures.palette import MARKERS, MINIMIZER, look_of, numbered_look
from lossopt.figures.still import marker_of
from lossopt.links.contestants import BATCHES, MAX_RUNS, Slot

DRAWN = Path(__file__).parents[2] / "static" / "stage" / "draw.js"
PLOTLY = {"circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "hexagon"}


def test_no_run_wears_the_mark_of_a_minimizer() -> None:
    looks = [look_of(name, variant) for name in lo.OPTIMIZERS for variant in range(MAX_RUNS + 1)]
    looks += [look_of("not registered", variant) for variant in range(MAX_RUNS + 1)]
    slots = [Slot(name) for name in BATCHES]
    looks += [look_of(slot.rule_id, slot.variant) for slot in slots]
    looks += [numbered_look(0), numbered_look(1)]
    assert MINIMIZER not in {look.marker for look in looks}
    for look in looks:
        assert marker_of(look, "light")["symbol"] in PLOTLY


def test_every_marker_is_drawn_by_the_stage() -> None:
    table = DRAWN.read_text("utf-8").partition("const MARKERS = {")[2].partition("};")[0]
    drawn = set(re.findall(r"^  (\w+): ", table, re.MULTILINE))
    assert drawn == {*MARKERS, MINIMIZER}


def test_the_familiar_optimizers_have_markers_of_their_own() -> None:
    assert len(set(MARKERS)) == len(MARKERS)
    names = ("gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")
    assert len({look_of(name).marker for name in names}) == len(names)
    assert len({look_of("gradient_descent", k).marker for k in range(3)}) == 3
