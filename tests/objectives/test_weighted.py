"""Weighted means: by repeated and dropped samples, by differences, by published conventions."""

from fractions import Fraction

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons.records import objective_code
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


@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
@pytest.mark.parametrize("loss", lo.LOSSES)
def test_curvature_minimizer_and_condition_are_those_of_repeated_samples(loss, weighting):
    plain = risk_of(loss)
    counts = COUNTS[: plain.n_samples]
    repeated = risk_of(loss, np.repeat(np.arange(plain.n_samples), counts))
    risk = lo.WeightedRisk(plain, None, counts, weighting)
    factor = counts.mean() if weighting == "sum_over_n" else 1.0
    params = some_params(plain)
    matrix = factor * repeated.hessian(params[0])
    np.testing.assert_allclose(risk.hessian(params[0]), matrix, 1e-10, 1e-12)
    pulled = lo.hessian_product(risk, params, params[::-1])
    wanted = factor * lo.hessian_product(repeated, params, params[::-1])
    np.testing.assert_allclose(pulled, wanted, 1e-9, 1e-12)
    root = risk.curvature_root(params[0])
    if root is not None:
        np.testing.assert_allclose(root.T @ root, matrix, 1e-9, 1e-12)
    values, slopes = risk.value_and_gradient(params)
    np.testing.assert_allclose(values, factor * repeated.value(params), 1e-12)
    np.testing.assert_allclose(slopes, factor * repeated.gradient(params), 1e-10, 1e-12)
    found, same = risk.reference, repeated.reference
    assert (found.reason, found.is_minimizer) == (same.reason, same.is_minimizer)
    lowest = factor * float(repeated.value(same.params))
    assert float(risk.value(found.params)) == pytest.approx(lowest, rel=1e-9)
    number = lo.condition_number(repeated, same.params)
    assert lo.condition_number(risk, found.params) == pytest.approx(number, rel=1e-5, nan_ok=True)


@pytest.mark.parametrize("unit", [1e-12, 1e-6, 1.0, 1e6, 1e12])
def test_one_newton_step_solves_weighted_least_squares_in_any_unit(unit):
    """Weights 1, 1, 1, 2 are the samples 3, 6, 9 and twice 12, as for polyfit."""
    data = lo.Dataset(unit * np.array([[3.0], [6.0], [9.0], [12.0]]), [1.0, 2.0, 4.0, 3.0])
    plain = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())
    risk = lo.WeightedRisk(plain, sample_weights=[1, 1, 1, 2])
    run = lo.descend(lo.OPTIMIZERS["newton"](), risk, n_steps=1)
    x, y = np.array([3.0, 6.0, 9.0, 12.0, 12.0]), np.array([1.0, 2.0, 4.0, 3.0, 3.0])
    least = np.mean((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2)
    np.testing.assert_allclose(run.losses[1], least, rtol=1e-12)
    np.testing.assert_allclose(risk.minimum, least, rtol=1e-12)


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


def test_steps_of_mini_batches_are_those_of_torch():
    """torch 2.13.0: CrossEntropyLoss(weight=[1, 2, 5]) on batches, SGD(lr=0.1), in float64."""
    data = lo.Dataset([[0.5], [-1.0], [2.0], [0.0], [1.5]], [0, 1, 2, 1, 2])
    plain = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]())
    risk, params = lo.WeightedRisk(plain, (1, 2, 5)), np.array([0.3, -0.1, 0.7, 0.2, 0.0, -0.4])
    for rows in ([0, 3], [1, 2], [4]):
        params = params - 0.1 * risk.gradient(params, np.array(rows))
    wanted = [0.20932800906310065, -0.1670661053756587, 0.8577380963125579]
    wanted += [0.11559444916042001, 0.020502990472429667, -0.33609743963284966]
    np.testing.assert_allclose(params, wanted, 1e-12)


def test_binary_cross_entropy_of_torch_is_summed_over_n():
    """torch 2.13.0: BCEWithLogitsLoss(weight=...) divides by n, whatever the weights."""
    data = lo.Dataset([[0.5], [-1.0], [2.0], [0.0], [1.5]], [0, 1, 1, 0, 1])
    plain = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    risk = lo.WeightedRisk(plain, None, [0.5, 2.0, 0.0, 1.0, 4.0], "sum_over_n")
    params = np.array([0.7, -0.2])
    assert float(risk.value(params)) == pytest.approx(0.9778770833018635, rel=1e-12)
    slope = [-0.048068135714043475, -0.38014990199894383]
    np.testing.assert_allclose(risk.gradient(params), slope, 1e-12)
    matrix = [[0.4660061765515291, 0.18195721302876186], [0.18195721302876186, 0.32438159523489174]]
    np.testing.assert_allclose(risk.hessian(params), matrix, 1e-12)


