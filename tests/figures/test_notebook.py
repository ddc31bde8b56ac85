"""Runs in a notebook: player, figure, example."""

import json
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.packing import unpack
from lossopt.figures.player import IN_STREAMLIT, plotly_files, stage_texts

EXAMPLE = Path(__file__).parents[2] / "examples" / "descents.ipynb"
RULES = [lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["adam"](learning_rate=0.1)]


def runs_on(name: str, n_steps: int = 20) -> list[lo.Trajectory]:
    return lo.descend(RULES, lo.OBJECTIVES[name](), n_steps=n_steps)


def test_the_example_notebook_runs() -> None:
    cells = json.loads(EXAMPLE.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in code:
        exec(cell, names)
    assert isinstance(names["player"], lo.Player)
    assert eval(code[-1], names).data


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_notebook_gets_the_page_in_a_frame(language: str) -> None:
    player = lo.stage(runs_on("booth"), language=language, height=500)
    shown = player._repr_html_()
    assert shown.startswith("<iframe ") and 'height="500"' in shown
    scene = json.loads(player.page.split('id="scene">')[1].split("</script>")[0])
    assert scene["texts"] == stage_texts(language)
    assert len(player.page) < 2_500_000


def test_a_network_is_shown_with_its_neurons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lossopt.figures.fits.WEIGHTS", 4000)
    model, loss = lo.MODELS["mlp"](hidden_layers=2, width=5), lo.LOSSES["binary_cross_entropy"]()
    risk = lo.EmpiricalRisk(lo.DATASETS["moons"](n_samples=20), model, loss)
    rules = [lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["lbfgs"](learning_rate=0.1)]
    page = lo.stage(lo.descend(rules, risk, n_steps=20), plotly="beside").page
    scene = json.loads(page.split('id="scene">')[1].split("</script>")[0])
    network, keys = scene["fit"]["network"], scene["fit"]["key_frames"]
    assert scene["layout"] == "network"
    assert network == {"activation": "tanh", "sizes": [[2, 5], [5, 5], [5, 1]]}
    weights = unpack(scene["runs"][1]["weights"])
    assert 2 < len(keys) < 21 and weights.size == len(keys) * risk.n_params


def test_a_page_beside_plotly_is_small_and_names_its_files() -> None:
    page = lo.stage(runs_on("booth"), plotly="beside").page
    assert len(page) < 700_000
    assert all(name in page for name in plotly_files())


FOLDERS = ("stage", "programs", "tuner", "network")


def test_no_two_modules_of_the_player_share_a_name() -> None:
    """A page holds them side by side."""
    static = Path(__file__).parents[2] / "static"
    paths = [path for path in static.glob("*/*.js") if path.stem not in IN_STREAMLIT]
    names = [path.name for path in paths if path.parent.name in FOLDERS]
    assert len(set(names)) == len(names)


def test_labels_cannot_end_the_script() -> None:
    page = lo.stage(runs_on("booth"), labels=["</script><b>", "two"]).page
    assert "</script><b>" not in page and "&lt;/script&gt;&lt;b&gt;" in page


def test_words_in_a_scene_are_not_taken_for_places_in_the_page() -> None:
    page = lo.stage(runs_on("booth"), labels=["SCENE TITLE STYLES", "BUNDLES"]).page
    assert '"label": "SCENE TITLE STYLES"' in page
    assert "<title>SCENE TITLE STYLES, BUNDLES</title>" in page


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau"])
def test_the_figure_holds_the_runs(name: str) -> None:
    runs = runs_on(name)
    shown = lo.figure(runs, labels=["slow", "fast"])
    contour, *lines = shown.data
    assert contour.z.shape == (100, 100)
    for k, run in enumerate(runs):
        np.testing.assert_array_equal(np.stack([lines[2 * k].x, lines[2 * k].y], 1), run.iterates)
        np.testing.assert_array_equal(lines[2 * k + 1].y, run.losses)
    assert [line.name for line in lines] == ["slow", "slow", "fast", "fast"]


def test_runs_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="one objective"):
        lo.stage([*runs_on("booth"), *runs_on("beale")])
    with pytest.raises(ValueError, match="equal steps"):
        booth = lo.OBJECTIVES["booth"]()
        lo.stage([lo.descend(RULES[0], booth, n_steps=n) for n in (3, 4)])


def test_a_run_without_any_value_has_a_figure() -> None:
    adam, hole = lo.OPTIMIZERS["adam"](), lo.formula("log(x) + y^2")
    picture = lo.figure(lo.descend(adam, hole, start=[-1.0, 1.0], n_steps=3))
    assert picture.layout.yaxis2.type == "linear"


def test_a_page_names_optimizers_in_its_language() -> None:
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](), lo.OBJECTIVES["booth"](), n_steps=5)
    assert "<title>경사 하강법</title>" in lo.stage(run, language="ko").page
    assert "<title>Gradient descent</title>" in lo.stage(run).page
    assert "<title>SGD</title>" in lo.stage(run, language="ko", labels=["SGD"]).page
