"""Batches seen from inside: the engine's own samples, gradients, noise and counted costs."""

import base64
from itertools import combinations

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.batch_view import batch_view
from lossopt.figures.palette import look_of
from lossopt.landscapes.surfaces import axis_plane
from lossopt.theory.gradient_noise import (
    batch_gradients,
    batch_rows,
    bytes_held,
    gradient_variance,
    multiply_adds,
    possible_gradients,
    sample_gradients,
    steps_per_epoch,
)

RATE = 0.07
SIZES = pytest.mark.parametrize("size", [1, 2, 7, 8, 19, 20])
KINDS = pytest.mark.parametrize(
    ("data", "model"), [("line", "linear"), ("one_feature", "logistic")]
)


def risk_of(data, model, n_samples=20):
    kind = lo.DATASETS[data]
    loss = lo.LOSSES[lo.MODELS[model].usual_losses[kind.task]]()
    return lo.EmpiricalRisk(kind(n_samples=n_samples), lo.MODELS[model](), loss)


def run_of(risk, size, n_steps=31, seed=3):
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=RATE)
    return lo.descend(rule, risk, start=[-1.0, 4.0], n_steps=n_steps, batch_size=size, seed=seed)


def view_of(risk, run, seed=3):
    plane, look = axis_plane(risk), look_of("gradient_descent")
    return batch_view(risk, run, plane, learning_rate=RATE, seed=seed, look=look)


def floats(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f4").astype(np.float64)


@KINDS
@SIZES
def test_ringed_samples_give_the_step_that_the_engine_took(data, model, size):
    risk = risk_of(data, model)
    run = run_of(risk, size)
    view = view_of(risk, run)
    rings = floats(view.marks.batches).reshape(len(run.iterates), view.marks.batch_size)
    for t in range(run.n_steps):
        rows = rings[t][rings[t] >= 0].astype(np.int64)
        step = run.iterates[t] - RATE * risk.gradient(run.iterates[t], rows)
        np.testing.assert_allclose(run.iterates[t + 1], step, rtol=1e-12, atol=1e-13)
    wrong = batch_rows(risk.n_samples, size, 4, run.n_steps)
    if size < risk.n_samples:
        assert not np.array_equal(wrong, rings[:-1]), "another seed draws other samples"


@KINDS
@SIZES
def test_arrows_end_where_the_run_goes_on(data, model, size):
    risk = risk_of(data, model)
    run = run_of(risk, size)
    full, drawn = (floats(arrow.xy).reshape(-1, 4) for arrow in view_of(risk, run).arrows)
    np.testing.assert_allclose(drawn[:-1, 2:], run.iterates[1:], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(drawn[:, :2], run.iterates, rtol=1e-5, atol=1e-5)
    expected = run.iterates - RATE * risk.gradient(run.iterates)
    np.testing.assert_allclose(full[:, 2:], expected, rtol=1e-5, atol=1e-5)


def test_the_cloud_of_single_samples_holds_the_next_iterate():
    risk = risk_of("line", "linear")
    run = run_of(risk, 1)
    (dots,) = view_of(risk, run).dots
    cloud = floats(dots.xy).reshape(len(run.iterates), dots.n, 2)
    gaps = np.abs(cloud[:-1] - run.iterates[1:, None]).max(axis=-1)
    assert dots.n == risk.n_samples and (gaps.min(axis=1) < 1e-5).all()
    assert view_of(risk, run_of(risk, None)).dots == ()


@KINDS
def test_single_gradients_average_to_the_full_one(data, model):
    risk = risk_of(data, model)
    params = np.random.default_rng(0).standard_normal((3, 2))
    single = sample_gradients(risk, params)
    np.testing.assert_allclose(single.mean(axis=-2), risk.gradient(params), rtol=1e-12)
    rows = np.array([[3, 5, -1], [0, 1, 2], [7, -1, -1]])
    chosen = batch_gradients(single, rows)
    for k, each in enumerate(rows):
        np.testing.assert_allclose(chosen[k], risk.gradient(params[k], each[each >= 0]), rtol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_variance_against_all_batches_there_are(size):
    """Every subset of four samples, so that nothing is left to chance."""
    risk = risk_of("line", "linear", n_samples=4)
    single = sample_gradients(risk, np.array([0.5, -1.0]))
    full = single.mean(axis=0)
    squares = [
        np.square(single[list(rows)].mean(axis=0) - full).sum()
        for rows in combinations(range(4), size)
    ]
    np.testing.assert_allclose(gradient_variance(single, size), np.mean(squares), atol=1e-14)


@SIZES
def test_measured_variance_lies_near_the_closed_form(size):
    risk = risk_of("line", "linear")
    view = view_of(risk, run_of(risk, size))
    exact, measured = view.noise.T
    if size == 1:
        np.testing.assert_allclose(measured, exact, rtol=1e-12)
    elif size == 20:
        np.testing.assert_allclose(view.noise, 0.0, atol=1e-25)
    else:
        np.testing.assert_allclose(measured, exact, rtol=0.25)
        assert not np.array_equal(measured, exact)


def test_possible_gradients_are_batches_without_replacement():
    single = np.eye(6)
    drawn = possible_gradients(single, 4, 50)
    assert drawn.shape == (50, 6)
    np.testing.assert_array_equal(np.sort(drawn, axis=1), [[0, 0, 0.25, 0.25, 0.25, 0.25]] * 50)
    assert len(np.unique(drawn, axis=0)) > 5


def test_counts_of_steps_and_samples():
    risk = risk_of("line", "linear")
    run = run_of(risk, 8, n_steps=5)
    step = view_of(risk, run).step
    assert step[:, 0].tolist() == [1, 2, 3, 4, 5, 6]
    assert step[:, 1].tolist() == [1, 1, 1, 2, 2, 2]
    assert step[:, 2].tolist() == [8, 8, 4, 8, 8, 4]
    assert step[:-1, 3].tolist() == run.gradient_evaluations[1:].tolist()
    assert steps_per_epoch(20, 8) == run.steps_per_epoch == 3


@KINDS
@pytest.mark.parametrize("size", [1, 8, 20])
def test_counted_bytes_are_those_of_the_arrays(data, model, size):
    risk = risk_of(data, model)
    params, rows = np.zeros((1, 2)), np.arange(size)
    inputs, y = risk.inputs[rows], risk.y[rows]
    predictions = risk.model.predict(params, inputs)
    slopes = risk.loss.gradient(predictions, y)
    gradient = risk.model.pullback(params, inputs, slopes)
    arrays = (inputs, y, predictions, slopes, gradient, params)
    assert bytes_held(risk, size) == sum(array.nbytes for array in arrays)


def test_counted_multiply_adds():
    """2·B·p for prediction and pull-back, p for the update; an epoch costs about the same."""
    risk = risk_of("line", "linear")
    assert multiply_adds(risk, 1) == 2 + 2 + 2
    assert multiply_adds(risk, 20) == 2 * 20 * 2 + 2
    whole, single = multiply_adds(risk, 20), 20 * multiply_adds(risk, 1)
    assert single - whole == (20 - 1) * 2
    cost = view_of(risk, run_of(risk, 8, n_steps=3)).cost
    assert cost[:, 0].tolist() == [multiply_adds(risk, b) for b in (8, 8, 4, 8)]
    assert cost[-1, 1] == cost[:, 0].sum()
    assert cost[2, 2:].tolist() == [bytes_held(risk, 4), bytes_held(risk, 20)]
