"""Fair race and scoreboard without a browser: the words say what a computation of its own finds."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt.comparisons import Merit
from lossopt.links.contestants import Slot
from lossopt.numbers import short
from pages.ui.compare.scoreboard import GOALS, MOST, RULES
from pages.ui.frame.words import Words, catalog
from tests.pages.test_lab import floats, messages_of
from tests.pages.tuner import tuner_of

APP = str(Path(__file__).parents[2] / "home.py")
RACERS = ("gradient_descent", "momentum", "nesterov", "rmsprop", "adam")
RATES = np.geomspace(1e-5, 10.0, 16)


def open_page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=120).switch_page("pages/compare.py")
    for name, text in query.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in at.markdown)


def tables(at: AppTest) -> list[list[list[str]]]:
    """Texts of all tables, row by row, the head first."""
    pages = [element.proto.body for element in at.get("html")]
    found = [page for page in pages if 'class="compare-table"' in page]
    rows = [re.findall(r"<tr>(.*?)</tr>", page) for page in found]
    cells = r"<t[hd][^>]*>(?:<b>)?(.*?)(?:</b>)?</t[hd]>"
    return [[re.findall(cells, row) for row in table] for table in rows]


def scene_of(at: AppTest) -> dict[str, Any]:
    (scene,) = messages_of(at, "scene")
    return scene


def last_losses(objective: lo.Objective, rates: dict[str, float]) -> dict[str, float]:
    """Loss after 100 steps, one plain run each; infinite after a divergence."""
    found = {}
    for name, rate in rates.items():
        run = lo.descend(lo.OPTIMIZERS[name](learning_rate=rate), objective, n_steps=100)
        found[name] = float(np.nan_to_num(run.losses[-1], nan=np.inf))
    return found


def name_of(optimizer: str, goal: lo.Objective, language: str) -> str:
    choice = "batch" if optimizer == "gradient_descent" else optimizer
    return Slot(choice).on(goal).label(Words(language))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "problem, common_winner, tuned_winner",
    [
        ("rosenbrock", "rmsprop", "gradient_descent"),
        ("beale", "momentum", "nesterov"),
        ("iris", "rmsprop", None),
        ("himmelblau", None, None),
    ],
)
def test_the_page_says_who_wins(
    problem: str, common_winner: str | None, tuned_winner: str | None, language: str
) -> None:
    """Winners are found again by plain runs: at 0.01 for all, and at the rates of the table."""
    at = open_page(problem=problem, tuned="1", lang=language)
    assert not at.warning and not at.error
    words = Words(language)
    lines = {
        key: next(line for line in said(at).splitlines() if line.startswith(f"- **{place}"))
        for key, place in {
            "common": words("compare.race.at_common", rate="0.01"),
            "tuned": words("compare.race.at_tuned"),
        }.items()
    }
    if problem == "iris":
        parts = lo.DATASETS["iris"](), lo.MODELS["softmax"]()
        goal: lo.Objective = lo.EmpiricalRisk(*parts, lo.LOSSES["categorical_cross_entropy"]())
    else:
        goal = lo.OBJECTIVES[problem]()
    (table,) = tables(at)
    by_name = {row[0]: row for row in table[1:]}
    tuned_rates = {name: float(by_name[name_of(name, goal, language)][2]) for name in RACERS}
    for key, rates, winner in (
        ("common", dict.fromkeys(RACERS, 0.01), common_winner),
        ("tuned", tuned_rates, tuned_winner),
    ):
        losses = last_losses(goal, rates)
        first, second = sorted(losses, key=losses.__getitem__)[:2]
        gap = losses[second] - losses[first]
        if winner is None:
            tie = Merit().tie(losses[second], goal, float(goal.value(goal.start)), 100.0)
            assert gap < tie
            told = name_of(first, goal, language)
            if problem == "iris":
                spread = f"{max(losses.values()) / losses[first] - 1:.2%}"
                told = words("compare.all_tied", n=5, share=spread)
            assert told in lines[key]
        else:
            assert first == winner and gap > 1e-9 * float(goal.value(goal.start))
            assert f"** {name_of(winner, goal, language)} " in lines[key]
            assert short(losses[winner], 4) in lines[key]
    # Nobody on a plain grid of rates is clearly better than what the search has found.
    for name in RACERS:
        best = min(last_losses(goal, {name: rate})[name] for rate in RATES)
        assert last_losses(goal, tuned_rates)[name] <= best + 1e-9 * float(goal.value(goal.start))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "problem, common, tuned", [("iris", "rmsprop", None), ("rosenbrock", "rmsprop", "batch")]
)
def test_the_page_opens_on_what_tuning_changes(
    problem: str, common: str, tuned: str | None, language: str
) -> None:
    """The sentence says what both stages end with."""
    at = open_page(
        lang=language, **({} if problem == "iris" else {"mode": "story", "problem": problem})
    )
    words, scenes = Words(language), messages_of(at, "scene")
    told = next(element.value for element in at.markdown if element.value.startswith("## "))
    winners = []
    for scene in scenes:
        ends = {run["id"]: float(floats(run["loss"])[-1]) for run in scene["runs"]}
        ends = {name: end if np.isfinite(end) else np.inf for name, end in ends.items()}
        first, second = sorted(ends, key=ends.__getitem__)[:2]
        winners.append(first if ends[second] > 1.02 * ends[first] else None)
    assert winners == [common, tuned]
    rates = {run["detail"].split(" ")[1] for run in scenes[0]["runs"]}
    assert rates == {"0.01"} and len({run["detail"] for run in scenes[1]["runs"]}) == 5
    labels = {run["id"]: run["label"] for run in scenes[0]["runs"]}
    assert labels[common] in told and "0.01" in told and "32" in told
    if tuned:
        assert labels[tuned] in told
    else:
        ends = [float(floats(run["loss"])[-1]) for run in scenes[1]["runs"]]
        assert f"{max(ends) / min(ends) - 1:.2%}" in told
    press = next(each for each in at.button if each.label == words("compare.story.to_race"))
    press.click().run()
    assert at.query_params["mode"] == "race" and len(messages_of(at, "scene")) == 1


def test_a_link_that_names_no_mode_is_a_race() -> None:
    at = open_page(problem="beale")
    assert at.query_params["mode"] == "race" and not at.warning
    assert len(messages_of(at, "scene")) == 1


def test_tuning_is_one_button_and_the_stage_runs_what_was_found() -> None:
    at = open_page(mode="race", problem="rosenbrock", runs="batch-adam")
    assert len(tables(at)[0][0]) == 4
    at.button(key="compare:tune:1").click().run()
    assert at.query_params["tuned"] == "1"
    (table,) = tables(at)
    for row, run in zip(table[1:], scene_of(at)["runs"], strict=True):
        assert run["detail"].startswith(f"η {row[2]}")
    assert len(at.get("plotly_chart")) == 1
    at.button(key="compare:tune:1").click().run()
    assert "tuned" not in at.query_params and scene_of(at)["runs"][0]["detail"] == "η 0.001"


@pytest.mark.parametrize("problem", ["formula", "matrix_factorization", "saddle"])
def test_every_kind_of_problem_can_be_tuned_for(problem: str) -> None:
    at = open_page(problem=problem, runs="batch-adam", tuned="1")
    assert not at.error and len(tables(at)[0]) == 3
    assert len(at.get("plotly_chart")) == 1


def test_budgets_in_epochs_stop_everybody_in_time() -> None:
    link = {"budget.unit": "epochs", "budget.epochs": "4", "problem": "line"}
    at = open_page(runs="batch-sgd", **link)
    scene = scene_of(at)
    assert scene["last_step"] == 400 and scene["options"]["axis"] == "epochs"
    assert [run["rests_at"] for run in scene["runs"]] == [4, 400]
    assert any("4" in text and "400" in text for text in scene["messages"])
    (table,) = tables(at)
    assert "–" in table[2][2] and "–" not in table[1][2]  # only SGD has a spread


@pytest.mark.parametrize("kind", ["best", "target", "area"])
def test_every_figure_of_merit_draws(kind: str) -> None:
    at = open_page(problem="booth", runs="batch-adam", tuned="1", **{"merit.kind": kind})
    assert catalog("en")[f"compare.merits.{kind}"] in said(at) or "no clear winner" in said(at)
    assert len(tables(at)[0]) == 3


def test_a_function_without_a_lowest_value_has_no_target() -> None:
    at = open_page(problem="saddle", runs="batch-adam", tuned="1", **{"merit.kind": "target"})
    assert [info.value for info in at.info] == [catalog("en")["compare.no_target"]]


@pytest.mark.parametrize(
    "query",
    [
        {"tuned": "2"},
        {"budget.unit": "hours"},
        {"budget.steps": "0"},
        {"merit.kind": "luck"},
        {"search.common": "-1"},
        {"mode": "scoreboard", "board.goals": "saddle"},
        {"mode": "scoreboard", "board.rules": "adam-adam"},
        {"mode": "scoreboard", "board.passes": "1e9"},
    ],
)
def test_bad_links_give_a_notice(query: dict[str, str]) -> None:
    small = {"board.rules": "adam", "board.goals": "booth", "runs": "batch", "problem": "booth"}
    if "mode" in query:
        small = {key: text for key, text in small.items() if key.startswith("board")}
    else:
        small = {key: text for key, text in small.items() if not key.startswith("board")}
    at = open_page(**{**small, **query})
    assert len(at.warning) == 1


def test_scoreboard_shows_what_its_csv_holds() -> None:
    link = {"board.rules": "momentum-sam-adam", "board.goals": "booth-engel", "board.passes": "60"}
    at = open_page(mode="scoreboard", **link)
    default, tuned = tables(at)
    assert len(at.get("plotly_chart")) == 2
    found: dict[str, Any] = {}
    exec(at.code[0].value.replace("print(", "found = ("), found)
    rows = list(csv.DictReader(io.StringIO(found["found"])))
    for table, way in ((default, "default"), (tuned, "tuned")):
        for shown, rule in zip(table[1:], ("momentum", "sam", "adam"), strict=True):
            for cell, goal in zip(shown[1:], ("booth", "engel"), strict=True):
                (row,) = [
                    row
                    for row in rows
                    if (row["settings"], row["optimizer"], row["objective"]) == (way, rule, goal)
                ]
                spent = float(row["spent_at_target"])
                assert cell == ("–" if spent == np.inf else f"{spent:.3g}")
    assert any(cell != "–" for row in tuned[1:] for cell in row[1:])


def test_the_scoreboard_offers_what_exists() -> None:
    assert set(RULES) <= set(lo.OPTIMIZERS) and len(RULES) <= MOST
    assert set(GOALS) <= {*lo.DATASETS, *lo.OBJECTIVES} and len(GOALS) <= MOST
    at = open_page(mode="scoreboard", **{"board.rules": "adam", "board.goals": "booth"})
    at.multiselect[0].set_value([]).run()
    assert not at.exception and len(at.info) == 1


def resting(at: AppTest) -> set[str]:
    """Labels of the controls that have no effect now."""
    controls = (*at.slider, *at.select_slider, *at.toggle, *at.selectbox)
    first = tuner_of(at)["runs"][0]["settings"]
    tuned = {setting["label"] for setting in first if setting.get("rests")}
    return tuned | {control.label for control in controls if control.disabled}


def test_controls_rest_while_the_race_does_not_use_them() -> None:
    words = catalog("en")
    runs = {"problem": "booth", "runs": "momentum-adam"}
    always = {"rate inside the velocity"}  # rates stay here
    at = open_page(**runs)
    assert resting(at) - always == {"learning rate for all", "also tune momentum, β₂ or decay"}
    assert [each.value for each in at.caption].count(words["compare.race.only_tuning"]) == 1
    at = open_page(**runs, tuned="1")
    assert resting(at) == always | {"learning rate η"}
    at = open_page(**runs, tuned="1", **{"search.second": "1"})
    assert resting(at) == always | {"learning rate η", "momentum μ"}
    notes = [setting.get("note") for setting in tuner_of(at)["runs"][0]["settings"]]
    assert notes.count(words["compare.race.not_tuned"]) == 1


def test_who_wins_is_told_by_heights_above_the_minimum() -> None:
    """What is compared is said, and no two ranks read alike."""
    at = open_page(problem="line")
    told = next(each.value for each in at.markdown if "wins clearly" in each.value)
    assert "above the minimum; the next is" in told
    (table,) = tables(at)
    shown = {(row[2], row[3]) for row in table[1:]}
    assert len({text for text, _ in shown}) == len({rank for _, rank in shown})
