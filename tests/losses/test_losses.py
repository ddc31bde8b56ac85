"""Every loss: values by hand, derivatives against differences, no overflow."""

import numpy as np
import pytest

import lossopt as lo
from tests.objectives.differences import differences

VARIANTS = {
    **{name: kind() for name, kind in lo.LOSSES.items()},
    "huber-sharp": lo.LOSSES["huber"](delta=0.3),
    "huber-wide": lo.LOSSES["huber"](delta=50.0),
    "pinball-low": lo.LOSSES["pinball"](tau=0.1),
    "unfocused": lo.LOSSES["focal"](focusing=0.0),
    "smoothed": lo.LOSSES["categorical_cross_entropy"](label_smoothing=0.1),
}
EVERY = pytest.mark.parametrize("loss", VARIANTS.values(), ids=VARIANTS)
E = np.e


def sample(loss, n=40, seed=0):
    """Random predictions, away from kinks, and targets of the loss's task."""
    rng = np.random.default_rng(seed)
    if loss.task == "multiclass":
        return 3.0 * rng.standard_normal((n, 4)), rng.integers(0, 4, n).astype(float)
    y = rng.integers(0, 2, n).astype(float) if loss.task == "binary" else rng.standard_normal(n)
    return 3.0 * rng.standard_normal(n), y


@pytest.mark.parametrize(
    ("name", "y_pred", "y", "value"),
    [
        ("mse", 3.0, 1.0, 4.0),
        ("mse", -2.0, 1.0, 9.0),
        ("mae", 3.0, 1.0, 2.0),
        ("mae", -2.0, 1.0, 3.0),
        ("mae", 1.0, 1.0, 0.0),
        ("huber", 1.5, 1.0, 0.125),
        ("huber", 2.0, 1.0, 0.5),
        ("huber", -3.0, 1.0, 3.5),
        ("huber-sharp", 2.0, 1.0, 0.3 * 0.85),
        ("huber-wide", 21.0, 1.0, 200.0),
        ("binary_cross_entropy", 0.0, 1.0, np.log(2.0)),
        ("binary_cross_entropy", np.log(3.0), 1.0, np.log(4.0 / 3.0)),
        ("binary_cross_entropy", np.log(3.0), 0.0, np.log(4.0)),
        ("binary_cross_entropy", -np.log(3.0), 1.0, np.log(4.0)),
        ("sigmoid_mse", 0.0, 1.0, 0.25),
        ("sigmoid_mse", np.log(3.0), 0.0, 0.5625),
        ("sigmoid_mse", np.log(3.0), 1.0, 0.0625),
        ("hinge", 0.0, 1.0, 1.0),
        ("hinge", 2.0, 1.0, 0.0),
        ("hinge", 2.0, 0.0, 3.0),
        ("hinge", -0.5, 0.0, 0.5),
        ("log_cosh", 1.0 + np.log(2.0), 1.0, np.log(1.25)),
        ("log_cosh", 1.0 - np.log(3.0), 1.0, np.log(5.0 / 3.0)),
        ("pinball", 3.0, 1.0, 0.5),
        ("pinball", -3.0, 1.0, 3.0),
        ("pinball-low", 3.0, 1.0, 1.8),
        ("pinball-low", -3.0, 1.0, 0.4),
        ("squared_hinge", 0.0, 1.0, 1.0),
        ("squared_hinge", 2.0, 1.0, 0.0),
        ("squared_hinge", 2.0, 0.0, 9.0),
        ("squared_hinge", -0.5, 0.0, 0.25),
        ("focal", 0.0, 1.0, 0.25 * np.log(2.0)),
        ("focal", np.log(3.0), 1.0, np.log(4.0 / 3.0) / 16.0),
        ("focal", np.log(3.0), 0.0, 9.0 / 16.0 * np.log(4.0)),
        ("unfocused", np.log(3.0), 0.0, np.log(4.0)),
        ("categorical_cross_entropy", [0.0, 0.0, np.log(2.0)], 2.0, np.log(2.0)),
        ("categorical_cross_entropy", [0.0, 0.0, np.log(2.0)], 0.0, np.log(4.0)),
        ("smoothed", [0.0, np.log(3.0)], 1.0, 0.95 * np.log(4 / 3) + 0.05 * np.log(4)),
    ],
)
def test_values_by_hand(name, y_pred, y, value):
    found = VARIANTS[name].value(np.array([y_pred]), np.array([y]))
    np.testing.assert_allclose(found, [value], rtol=1e-14)


