"""Keys hold all that a value holds, and what is kept by them is never given for something else."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.keys import key_of
from lossopt.links.race import Race
from pages.ui.frame.result_cache import kept
from pages.ui.runs.cache import curvature, objective, outcome


def risk(data: lo.Dataset | lo.DatasetSpec, **fields) -> lo.EmpiricalRisk:
    return lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"](), **fields)


X = np.linspace(0.0, 1.0, 2000)[:, None]
DATA, MOVED = lo.Dataset(X, X[:, 0]), lo.Dataset(X, X[:, 0] + 1e-15 * (X[:, 0] > 0.5))
BOWL = lo.OBJECTIVES["quadratic"](condition_number=4.0)
DIFFERENT = [
    lo.Entry(lo.OPTIMIZERS["adam"]()),
    lo.Entry(lo.OPTIMIZERS["adamax"]()),
    lo.Entry(lo.OPTIMIZERS["adam"](), 16),
    lo.Entry(lo.OPTIMIZERS["adam"](), average=True),
    BOWL,
    dataclasses.replace(BOWL, rotation=1e-9),
    lo.formula("x^2 + y^2"),
    lo.formula("x^2 + 2*y^2"),
    lo.formula("x^2 + y^2", bounds=((0, 1), (0, 1))),
    risk(lo.DATASETS["line"]()),
    risk(lo.DATASETS["line"](seed=1)),
    risk(lo.DATASETS["line"](), test=DATA),
    risk(DATA),
    risk(MOVED),
    lo.WeightedRisk(risk(DATA), sample_weights=np.ones(2000)),
    lo.WeightedRisk(risk(DATA), sample_weights=np.arange(2000.0)),
    lo.axis_plane(BOWL),
    (1, "1"),
    ((1,), "1"),
    [1.0, "1"],
    ("1', '1",),
    {"a": 0.0},
    {"a": -0.0},
    X,
    X.ravel(),
    X.astype(np.float32),
    None,
]


def test_keys_of_different_values_differ() -> None:
    keys = [key_of(value) for value in DIFFERENT]
    assert len(set(keys)) == len(keys)


def test_keys_of_equal_values_are_equal() -> None:
    assert key_of(risk(DATA)) == key_of(risk(lo.Dataset(X.copy(), X[:, 0].copy())))
    assert key_of(lo.OPTIMIZERS["adam"](np.float64(0.1))) == key_of(lo.OPTIMIZERS["adam"](0.1))


def test_what_cannot_be_seen_into_has_no_key() -> None:
    for value in (object(), len, lo.Entry, {1, 2}, np.array([object()]), (1, object())):
        with pytest.raises(TypeError, match="no key"):
            key_of(value)


def test_results_are_kept_by_all_arguments_that_count() -> None:
    asked = []

    @kept(8)
    def first(value: object, _aside: object) -> list[object]:
        asked.append(value)
        return [value]

    @kept(8, shared=True)
    def second(value: object) -> list[str]:
        return [f"second {value}"]

    for value in ((1, 2), (1, 3), (1, 2)):
        assert first(value, object()) == [value]
    assert asked == [(1, 2), (1, 3)]
    assert first((1, 2), None) is not first((1, 2), None)
    assert second((1, 2)) == ["second (1, 2)"] and second((1, 2)) is second((1, 2))
    with pytest.raises(TypeError, match="by their places"):
        second(value=3)


def test_two_objectives_of_one_race_keep_their_own_results() -> None:
    steep = dataclasses.replace(BOWL, condition_number=9.0)
    race = Race((lo.Entry(lo.OPTIMIZERS["gradient_descent"](0.1)),), 20, (1.0, 1.0))
    assert curvature(BOWL) == pytest.approx(4.0) and curvature(steep) == pytest.approx(9.0)
    assert outcome(race, BOWL) != outcome(race, steep)
    assert outcome(race, BOWL) == outcome(race, BOWL)


def test_equal_objectives_are_made_ready_once() -> None:
    first = objective(risk(DATA))
    assert objective(risk(lo.Dataset(X.copy(), X[:, 0].copy()))) is first
    assert objective(risk(MOVED)) is not first
    assert objective(dataclasses.replace(BOWL)) is objective(BOWL)
