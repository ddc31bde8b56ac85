"""The Descent Lab without a browser: every choice draws, links are read, bad input is survived."""

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lossopt import DATASETS, LOSSES, OBJECTIVES
from lossopt.lessons import LESSONS
from lossopt.links.contestants import CHOICES, losses_for, parse_slots, slots_text
from lossopt.links.examples import examples, opening
from lossopt.numbers import short
from pages.ui.frame.words import catalog
from pages.ui.optimizers.claims import facts
from tests.pages.said import told_of_runs
from tests.pages.tuner import line_up, settings_of, tell, tune, tuner_of

APP = str(Path(__file__).parents[2] / "home.py")
USUAL_RUNS = opening().settings["runs"]
DATA_PAIRS = [(data, loss) for data, kind in DATASETS.items() for loss in losses_for(kind.task)]


MARK = re.compile(r"\[([^\]\"]+)\]\(#[\w%]+\)")
"""A term of the glossary in a note of the stage."""


def open_lab(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def press_example(at: AppTest, slug: str, name: str) -> AppTest:
    """Open the menu of the examples, and take one."""
    at.session_state[f"{slug}:examples:1"] = True
    at.run()
    return at.button(key=f"{slug}:example {name}:1").click().run()


def messages_of(at: AppTest, part: str) -> list[dict[str, Any]]:
    """What was sent to the components that take this part, but for the marks of terms."""
    sent = [
        json.loads(MARK.sub(r"\1", element.proto.json))
        for element in at.main
        if type(getattr(element, "proto", None)).__name__ == "BidiComponent"
    ]
    return [message[part] for message in sent if part in message]


def scene_of(at: AppTest) -> dict[str, Any]:
    assert not at.exception, at.exception
    assert not at.error, at.error
    (found,) = messages_of(at, "scene")
    return found


def floats(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def warnings_of(at: AppTest) -> list[str]:
    return [warning.value for warning in at.warning]


def test_the_opening_draws_a_race() -> None:
    at = open_lab()
    scene = scene_of(at)
    assert len(scene["runs"]) >= 3
    assert warnings_of(at) == []
    assert at.query_params == {}


def assert_descends(scene: dict[str, Any], *, near_start: bool = False) -> None:
    """Nobody diverges, and everybody gets visibly lower unless the start is a minimizer nearly."""
    for run in scene["runs"]:
        losses = floats(run["loss"])
        assert run["diverged_at"] is None, run["id"]
        assert losses[-1] < losses[0] - 0.02 * abs(losses[0]) or near_start, run["id"]


@pytest.mark.parametrize("data, loss", DATA_PAIRS)
def test_every_dataset_and_loss_draws(data: str, loss: str) -> None:
    scene = scene_of(open_lab(problem=data, loss=loss, runs="batch,sgd,adam"))
    assert [run["id"] for run in scene["runs"]] == ["batch", "sgd", "adam"]
    assert_descends(scene, near_start=data in ("circles", "xor"))


@pytest.mark.parametrize("function", OBJECTIVES)
def test_every_test_function_draws(function: str) -> None:
    scene = scene_of(open_lab(problem=function, runs="batch,adam"))
    fit = scene["fit"]
    assert_descends(scene)
    assert fit["kind"] == ("scatter" if function == "matrix_factorization" else "params")


@pytest.mark.parametrize("runs", [CHOICES[k : k + 8] for k in range(0, len(CHOICES), 8)])
def test_every_optimizer_races(runs: tuple[str, ...]) -> None:
    scene = scene_of(open_lab(problem="matrix_factorization", runs=",".join(runs)))
    without_samples = {"sgd", "mini_batch"}
    assert {run["id"] for run in scene["runs"]} == set(runs) - without_samples


def test_rules_for_matrices_stand_aside_where_there_are_none() -> None:
    link = {"runs": "muon-adam", "muon.learning_rate": "0.05"}
    at = open_lab(problem="rosenbrock", **link)
    assert [run["id"] for run in scene_of(at)["runs"]] == ["adam"]
    assert any("Muon" in caption.value for caption in at.caption)
    assert warnings_of(at) == []
    assert at.query_params["runs"] in ("muon-adam", ["muon-adam"])
    assert "muon" not in {each["id"] for each in tuner_of(at)["addable"]}
    assert "Muon" in tuner_of(at)["note"]
    both = scene_of(open_lab(problem="matrix_factorization", **link))["runs"]
    assert [run["id"] for run in both] == ["muon", "adam"]
    alone = scene_of(open_lab(problem="line", runs="muon"))["runs"]
    assert [run["id"] for run in alone] == ["batch"]


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_example_draws_without_a_notice(name: str, lang: str) -> None:
    at = open_lab(lang=lang, **examples()[name])
    assert scene_of(at)["lang"] == lang
    assert warnings_of(at) == []


def test_both_languages_show_the_same_numbers() -> None:
    link = {"problem": "line", "runs": "batch,adam", "adam.learning_rate": "0.3"}
    english, korean = (scene_of(open_lab(lang=lang, **link)) for lang in ("en", "ko"))
    for one, other in zip(english["runs"], korean["runs"], strict=True):
        assert one["loss"] == other["loss"]
    assert english["runs"][0]["label"] != korean["runs"][0]["label"]
    assert english["runs"][1]["label"] == korean["runs"][1]["label"] == "Adam"


def values_of(at: AppTest) -> dict[str, Any]:
    """What every control that has a place in the link shows."""
    kinds = (at.selectbox, at.slider, at.select_slider, at.toggle, at.text_input)
    drawn = {
        control.key: control.value
        for controls in kinds
        for control in controls
        if control.key and control.key.startswith("lab:")
    }
    return drawn | {name: setting["value"] for name, setting in settings_of(at).items()}


def moved(setting: dict[str, Any]) -> str:
    """Another value that a control of the tuner offers."""
    value, kind = setting["value"], setting["kind"]
    if kind == "switch":
        return "0" if value == "1" else "1"
    if kind == "choice":
        ids = [each["id"] for each in setting["choices"]]
        return str(ids[(ids.index(value) + 1) % len(ids)])
    low, high = setting.get("low", 0.0), setting.get("high", 1.0)
    if setting.get("log"):
        other = 10 ** ((3 * np.log10(low) + np.log10(high)) / 4)
    else:
        other = min(high, float(value) + 3 * setting["step"])
    return str(max(1, round(other))) if kind == "whole" else f"{other:.6g}"


@pytest.mark.parametrize("runs", ["momentum-batch", "adam-sgd"])
def test_a_link_restores_every_setting(runs: str) -> None:
    """Whatever control was moved, whoever opens the link sees the same controls and runs."""
    at = open_lab(problem="line", runs=runs)
    before, opening = values_of(at), scene_of(at)
    at.select_slider(key="lab:line.n_samples:1").set_value("50").run()
    resting = {slider.key for slider in at.slider if slider.disabled}
    assert resting <= {"lab:run.batch_seed:1"}
    for slider in (each for each in at.slider if each.key not in resting):
        value = round(min(slider.max, slider.value + 3 * slider.step), 9)
        slider.set_value(type(slider.value)(value))
    for choice in at.select_slider:
        if "n_samples" not in choice.key:
            choice.set_value(choice.options[len(choice.options) // 4])
    changes = {name: moved(setting) for name, setting in settings_of(at).items()}
    for toggle in at.toggle:
        if toggle.key in before:
            toggle.set_value(not toggle.value)
    for box in at.selectbox:
        if not box.key.startswith(("lab:problem", "lab:model")):
            box.select_index((box.index + 1) % len(box.options))
    at.text_input[0].set_value("1.5, -0.5, 0.25, 0, 1")
    tell(at, "tuned", changes=changes)
    after, scene = values_of(at), scene_of(at)
    same = {key for key in before if after.get(key, "gone") == before[key]}
    assert same == {"lab:problem:1", "lab:model:1", *resting} and scene["runs"] != opening["runs"]
    again = open_lab(**{name: "".join(text) for name, text in at.query_params.items()})
    assert values_of(again) == after
    assert scene_of(again)["runs"] == scene["runs"]
    assert warnings_of(again) == []


@pytest.mark.parametrize(
    "query",
    [
        {"problem": "nonsense"},
        {"runs": "batch,batch"},
        {"runs": "batch," * 9},
        {"runs": ""},
        {"runs": "batch", "batch.learning_rate": "nan"},
        {"runs": "batch", "batch.learning_rate": "-1"},
        {"runs": "batch", "batch.learning_rate": "<b>x</b>"},
        {"runs": "batch", "run.n_steps": "1000000"},
        {"runs": "batch", "run.n_steps": "9" * 400},
        {"problem": "line", "line.n_samples": "0"},
        {"problem": "line", "loss": "categorical_cross_entropy"},
        {"problem": "line", "runs": "sgd", "sgd.batch_size": "-3"},
        {"problem": "rosenbrock", "rosenbrock.start": "1,2,3"},
        {"problem": "rosenbrock", "rosenbrock.start": "inf,0"},
        {"view": "4d"},
        {"plane": "0-99", "problem": "curve", "linear.degree": "3"},
        {"surprise": "1"},
    ],
)
def test_a_bad_link_gives_a_notice_and_the_default(query: dict[str, str]) -> None:
    at = open_lab(**query)
    scene_of(at)
    assert len(warnings_of(at)) == 1
    assert "<b>" not in warnings_of(at)[0]


@pytest.mark.parametrize(
    "query",
    [
        {"problem": "line", "runs": "batch", "batch.learning_rate": "0"},
        {"problem": "line", "runs": "batch,adam", "batch.learning_rate": "1e300"},
        {"problem": "rosenbrock", "runs": "momentum,adam", "momentum.learning_rate": "1e300"},
        {"problem": "line", "runs": "batch,sgd", "run.n_steps": "1"},
        {"problem": "line", "runs": "batch,sgd,adam", "run.n_steps": "10000"},
        {"problem": "line", "line.n_samples": "1", "runs": "batch,sgd,adam"},
        {"problem": "blobs", "blobs.n_samples": "1", "runs": "batch,sgd"},
        {"problem": "line", "linear.degree": "6", "runs": "batch,adam"},
    ],
)
def test_extreme_settings_draw(query: dict[str, str], recwarn: pytest.WarningsRecorder) -> None:
    at = open_lab(**query)
    assert scene_of(at)["runs"] and warnings_of(at) == []
    assert [str(warning.message) for warning in recwarn] == []


def test_divergence_is_explained_with_the_limit() -> None:
    query = {"problem": "line", "runs": "batch", "batch.learning_rate": "3", "run.n_steps": "2000"}
    scene = scene_of(open_lab(**query))
    assert scene["runs"][0]["diverged_at"] is not None
    assert any("diverged at step" in text for text in told_of_runs(scene))
    assert any("λ_max" in text for text in told_of_runs(scene))


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"runs": "batch-sgd"}, True),
        ({"runs": "batch-sgd", "axis": "epochs"}, False),
        ({"runs": "batch-sgd", "axis": "gradients"}, False),
        ({"runs": "batch-adam"}, False),
        ({"problem": "rosenbrock", "runs": "momentum-adam"}, False),
    ],
)
def test_curves_over_steps_of_unequal_batches_are_not_left_unexplained(
    link: dict[str, str], told: bool
) -> None:
    told_of = told_of_runs(scene_of(open_lab(**{"problem": "line", **link})))
    assert any("Batch GD: 100" in text for text in told_of) == told


