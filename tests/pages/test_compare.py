"""The page that compares, without a browser: every mode draws, bad links are survived."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.compare import MODES

APP = str(Path(__file__).parents[2] / "app.py")


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


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("mode", MODES)
def test_every_mode_opens(mode: str, language: str) -> None:
    at = open_page(mode=mode, lang=language)
    assert components(at)
    assert not at.warning


def test_an_unknown_mode_gives_a_notice_and_the_first_mode() -> None:
    at = open_page(mode="nonsense")
    assert components(at)
    assert len(at.warning) == 1


def test_seeds_show_a_band_around_one_run() -> None:
    scene = scene_of(open_page(mode="seeds", **{"seeds.n_seeds": "20", "run.n_steps": "30"}))
    assert len(scene["runs"]) == 1
    assert len(scene["bands"]) == 1
