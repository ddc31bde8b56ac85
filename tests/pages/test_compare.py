"""The page that compares, without a browser: every mode draws, bad links are survived."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from pages.ui.compare import MODES
from pages.ui.frame.words import Words

APP = str(Path(__file__).parents[2] / "home.py")


def open_page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/compare.py")
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def components(at: AppTest) -> list[dict[str, Any]]:
    """What was sent to the components on the page, in order."""
    assert not at.exception, at.exception
    assert not at.error, at.error
    return [
        json.loads(element.proto.json)
        for element in at.main
        if type(getattr(element, "proto", None)).__name__ == "BidiComponent"
    ]


def scene_of(at: AppTest) -> dict[str, Any]:
    (scene,) = [data["scene"] for data in components(at) if "scene" in data]
    return scene


def problem_of(at: AppTest) -> str:
    assert not at.exception, at.exception
    return next(str(box.value) for box in at.selectbox if box.label == "Problem")


def choose_mode(at: AppTest, mode: str) -> AppTest:
    switch = next(group for group in at.get("button_group") if group.label == "What to compare")
    return switch.set_value(mode).run()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("mode", MODES)
def test_every_mode_opens(mode: str, language: str) -> None:
    at = open_page(mode=mode, lang=language)
    assert components(at) or at.get("plotly_chart")
    assert not at.warning


def test_every_mode_opens_on_a_problem_that_tells_something() -> None:
    at = open_page()
    assert problem_of(at) == "iris"
    for mode, problem in [("basins", "himmelblau"), ("map", "quadratic"), ("seeds", "line")]:
        assert problem_of(choose_mode(at, mode)) == problem
        assert "problem" not in at.query_params
        assert problem_of(open_page(mode=mode, **{"run.n_steps": "20"})) == problem
    assert "optimizer" not in at.query_params


def test_a_chosen_problem_goes_along_from_mode_to_mode() -> None:
    at = open_page(mode="seeds", problem="quadratic", **{"run.n_steps": "20"})
    assert problem_of(choose_mode(at, "basins")) == "quadratic"
    assert at.query_params["problem"] in ("quadratic", ["quadratic"])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_outcome_map_marks_what_it_is_about(language: str) -> None:
    at = open_page(mode="map", lang=language, **{"run.n_steps": "60"})
    (shown,) = [data["map"] for data in components(at) if "map" in data]
    words = Words(language)
    kinds = ("best", "slow", "explodes")
    told = [words(f"compare.map_texts.mark_{kind}") for kind in kinds]
    assert [mark["label"] for mark in shown["marks"]] == told
    rates = [mark["xy"][0] for mark in shown["marks"]]
    assert rates[1] < rates[0] < rates[2]
    run = scene_of(at)["runs"][0]["id"]
    names = {"x": "learning_rate", "y": "momentum"}
    assert shown["preview"] == {"stage": "map stage", "run": run, **names}
    assert shown["texts"]["invite"] and shown["texts"]["curve"]


def test_an_unknown_mode_gives_a_notice_and_the_first_mode() -> None:
    at = open_page(mode="nonsense")
    assert components(at)
    assert len(at.warning) == 1


def test_seeds_show_a_band_around_one_run() -> None:
    scene = scene_of(open_page(mode="seeds", **{"seeds.n_seeds": "20", "run.n_steps": "30"}))
    assert len(scene["runs"]) == 1
    assert len(scene["bands"]) == 1
    assert scene["dots"][0]["n"] == 20
    assert len(scene["lines"]) == 1


@pytest.mark.parametrize(
    "settings",
    [{"optimizer": "adam", "adam.batch_size": "4"}, {"sgd.learning_rate": "5", "optimizer": "sgd"}],
    ids=str,
)
def test_seeds_without_a_theory_have_no_ellipse(settings: dict[str, str]) -> None:
    few = {"seeds.n_seeds": "20", "run.n_steps": "400"}
    scene = scene_of(open_page(mode="seeds", problem="line", **settings, **few))
    assert "lines" not in scene
    assert scene["dots"][0]["n"] == (20 if "adam.batch_size" in settings else 0)


def test_seeds_with_full_batches_say_that_there_is_no_luck() -> None:
    at = open_page(mode="seeds", optimizer="batch", **{"run.n_steps": "10"})
    assert any("nothing is left to chance" in markdown.value for markdown in at.markdown)


SMALL = {"mode": "map", "run.n_steps": "20"}


def map_of(at: AppTest) -> dict[str, Any]:
    (message,) = [data["map"] for data in components(at) if "map" in data]
    return message


@pytest.mark.parametrize("optimizer", ["batch", "sgd", "newton", "lbfgs", "adam", "prodigy"])
def test_optimizers_of_every_kind_have_a_map(optimizer: str) -> None:
    message = map_of(open_page(problem="quadratic", optimizer=optimizer, **SMALL))
    assert message["x"]["label"] and message["y"]["label"]


@pytest.mark.parametrize("second", ["momentum", "dampening", "weight_decay", "batch_size"])
def test_every_second_setting_has_a_map(second: str) -> None:
    at = open_page(problem="line", **{"momentum.second": second}, **SMALL)
    message = map_of(at)
    assert not at.warning
    dashes = [line["dash"] for line in message["lines"]]
    assert len(dashes) == 1 and bool(dashes[0]) == (second == "batch_size")


def test_no_stability_line_where_theory_gives_none() -> None:
    assert not map_of(open_page(problem="quadratic", optimizer="adam", **SMALL)).get("lines")


@pytest.mark.parametrize(
    "wrong",
    [
        {"momentum.second": "nonsense"},
        {"map.lowest_rate": "-1"},
        {"map.highest_rate": "1e999"},
        {"map.share_left": "x"},
        {"optimizer": "<b>"},
        {"layer": "colour"},
        {"momentum.learning_rate": "nan"},
    ],
    ids=str,
)
def test_bad_settings_give_a_notice_and_a_map(wrong: dict[str, str]) -> None:
    at = open_page(problem="quadratic", **wrong, **SMALL)
    assert map_of(at)
    assert len(at.warning) == 1


def test_a_reversed_range_still_gives_a_map() -> None:
    settings = {"map.lowest_rate": "1", "map.highest_rate": "0.001"}
    assert map_of(open_page(problem="quadratic", **settings, **SMALL))


def test_the_cell_is_that_of_the_settings_in_the_link() -> None:
    settings = {"momentum.learning_rate": "0.1", "momentum.momentum": "0"}
    message = map_of(open_page(problem="quadratic", **settings, **SMALL))
    rates = np.frombuffer(base64.b64decode(message["x"]["values"]), "<f4")
    column, row = message["cell"]
    assert row == 0
    assert column == np.abs(np.log(rates / 0.1)).argmin()
    outside = {"momentum.learning_rate": "1000"}
    assert "cell" not in map_of(open_page(problem="quadratic", **outside, **SMALL))


def test_basins_of_two_optimizers_fade_where_both_agree() -> None:
    at = open_page(mode="basins", problem="himmelblau", runs="batch-adam", **{"run.n_steps": "50"})
    maps = [data["map"] for data in components(at) if "map" in data]
    assert [len(message["marks"]) for message in maps] == [4, 4]
    codes = [np.frombuffer(base64.b64decode(message["codes"]), np.int8) for message in maps]
    faded = np.frombuffer(base64.b64decode(maps[0]["faded"]), np.int8)
    assert ((codes[0] == codes[1]) == faded).all()
    assert len(scene_of(at)["runs"]) == 2


def test_basins_of_one_optimizer_on_a_network() -> None:
    settings = {"problem": "moons", "model": "mlp", "runs": "adam", "run.n_steps": "3"}
    at = open_page(mode="basins", **settings)
    assert "faded" not in map_of(at)
    assert not at.warning


def test_fewer_steps_than_asked_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.compare.outcomes.affordable_map_steps", lambda *_: 7)
    at = open_page(problem="quadratic", **SMALL)
    assert scene_of(at)["last_step"] == 7
    assert any("7 steps" in caption.value for caption in at.caption)


def headings(**query: str) -> list[str]:
    at = open_page(mode="side_by_side", **query)
    assert not at.exception
    return [each.value for each in at.markdown if each.value.startswith("## ")]


KAPPA = {"a.quadratic.condition_number": "9", "b.quadratic.condition_number": "9"}


@pytest.mark.parametrize(
    "query, told",
    [
        ({}, ["Left: condition number κ 25", "Right: condition number κ 5"]),
        (
            {"a.adam.learning_rate": "0.3", **KAPPA},
            ["Left: Adam: learning rate η 0.3", "Right: Adam: learning rate η 0.2"],
        ),
        (
            {"b.run.n_steps": "100", "b.quadratic.start": "1_2", **KAPPA},
            [
                "Left: steps 150 · start (-2.5, 1.5)",
                "Right: steps 100 · start (1, 2)",
            ],
        ),
        (
            {"b.batch.schedule": "cosine", **KAPPA},
            [
                "Left: Gradient descent: learning rate schedule Constant",
                "Right: Gradient descent: learning rate schedule Cosine",
            ],
        ),
        (KAPPA, ["Left: the same settings", "Right: the same settings"]),
    ],
)
def test_headings_say_exactly_what_differs(query: dict[str, str], told: list[str]) -> None:
    found = headings(**query)
    assert found == [f"## {heading}" for heading in told]


def test_headings_of_different_problems_name_them_and_who_takes_part() -> None:
    left, right = headings(
        **{"a.problem": "beale", "b.problem": "booth", "a.runs": "batch", "b.runs": "batch-adam"}
    )
    assert "Problem Function: Beale · Optimizers Gradient descent" in left
    assert "Problem Function: Booth · Optimizers Gradient descent, Adam" in right


def test_a_formula_of_a_person_stays_code_in_the_heading() -> None:
    text = {"a.problem": "formula", "b.problem": "formula", "a.runs": "batch", "b.runs": "batch"}
    left, right = headings(**text, **{"b.formula.text": "x^2 + 2*y^2"})
    assert "`x^2 + 2*y^2`" in right and "`x^2 + 3*y^2" in left


def test_a_plane_is_named_by_the_params_of_its_own_side() -> None:
    right = {"b.problem": "iris", "b.runs": "adam", "b.plane": "3-7"}
    heading = headings(**{"a.problem": "beale", "a.runs": "adam", **right})[1]
    names = lo.EmpiricalRisk(
        lo.DATASETS["iris"](), lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]()
    ).param_names
    assert names[3] in heading and names[7] in heading


@pytest.mark.parametrize("problem, told", [("beale", "Gradient descent"), ("line", "Batch GD")])
def test_where_there_are_no_samples_descent_has_no_batches(problem: str, told: str) -> None:
    at = open_page(mode="race", problem=problem, runs="batch")
    assert scene_of(at)["runs"][0]["label"] == told
    units = next(each for each in at.selectbox if "budget.unit" in each.key).options
    assert ("epochs" in units) == ("samples seen" in units) == (problem == "line")
