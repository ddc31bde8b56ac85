"""Shapes of losses, samples on them, moved points, and the numbers that texts state."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.datasets import move_points
from lossopt.figures.shapes import penalty_numbers, penalty_view
from lossopt.theory.loss_facts import best_constant, ignorance, plateau_ratio
from lossopt.theory.loss_shapes import OVERS, class_probabilities, loss_shape, sample_losses

MODEL_OF = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}
DATA_OF = {"regression": "line", "binary": "one_feature", "multiclass": "three_blobs"}
EVERY = pytest.mark.parametrize(
    ("name", "over"), [(name, over) for name in lo.LOSSES for over in OVERS[lo.LOSSES[name].task]]
)


def risk_of(name):
    loss = lo.LOSSES[name]()
    data = lo.DATASETS[DATA_OF[loss.task]](n_samples=15)
    return lo.EmpiricalRisk(data, lo.MODELS[MODEL_OF[loss.task]](), loss)


@EVERY
def test_slopes_of_a_shape_are_its_derivative(name, over):
    """But for a few points beside a kink or at the ends of the grid."""
    shape = loss_shape(lo.LOSSES[name](), over, 3.0, n_classes=3, n_points=8001)
    found = np.gradient(shape.values, shape.grid, axis=1)
    if over == "true_probability":
        found *= shape.grid * (1.0 - shape.grid)
    away = ~np.isclose(shape.slopes, found, rtol=1e-2, atol=1e-3)
    assert away.sum() <= 8


@EVERY
def test_samples_lie_on_their_curve(name, over):
    risk = risk_of(name)
    params = 0.3 * np.random.default_rng(1).standard_normal((4, risk.n_params))
    found = sample_losses(risk, params, over)
    np.testing.assert_allclose(found.values.mean(axis=1), risk.value(params), rtol=1e-12)
    reach = float(np.abs(found.places).max())
    shape = loss_shape(risk.loss, over, reach, n_classes=3, n_points=20_001)
    curve = [shape.targets.index(int(k)) if risk.loss.task == "binary" else 0 for k in risk.y]
    for j, k in enumerate(curve):
        on_curve = np.interp(found.places[:, j], shape.grid, shape.values[k])
        np.testing.assert_allclose(found.values[:, j], on_curve, atol=1e-4)


def test_cross_entropy_over_the_probability_is_minus_log():
    loss = lo.LOSSES["binary_cross_entropy"]()
    shape = loss_shape(loss, "probability", 1.0)
    np.testing.assert_allclose(shape.values[0], -np.log(shape.grid), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(shape.values[1], -np.log(1.0 - shape.grid), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", lo.LOSSES)
def test_numbers_of_the_sentences(name):
    risk = risk_of(name)
    iterates = np.stack([risk.start, risk.start + 0.1])
    numbers = penalty_numbers(risk, iterates, 3)
    over = OVERS[risk.loss.task][0]
    values = sample_losses(risk, iterates, over).values
    np.testing.assert_allclose(numbers[:, 0], 100.0 * (values / values.sum(1)[:, None]).max(1))
    np.testing.assert_array_equal(numbers[:, 1], values[:, 3])
    if risk.loss.task != "regression":
        np.testing.assert_allclose(numbers[:, 2:].sum(axis=1), 1.0)
        np.testing.assert_array_equal(numbers[:, 2:], class_probabilities(risk, iterates, 3))
    assert penalty_view(risk, iterates, over).residuals in ("square", "bar", "disc")


def test_moved_points():
    line = lo.DATASETS["line"](n_samples=5).make()
    moved = move_points(line, [(2, 0.5, -3.0), (2, 0.25, 9.0)])
    assert (moved.X[2, 0], moved.y[2]) == (0.25, 9.0)
    keep = [0, 1, 3, 4]
    np.testing.assert_array_equal(moved.y[keep], line.y[keep])
    assert line.y[2] != 9.0, "the samples that were given stay as they are"
    flat = lo.DATASETS["one_feature"](n_samples=4).make()
    assert move_points(flat, [(0, 1.0, 0.8), (1, 1.0, -7.0)]).y.tolist()[:2] == [1.0, 0.0]
    plane = lo.DATASETS["three_blobs"](n_samples=4).make()
    placed = move_points(plane, [(1, 5.0, 6.0)])
    assert placed.X[1].tolist() == [5.0, 6.0] and placed.y.tolist() == plane.y.tolist()
    for index in (-1, 4):
        with pytest.raises(ValueError, match="no sample"):
            move_points(plane, [(index, 0.0, 0.0)])


def test_numbers_that_texts_state():
    numbers = (1, 2, 3, 4, 100)
    assert best_constant(numbers, lo.LOSSES["mse"]()) == pytest.approx(22.0, abs=1e-12)
    assert best_constant(numbers, lo.LOSSES["mae"]()) == pytest.approx(3.0, abs=1e-12)
    b = best_constant(numbers, lo.LOSSES["huber"](delta=1.0))
    assert np.clip(b - np.array(numbers), -1.0, 1.0).sum() == pytest.approx(0.0, abs=1e-9)
    h = 1.0 / (1.0 + np.exp(10.0))
    assert plateau_ratio(-10.0) == pytest.approx(1.0 / (2.0 * h * (1.0 - h)), rel=1e-9)
    for k in (2, 3, 10):
        assert ignorance(k) == pytest.approx(np.log(k), rel=1e-15)
