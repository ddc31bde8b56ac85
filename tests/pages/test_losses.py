"""The page of losses without a browser: every loss draws, moved points count."""

import base64
import html
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt import DATASETS, LIBRARIES, LOSSES
from lossopt.datasets import move_points
from lossopt.libraries import forms_of
from pages.ui.controls.moved_points import moves_text, parse_moves
from pages.ui.losses import DATA, STARTS, examples, facts

APP = str(Path(__file__).parents[2] / "home.py")
DATA_OF = {DATASETS[name].task: name for name in reversed(DATA)}
LIBRARY_FORMS = [
    ("line", "mse", "optax-mse-l2_loss"),
    ("line", "mae", "keras"),
    ("line", "huber", "pytorch-smooth_l1"),
    ("one_feature", "binary_cross_entropy", "keras-log_loss"),
    ("overlapping", "hinge", "river"),
    ("three_blobs", "categorical_cross_entropy", "paddle"),
]
"""Data, a loss and an id of a form of it."""
MOVED = {"data": "line", "line.moved": "2_1.5_-6"}


def open_page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/losses.py")
    for name, text in query.items():
        at.query_params[name.replace("__", ".")] = text
    return at.run()


def sent(at: AppTest) -> list[dict[str, Any]]:
    """What was sent to both stages and to the shapes, in order."""
    assert not at.exception, at.exception
    assert not at.error, at.error
    return [
        json.loads(element.proto.json)
        for element in at.main
        if type(getattr(element, "proto", None)).__name__ == "BidiComponent"
    ]


def scenes_of(at: AppTest) -> list[dict[str, Any]]:
    return [data["scene"] for data in sent(at) if "scene" in data]


def numbers_of(packed: str, kind: str = "<f4") -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), kind)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_draws(loss: str) -> None:
    data = DATA_OF[LOSSES[loss].task]
    plain = {"b__categorical_cross_entropy__label_smoothing": "0"}
    at = open_page(data=data, a__loss=loss, b__loss=loss, **(plain if "categ" in loss else {}))
    row, first, second, shapes, *_ = sent(at)
    assert not at.warning
    assert row["group"] == first["group"] == second["group"] == shapes["group"]
    assert not first["transport"] and not second["transport"]
    assert first["scene"]["runs"][0]["loss"] == second["scene"]["runs"][0]["loss"]
    assert len(shapes["shapes"]["losses"]) == 2
    assert first["scene"]["fit"]["draggable"]
    mark = {"mse": "square", "mae": "bar"}.get(loss, "disc")
    assert first["scene"]["fit"]["residuals"] == mark


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", examples())
def test_every_example_draws_without_a_notice(name: str, lang: str) -> None:
    at = open_page(lang=lang, **examples()[name])
    assert len(scenes_of(at)) == 2
    assert not at.warning


@pytest.mark.parametrize("over", ["logit", "probability"])
def test_binary_losses_over_logit_and_probability(over: str) -> None:
    shapes = sent(open_page(data="one_feature", over=over))[3]["shapes"]
    assert (shapes["x"] == [0.0, 1.0]) == (over == "probability")
    assert [loss["targets"] for loss in shapes["losses"]] == [[1, 0], [1, 0]]


def test_a_moved_point_changes_data_surface_and_path_of_both() -> None:
    """A cache that forgets the moved points would answer with the first picture."""
    still, moved = scenes_of(open_page(data="line")), scenes_of(open_page(**MOVED))
    for before, after in zip(still, moved, strict=True):
        assert before["fit"]["y"] != after["fit"]["y"]
        assert before["surface"]["id"] != after["surface"]["id"]
        assert before["fit"]["residual_values"] != after["fit"]["residual_values"]
    opening = next(iter(examples().values()))
    for side, before, after in zip("ab", still, moved, strict=True):
        first = run_of(opening, side, before)
        other = run_of({**opening, **MOVED}, side, after)
        gaps = np.abs(first.iterates - other.iterates).max(axis=1)
        assert gaps[0] == 0.0 and gaps[1:].min() > 1e-4


def run_of(link: dict[str, str], side: str, scene: dict[str, Any]) -> lo.Trajectory:
    """The run of one side, descended anew; the scene shows all of its losses."""
    points = move_points(DATASETS["line"](n_samples=24).make(), parse_moves(link["line.moved"]))
    risk = lo.EmpiricalRisk(points, lo.MODELS["linear"](), LOSSES[link[f"{side}.loss"]]())
    rate = float(link[f"{side}.run.learning_rate"])
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=rate)
    run = lo.descend(rule, risk, start=STARTS["line"], n_steps=int(link["run.n_steps"]))
    np.testing.assert_array_equal(numbers_of(scene["live"]["start"], "<f8"), run.iterates[0])
    np.testing.assert_allclose(numbers_of(scene["runs"][0]["loss"]), run.losses, rtol=1e-5)
    return run


