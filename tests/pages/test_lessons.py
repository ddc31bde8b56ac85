"""Lessons and glossary without a browser: both languages, before and after the answer."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from lossopt.lessons import LESSONS
from lossopt.params import params_of
from pages.ui.frame.frame import PAGES
from pages.ui.frame.prose import as_html, as_math, entries, sections
from pages.ui.frame.words import LANGUAGES, Words, catalog
from pages.ui.lessons.parts import LessonText
from pages.ui.lessons.worksheet import worksheet
from tests.pages.tuner import settings_of

ROOT = Path(__file__).parents[2]
APP = str(ROOT / "home.py")
BOTH = sorted(LANGUAGES)
GUESSES = {
    name: lesson.choices[0] if lesson.choices else "0.7" if lesson.possible[0] < 0.7 else "7"
    for name, lesson in LESSONS.items()
}
FORMULAS = re.compile(r"`[^`]*`|\{\w+\}|\b(?:18|19|20)\d\d\b|\bL2\b")


def open_page(page: str = "lessons", **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py")
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def scene_of(at: AppTest) -> dict[str, Any]:
    assert not at.exception, at.exception
    assert not at.error, at.error
    sent = [
        json.loads(element.proto.json)
        for element in at.main
        if type(getattr(element, "proto", None)).__name__ == "BidiComponent"
    ]
    (scene,) = [data["scene"] for data in sent if "scene" in data]
    return dict(scene)


def prose_of(at: AppTest) -> str:
    return "\n".join(element.value for element in at.markdown)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_opens_before_and_after_the_answer(name: str, language: str) -> None:
    before = open_page(lesson=name, lang=language)
    scene_of(before)
    assert not before.warning
    why = catalog(language)["lessons.why"]
    assert why not in prose_of(before)
    settings = {"lesson": name, f"{name}.guess": GUESSES[name], f"{name}.revealed": "1"}
    after = open_page(**settings, lang=language)
    scene = scene_of(after)
    assert not after.warning and scene["lang"] == language
    told = re.sub(r"\$[^$]+\$", "", prose_of(after))
    assert why in told and not set("{$`_") & set(told)
    assert len(after.success) + len(after.info) == 1


def messages_of(at: AppTest, name: str) -> list[Any]:
    assert not at.exception, at.exception
    sent = [json.loads(each.proto.json) for each in at.main if hasattr(each.proto, "json")]
    return [data[name] for data in sent if name in data]


@pytest.mark.parametrize("language", BOTH)
def test_the_gallery_shows_every_lesson_without_its_answer(language: str) -> None:
    (shown,) = messages_of(open_page(lang=language), "gallery")
    assert [card["id"] for card in shown["cards"]] == list(LESSONS)
    for place, (card, lesson) in enumerate(zip(shown["cards"], LESSONS.values(), strict=True), 1):
        assert card["title"] == f"{place}. {Words(language).item('lesson', card['id'])}"
        assert str(lesson.minutes) in card["about"] and card["still"].startswith("<svg")
        assert parse_qs(card["href"][1:]) == {"lesson": [card["id"]], "lang": [language]}
        paths = card["still"].count("stroke-width:2.2")
        assert paths == len(lesson().opening().entries), "what may be seen before the answer"


def test_the_gallery_is_light() -> None:
    (shown,) = messages_of(open_page(), "gallery")
    assert len(json.dumps(shown)) < 250_000


@pytest.mark.parametrize(
    "query", [{"fix": "none"}, {"present": "1"}, {"stable_rate.guess": "0.1"}, {"scale": "linear"}]
)
def test_links_that_leave_the_lesson_out_have_the_first_one(query: dict[str, str]) -> None:
    at = open_page(**query)
    scene_of(at)
    assert at.query_params["lesson"] == "stable_rate" and not at.warning


def test_the_way_back_to_the_gallery() -> None:
    at = open_page(lesson="ravine", **{"ravine.guess": "7", "ravine.revealed": "1"})
    (back,) = [button for button in at.button if button.label == "All lessons"]
    back.click().run()
    assert messages_of(at, "gallery") and "lesson" not in at.query_params
    assert not [
        button for button in open_page(lesson="ravine", fix="none").button if "All" in button.label
    ]


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_pointed_at_holds_no_answer_before_it_is_asked_for(name: str) -> None:
    (before,) = messages_of(open_page(lesson=name), "question")
    assert before["answer"] == before["guess"] == ""
    settings = {"lesson": name, f"{name}.guess": GUESSES[name], f"{name}.revealed": "1"}
    (after,) = messages_of(open_page(**settings), "question")
    assert after["guess"] == GUESSES[name] and after["answer"]
    assert after["stage"] != before["stage"]
    assert bool(after["ruler"]) == (not LESSONS[name].choices)


def test_a_spot_that_was_pointed_at_is_a_ghost_on_the_map() -> None:
    settings = {"lesson": "adam_counterexample", "adam_counterexample.guess": "middle"}
    assert not scene_of(open_page(lesson="adam_counterexample")).get("lines")
    for more in ({}, {"adam_counterexample.revealed": "1"}):
        (line,) = scene_of(open_page(**settings, **more))["lines"]
        assert line["label"] == "Your prediction"


def test_the_first_lesson_asks_without_a_sign() -> None:
    for language in BOTH:
        at = open_page(lesson="stable_rate", lang=language)
        (question,) = messages_of(at, "question")
        told = [
            prose_of(at),
            question["ruler"]["unit"],
            *(run["detail"] for run in scene_of(at)["runs"]),
        ]
        assert not re.search("[α-ωΑ-Ωθ$_]", " ".join(told))


def test_a_prediction_comes_before_the_answer() -> None:
    at = open_page(lesson="stable_rate")
    (reveal,) = [button for button in at.button if button.label == "Reveal"]
    assert not at.success and not at.info
    reveal.click().run()
    assert at.info[0].value.startswith("Predict first") and not at.success
    at.number_input[0].set_value(0.2)
    (reveal,) = [button for button in at.button if button.label == "Reveal"]
    reveal.click().run()  # the number and the click arrive together
    assert "2.5 times too high" in at.info[0].value
    labels = [run["label"] for run in scene_of(at)["runs"]]
    assert labels[-1] == "Your prediction"
    (again,) = [button for button in at.button if button.label == "Predict again"]
    again.click().run()
    assert not at.info and [button for button in at.button if button.label == "Reveal"]


def test_a_changed_setting_moves_the_stage_and_not_the_verdict() -> None:
    settings = {"stable_rate.guess": "0.08", "stable_rate.revealed": "1"}
    at = open_page(**settings, **{"try.stable_rate.condition_number": "50"})
    assert "0.08" in at.success[0].value
    assert "With these settings" in prose_of(at) and "**0.04**" in prose_of(at)


@pytest.mark.parametrize(
    "query",
    [
        {"lesson": "nonsense"},
        {"lesson": "nonsense", "fix": "none"},
        {"stable_rate.guess": "nan"},
        {"stable_rate.guess": "<b>1</b>"},
        {"stable_rate.guess": "9" * 400},
        {"lesson": "adam_rotation", "adam_rotation.guess": "7"},
        {"stable_rate.revealed": "yes"},
        {"lesson": "damping", "damping.guess": "10"},
        {"lesson": "ravine", "ravine.guess": "-3"},
        {"lesson": "saddle_escape", "saddle_escape.guess": "1e300"},
        {
            "stable_rate.guess": "1",
            "stable_rate.revealed": "1",
            "try.stable_rate.learning_rate": "x",
        },
        {"surprise": "1"},
    ],
)
def test_a_bad_link_gives_a_notice_and_the_default(query: dict[str, str]) -> None:
    at = open_page(**query)
    scene_of(at)
    assert len(at.warning) == 1 and "<b>" not in at.warning[0].value


def test_a_class_link_fixes_and_hides_controls() -> None:
    settings = {"stable_rate.guess": "0.08", "stable_rate.revealed": "1"}
    free = open_page(**settings)
    fixed = open_page(**settings, fix="try.stable_rate.condition_number")
    closed = open_page(**settings, fix="all")
    assert [len(at.select_slider) for at in (free, fixed, closed)] == [2, 1, 0]
    assert free.expander and not fixed.expander, "the class does not get the teacher's tools"
    assert closed.query_params["fix"] == "all" or closed.query_params["fix"] == ["all"]


def test_the_teacher_gets_a_link_for_the_class() -> None:
    at = open_page(lesson="damping")
    assert "lesson=damping" in at.code[0].value and "fix=none" in at.code[0].value
    at.session_state["fixed in damping"] = ["momentum"]
    at.run()
    assert "fix=try.damping.momentum" in at.code[0].value


def test_fixed_controls_are_hidden_in_the_lab_too() -> None:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params.update({"problem": "line", "runs": "batch", "fix": "batch.learning_rate"})
    at.run()
    assert not at.warning
    assert {"batch.batch_size", "run.n_steps"} <= settings_of(at).keys()
    assert "batch.learning_rate" not in settings_of(at)


@pytest.mark.parametrize("name", LESSONS)
def test_what_to_try_next_exists(name: str) -> None:
    for language in BOTH:
        assert len(entries(sections(language, f"lessons/{name}")["next"])) == len(
            LESSONS[name].try_next
        )
    for address in LESSONS[name].try_next:
        page, _, query = address.partition("?")
        settings = dict(parse_qsl(query))
        assert page in PAGES
        if page == "lessons":
            assert settings["lesson"] in LESSONS
        else:
            at = AppTest.from_file(APP, default_timeout=60)
            at = at if page == "lab" else at.switch_page(f"pages/{page}.py")
            at.query_params.update(settings)
            at.run()
            scene_of(at)
            assert not at.warning


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", LESSONS)
def test_the_words_of_a_lesson_state_computed_numbers_only(name: str, language: str) -> None:
    """A digit is either in a formula or comes from the runs; nothing measured is left out."""
    written = sections(language, f"lessons/{name}")
    own = {field.name for field in params_of(LESSONS[name])}
    known = set(LESSONS[name]().numbers()) | own
    used = set()
    for section, text in written.items():
        used |= set(re.findall(r"\{(\w+)\}", text))
        if section in ("question", "unit", "choices", "why", "next"):
            bare = FORMULAS.sub("", text)
            assert not re.search(r"\d", re.sub(r"^- \w+:", "", bare, flags=re.MULTILINE)), bare
    assert used <= known
    if LESSONS[name].choices:
        text = LessonText(Words(language), LESSONS[name]())
        assert set(text.labels) == set(text.replies) == set(LESSONS[name].choices)


def test_both_languages_state_the_same_numbers() -> None:
    for name in LESSONS:
        english, korean = (sections(language, f"lessons/{name}") for language in ("en", "ko"))
        assert set(english) == set(korean), name
        for section in english:
            found = [
                sorted(set(re.findall(r"\{(\w+)\}", text)))
                for text in (english[section], korean[section])
            ]
            assert found[0] == found[1], (name, section)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", LESSONS)
def test_worksheets_hold_the_answer_only_when_asked(name: str, language: str) -> None:
    lesson = LESSONS[name]()
    text = LessonText(Words(language), lesson)
    blank, solved = (worksheet(language, answers, lesson) for answers in (False, True))
    why = as_html(text["why"])
    assert why in solved and why not in blank
    assert "<polyline" in solved and "<polyline" not in blank
    assert text.answer(text.found.answer) in solved
    for sheet in (blank, solved):
        assert "http:" not in sheet.replace("http://www.w3.org/2000/svg", "")
        body = re.sub(r"<style>.*?</style>", "", sheet, flags=re.S)
        assert not set("$`{") & set(body)


@pytest.mark.parametrize("language", BOTH)
def test_formulas_slant_letters_only_and_have_subscripts(language: str) -> None:
    folder = Path(__file__).parents[2] / "assets" / language
    texts = {path.name: path.read_text("utf-8") for path in folder.rglob("*.*")}
    assert not [name for name, text in texts.items() if re.search("λ(max|min)", text)]
    for name in LESSONS:
        for formula in re.findall(r"`[^`]+`", texts[f"{name}.md"]):
            on_paper, on_screen = as_html(formula), as_math(formula)
            slanted = "".join(re.findall(r"<i>(.*?)</i>", on_paper))
            assert re.sub(r"[A-Za-zα-ω]", "", slanted) == "" and "_" not in on_paper
            assert on_screen.count("$") == (2 if slanted else 0) and on_screen.count(
                "{"
            ) == on_screen.count("}")
            assert not slanted or not re.search("[√−ᵀ←·]", on_screen)
    stable = as_html(LessonText(Words(language), LESSONS["stable_rate"]())["why"])
    assert "<i>λ</i><sub>max</sub>" in stable


@pytest.mark.parametrize("language", BOTH)
def test_the_glossary_explains_every_term(language: str) -> None:
    at = open_page("glossary", lang=language)
    assert not at.exception
    terms = re.findall(r"^glossary\.term\.(\w+)\.name$", "\n".join(catalog("en")), flags=re.M)
    assert len(at.subheader) == len(terms) > 30
    for term in terms:
        sentence = catalog(language)[f"glossary.term.{term}.text"]
        assert as_math(sentence) in prose_of(at) and sentence.endswith(".")


def test_controls_say_what_their_term_means() -> None:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params.update({"problem": "line", "runs": "momentum"})
    at.run()
    setting = settings_of(at)["momentum.momentum"]
    assert setting["label"] == "momentum μ"
    assert catalog("en")["glossary.term.momentum.text"] in setting["help"]


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if not lesson.choices])
def test_only_a_possible_number_can_be_typed(name: str) -> None:
    """A momentum of 10 is no prediction, and every answer that a lesson can have fits the box."""
    box = open_page(lesson=name).number_input[0]
    low, high = LESSONS[name].possible
    assert (box.min, box.max) == (low, min(high, 1e12))
    assert low <= LESSONS[name]().answer() <= high and f"{low:g}" in box.help
