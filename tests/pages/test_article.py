"""The page about the article without a browser: both languages, every stage, every link."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lossopt.claims import CLAIMS, PARTS, VERDICTS, measured
from lossopt.links.race import runs_of
from lossopt.links.settings import Settings
from pages.ui.article import has_stage, settings_of, told
from pages.ui.frame.frame import PAGES
from pages.ui.frame.prose import sections
from pages.ui.frame.words import LANGUAGES, catalog
from pages.ui.stage.ready_race import ready_race

APP = str(Path(__file__).parents[2] / "home.py")
PLAYED = [*filter(has_stage, CLAIMS)]
FREE = re.compile(r"`[^`]*`|\{\w+\}")
"""Formulas, and places for numbers."""


def opened(page: str = "article", **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at = at.switch_page(f"pages/{page}.py") if page else at
    for name, text in query.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception and not at.error, (at.exception, at.error)
    return at


def scenes_of(at: AppTest) -> list[dict[str, Any]]:
    found = (getattr(element, "proto", None) for element in at.main)
    sent = [json.loads(it.json) for it in found if type(it).__name__ == "BidiComponent"]
    return [message["scene"] for message in sent if "scene" in message]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_stands_there_with_its_verdict(language: str) -> None:
    at = opened(lang=language)
    words = catalog(language)
    assert len(at.subheader) == len(CLAIMS) > 20 and not scenes_of(at)
    for heading, (name, claim) in zip(at.subheader, CLAIMS.items(), strict=True):
        assert heading.anchor == name
        assert heading.value.endswith(told(language, name)[""])
        assert f"-badge[{words[f'article.verdict.{claim.verdict}']}]" in heading.value
    shown = re.sub(r"\$[^$]+\$", "", "\n".join(each.value for each in at.markdown))
    assert not set("{}`$_") & set(shown)
    for part in PARTS:
        assert f"## {words[f'article.part.{part}']}" in shown
    captions = "\n".join(each.value for each in at.caption)
    assert measured()["machine"]["processor"] in captions


@pytest.mark.parametrize("name", CLAIMS)
def test_words_state_measured_numbers_only(name: str) -> None:
    """The same in both languages; a digit is in a formula or comes from the runs."""
    used = {}
    for language in LANGUAGES:
        texts = sections(language, f"article/{name}")
        assert set(texts) == {"", "why", "measured"}
        assert not re.search(r"\d", FREE.sub("", "\n".join(texts.values()))), (language, name)
        ends = r"다\.(?= |$|\))" if language == "ko" else r"\.(?= |$)"
        assert len(re.findall(ends, texts["why"])) == 2, "a reason in two sentences"
        used[language] = sorted(set(re.findall(r"\{(\w+)\}", texts["measured"])))
    known = {*measured()["claims"][name], *measured()["times"]}
    assert used["en"] == used["ko"] and set(used["en"]) <= known
    assert {*measured()["claims"][name]} - set(used["en"]) <= UNSAID.get(name, set())


UNSAID = {"noise": {"calm_first", "averaged_first"}, "adam": {"momentum_across"}}
"""Numbers that only bear the verdict out."""
UNSAID |= {"usual_momentum": {"fits"}}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_one_verdict_can_be_read_alone(verdict: str) -> None:
    at = opened(verdict=verdict)
    wanted = [name for name, claim in CLAIMS.items() if claim.verdict == verdict]
    assert [each.anchor for each in at.subheader] == wanted


@pytest.mark.parametrize("name", PLAYED)
def test_a_stage_shows_what_the_numbers_say(name: str) -> None:
    _, settings = settings_of(CLAIMS[name])
    ready, numbers = ready_race(Settings(settings)), measured()["claims"][name]
    for slot, run in zip(ready.slots, runs_of(ready.race, ready.goal), strict=True):
        said = numbers.get(f"end_{slot.id}", run.losses[-1])
        assert math.isclose(said, run.losses[-1], rel_tol=1e-6)


def test_some_stages_are_held_to_their_numbers() -> None:
    held = [name for name in PLAYED if any("end_" in key for key in measured()["claims"][name])]
    assert len(held) >= 4


def test_one_stage_is_open_at_a_time() -> None:
    at = opened()
    assert len(at.button) == len(PLAYED)
    for button in at.button[:2]:
        button.click().run()
        assert len(scenes_of(at)) == 1
    (close,) = [each for each in at.button if each.label == catalog("en")["article.close"]]
    close.click().run()
    assert not scenes_of(at) and "show" not in at.query_params


@pytest.mark.parametrize("name", [name for name in CLAIMS if CLAIMS[name].shown])
def test_where_a_claim_leads_to_exists(name: str) -> None:
    page, settings = settings_of(CLAIMS[name])
    assert page in PAGES
    at = opened("" if page == "lab" else page, **settings)
    assert scenes_of(at) and not at.warning
    if has_stage(name):
        (scene,) = scenes_of(opened(show=name))
        assert len(scene["runs"]) == len(scenes_of(at)[0]["runs"])


@pytest.mark.parametrize("query", [{"show": "nothing"}, {"verdict": "<b>"}, {"x": "1"}])
def test_a_bad_link_gives_a_notice(query: dict[str, str]) -> None:
    at = opened(**query)
    assert len(at.warning) == 1 and "<b>" not in at.warning[0].value
