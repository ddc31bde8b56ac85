"""Models: shapes, names and pull-backs; everything else is tested through the objectives."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.models import LinearInParams
from tests.objectives.differences import differences

LINEAR = {name: kind for name, kind in lo.MODELS.items() if issubclass(kind, LinearInParams)}
EVERY = pytest.mark.parametrize("kind", LINEAR.values(), ids=LINEAR)
DEGREE = pytest.mark.parametrize("degree", [1, 2, 3, 6])
FEATURES = pytest.mark.parametrize("n_features", [1, 2, 4])


def set_up(model, n_features, n_samples=6, n_classes=3):
    rng = np.random.default_rng(n_features)
    inputs = model.prepare(rng.uniform(-1.0, 1.0, (n_samples, n_features)))
    n_params = len(model.param_names(n_features, n_classes))
    return inputs, rng.standard_normal(n_params), rng


@EVERY
@DEGREE
@FEATURES
def test_pullback_equals_differences(kind, degree, n_features):
    model = kind(degree=degree)
    inputs, params, rng = set_up(model, n_features)
    cotangent = rng.standard_normal(model.predict(params, inputs).shape)
    slopes = differences(lambda theta: (model.predict(theta, inputs) * cotangent).sum(), params)
    np.testing.assert_allclose(model.pullback(params, inputs, cotangent), slopes, atol=1e-7)


@EVERY
@DEGREE
def test_leading_axes_equal_one_by_one(kind, degree):
    model = kind(degree=degree)
    inputs, params, rng = set_up(model, 2)
    many = rng.standard_normal((2, 3, params.size))
    predictions = model.predict(many, inputs)
    cotangents = rng.standard_normal(predictions.shape)
    slopes = model.pullback(many, inputs, cotangents)
    assert slopes.shape == many.shape
    for k in np.ndindex(2, 3):
        np.testing.assert_allclose(predictions[k], model.predict(many[k], inputs), rtol=1e-12)
        alone = model.pullback(many[k], inputs, cotangents[k])
        np.testing.assert_allclose(slopes[k], alone, rtol=1e-12, atol=1e-14)


@EVERY
@DEGREE
@FEATURES
def test_names_count_the_params_and_differ(kind, degree, n_features):
    model = kind(degree=degree)
    names = model.param_names(n_features, 3)
    n_monomials = model.prepare(np.zeros((1, n_features))).shape[1]
    assert (
        len(set(names))
        == len(names)
        == n_monomials * (3 if "multiclass" in model.usual_losses else 1)
    )


def test_names():
    assert lo.MODELS["linear"]().param_names(1, 1) == ("w1", "b")
    assert lo.MODELS["linear"](degree=3).param_names(1, 1) == ("w1", "w2", "w3", "b")
    assert lo.MODELS["softmax"]().param_names(2, 2) == (
        *("w1,1", "w1,2", "w2,1", "w2,2"),
        *("b1", "b2"),
    )


def test_monomials():
    x = np.array([[2.0, 3.0], [0.5, -1.0]])
    np.testing.assert_array_equal(
        lo.MODELS["logistic"](degree=2).prepare(x),
        [[2.0, 3.0, 4.0, 6.0, 9.0, 1.0], [0.5, -1.0, 0.25, -0.5, 1.0, 1.0]],
    )
    powers = lo.MODELS["linear"](degree=6).prepare(np.array([[2.0]]))
    np.testing.assert_array_equal(powers, [[2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 1.0]])


def test_softmax_order_is_weights_row_by_row_then_intercepts():
    model = lo.MODELS["softmax"]()
    W, b = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.1, 0.2, 0.3])
    x = np.array([[1.0, -1.0], [0.5, 2.0]])
    found = model.predict(np.concatenate([W.ravel(), b]), model.prepare(x))
    np.testing.assert_allclose(found, x @ W + b, rtol=1e-14)


@EVERY
def test_degree_is_checked(kind):
    for degree in (0, 7, 1.5):
        with pytest.raises(ValueError):
            kind(degree=degree)
