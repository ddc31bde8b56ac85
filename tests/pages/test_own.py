"""Own function and own data in the Lab, without a browser."""

import pytest

from lossopt import FormulaError
from pages.ui.texts import catalog
from tests.pages.test_lab import open_lab, scene_of, warnings_of


def errors_of(at):
    assert not at.exception, at.exception
    return [error.value for error in at.error]


def test_a_formula_travels_in_the_link():
    link = {"problem": "formula", "formula.text": "(1-x)^2 + 100*(y-x^2)^2", "runs": "batch,adam"}
    ours = scene_of(open_lab(**link, **{"formula.start": "-1.5_2"}))
    known = scene_of(open_lab(problem="rosenbrock", runs="batch,adam"))
    assert ours["param_names"] == ["x", "y"]
    other = scene_of(open_lab(**link, **{"formula.start": "-1.5_1"}))
    assert ours["runs"][0]["loss"] != other["runs"][0]["loss"]
    assert len(ours["runs"]) == len(known["runs"]) == 2


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("text", ["log(-1)", "2x", "__import__('os')", "х", "x <b>y</b>", "**x**"])
def test_a_bad_formula_gives_a_sentence_and_a_picture(text, lang):
    at = open_lab(problem="formula", lang=lang, runs="adam", **{"formula.text": text})
    found = errors_of(at)
    assert len(found) == 1 and found[0].endswith(".")
    assert "<" not in found[0] or "`<`" in found[0]
    assert at.text_input(key="lab:formula.text:1").value == text
    assert warnings_of(at) == []


def test_a_refused_formula_leaves_the_last_good_one():
    at = open_lab(problem="formula", runs="adam", **{"formula.text": "x^2 + y^4"})
    before = scene_of(at)
    at.text_input(key="lab:formula.text:1").set_value("x^2 + y^").run()
    assert errors_of(at) == [FormulaError.sentences["syntax"]]
    at.text_input(key="lab:formula.text:1").set_value("x^2 + y^4").run()
    assert scene_of(at)["surface"] == before["surface"]


def test_a_hole_is_explained():
    link = {"problem": "formula", "formula.text": "log(x) + y^2", "runs": "batch"}
    scene = scene_of(open_lab(**link, **{"batch.learning_rate": "0.3"}))
    step = scene["runs"][0]["diverged_at"]
    told = catalog("en")["own.left_domain"].format(name="Batch GD", step=step)
    assert step is not None and told in scene["messages"]


@pytest.mark.parametrize("region", ["2,1,0,1", "1,2,3", "a,b,c,d", "nan,1,0,1", "-1e300,1e300,0,1"])
def test_a_bad_region_gives_a_sentence(region):
    at = open_lab(problem="formula", runs="adam", **{"formula.region": region})
    assert errors_of(at) == [catalog("en")["own.region_wrong"]]
