"""Ready questions of a class: for every lesson, the Lab and the maps, with answers that are run."""

import json
import math
import subprocess

import pytest

from classroom.questions import KINDS, question_of, truth_of
from lossopt.comparisons.ties import lowest_ones
from lossopt.figures.messages import as_json
from lossopt.figures.packing import unpack
from lossopt.lessons import LESSONS
from pages.ui.classroom.played import CLASS, ground, opening, played
from pages.ui.classroom.questions import questions
from pages.ui.classroom.seen import NothingToShowError, query_of, seen
from pages.ui.frame.files import STATIC
from pages.ui.frame.words import LANGUAGES, Words
from tests.programs.node import node_program

LAB = "problem=himmelblau&runs=batch-momentum&batch.learning_rate=0.01"
MAP = "compare?mode=map&optimizer=momentum&momentum.learning_rate=0.01"
BASINS = "compare?mode=basins&batch.learning_rate=0.01&momentum.learning_rate=0.01"


def asked(link: str, language: str = "en") -> list[dict]:
    query = query_of(link)
    return questions(seen(Words(language), query), query)


def run(question: dict, answers: tuple = ()) -> dict:
    query = query_of(question["link"])
    return played(seen(Words("en"), query), query, answers)


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lesson_brings_questions_that_a_class_keeps_as_they_are(lesson, language):
    found = asked(f"lessons?lesson={lesson}", language)
    assert [each["kind"] for each in found][1:] == ["race"]
    for each in found:
        assert question_of(each) == each
        assert not {"`", "*"} & set(each["text"])


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_truth_of_a_lesson_is_what_its_runs_say(lesson):
    question, _ = asked(f"lesson={lesson}")
    found, kind = run(question), LESSONS[lesson]()
    answer = kind.answer()
    truth = kind.choices.index(answer) if isinstance(answer, str) else answer
    assert found["truth"] == truth
    assert KINDS[question["kind"]].answered(question, found["truth"]) == truth
    before = opening(seen(Words("en"), query_of(question["link"])))
    assert before and len(before.runs) <= len(found["scene"].runs)


@pytest.mark.parametrize("link", [LAB, MAP, BASINS])
def test_every_kind_of_question_can_be_run(link):
    found = asked(link)
    kinds = {each["kind"] for each in found}
    assert {"number", "point", "race"} <= kinds
    for each in found:
        assert question_of(each) == each
        truth = run(each)["truth"]
        assert each["kind"] == "race" or truth_of(truth) is truth is not None
        shown = ground(seen(Words("ko"), query_of(each["link"])), query_of(each["link"]))
        assert (shown["start"] is None) == ("ask=start" in each["link"])
        json.dumps(shown, allow_nan=False)


def test_the_limit_lies_where_theory_has_it():
    bowl = "problem=quadratic&runs=batch&batch.learning_rate=0.01&run.n_steps=400"
    (limit,) = [each for each in asked(bowl) if "ask=limit" in each["link"]]
    found = run(limit)
    assert found["truth"] == pytest.approx(0.2, rel=0.02)
    below, above = (each.learning_rate for each in found["scene"].runs)
    assert below == found["truth"] < above < 1.01 * below


def test_a_start_that_leads_there_is_in_the_region():
    (first, *_) = [each for each in asked(LAB) if "ask=start" in each["link"]]
    truth = run(first)["truth"]
    (x0, x1), (y0, y1) = truth["region"]["box"]
    i = math.floor(truth["region"]["nx"] * (truth["point"][0] - x0) / (x1 - x0))
    j = math.floor(truth["region"]["ny"] * (truth["point"][1] - y0) / (y1 - y0))
    cells = truth["region"]["cells"]
    assert cells[j * truth["region"]["nx"] + i] == "1" and "0" in cells


