"""Settings in a fold that is closed are not drawn, and count all the same."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.controls.folded import KEY
from tests.pages.test_lab import messages_of, open_lab, scene_of
from tests.pages.test_link import link_of, opened

LINKS = {
    "plain": {"problem": "line"},
    "data": {"problem": "line", "line.n_samples": "40", "line.noise": "0.5", "line.seed": "7"},
    "degree": {"problem": "wave", "linear.degree": "5", "plane": "0-1"},
    "weights": {"problem": "overlapping", "class_weights": "own", "class_weights.numbers": "2_1"},
    "start": {"problem": "himmelblau", "himmelblau.start": "1_-2"},
    "formula": {"problem": "formula", "formula.text": "x^2+y^4", "formula.region": "-1_1_-1_1"},
    "seed": {"problem": "line", "runs": "sgd", "run.batch_seed": "5"},
    "function": {"problem": "quadratic", "quadratic.condition": "9"},
    "wrong": {"problem": "line", "line.n_samples": "x", "line.start": "1_2_3"},
}


def shut(at: AppTest) -> AppTest:
    at.session_state[KEY] = False
    return at.run()


@pytest.mark.parametrize("link", LINKS)
def test_a_closed_fold_changes_nothing(link: str) -> None:
    at = open_lab(**LINKS[link])
    drawn, address, controls = scene_of(at), link_of(at), len(at.main.children)
    for _ in range(2):
        shut(at)
        assert (scene_of(at), link_of(at)) == (drawn, address)
    assert not at.exception and controls
    at.session_state[KEY] = True
    at.run()
    assert (scene_of(at), link_of(at)) == (drawn, address)


@pytest.mark.parametrize("slug", ["losses", "network", "compare"])
def test_other_pages_do_so_too(slug: str) -> None:
    at = opened(slug)
    drawn, address = messages_of(at, "scene"), link_of(at)
    shut(at)
    assert (messages_of(at, "scene"), link_of(at)) == (drawn, address)


def test_what_is_used_right_before_the_fold_closes_counts() -> None:
    at = open_lab(problem="line", runs="sgd")
    at.slider(key="lab:run.batch_seed:1").set_value(3)
    at.text_input(key="lab:line.start:1").set_value("0.5, 0.25")
    shut(at)
    assert link_of(at)["run.batch_seed"] == "3" and link_of(at)["line.start"] == "0.5_0.25"
    assert not [each for each in at.slider if "batch_seed" in str(each.key)]
    at.session_state[KEY] = True
    at.run()
    assert at.slider(key="lab:run.batch_seed:1").value == 3
    assert at.text_input(key="lab:line.start:1").value == "0.5, 0.25"
