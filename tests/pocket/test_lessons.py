"""The lessons of the pocket edition ask, run and answer as those of the app do."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlparse

import numpy as np
import pytest

from lossopt.figures.messages import as_json
from lossopt.figures.packing import unpack
from lossopt.lessons import LESSONS, judge
from lossopt.params import params_of
from pages.ui.frame.words import LANGUAGES, Words
from pages.ui.lessons.page import contestants_of, verdict_text
from pages.ui.lessons.parts import LessonText, race_of
from pages.ui.pocket.lessons import answer_message, gallery_in, lesson_message, worksheets
from pages.ui.runs.cache import picture
from tests.pocket.reading import ROOT
from tests.programs.node import Node, node_program

NUMBERS = [name for name, lesson in LESSONS.items() if not lesson.choices]


def in_the_browser() -> list[str]:
    """Lessons whose runs all are made by the browser; not asked for while tests are collected."""
    return [name for name in LESSONS if answer_message("en", name).scene.live]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    process = Node()
    yield process
    process.stop()


def made(node: Node, name: str) -> list[Any]:
    """Iterates of all runs of the stage after the answer, as the browser makes them."""
    scene = answer_message("en", name).scene
    told = json.loads(json.dumps(as_json(scene.live)))
    told.pop("region", None)  # of the surface nothing is asked
    told.pop("principal", None)
    runs = node.race(told, range(scene.last_step + 1))
    return [run["params"].reshape(scene.last_step + 1, -1) for run in runs]


def test_the_browser_makes_the_runs_of_the_lessons(node: Node) -> None:
    names = in_the_browser()
    assert len(names) > len(LESSONS) / 2
    for name in names:
        expected = LESSONS[name]().setup().descents()
        for run, found in zip(expected, made(node, name), strict=False):
            # NumPy's exponential may differ in the last place.
            np.testing.assert_allclose(found, run.iterates, rtol=1e-9, atol=1e-12)


def test_an_answer_that_is_read_off_a_run_is_that_of_the_runs_of_the_browser(node: Node) -> None:
    def answer(name: str) -> float:
        return float(answer_message("en", name).answer)

    descent = made(node, "ravine")[0]
    distance = np.linalg.norm(descent, axis=1)
    assert np.argmax(distance <= 0.01 * distance[0]) == answer("ravine")
    assert np.argmax(np.abs(made(node, "saddle_escape")[0][:, 1]) >= 1.0) == answer("saddle_escape")
    corrected, plain = (run[1] - run[0] for run in made(node, "bias_correction"))
    assert np.linalg.norm(plain) / np.linalg.norm(corrected) == pytest.approx(
        answer("bias_correction"), rel=1e-6
    )


def test_verdicts_are_those_of_the_app() -> None:
    words = Words("en")
    asked, expected = [], []
    for name in NUMBERS:
        lesson = LESSONS[name]()
        text = LessonText(words, lesson)
        answer = float(text.found.answer)
        for share in (0.0, 0.01, 0.7, 0.75, 0.97, 1.0, 1.03, 1.3, 1.45, 40.0):
            guess = share * answer
            asked.append([guess, answer, lesson.tolerance, words.section("lessons")])
            is_met = judge(lesson, guess, answer).kind == "close"
            expected.append({"said": verdict_text(text, guess), "isMet": is_met})
    told = json.dumps({"anatomies": [], "texts": [], "guesses": asked})
    script = Path(__file__).with_name("parts.mjs")
    command = [node_program(), str(script), (ROOT / "static").as_uri()]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["verdicts"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_question_holds_all_but_the_answer(name: str, language: str) -> None:
    lesson, asked = LESSONS[name](), lesson_message(language, name)
    answer = answer_message(language, name)
    assert answer.answer not in ("", None) and answer.slowly == lesson.decides()
    assert [choice.id for choice in asked.choices] == list(lesson.choices)
    assert answer.verdicts.keys() == set(lesson.choices) and bool(asked.unit) != bool(
        lesson.choices
    )
    assert asked.ghosts.keys() == {spot.id for spot in asked.spots} == lesson.spots().keys()
    assert {*asked.free} == {f"try.{name}.{field.name}" for field in params_of(lesson)}
    assert len(asked.scene.runs) == len(lesson.opening().entries)
    own = answer.guess is not None
    assert len(answer.scene.runs) == len(lesson.setup().entries) + own
    for each in answer.advice:
        assert each.href is None or dict(parse_qsl(urlparse(each.href).query))["lang"] == language
    blank, solved = dict(worksheets(language, name)).items()
    assert asked.sheets == (blank[0], solved[0]) and len(solved[1]) > len(blank[1])


def test_a_surface_that_the_browser_makes_is_that_of_the_app() -> None:
    words = Words("en")
    for name in in_the_browser():
        setup = LESSONS[name]().setup()
        text = LessonText(words, LESSONS[name]())
        shown = picture(race_of(setup), setup.objective, contestants_of(text, setup)).scene
        scene = answer_message("en", name).scene
        assert scene.live and shown.surface
        if scene.surface is None:
            region = scene.live.region
            assert region
            for ends, places in ((region.x, shown.surface.x), (region.y, shown.surface.y)):
                found = unpack(places)
                assert ends == pytest.approx((found[0], found[-1]), rel=1e-6)
                assert len(found) == region.side


def test_a_prediction_becomes_the_run_that_the_app_makes_of_it() -> None:
    for name in NUMBERS:
        lesson, told = LESSONS[name](), answer_message("en", name)
        own = lesson.tried(0.5)
        assert (own is None) == (told.guess is None)
        if own and told.guess:
            assert getattr(own.optimizer, told.guess.setting) == 0.5
            assert lesson.setup().detail(own) == told.guess.detail.replace("{guess}", "0.5")
            assert told.guess.below is None or lesson.tried(told.guess.below) is None


def test_the_gallery_has_all_lessons() -> None:
    for language in LANGUAGES:
        assert [card.id for card in gallery_in(language).cards] == list(LESSONS)