def test_equal_losses_tie():
    assert lowest_ones([1e-20, 3e-13, 1.0], 10.0, 0.0) == [0, 1]
    assert lowest_ones([1e-20, 3e-13, 1.0], 10.0, None) == [0]
    assert lowest_ones([math.nan, math.inf], 10.0, 0.0) == []
    twins = "problem=himmelblau&runs=batch-batch~2&batch.learning_rate=0.01"
    (lowest,) = [
        each for each in asked(f"{twins}&batch~2.learning_rate=0.01") if each["kind"] == "choice"
    ]
    assert run(lowest)["truth"] == [0, 1]


def test_everybody_races_and_who_cannot_is_told():
    (race,) = [each for each in asked(LAB) if each["kind"] == "race"]
    rates = [0.001 * (k % 97 + 1) for k in range(CLASS - 3)]
    good = [{"rule": "adam", "settings": {"learning_rate": f"{rate:.4g}"}} for rate in rates]
    bad = [
        {"rule": "nobody", "settings": {}},
        {"rule": "adam", "settings": {"learning_rate": "<b>"}},
        {"rule": "adam", "settings": {"learning_rate": "1e999"}},
        "adam",
        None,
        {"rule": ["adam"], "settings": {"beta1": "5"}},
        {"rule": "muon", "settings": {}},
    ]
    found = run(race, (*bad[:3], *good, *bad[3:]))
    assert found["refused"] == [0, 1, 2]
    assert len(found["scene"].crowd) == CLASS - 3 and not found["scene"].runs
    assert run(race, tuple(bad))["refused"] == [*range(len(bad))]
    first, twin = found["scene"].crowd[0], found["scene"].crowd[97]
    assert first == twin and len(unpack(first.loss)) == race["n_steps"] + 1
    assert len(json.dumps(as_json(found["scene"]))) < 4e6
    gone = {"rule": "batch", "settings": {"learning_rate": "9"}}
    scene = run(race, (gone,))["scene"]
    json.dumps(as_json(scene), allow_nan=False)
    assert not math.isfinite(unpack(scene.crowd[0].loss)[-1])


@pytest.mark.parametrize(
    "link",
    [
        "lesson=nothing",
        "problem=nothing",
        "problem=own&own=x",
        "problem=moons&class_weights=balanced",
    ],
)
def test_what_no_class_can_open_is_refused(link):
    with pytest.raises(NothingToShowError):
        asked(link)


@pytest.mark.parametrize(
    "ask", ["", "nothing", "start.9", "end.7", "limit.8", "lesson", "lowest.x"]
)
def test_a_link_that_asks_for_nothing_known_is_refused(ask):
    question = {"link": f"{LAB}&ask={ask}"}
    if ask == "lowest.x":
        assert run(question)["truth"] is not None
        return
    with pytest.raises(NothingToShowError):
        run(question)


def test_links_that_are_nonsense_are_the_usual_scene():
    for link in ("", "?", "%%%", "run.n_steps=-5", "runs=1-2", f"{LAB}&himmelblau.start=nan_1"):
        assert asked(link)[-1]["kind"] == "race"


RANKED = """
import { ranked } from RANKING;
const [losses, minimum] = JSON.parse(process.argv.at(-1));
const all = losses.map(loss => [8, loss ?? NaN]);
console.log(JSON.stringify(ranked(all, 1, minimum).map(({ k, rank }) => [k, rank])));
"""


@pytest.mark.parametrize("minimum", [0.0, None])
def test_browsers_rank_by_the_same_rule(minimum):
    losses = [0.5, 1e-14, None, 3e-20, 0.50000001, 2.0, None]
    script = RANKED.replace("RANKING", json.dumps((STATIC / "classroom/ranking.js").as_uri()))
    command = [node_program(), "--input-type=module", "-e", script, "--"]
    told = subprocess.run(
        [*command, json.dumps([losses, minimum])], capture_output=True, text=True, check=True
    )
    ranks = dict(json.loads(told.stdout))
    values = [math.nan if loss is None else loss for loss in losses]
    assert [k for k in sorted(ranks) if ranks[k] == 1] == lowest_ones(values, 8.0, minimum)
    assert ranks[0] == ranks[4] == 3 and ranks[5] == 5 and ranks[2] == ranks[6] == 6
