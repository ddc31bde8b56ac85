"""A link played without the app shows what the app shows and lets take home."""

import dataclasses
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lossopt.__main__ import main
from lossopt.figures.messages import as_json
from lossopt.links.examples import examples
from lossopt.links.play import OTHERS, LinkError, play, query_of
from pages.ui.frame.frame import SCRIPTS
from pages.ui.lab import STAGE
from tests.pocket.test_links import made_up

APP = str(Path(__file__).parents[2] / "home.py")
POINTS = {"problem": "own", "own.source": "points", "own.points": "-1_0_0~0.5_1_1~1_-1_2~2_0_1"}
TABLE = {"problem": "own", "own.digest": "0123456789ab", "own.kind": "regression"}
WRITTEN: dict[str, dict[str, str]] = {
    "nothing": {},
    "view": {"view": "3d", "lang": "ko", "axis": "epochs"},
    "opening of another model": {"loss": "mae", "speed": "2"},
    "formula": {
        "problem": "formula",
        "formula.text": "x^2+y^2*(1+x)",
        "formula.region": "-1_2_0_3",
    },
    "refused formula": {"problem": "formula", "formula.text": "import os", "runs": "adam"},
    "points": POINTS | {"runs": "adam-sgd", "lang": "ko"},
    "points on a line": POINTS | {"own.predict": "regression", "model": "polynomial"},
    "table": TABLE,
    "weights": {"problem": "moons", "runs": "sgd", "class_weights": "own", "weights": "1_5"},
    "balanced": {"problem": "iris", "runs": "adam", "class_weights": "balanced", "plane": "0-2"},
    "schedule": {
        "problem": "booth",
        "runs": "adam-adam~2",
        "adam.schedule": "cosine",
        "adam~2.clip_norm": "0.5",
        "adam~2.average": "1",
        "follow": "1",
    },
    "aside": {"problem": "rosenbrock", "runs": "sgd-muon-adam", "muon.momentum": "0.5"},
    "hostile": {"problem": "line", "runs": "adam-<b>-sgd~9", "line.start": "nan_1", "zz": "1"},
    "steps": {"problem": "booth", "runs": "newton", "run.n_steps": "1e9", "booth.start": "1_2"},
}
MADE = {f"made {k}": made_up(random.Random(100 + k))[0] for k in range(4)}
LINKS = {**WRITTEN, **examples(), **MADE}


def told(scene: Any) -> Any:
    return as_json(dataclasses.replace(scene, play=0))


@pytest.mark.parametrize("name", LINKS)
def test_the_scene_and_the_notices_are_those_of_the_app(name: str) -> None:
    link = LINKS[name]
    at = AppTest.from_file(APP, default_timeout=60)
    for key, text in link.items():
        at.query_params[key] = text
    at.run()
    assert not at.exception
    scene, _ = at.session_state[f"staged of {STAGE}"].whole()
    played = play(link)
    assert told(played.scene) == told(scene)
    warned = [each.value for each in (*at.warning, *at.error)]
    assert [each for each in played.notices if each in warned] == warned
    assert len(played.notices) == len(warned) + (name == "table")


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - {"lab"} | {"class"}))
def test_a_link_of_another_page_is_named(name: str) -> None:
    assert name in OTHERS
    for link in (f"https://host/{name}?lang=ko", f"/sub/{name}/", f"{name}.html?x=1", name):
        with pytest.raises(LinkError, match="leads to the page"):
            query_of(link)


@pytest.mark.parametrize(
    ("link", "query"),
    [
        ("", {}),
        ("?", {}),
        ("https://host", {}),
        ("http://localhost:8501/?problem=line&view=3d", {"problem": "line", "view": "3d"}),
        ("https://host/sub/index.html?problem=line#top", {"problem": "line"}),
        ("localhost:8501/?runs=adam&runs=sgd&problem=", {"runs": "sgd", "problem": ""}),
        ("formula.text=x/y+1%2B2", {"formula.text": "x/y 1+2"}),
        ("problem=formula&formula.text=x?y", {"problem": "formula", "formula.text": "x?y"}),
    ],
)
def test_what_a_link_says(link: str, query: dict[str, str]) -> None:
    assert query_of(link) == query


@pytest.mark.parametrize("link", ["hello", "adam", "=" * 200_000, "&".join(["a=1"] * 2000)])
def test_what_is_no_link_is_refused(link: str) -> None:
    with pytest.raises(LinkError) as refused:
        query_of(link)
    assert 20 < len(str(refused.value)) < 200


def test_the_command_writes_a_page_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    link = "problem=booth&runs=adam&run.n_steps=9&lang=ko&zz=1"
    assert main(["play", link, str(file)]) == 0
    page = file.read_text("utf-8")
    assert '<html lang="ko">' in page and page.count("<script") == 6
    assert "모르는 설정" in capsys.readouterr().err
    assert main(["play", link, str(file)]) == 2 and file.read_text("utf-8") == page
    assert "이미 있어" in capsys.readouterr().err
    for place in (tmp_path / "none" / "page.html", tmp_path):
        assert main(["play", link, str(place)]) == 2
        assert str(place) in capsys.readouterr().err


def test_a_refused_link_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    assert main(["play", "https://host/lessons?lesson=ravine", str(file)]) == 2
    assert not file.exists() and "Lessons" in capsys.readouterr().err


def test_the_command_needs_no_streamlit_and_explains_itself() -> None:
    code = "import sys, lossopt.__main__ as m; m.main([]); assert 'streamlit' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "play" in done.stdout
