"""Losses of libraries are held to what the libraries answered."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.libraries import LibraryLoss, LossConvention
from tests.libraries.losses import (
    ANSWERS,
    KEPT,
    errors,
    left_out,
    split,
    theirs,
    tolerance,
    worst,
)

ROOT = Path(__file__).parents[2]
IDS = [" ".join(pair) for pair in ANSWERS]


def convention_of(library, name):
    return lo.LIBRARIES[library].losses[split(name)[0]]


@pytest.mark.parametrize(("library", "name"), ANSWERS, ids=IDS)
def test_a_loss_is_what_the_library_answered(library, name):
    convention = convention_of(library, name)
    if convention.loss is None:
        assert lo.LIBRARIES[library].loss(split(name)[0]) is None
        return
    assert worst(library, name) <= tolerance(library, name)
    for gaps, out in zip(errors(library, name), left_out(library, name), strict=True):
        if gaps is not None and out.any() and not split(name)[1].keys() - {"tau"}:
            assert gaps[out].max() > 1e-3 or convention.apart != ("values",)


@pytest.mark.parametrize("library", KEPT)
def test_what_is_said_to_be_apart_is(library):
    for name in KEPT[library]["answers"]:
        convention, (values, slopes) = convention_of(library, name), left_out(library, name)
        if convention.loss is None or not (values.any() or slopes.any()):
            continue
        pairs = zip(errors(library, name), (values, slopes), strict=True)
        assert max(g[out].max(initial=0.0) for g, out in pairs if g is not None) > 1e-3, name


@pytest.mark.parametrize("library", KEPT)
def test_a_library_and_its_losses_say_the_same(library):
    kind, kept = lo.LIBRARIES[library], KEPT[library]
    assert (kept["library"], kept["version"]) == (library, kind.version)
    assert {split(name)[0] for name in kept["answers"]} == kind.losses.keys()
    for name, answer in kept["answers"].items():
        assert ("weighed" in answer) <= (convention_of(library, name).mean != "none"), name


def test_every_library_with_losses_was_asked():
    assert {name for name, kind in lo.LIBRARIES.items() if kind.losses} == KEPT.keys()


WEIGHED = [pair for pair in ANSWERS if "weighed" in KEPT[pair[0]]["answers"][pair[1]]]


@pytest.mark.parametrize(("library", "name"), WEIGHED, ids=[" ".join(pair) for pair in WEIGHED])
def test_weighed_losses_are_divided_as_it_is_said(library, name):
    answer, convention = KEPT[library]["answers"][name], convention_of(library, name)
    weights = np.array([[1, 1], [2, 2], [1, 0], [0, 1], [3, 1]], dtype=float)
    total = weights @ np.array(answer["alone"])
    divisor = {"n": 2.0, "sum": weights.sum(axis=1)}[convention.mean]
    np.testing.assert_allclose(answer["weighed"], total / divisor, rtol=1e-6)


def test_slopes_at_kinks_are_those_that_were_measured():
    here, at = np.array([0.0]), np.array([0.0])
    slopes = {name: lo.LIBRARIES[name].loss("mae").gradient(here, at)[0] for name in KEPT_MAE}
    assert slopes == KEPT_MAE
    edge, label = np.array([1.0]), np.array([1.0])
    hinges = {name: lo.LIBRARIES[name].loss("hinge").gradient(edge, label)[0] for name in HINGES}
    assert hinges == HINGES


KEPT_MAE = {
    "pytorch": 0.0,
    "keras": -1.0,
    "mlx": 0.0,
    "paddle": 0.0,
    "river": -1.0,
    "sklearn": -1.0,
}
HINGES = {"pytorch": -1.0, "keras": -0.5, "optax": -0.5, "mlx": 0.0, "river": -1.0}


def test_the_largest_losses_that_can_be_reported():
    wrong, right = np.array([-FAR]), np.array([1.0])
    highest = {}
    for name, kind in lo.LIBRARIES.items():
        if "log_loss" in kind.losses:
            highest[name] = round(float(kind.loss("log_loss").value(wrong, right)[0]), 1)
            assert highest[name] == FAR or highest[name] == round(
                kind.losses["log_loss"].largest, 1
            )
    assert highest == {
        "pytorch": 100.0,
        "keras": 16.1,
        "mlx": 100.0,
        "paddle": 100.0,
        "sklearn": 36.0,
        "tinygrad": FAR,
    }


FAR = 800.0


def test_at_a_logit_of_zero_paddle_gives_another_slope():
    """The slope is one too low, so class 0 is pushed the wrong way by a model that starts at 0."""
    _, slopes = theirs("paddle", "binary_cross_entropy")
    assert slopes[14:16].ravel().tolist() == [-0.5, -1.5]
    ours = lo.LOSSES["binary_cross_entropy"]()
    assert ours.gradient(np.zeros(2), np.array([0.0, 1.0])).tolist() == [0.5, -0.5]


def test_a_half_is_a_halved_learning_rate():
    data, model = lo.DATASETS["line"](), lo.MODELS["linear"]()
    half = lo.LIBRARIES["optax"].loss("mse l2_loss")
    descent = lo.OPTIMIZERS["gradient_descent"]
    one = lo.descend(descent(0.02), lo.EmpiricalRisk(data, model, half), n_steps=20)
    other = lo.descend(descent(0.01), lo.EmpiricalRisk(data, model, lo.LOSSES["mse"]()), n_steps=20)
    np.testing.assert_allclose(one.iterates, other.iterates, rtol=1e-12)


@pytest.mark.parametrize("form", [{"factor": 2.0}, {"reach": 2.5}, {"tie": "half"}])
def test_slopes_belong_to_values(form):
    rng = np.random.default_rng(0)
    z, y = rng.normal(0.0, 3.0, 50), rng.integers(0, 2, 50).astype(float)
    loss = LossConvention("", **form).made(lo.LOSSES["binary_cross_entropy"]())
    slopes = (loss.value(z + 1e-6, y) - loss.value(z - 1e-6, y)) / 2e-6
    bends = (loss.gradient(z + 1e-6, y) - loss.gradient(z - 1e-6, y)) / 2e-6
    np.testing.assert_allclose(loss.gradient(z, y), slopes, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(loss.curvature(z, y), bends, rtol=1e-5, atol=1e-8)


def test_names_that_there_are_not_are_refused():
    with pytest.raises(KeyError, match="Did you mean huber"):
        lo.LIBRARIES["keras"].loss("hubert")
    with pytest.raises(KeyError, match="among the losses of Thinc"):
        lo.LIBRARIES["thinc"].loss("mse")
    with pytest.raises(ValueError, match="delta must lie"):
        lo.LIBRARIES["keras"].loss("huber", delta=-1.0)
    with pytest.raises(ValueError, match="base must be a Loss"):
        LibraryLoss(base="mse")
    assert LossConvention("x", ceiling=math.inf).made(lo.LOSSES["mse"]()) == lo.LOSSES["mse"]()


NOTES = {
    language: tomllib.loads((ROOT / "assets" / language / "libraries.toml").read_text("utf-8"))
    for language in ("en", "ko")
}


@pytest.mark.parametrize("language", NOTES)
def test_what_is_otherwise_is_said_in_words(language):
    told = NOTES[language]["loss_note"]
    for library, kind in lo.LIBRARIES.items():
        noted = told.get(library, {}).keys()
        assert noted <= kind.losses.keys()
        peculiar = {name for name, each in kind.losses.items() if each.apart or each.loss is None}
        peculiar |= {name for name, each in kind.losses.items() if each.reach < math.inf}
        assert peculiar <= noted, library
