"""Thousands of runs at once equal the runs one by one."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.sweeps import _runs, basins, seed_bands, sweep

ROSENBROCK = lo.OBJECTIVES["rosenbrock"]()
MATRICES = lo.OBJECTIVES["matrix_factorization"]()
FOR_DATA = pytest.mark.parametrize(
    "name", [name for name, kind in lo.OPTIMIZERS.items() if not kind.needs_matrices]
)
RATES = [1e-4, 1e-3, 0.05, 0.5, 3.0]


def risk(loss="binary_cross_entropy", model="logistic", data="overlapping"):
    return lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]())


def alone(rule, objective, *, target=-np.inf, **setting):
    """Outcome of one run, from its trajectory."""
    run = lo.descend(rule, objective, **setting)
    there = np.flatnonzero(run.losses <= target)
    return (
        run.losses[-1],
        np.fmin.reduce(run.losses),
        there[0] if len(there) else -1,
        -1 if run.diverged_at is None else run.diverged_at,
    )


def outcome(found, index):
    arrays = (found.final_loss, found.best_loss, found.steps_to_target, found.diverged_at)
    return tuple(array[index] for array in arrays)


@pytest.mark.parametrize("name", list(lo.OPTIMIZERS))
def test_sweep_equals_single_runs(name):
    """Bit for bit on a test function, across several compactions."""
    rule = lo.OPTIMIZERS[name]()
    goal, start = (MATRICES, None) if rule.needs_matrices else (ROSENBROCK, [-1.2, 1.0])
    setting = {"n_steps": 130, "start": start, "target": 0.3 * goal.value(goal.start)}
    found = sweep(rule, goal, learning_rate=RATES, **setting)
    for k, rate in enumerate(RATES):
        single = dataclasses.replace(rule, learning_rate=rate)
        expected = alone(single, goal, **setting)
        np.testing.assert_array_equal(outcome(found, k), expected)


@FOR_DATA
@pytest.mark.parametrize(
    "objective",
    [
        risk(),
        risk("categorical_cross_entropy", "softmax", "three_blobs"),
        risk("mse", "linear", "line"),
    ],
    ids=lambda goal: type(goal.loss).__name__,
)
def test_sweep_with_mini_batches_equals_single_runs(name, objective):
    rule = lo.OPTIMIZERS[name]()
    setting = {"n_steps": 35, "batch_size": 7, "seed": 3}  # L-BFGS turns chaotic later on
    rates = [1e-3, 0.02, 0.1]
    found = sweep(rule, objective, learning_rate=rates, **setting)
    for k, rate in enumerate(rates):
        expected = alone(dataclasses.replace(rule, learning_rate=rate), objective, **setting)
        np.testing.assert_allclose(outcome(found, k), expected, rtol=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    rates=st.lists(st.floats(1e-5, 10.0), min_size=1, max_size=6),
    momenta=st.lists(st.floats(0.0, 0.999), min_size=1, max_size=3),
    n_steps=st.integers(0, 120),
)
def test_grid_of_two_hyperparameters(rates, momenta, n_steps):
    rule = lo.OPTIMIZERS["momentum"]()
    found = sweep(rule, ROSENBROCK, learning_rate=rates, momentum=momenta, n_steps=n_steps)
    assert found.final_loss.shape == (len(rates), len(momenta))
    for i, rate in enumerate(rates):
        for j, momentum in enumerate(momenta):
            single = dataclasses.replace(rule, learning_rate=rate, momentum=momentum)
            expected = alone(single, ROSENBROCK, n_steps=n_steps)
            np.testing.assert_array_equal(outcome(found, (i, j)), expected)


def test_switches_and_words_may_be_swept():
    found = sweep(
        lo.OPTIMIZERS["adam"](),
        ROSENBROCK,
        bias_correction=[False, True],
        learning_rate=[0.01, 0.1],
        n_steps=40,
    )
    for i, corrected in enumerate([False, True]):
        for j, rate in enumerate([0.01, 0.1]):
            single = lo.OPTIMIZERS["adam"](learning_rate=rate, bias_correction=corrected)
            expected = alone(single, ROSENBROCK, n_steps=40)
            np.testing.assert_array_equal(outcome(found, (i, j)), expected)


def test_many_lots_are_the_same_as_one(monkeypatch):
    rule, rates = lo.OPTIMIZERS["adam"](), np.geomspace(1e-4, 1.0, 23)
    whole = sweep(rule, ROSENBROCK, learning_rate=rates, n_steps=70)
    monkeypatch.setattr(_runs, "NUMBERS", 6)
    parts = sweep(rule, ROSENBROCK, learning_rate=rates, n_steps=70)
    np.testing.assert_array_equal(whole.final_loss, parts.final_loss)


def test_progress_rises_to_one_and_cancelling_stops(monkeypatch):
    monkeypatch.setattr(_runs, "NUMBERS", 10)
    told = []
    rates = np.geomspace(1e-4, 1e-3, 20)
    rule = lo.OPTIMIZERS["adam"]()
    found = sweep(rule, ROSENBROCK, learning_rate=rates, n_steps=120, progress=told.append)
    assert found.finished and told == sorted(told) and told[-1] == 1.0 and len(told) > 4
    found = sweep(
        rule, ROSENBROCK, learning_rate=rates, n_steps=120, cancelled=lambda: len(told) > 0
    )
    assert not found.finished
    assert np.isnan(found.final_loss).all()
    for result in (
        basins(rule, ROSENBROCK, resolution=5, n_steps=60, cancelled=lambda: True),
        seed_bands(rule, risk(), seeds=3, n_steps=60, cancelled=lambda: True),
    ):
        assert not result.finished


def test_refusals():
    rule = lo.OPTIMIZERS["adam"]()
    for wrong in (
        {"speed": [1.0]},
        {"learning_rate": []},
        {"learning_rate": [-1.0]},
        {"learning_rate": [0.1], "n_steps": -1},
        {"learning_rate": [0.1], "batch_size": 0},
        {"learning_rate": [0.1], "start": [1.0]},
        {},
        {"learning_rate": np.ones(1001), "beta1": np.zeros(1001)},
    ):
        with pytest.raises(ValueError, match=r"\w"):
            sweep(rule, ROSENBROCK, **wrong)
    with pytest.raises(ValueError, match="seeds"):
        seed_bands(rule, risk(), seeds=0)
    with pytest.raises(ValueError, match="resolution"):
        basins(rule, ROSENBROCK, resolution=2000)


def test_basins_are_where_the_descents_end():
    goal = lo.OBJECTIVES["himmelblau"]()
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
    found = basins(rule, goal, resolution=9, n_steps=120)
    assert {*np.unique(found.index)} >= {0, 1, 2, 3}
    for row in range(9):
        for column in range(9):
            start = found.plane.at(found.x[column], found.y[row])
            run = lo.descend(rule, goal, start=start, n_steps=120)
            index = found.index[row, column]
            if run.diverged_at is not None:
                assert index == -2
            else:
                gaps = np.linalg.norm(run.iterates[-1] - goal.minimizers, axis=1)
                assert index == (gaps.argmin() if gaps.min() <= 0.12 else -1)


def test_basins_tell_diverged_from_not_arrived():
    goal = lo.OBJECTIVES["himmelblau"]()
    wild = basins(lo.OPTIMIZERS["gradient_descent"](learning_rate=1.0), goal, resolution=4)
    assert (wild.index == -2).all()
    slow = basins(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.0), goal, resolution=4)
    assert (slow.index == -1).all()


@FOR_DATA
def test_seed_bands_equal_single_runs(name):
    goal, rule = risk(), lo.OPTIMIZERS[name](learning_rate=0.05)
    found = seed_bands(rule, goal, seeds=[4, 9, 2], n_steps=120, batch_size=3)
    for k, seed in enumerate([4, 9, 2]):
        run = lo.descend(rule, goal, n_steps=120, batch_size=3, seed=seed)
        np.testing.assert_allclose(found.losses[k], run.losses, rtol=1e-8)
    np.testing.assert_allclose(found.bands[1], np.median(found.losses, axis=0))


@pytest.mark.parametrize(
    "goal",
    [
        risk("categorical_cross_entropy", "softmax", "three_blobs"),
        risk("mse", "linear", "line"),
        risk("binary_cross_entropy", "mlp", "overlapping"),
        lo.WeightedRisk(risk("binary_cross_entropy", "logistic", "overlapping"), (1, 9)),
    ],
    ids=lambda goal: f"{type(goal).__name__} {type(goal.model).__name__}",
)
def test_seed_bands_of_other_models(goal):
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.01)
    found = seed_bands(rule, goal, seeds=3, n_steps=70, batch_size=4)
    for seed in range(3):
        run = lo.descend(rule, goal, n_steps=70, batch_size=4, seed=seed)
        np.testing.assert_allclose(found.losses[seed], run.losses, rtol=1e-8)


def test_seed_bands_with_divergence():
    goal = risk("mse", "linear", "line")
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=50.0)
    found = seed_bands(rule, goal, seeds=4, n_steps=400, batch_size=1)
    for seed in range(4):
        run = lo.descend(rule, goal, n_steps=400, batch_size=1, seed=seed)
        assert found.diverged_at[seed] == run.diverged_at
        assert (np.isnan(found.losses[seed]) == np.isnan(run.losses)).all()
    assert (found.bands[:, -1] == np.inf).all()
    assert found.bands.shape == (3, 401) and not np.isnan(found.bands).any()