def test_every_loss_has_values_by_hand():
    mark = next(m for m in test_values_by_hand.pytestmark if m.name == "parametrize")
    assert {name for name, *_ in mark.args[1]} >= set(lo.LOSSES)


@EVERY
def test_gradient_equals_differences(loss):
    y_pred, y = sample(loss)
    slopes = differences(lambda z: loss.value(z, y).sum(), y_pred).reshape(y_pred.shape)
    np.testing.assert_allclose(loss.gradient(y_pred, y), slopes, atol=1e-7)


@EVERY
def test_curvature_equals_differences(loss):
    y_pred, y = sample(loss)
    curvature = loss.curvature(y_pred, y)
    if loss.task == "multiclass":
        matrices = np.array(
            [
                differences(lambda z, k=k: loss.gradient(z[None], y[k : k + 1])[0], y_pred[k])
                for k in range(len(y))
            ]
        )
        np.testing.assert_allclose(curvature, matrices, atol=1e-8)
        np.testing.assert_allclose(curvature.sum(axis=-1), 0.0, atol=1e-15)
    else:
        slopes = differences(lambda z: loss.gradient(z, y).sum(), y_pred)
        np.testing.assert_allclose(curvature, slopes, atol=1e-7)


@EVERY
def test_shapes_over_leading_axes(loss):
    y_pred, y = sample(loss, n=5)
    many = np.stack([[y_pred, 2.0 * y_pred, -y_pred]] * 2)
    values, slopes = loss.value(many, y), loss.gradient(many, y)
    assert values.shape == (2, 3, 5) and slopes.shape == many.shape
    np.testing.assert_array_equal(values[1, 1], loss.value(2.0 * y_pred, y))
    np.testing.assert_array_equal(slopes[0, 2], loss.gradient(-y_pred, y))
    np.testing.assert_array_equal(
        loss.curvature(many, y)[1, 0], loss.curvature(y_pred, y), strict=True
    )


@EVERY
def test_declared_convexity(loss):
    y_pred, y = sample(loss, n=300)
    other = np.random.default_rng(1).permutation(y_pred) * 2.0
    middle = loss.value(0.5 * (y_pred + other), y)
    bent = middle > 0.5 * (loss.value(y_pred, y) + loss.value(other, y)) + 1e-12
    assert bent.any() != (loss.convex or getattr(loss, "focusing", 1.0) == 0.0)


@EVERY
@pytest.mark.parametrize("size", [1e3, 1e6])
def test_extreme_predictions_stay_finite(loss, size):
    """Any warning (overflow, invalid) is an error in these tests."""
    if loss.task == "multiclass":
        y_pred = np.array([[size, -size, 0.0], [-size, size, 0.0], [size, size, -size]])
        y = np.array([0.0, 0.0, 2.0])
        expected = np.array([0.0, 2.0 * size, 2.0 * size + np.log(2.0)])
    else:
        y_pred, y = np.array([size, size, -size, -size]), np.array([1.0, 0.0, 1.0, 0.0])
        expected = {
            "binary_cross_entropy": [0.0, size, size, 0.0],
            "hinge": [0.0, 1.0 + size, 1.0 + size, 0.0],
            "sigmoid_mse": [0.0, 1.0, 1.0, 0.0],
            "squared_hinge": [0.0, (1.0 + size) ** 2, (1.0 + size) ** 2, 0.0],
            "focal": [0.0, size, size, 0.0],
        }.get(next(name for name, item in VARIANTS.items() if item is loss))
    for array in (loss.value(y_pred, y), loss.gradient(y_pred, y), loss.curvature(y_pred, y)):
        assert np.isfinite(array).all()
    assert (loss.value(y_pred, y) >= 0.0).all()
    if expected is not None and not getattr(loss, "label_smoothing", 0.0):
        np.testing.assert_allclose(loss.value(y_pred, y), expected, rtol=1e-12)


