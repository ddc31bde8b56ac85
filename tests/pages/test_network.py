"""The page of the network without a browser: every choice draws, numbers are the runs' own."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lossopt.landscapes.slices import SLICES
from lossopt.links.contestants import losses_for
from pages.ui.frame.words import LANGUAGES, catalog
from pages.ui.network import DATA, DATASETS, OPENING
from tests.pages.said import told_of_runs

APP = str(Path(__file__).parents[2] / "home.py")
SMALL = {"run.n_steps": "20", "runs": "batch-adam", "mlp.width": "3", "spiral.n_samples": "40"}


def unopened(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/network.py")
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def opened(**query: str) -> AppTest:
    at = unopened(**query)
    assert not at.error and not at.warning, (at.error, at.warning)
    return at


def sent(at: AppTest, field: str) -> list[dict[str, Any]]:
    assert not at.exception, at.exception
    found = (getattr(element, "proto", None) for element in at.main)
    data = [json.loads(proto.json) for proto in found if type(proto).__name__ == "BidiComponent"]
    return [each[field] for each in data if field in each]


def floats(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_opening_shows_three_optimizers_and_two_edges(language: str) -> None:
    at = opened(lang=language)
    (scene,) = sent(at, "scene")
    edge = scene["edge"]
    assert "-".join(run["id"] for run in scene["runs"]) == OPENING.settings["runs"]
    assert scene["fit"]["kind"] == "regions"
    assert [run["limit"] for run in edge["runs"]] == [2.0, 3.8]
    count = scene["frames"]["count"]
    for run, line in zip(scene["runs"], scene["sentences"][1:], strict=True):
        assert line["text"].startswith(run["label"])
        assert np.array_equal(floats(line["values"]).reshape(count, 3)[:, 0], floats(run["loss"]))


@pytest.mark.parametrize("data", DATA)
def test_every_dataset_and_loss_draws(data: str) -> None:
    for loss in losses_for(DATASETS[data].task):
        query = {**SMALL, "problem": data, "loss": loss}
        query.pop("spiral.n_samples")
        (scene,) = sent(opened(**query), "scene")
        assert len(scene["runs"]) == 2


@pytest.mark.parametrize("kind", SLICES)
def test_every_slice_says_what_it_shows(kind: str) -> None:
    at = opened(**SMALL, slice=kind, second="1")
    first, second = sent(at, "scene")
    assert "slice" in first["plane"]["note"] and "%" in first["plane"]["note"]
    assert first["plane"]["labels"] != second["plane"]["labels"]
    assert first["runs"][0]["loss"] == second["runs"][0]["loss"]
    assert first["surface"]["id"] != second["surface"]["id"]


@pytest.mark.parametrize("layers, width", [("1", "1"), ("3", "16")])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_every_network_learns(layers: str, width: str, activation: str) -> None:
    query = SMALL | {
        "mlp.hidden_layers": layers,
        "mlp.width": width,
        "mlp.activation": activation,
        "batch.learning_rate": "0.1",
    }
    (scene,) = sent(opened(**query), "scene")
    losses = floats(scene["runs"][0]["loss"])
    assert losses[-1] < losses[0]


def test_only_rules_with_a_limit_have_an_edge() -> None:
    at = opened(**{**SMALL, "runs": "adam"})
    (scene,) = sent(at, "scene")
    assert "edge" not in scene
    assert at.info[0].value == catalog("en")["network.edge.none"]


def test_divergence_draws_and_is_told() -> None:
    wild = {"batch.learning_rate": "1e20", "batch.weight_decay": "1", "slice": "line"}
    at = unopened(**SMALL, **wild)
    (scene,) = sent(at, "scene")
    assert scene["runs"][0]["diverged_at"] is not None
    assert any("diverged" in text for text in told_of_runs(scene))


def test_a_bad_link_gives_the_default_and_a_notice() -> None:
    at = unopened(problem="iris", slice="<b>", second="2", **{"mlp.width": "0"})
    assert sent(at, "scene")
    assert len(at.warning) == 4
