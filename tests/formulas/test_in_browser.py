"""A small part of ``python -m benchmarks.formulas``: the browser reads what Python reads."""

import unicodedata

import numpy as np
import pytest

import lossopt as lo
from benchmarks.formulas import PLACES, Browser, compared
from lossopt.programs import script_for_any, script_of
from tests.formulas.test_formula import FUNCTIONS_KNOWN, REFUSED, SLOPES
from tests.programs.node import node_program, unpacked


@pytest.fixture(scope="module")
def reader():
    process = Browser(node_program())
    yield process
    process.stop()


@pytest.mark.parametrize("kind, count", [("corpus", 300), ("grown", 150)])
def test_takes_and_refuses_what_python_does(reader, kind, count):
    found = compared(kind, count, reader, seed=2)
    assert found.wrong == []
    assert found.taken > 30 and found.programs > 30


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_refuses_with_the_same_sentence(reader, text):
    assert reader.ask(text=text)["code"] == REFUSED[text]


@pytest.mark.parametrize("name", SLOPES)
def test_no_derivative_is_lost_to_zero_times_infinity(reader, name):
    text, place, value, gradient = SLOPES[name]
    found = unpacked(reader.ask(text=text, places=[place])["ours"])
    np.testing.assert_allclose(found, [value, *gradient], rtol=1e-14)


@pytest.mark.parametrize("name", FUNCTIONS_KNOWN)
def test_functions_of_school(reader, name):
    found = unpacked(reader.ask(text=f"{name}(x) + 0*y", places=[[0.3, 1.0]])["ours"])
    np.testing.assert_allclose(found, [*FUNCTIONS_KNOWN[name], 0.0], rtol=2e-15, atol=0.0)


KNOWN_NUMBERS = {
    "sin(2)*x + exp(1)": ("sin(2.0)", "exp(1.0)"),
    "3^x + pi^3*y": ("log(3.0)", "pow(3.141592653589793, 3.0)"),
    "max(log(3), x) + 2^0.4": ("log(3.0)", "pow(2.0, 0.4)"),
    "tanh(atan(5)) * x": ("tanh(atan(5.0))",),
    "sin(min(5, 3)) * x": ("sin(3.0)",),
}


@pytest.mark.parametrize("text", KNOWN_NUMBERS)
def test_functions_of_known_numbers_are_left_to_the_browser(reader, text):
    """NumPy rounds them otherwise from machine to machine."""
    script = script_of(lo.formula(text), []).text
    assert all(call in script for call in KNOWN_NUMBERS[text])
    found = reader.ask(text=text, script=script, places=PLACES.tolist())
    assert found["ours"] == found["theirs"]


def test_starts_at_the_same_place_in_any_region(reader):
    for text in ("log(x*y)", "sqrt(x - y) + x", "1/x", "asin(x/3) + 2^y", "log(x^2+y^2-1)"):
        for region in (((-2, 2), (-2, 2)), ((-0.1, 7.3), (-5, 1)), ((-1e6, 1e-3), (-3, 3))):
            bounds = tuple((float(low), float(high)) for low, high in region)
            start = lo.formula(text, bounds=bounds).start
            assert reader.ask(text=text, region=bounds, places=[])["start"] == start.tolist()


def test_characters_have_the_names_of_the_standard(reader):
    """Those that students type; a character without a name is told by its number."""
    typed = "£§°²³·×÷éüñœθπΔΣхАя—’“”…−√∞∂∇≤≠⋅ｘ＋（２가힣엑ㅋ🎈\ufeff\u200b\0"
    for character in typed:
        told = reader.ask(text=f"x{character}")["values"]["name"]
        number = f"u+{ord(character):04x}"
        named = unicodedata.name(character, number).lower()
        assert told == (number if character in "œㅋ🎈" else named)


def test_rules_descend_what_they_are_handed(reader):
    """The same bits as by a module that was written for this formula."""
    rules = [kind() for kind in lo.OPTIMIZERS.values()]
    text = "(1-x)^2 + 3*abs(y-x^2) + exp(sin(2)*x)"
    script, handed = script_of(lo.formula(text), rules), script_for_any(rules)
    assert handed.runs == script.runs and sum(run is not None for run in handed.runs) > 20
    settings = [
        {"run": run.function, "learningRate": 3 * run.learning_rate, "settings": run.settings}
        for run in handed.runs
        if run
    ]
    descent = {"settings": settings, "nSteps": 120}
    found = reader.ask(text=text, script=script.text, rules=handed.text, descent=descent)
    assert found["ours"] == found["theirs"]
    paths = unpacked(found["ours"]).reshape(len(settings), -1, 2)
    assert (paths[:, -1] != paths[:, 0]).any(axis=1).all()