def test_many_params_are_drawn_on_a_named_plane() -> None:
    link = {"problem": "iris", "runs": "batch,adam"}
    pca = scene_of(open_lab(**link))["plane"]
    axes = scene_of(open_lab(**link, plane="0-1"))["plane"]
    assert "PCA" in pca["note"] and "{share}" in pca["note"], "which the stage fills in"
    assert axes["labels"][0] in axes["note"] and axes["labels"] != pca["labels"]


def test_specs_with_equal_fields_do_not_share_a_cache_entry() -> None:
    shown = [
        scene_of(open_lab(problem="line", loss=loss, runs="batch"))["surface"]["id"]
        for loss in ("mse", "mae")
    ]
    assert len(LOSSES) > 2 and shown[0] != shown[1]


def test_tuning_adding_copying_and_removing() -> None:
    at = open_lab(problem="line", runs="batch,adam")
    tune(at, "batch.learning_rate", "0.0125")
    line_up(at, "copy", "batch")
    scene = scene_of(at)
    assert [run["id"] for run in scene["runs"]] == ["batch", "adam", "batch~2"]
    assert scene["runs"][2]["detail"] == scene["runs"][0]["detail"] == "η 0.0125"
    line_up(at, "remove", "batch~2")
    line_up(at, "add", "momentum")
    assert [run["id"] for run in scene_of(at)["runs"]] == ["batch", "adam", "momentum"]
    assert [run["id"] for run in tuner_of(at)["runs"]] == ["batch", "adam", "momentum"]
    assert "momentum" not in {each["id"] for each in tuner_of(at)["addable"]}