def test_a_point_is_moved_by_typing() -> None:
    at = open_page(data="line")
    before = scenes_of(at)[0]["fit"]["y"]
    at.number_input[0].set_value(3).run()
    up = at.number_input[2]
    up.set_value(-5.0).run()
    assert scenes_of(at)[0]["fit"]["y"] != before
    index, _, y = parse_moves(at.query_params["line.moved"])[0]
    assert (index, y) == (2, -5.0)
    assert at.query_params["line.point"] == "3"


def test_moves_survive_the_link() -> None:
    moves = ((0, 1.5, -2.25), (41, 0.0, 1e5))
    assert parse_moves(moves_text(moves)) == moves


@pytest.mark.parametrize(
    "text", ["", "1_2", "0_1_1", "61_1_1", "1_nan_0", "1_0_inf", "1_1e9_0", "1_0_0~1_1_1", "x_1_1"]
)
def test_bad_moves_give_a_notice_and_the_usual_points(text: str) -> None:
    with pytest.raises(ValueError):
        parse_moves(text)
    if text:
        at = open_page(data="line", line__moved=text)
        assert len(scenes_of(at)) == 2 and len(at.warning) == 1


def test_every_dataset_keeps_its_own_moved_points() -> None:
    at = open_page(**MOVED)
    at.selectbox[0].set_value("three_blobs").run()
    plain = scenes_of(open_page(data="three_blobs"))[0]["fit"]
    assert scenes_of(at)[0]["fit"]["x1"] == plain["x1"]
    assert "line.moved" not in at.query_params
    at.selectbox[0].set_value("line").run()
    assert at.query_params["line.moved"] == "2_1.5_-6"


def test_points_that_are_not_there_are_left_out() -> None:
    at = open_page(data="line", line__moved="50_0_0", sample__n_samples="10")
    assert len(scenes_of(at)) == 2


def test_other_bad_values_give_a_notice() -> None:
    at = open_page(data="nonsense", a__loss="hinge", line__start="1_2_3", over="x", line__point="q")
    assert len(scenes_of(at)) == 2
    assert len(at.warning) >= 3


def test_texts_state_what_is_computed() -> None:
    stated = facts()
    assert (stated["mean"], stated["median"]) == ("22", "3")
    assert stated["ignorance"] == "1.1" and stated["ratio"] == "11,000"
    shown = " ".join(each.value for each in open_page(data="line", lang="ko").markdown)
    assert "평균 22" in shown and "중앙값 3" in shown
    assert not any(f"{{{name}}}" in shown for name in stated)


@pytest.mark.parametrize("data", DATA)
def test_the_two_sides_differ_from_the_start(data: str) -> None:
    """Of three classes there is one loss only; to compare it with itself shows nothing."""
    at = open_page(data=data)
    first, second = (scene["runs"][0] for scene in scenes_of(at))
    assert first["label"] != second["label"] and first["loss"] != second["loss"]


@pytest.mark.parametrize(("task", "loss", "library"), LIBRARY_FORMS)
def test_a_side_takes_the_form_of_a_library(task: str, loss: str, library: str) -> None:
    plain = {"b.categorical_cross_entropy.label_smoothing": "0"} if "categ" in loss else {}
    at = open_page(data=task, **{"a.loss": loss, "b.loss": loss, "b.library": library}, **plain)
    assert not at.exception, at.exception
    kind, name = forms_of(LIBRARIES, loss)[library]
    drawn = at.session_state["staged of losses stage b"].goal.loss
    assert drawn == kind.loss(name)
    assert at.session_state["staged of losses stage a"].goal.loss == LOSSES[loss]()
    (table,) = [each.proto.body for each in at.get("html") if "<figure" in each.proto.body]
    for each, form in forms_of(LIBRARIES, loss).values():
        assert html.escape(f"{each.name} {each.version}") in table
        assert html.escape(each.losses[form].call) in table


def test_the_defaults_of_a_library_are_the_usual_ones() -> None:
    query = {"a.loss": "huber", "b.loss": "huber", "b.library": "river"}
    at = open_page(data="line", **query)
    assert at.session_state["staged of losses stage b"].goal.loss.delta == 0.1
    at = open_page(data="line", **query, **{"b.huber.delta": "2"})
    assert at.session_state["staged of losses stage b"].goal.loss.delta == 2.0
    assert len(open_page(data="line", **{"a.library": "nobody"}).warning) == 1
