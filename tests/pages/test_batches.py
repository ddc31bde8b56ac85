"""The page of batches without a browser."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lossopt.links.contestants import BATCHES
from pages.ui.batches import DATA

APP = str(Path(__file__).parents[2] / "home.py")


def open_page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/batches.py")
    for name, text in query.items():
        at.query_params[name.replace("__", ".")] = text
    return at.run()


def sent_to(element: object) -> dict[str, Any]:
    """What a component is told; nothing where it is none."""
    return dict(json.loads(getattr(getattr(element, "proto", None), "json", "") or "{}"))


def scene_of(at: AppTest) -> dict[str, Any]:
    assert not at.exception, at.exception
    assert not at.error, at.error
    (found,) = (data["scene"] for element in at.main if "scene" in (data := sent_to(element)))
    return dict(found)


@pytest.mark.parametrize("watch", BATCHES)
@pytest.mark.parametrize("data", DATA)
def test_every_regime_is_shown_from_inside(data: str, watch: str) -> None:
    at = open_page(data=data, watch=watch, run__n_steps="20")
    scene = scene_of(at)
    assert not at.warning
    assert [run["id"] for run in scene["runs"]] == list(BATCHES)
    assert scene["fit"]["batch_size"] == {"batch": 40, "sgd": 1, "mini_batch": 8}[watch]
    rings = np.frombuffer(base64.b64decode(scene["fit"]["batches"]), dtype="<f4")
    assert rings.size == 21 * scene["fit"]["batch_size"]
    assert len(scene["arrows"]) == 2
    clouds = [dots["n"] for dots in scene.get("dots", [])]
    assert clouds == {"batch": [], "sgd": [40]}.get(watch, [80])
    assert len(scene["sentences"]) == 4


def test_size_and_seed_change_what_is_ringed() -> None:
    small = scene_of(open_page(run__batch_size="3"))["fit"]
    other = scene_of(open_page(run__batch_size="3", run__batch_seed="1"))["fit"]
    assert small["batch_size"] == other["batch_size"] == 3
    assert small["batches"] != other["batches"]


def test_a_mini_batch_is_never_larger_than_the_data() -> None:
    at = open_page(run__batch_size="50", sample__n_samples="10")
    scene = scene_of(at)
    assert scene["fit"]["batch_size"] == 10 and "dots" not in scene
    assert any("batch of 50" in each.value for each in at.caption), "nothing is cut in silence"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_text_states_the_numbers_of_the_settings(lang: str) -> None:
    at = open_page(lang=lang, sample__n_samples="30", run__batch_size="7")
    shown = " ".join(each.value for each in at.markdown)
    assert scene_of(at)["lang"] == lang
    assert "30" in shown and "7" in shown and "5" in shown
    assert not any(name in shown for name in ("{n}", "{size}", "{mini_steps}"))


def test_bad_values_give_a_notice() -> None:
    at = open_page(watch="x", line__start="1", run__batch_size="0", data="moons")
    scene_of(at)
    assert len(at.warning) == 4