def test_what_the_tuner_tells_is_checked() -> None:
    """Anybody can send anything: what nothing accepts changes nothing."""
    at = open_lab(problem="line", runs="batch-adam")
    before = scene_of(at)["runs"], dict(at.query_params)
    wrong = {
        "adam.learning_rate": "-1",
        "adam.beta1": "nan",
        "batch.batch_size": "0",
        "adam.schedule": "<b>",
        "adam.average": "yes",
        "newton.learning_rate": "1",
        "problem": "booth",
        "run.n_steps": "1" * 5000,
    }
    for name, text in wrong.items():
        tell(at, "tuned", changes={name: text})
        assert (scene_of(at)["runs"], dict(at.query_params)) == before, name
    for told in ({"changes": "x"}, {"number": "x"}, {"changes": {"a": 1}}):
        tell(at, "tuned", **told)
    for act, who in (
        ("add", "adam"),
        ("add", "x"),
        ("copy", "x"),
        ("remove", "x"),
        ("win", "adam"),
    ):
        tell(at, "lineup", act=act, id=who)
        assert (scene_of(at)["runs"], dict(at.query_params)) == before, act
    tell(at, "lineup", act="remove", id="adam", changes={"batch.learning_rate": "0.02"})
    (run,) = scene_of(at)["runs"]
    assert (run["id"], run["detail"]) == ("batch", "η 0.02")
    tell(at, "lineup", act="remove", id="batch")
    assert len(scene_of(at)["runs"]) == 1