@pytest.mark.parametrize(("name", "best"), [("mse", 22.0), ("mae", 3.0)])
def test_mean_and_median_of_1_2_3_4_100(name, best):
    y, loss = np.array([1.0, 2.0, 3.0, 4.0, 100.0]), lo.LOSSES[name]()
    constants = np.arange(0.0, 101.0)
    means = loss.value(np.repeat(constants[:, None], 5, axis=1), y).mean(axis=1)
    assert constants[means.argmin()] == best
    no_feature = lo.Dataset(np.zeros((5, 1)), y, "regression")
    risk = lo.EmpiricalRisk(no_feature, lo.MODELS["linear"](), loss)
    np.testing.assert_allclose(risk.minimizers, [[0.0, best]], atol=1e-12)


@pytest.mark.parametrize("n_classes", [2, 3, 10])
def test_untrained_softmax_costs_log_k(n_classes):
    loss = lo.LOSSES["categorical_cross_entropy"]()
    values = loss.value(np.zeros((n_classes, n_classes)), np.arange(n_classes))
    np.testing.assert_allclose(values, np.log(n_classes), rtol=1e-15)


def test_softmax_of_two_classes_is_the_logistic_loss():
    z, y = sample(lo.LOSSES["binary_cross_entropy"]())
    two = np.column_stack([np.zeros_like(z), z])
    np.testing.assert_allclose(
        lo.LOSSES["categorical_cross_entropy"]().value(two, y),
        lo.LOSSES["binary_cross_entropy"]().value(z, y),
        rtol=1e-12,
    )


def test_sigmoid_with_squared_error_is_flat_where_it_is_wrong():
    z, y = np.array([-10.0]), np.array([1.0])
    flat = lo.LOSSES["sigmoid_mse"]().gradient(z, y)
    steep = lo.LOSSES["binary_cross_entropy"]().gradient(z, y)
    h = 1.0 / (1.0 + E**10)
    np.testing.assert_allclose(steep / flat, 1.0 / (2.0 * h * (1.0 - h)), rtol=1e-12)
    assert 1e4 < steep[0] / flat[0] < 2e4


def test_chosen_subgradients_at_the_kinks():
    for name in ("mae", "pinball"):
        assert lo.LOSSES[name]().gradient(np.array([2.0]), np.array([2.0])) == 0.0
    z, y = np.array([1.0, -1.0]), np.array([1.0, 0.0])
    np.testing.assert_array_equal(lo.LOSSES["hinge"]().gradient(z, y), 0.0)


def test_huber_joins_squared_and_absolute_error():
    rng = np.random.default_rng(3)
    y_pred, y = rng.standard_normal((2, 50))
    small, large = lo.LOSSES["huber"](delta=0.01), lo.LOSSES["huber"](delta=100.0)
    gap = np.abs(y_pred - y)
    np.testing.assert_allclose(large.value(y_pred, y), 0.5 * gap**2, rtol=1e-13)
    np.testing.assert_allclose(small.value(y_pred, y) / 0.01, gap, atol=0.0051)


def test_focal_without_focus_is_cross_entropy():
    z, y = sample(lo.LOSSES["focal"]())
    plain, focal = lo.LOSSES["binary_cross_entropy"](), lo.LOSSES["focal"](focusing=0.0)
    for method in ("value", "gradient", "curvature"):
        expected = getattr(plain, method)(z, y)
        np.testing.assert_allclose(getattr(focal, method)(z, y), expected, rtol=1e-9)


@pytest.mark.parametrize("tau", [0.05, 0.3, 0.5, 0.9])
def test_pinball_picks_the_quantile(tau):
    y = np.random.default_rng(0).standard_normal(101)
    no_feature = lo.Dataset(np.zeros((101, 1)), y, "regression")
    risk = lo.EmpiricalRisk(no_feature, lo.MODELS["linear"](), lo.LOSSES["pinball"](tau=tau))
    b = risk.minimizers[0, 1]
    below, up_to = (y < b - 1e-12).mean(), (y <= b + 1e-12).mean()
    assert below <= tau <= up_to


def test_log_cosh_lies_between_half_a_square_and_the_size():
    r = np.linspace(-30.0, 30.0, 601)
    value = lo.LOSSES["log_cosh"]().value(r, np.zeros_like(r))
    assert (value <= 0.5 * r**2 + 1e-15).all() and (value <= np.abs(r)).all()
    np.testing.assert_allclose(value[[0, -1]], 30.0 - np.log(2.0), rtol=1e-14)
