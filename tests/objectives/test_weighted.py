"""Weighted means: by repeated and dropped samples, by differences, by published conventions."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.theory.gradient_noise import sample_gradients
from tests.objectives.differences import differences

MODEL_OF = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}
DATA_OF = {"regression": "line", "binary": "moons", "multiclass": "iris"}
COUNTS = np.random.default_rng(4).integers(0, 4, 400)


def risk_of(loss, rows=None):
    loss = lo.LOSSES[loss]()
    data = lo.DATASETS[DATA_OF[loss.task]]().make()
    if rows is not None:
        data = lo.Dataset(data.X[rows], data.y[rows], data.task, class_names=data.class_names)
    return lo.EmpiricalRisk(data, lo.MODELS[MODEL_OF[loss.task]](), loss)


def some_params(risk):
    return np.random.default_rng(1).normal(size=(3, risk.n_params))


@pytest.mark.parametrize("loss", lo.LOSSES)
def test_whole_weights_are_repeated_samples(loss):
    plain = risk_of(loss)
    counts = COUNTS[: plain.n_samples]
    repeated = risk_of(loss, np.repeat(np.arange(plain.n_samples), counts))
    params = some_params(plain)
    for weighting, factor in ("mean", 1.0), ("sum_over_n", counts.mean()):
        risk = lo.WeightedRisk(plain, sample_weights=counts, weighting=weighting)
        np.testing.assert_allclose(risk.value(params), factor * repeated.value(params), 1e-12)
        wanted = factor * repeated.gradient(params)
        np.testing.assert_allclose(risk.gradient(params), wanted, 1e-10, 1e-12)


@pytest.mark.parametrize("loss", ["mse", "binary_cross_entropy", "categorical_cross_entropy"])
@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
def test_gradient_is_the_slope_of_the_value(loss, weighting):
    risk = lo.WeightedRisk(
        risk_of(loss), sample_weights=COUNTS[: risk_of(loss).n_samples], weighting=weighting
    )
    params = some_params(risk)[0]
    np.testing.assert_allclose(risk.gradient(params), differences(risk.value, params), 1e-5, 1e-7)


def test_a_batch_is_divided_by_its_own_weights_or_its_size():
    plain = risk_of("mse")
    weights = np.arange(plain.n_samples, dtype=float)
    rows, params = np.array([5, 0, 2]), np.array([0.3, -0.2])
    single = np.stack([plain.gradient(params, np.array([k])) for k in rows])
    for weighting, divisor in ("mean", 7.0), ("sum_over_n", 3.0):
        risk = lo.WeightedRisk(plain, sample_weights=weights, weighting=weighting)
        wanted = weights[rows] @ single / divisor
        np.testing.assert_allclose(risk.gradient(params, rows), wanted, 1e-12)
        assert not risk.gradient(params, np.array([0])).any()


def test_balanced_classes_have_the_same_sum():
    data = lo.Dataset([[0.0], [1.0], [2.0], [3.0]], [0, 0, 0, 1])
    plain = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    balanced = lo.WeightedRisk(plain, "balanced").weights
    np.testing.assert_allclose(balanced, [2 / 3, 2 / 3, 2 / 3, 2.0])
    both = lo.WeightedRisk(plain, (1, 3), [1, 2, 0, 5]).weights
    np.testing.assert_array_equal(both, [1.0, 2.0, 0.0, 15.0])


def test_cross_entropy_of_torch():
    """torch 2.13.0: cross_entropy(logits, y, weight=[1, 2, 5]) in float64."""
    data = lo.Dataset([[0.5], [-1.0], [2.0], [0.0]], [0, 1, 2, 1], class_names=("a", "b", "c"))
    plain = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]())
    params = np.array([0.3, -0.1, 0.7, 0.2, 0.0, -0.4])
    value = float(lo.WeightedRisk(plain, (1, 2, 5)).value(params))
    assert value == pytest.approx(0.8233794195940737, rel=1e-12)


def test_minimizer_of_a_squared_error():
    risk = lo.WeightedRisk(risk_of("mse"), sample_weights=COUNTS[: risk_of("mse").n_samples])
    assert np.abs(risk.gradient(risk.minimizers[0])).max() < 1e-12
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1), risk, n_steps=300)
    assert run.losses[-1] == pytest.approx(risk.minimum)


def test_the_surface_is_the_value():
    risk = lo.WeightedRisk(risk_of("binary_cross_entropy"), (1.0, 9.0))
    surface = lo.evaluate_surface(risk, resolution=5)
    x, y = np.meshgrid(surface.x, surface.y)
    params = np.tile(risk.start, (5, 5, 1))
    params[..., 0], params[..., 1] = x, y
    np.testing.assert_allclose(surface.z, risk.value(params), 1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"class_weights": "even"},
        {"class_weights": (1.0,)},
        {"class_weights": (1.0, -1.0)},
        {"class_weights": (0.0, 0.0)},
        {"class_weights": (1.0, np.inf)},
        {"class_weights": 2.0},
        {"sample_weights": "ab"},
        {"sample_weights": [1.0, 2.0]},
        {"sample_weights": np.full(400, np.nan)},
        {"weighting": "sum"},
        {"weighting": None},
    ],
)
def test_wrong_weights_are_refused(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))}.*[.?]$"):
        lo.WeightedRisk(risk_of("binary_cross_entropy"), **wrong)


def test_regression_has_no_classes_and_an_own_risk_is_asked_for():
    with pytest.raises(ValueError, match="the task is regression"):
        lo.WeightedRisk(risk_of("mse"), "balanced")
    with pytest.raises(ValueError, match="risk"):
        lo.WeightedRisk(lo.OBJECTIVES["booth"]())
    with pytest.raises(ValueError, match="sum of all weights"):
        lo.WeightedRisk(risk_of("mse"), sample_weights=np.full(risk_of("mse").n_samples, 1e308))


def test_single_gradients_average_to_the_full_one_or_are_refused():
    risk = risk_of("mse")
    weights = np.arange(1.0, risk.n_samples + 1.0)
    params = np.full(risk.n_params, 0.3)
    summed = lo.WeightedRisk(risk, sample_weights=weights, weighting="sum_over_n")
    singles = sample_gradients(summed, params)
    np.testing.assert_allclose(singles.mean(axis=0), summed.gradient(params), rtol=1e-12)
    with pytest.raises(ValueError, match="divided by its own weights"):
        sample_gradients(lo.WeightedRisk(risk, sample_weights=weights), params)