def test_minimizer_of_torch():
    """torch 2.13.0: where LBFGS ends on a weighted mean of cross-entropies, classes 1 and 3."""
    data = lo.Dataset([[0.5], [-1.0], [2.0], [0.0], [1.5]], [0, 1, 0, 1, 1])
    plain = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    risk = lo.WeightedRisk(plain, (1, 3))
    np.testing.assert_allclose(risk.minimizers, [[-1.1514985115, 2.3716597830]], 1e-7)
    assert risk.minimum == pytest.approx(0.3907612192034602, rel=1e-12)
    newton = lo.descend(lo.OPTIMIZERS["newton"](), risk, n_steps=12)
    np.testing.assert_allclose(newton.iterates[-1], risk.minimizers[0], 1e-9)


def test_weights_far_apart():
    """Inverse variances over 24 orders of magnitude, by exact fractions."""
    rng = np.random.default_rng(0)
    x, noise = rng.normal(size=(2, 40))
    y, w = 2.0 * x + 1.0 + noise, 10.0 ** rng.uniform(-12.0, 12.0, 40)
    risk = lo.WeightedRisk(
        lo.EmpiricalRisk(lo.Dataset(x, y), lo.MODELS["linear"](), lo.LOSSES["mse"]()), None, w
    )
    x, y, w = ([Fraction(float(number)) for number in each] for each in (x, y, w))
    sums = {
        (i, j): sum(c * a**i * b**j for a, b, c in zip(x, y, w, strict=True))
        for i, j in ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1))
    }
    divisor = sums[0, 0] * sums[2, 0] - sums[1, 0] ** 2
    slope = (sums[0, 0] * sums[1, 1] - sums[1, 0] * sums[0, 1]) / divisor
    offset = (sums[2, 0] * sums[0, 1] - sums[1, 0] * sums[1, 1]) / divisor
    np.testing.assert_allclose(risk.minimizers[0], [float(slope), float(offset)], 1e-9)


def test_the_median_of_counted_samples():
    data = lo.Dataset([[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 9.0])
    plain = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mae"]())
    risk = lo.WeightedRisk(plain, sample_weights=[1.0, 0.0, 1.0, 5.0])
    np.testing.assert_allclose(risk.minimizers[0], [8.0 / 3.0, -5.0 / 3.0], 1e-9)
    risk = lo.WeightedRisk(plain, sample_weights=[1.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(risk.minimizers[0], [1.0, 0.0], atol=1e-9)


def test_weights_are_given_once():
    risk = lo.WeightedRisk(risk_of("binary_cross_entropy"), "balanced")
    with pytest.raises(ValueError, match="has weights already"):
        lo.WeightedRisk(risk, "balanced")


def test_test_samples_all_count_the_same():
    plain = risk_of("binary_cross_entropy")
    tested = lo.EmpiricalRisk(plain.data, plain.model, plain.loss, plain.dataset)
    params = some_params(plain)
    found = lo.WeightedRisk(tested, (1, 9)).test_loss(params)
    np.testing.assert_array_equal(found, plain.value(params))


def test_it_is_written_down():
    plain = lo.EmpiricalRisk(
        lo.DATASETS["moons"](), lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]()
    )
    risk = lo.WeightedRisk(plain, (1, 0.5), weighting="sum_over_n")
    again = eval(objective_code(risk), {"lo": lo})
    params = some_params(risk)
    np.testing.assert_array_equal(again.value(params), risk.value(params))
    assert objective_code(lo.WeightedRisk(plain, None, COUNTS[: plain.n_samples])) == ""


def test_minimizer_of_a_squared_error():
    risk = lo.WeightedRisk(risk_of("mse"), sample_weights=COUNTS[: risk_of("mse").n_samples])
    assert np.abs(risk.gradient(risk.minimizers[0])).max() < 1e-12
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1), risk, n_steps=300)
    assert run.losses[-1] == pytest.approx(risk.minimum)


@pytest.mark.parametrize("loss", lo.LOSSES)
@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
def test_the_surface_is_the_value(loss, weighting):
    plain = risk_of(loss)
    risk = lo.WeightedRisk(plain, None, COUNTS[: plain.n_samples], weighting)
    surface = lo.evaluate_surface(risk, resolution=7)
    params = surface.plane.params(surface.x[None, :], surface.y[:, None])
    np.testing.assert_allclose(surface.z, risk.value(params), 1e-12)
    unweighted = lo.evaluate_surface(plain, plane=surface.plane, resolution=7)
    assert np.abs(surface.z / unweighted.z - 1.0).max() > 0.01


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
    alike = lo.WeightedRisk(risk, sample_weights=np.full(risk.n_samples, 3.0))
    np.testing.assert_allclose(
        sample_gradients(alike, params), sample_gradients(risk, params), rtol=1e-12
    )


def test_compiled_and_numpy_take_the_same_path_to_the_bit():
    risk = lo.WeightedRisk(risk_of("mse"), None, COUNTS[: risk_of("mse").n_samples])
    rules = [lo.OPTIMIZERS[name](learning_rate=0.1) for name in ("gradient_descent", "adam")]
    paths = [
        [run.iterates for run in lo.descend(rules, risk, n_steps=3000, compiled=compiled)]
        for compiled in (True, False)
    ]
    np.testing.assert_array_equal(*paths)