def test_a_failure_keeps_the_last_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_lab(problem="line", runs="newton", **{"run.n_steps": "7"})
    before = scene_of(at)

    def broken(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("lossopt.links.race.descend", broken)
    at.query_params["run.n_steps"] = "8"
    at.run()
    assert not at.exception
    assert [error.value for error in at.error] == [catalog("en")["message.failed"]]
    kept = messages_of(at, "scene")
    assert kept[0]["runs"] == before["runs"]


@pytest.mark.parametrize(
    "problem, asked, scale",
    [
        ("styblinski_tang", "", "linear"),
        ("styblinski_tang", "log", "log"),
        ("formula", "", "linear"),
        ("himmelblau", "", "log"),
    ],
)
def test_negative_losses_open_on_a_linear_scale(problem: str, asked: str, scale: str) -> None:
    at = open_lab(problem=problem, **({"scale": asked} if asked else {}))
    assert scene_of(at)["options"]["scale"] == scale
    assert ("scale" in at.query_params) == bool(asked)


def choose(at: AppTest, problem: str) -> AppTest:
    box = next(box for box in at.selectbox if box.key.startswith("lab:problem"))
    return box.set_value(problem).run()


@pytest.mark.parametrize("problem", [*OBJECTIVES, *DATASETS, "formula"])
def test_from_the_opening_every_problem_brings_a_race_of_its_own(problem: str) -> None:
    at = choose(open_lab(), problem)
    assert_descends(scene_of(at), near_start=problem in ("circles", "xor"))
    if problem != "line":  # where the opening stays
        link = {"problem": problem, "runs": slots_text(parse_slots(USUAL_RUNS))}
        assert scene_of(open_lab(**link))["runs"] == scene_of(at)["runs"]


def test_a_link_that_names_the_problem_only_is_a_good_race() -> None:
    scene = scene_of(open_lab(problem="rosenbrock"))
    assert len(scene["runs"]) > 2
    assert_descends(scene)


def test_a_rate_that_a_person_set_stays() -> None:
    at = tune(open_lab(), "adam.learning_rate", "0.3")
    for problem in ("rosenbrock", "beale", "line"):
        at = choose(at, problem)
        assert at.query_params["adam.learning_rate"] in ("0.3", ["0.3"])
    at = choose(
        open_lab(problem="line", runs="batch-adam", **{"batch.learning_rate": "0.003"}), "booth"
    )
    assert at.query_params["batch.learning_rate"] in ("0.003", ["0.003"])
    fresh = open_lab(problem="booth", runs="batch-adam")
    assert at.query_params["adam.learning_rate"] == fresh.query_params["adam.learning_rate"]


def test_turning_a_field_does_not_turn_the_rates() -> None:
    """Else nobody could see what the condition number does."""
    details = [
        [
            run["detail"]
            for run in scene_of(open_lab(problem="quadratic", runs="batch-adam", **more))["runs"]
        ]
        for more in ({}, {"quadratic.condition_number": "1000"})
    ]
    assert details[0] == details[1]


def test_ready_links_name_every_rate() -> None:
    """A link to a race that shows something must not depend on what a search finds."""
    links = list(examples().values())
    links += [claim.link for card in facts().values() for claim in card.claims.values()]
    for lesson in LESSONS.values():
        pages = (address.partition("?") for address in lesson.try_next)
        links += [dict(parse_qsl(query)) for page, _, query in pages if page == "lab"]
    for link in links:
        for slot in parse_slots(link["runs"]):
            assert f"{slot.id}.learning_rate" in link, link


def test_a_link_keeps_the_optimizers_it_knows() -> None:
    at = open_lab(problem="line", runs="batch-lookahead-adam-adam-<b>x</b>")
    assert [run["id"] for run in scene_of(at)["runs"]] == ["batch", "adam"]
    (warning,) = warnings_of(at)
    assert "`lookahead, adam, bxb`" in warning and "<" not in warning
    nine = "-".join(CHOICES[:9])
    at = open_lab(problem="matrix_factorization", runs=nine)
    assert CHOICES[8] in warnings_of(at)[0]
    assert warnings_of(open_lab(problem="line", runs="nonsense"))


def test_what_draws_samples_stands_aside_where_there_are_none() -> None:
    at = open_lab(problem="rosenbrock", runs="batch-sgd-mini_batch-adam")
    scene = scene_of(at)
    assert [run["id"] for run in scene["runs"]] == ["batch", "adam"] and scene["n_samples"] == 1
    assert any("SGD" in caption.value for caption in at.caption)
    assert not {"sgd", "mini_batch"} & {each["id"] for each in tuner_of(at)["addable"]}
    both = scene_of(open_lab(problem="line", runs="batch-sgd"))
    assert len(both["runs"]) == 2 and both["n_samples"] > 1


@pytest.mark.parametrize("name", examples())
def test_an_example_leaves_no_rates_behind(name: str) -> None:
    at = open_lab(problem="beale", runs="adam")
    press_example(at, "lab", name)
    named = {k: v for k, v in examples()[name].items() if k.endswith("learning_rate")}
    for run in scene_of(at)["runs"]:
        rate = float(named[f"{run['id']}.learning_rate"])
        assert run["detail"].startswith(f"η {short(rate)}")
    for problem in ("booth", "rosenbrock"):
        at = choose(at, problem)
        assert_descends(scene_of(at))


@pytest.mark.parametrize(
    "runs, size, rests", [("batch-adam", "all", True), ("batch-adam", "8", False)]
)
def test_the_batch_seed_rests_where_every_step_looks_at_all_samples(
    runs: str, size: str, rests: bool
) -> None:
    at = open_lab(problem="line", runs=runs, **{"adam.batch_size": size})
    (seed,) = (each for each in at.slider if "run.batch_seed" in each.key)
    assert seed.disabled == rests
    assert rests == any("order does not matter" in each.value for each in at.caption)


def test_a_batch_larger_than_the_data_is_said_and_comes_back_with_more_samples() -> None:
    at = open_lab(problem="line", runs="adam", **{"line.n_samples": "50", "adam.batch_size": "64"})
    assert "batch of 64" in settings_of(at)["adam.batch_size"]["note"]
    assert settings_of(at)["adam.batch_size"]["value"] == "all"
    at.select_slider(key="lab:line.n_samples:1").set_value("100").run()
    size = settings_of(at)["adam.batch_size"]
    assert size["value"] == "64" and "note" not in size


@pytest.mark.parametrize("problem, n", [("line", 2), ("blobs", 3)])
def test_the_example_of_a_start_can_be_typed(problem: str, n: int) -> None:
    at = open_lab(problem=problem, runs="batch")
    key = f"lab:{problem}.start:1"
    at.text_input(key=key).set_value("nonsense").run()
    (said,) = [error.value for error in at.error]
    (example,) = re.findall(r"for example (.*?)\. ", said)
    assert len(example.split(", ")) == n
    assert not at.text_input(key=key).set_value(example).run().error
