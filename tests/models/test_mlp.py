"""The neural network: back-propagation, start, what it can learn, and its mean loss."""

from itertools import pairwise, product

import numpy as np
import pytest

import lossopt as lo
from lossopt.models import mlp
from tests.objectives.differences import differences

ACTIVATIONS = ("tanh", "relu", "sigmoid")
NETWORKS = [
    lo.MODELS["mlp"](hidden_layers=depth, width=3, activation=activation)
    for depth, activation in product((1, 2, 3), ACTIVATIONS)
]
EVERY = pytest.mark.parametrize("model", NETWORKS, ids=repr)
OUTPUTS = pytest.mark.parametrize("n_outputs", [1, 3])
DATA = {"regression": "curve", "binary": "moons", "multiclass": "three_blobs"}


def set_up(model, n_outputs, n_features=2, n_samples=7):
    rng = np.random.default_rng(n_outputs)
    inputs = model.prepare(rng.standard_normal((n_samples, n_features)))
    params = model.initial(n_features, n_outputs)
    return inputs, params + 0.3 * rng.standard_normal(params.shape), rng


def network_risk(loss, **fields):
    kind = lo.LOSSES[loss]
    return lo.EmpiricalRisk(
        lo.DATASETS[DATA[kind.task]](n_samples=30), lo.MODELS["mlp"](**fields), kind()
    )


def plain_prediction(model, params, X, n_outputs):
    """Layer by layer with W and b cut out by hand."""
    phi = {
        "tanh": np.tanh,
        "relu": lambda z: np.maximum(z, 0.0),
        "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
    }[model.activation]
    sizes = [X.shape[1], *[model.width] * model.hidden_layers, n_outputs]
    a, first = X, 0
    for layer, (n_in, n_out) in enumerate(pairwise(sizes)):
        W = params[first : first + n_in * n_out].reshape(n_in, n_out)
        first += n_in * n_out
        b = params[first : first + n_out]
        first += n_out
        a = a @ W + b
        a = phi(a) if layer < model.hidden_layers else a
    assert first == params.size
    return a[:, 0] if n_outputs == 1 else a


@EVERY
@OUTPUTS
def test_prediction_equals_the_plain_formula(model, n_outputs):
    inputs, params, _ = set_up(model, n_outputs)
    plain = plain_prediction(model, params, inputs[:, :-1], n_outputs)
    np.testing.assert_allclose(model.predict(params, inputs), plain, rtol=1e-12, atol=1e-14)


@EVERY
@OUTPUTS
def test_pullback_equals_differences(model, n_outputs):
    inputs, params, rng = set_up(model, n_outputs)
    cotangent = rng.standard_normal(model.predict(params, inputs).shape)
    slopes = differences(lambda theta: (model.predict(theta, inputs) * cotangent).sum(), params)
    np.testing.assert_allclose(model.pullback(params, inputs, cotangent), slopes, atol=1e-8)


@EVERY
@OUTPUTS
@pytest.mark.parametrize(("block", "kept"), [(mlp.BLOCK, 32), (1, 32), (1, 2)])
def test_runs_together_equal_one_by_one(model, n_outputs, block, kept, monkeypatch):
    """In one block, in many, and in so many that the way back computes everything again."""
    monkeypatch.setattr(mlp, "BLOCK", block)
    monkeypatch.setattr(mlp, "KEPT_BLOCKS", kept)
    inputs, params, rng = set_up(model, n_outputs)
    many = params + rng.standard_normal((2, 3, params.size))
    predictions, pullback = model.linearize(many, inputs)
    cotangents = rng.standard_normal(predictions.shape)
    slopes = pullback(cotangents)
    assert slopes.shape == many.shape
    np.testing.assert_array_equal(model.predict(many, inputs), predictions)
    np.testing.assert_array_equal(model.pullback(many, inputs, cotangents), slopes)
    for k in np.ndindex(2, 3):
        np.testing.assert_allclose(predictions[k], model.predict(many[k], inputs), rtol=1e-12)
        alone = model.pullback(many[k], inputs, cotangents[k])
        np.testing.assert_allclose(slopes[k], alone, rtol=1e-10, atol=1e-13)


@EVERY
@OUTPUTS
def test_names_neurons_and_start_count_the_params(model, n_outputs):
    names = model.param_names(2, n_outputs)
    neurons = model.neurons(2, n_outputs)
    assert len(set(names)) == len(names) == neurons.size == model.initial(2, n_outputs).size
    expected = [*[3] * model.width, *[4] * (model.width * (model.hidden_layers - 1))]
    assert np.bincount(neurons).tolist() == [*expected, *[4] * n_outputs]


def test_names_say_layer_from_and_to():
    names = lo.MODELS["mlp"](width=2).param_names(1, 1)
    assert names == ("w¹1,1", "w¹1,2", "b¹1", "b¹2", "w²1,1", "w²2,1", "b²1")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_start_is_glorot_or_he(activation):
    """The variance of all first-layer weights over many seeds; b starts at 0."""
    kind, n_in, n_out = lo.MODELS["mlp"], 4, 16
    starts = [kind(width=16, activation=activation, init_seed=k).initial(4, 1) for k in range(50)]
    weights = np.array(starts)[:, : n_in * n_out]
    variance = 2.0 / n_in if activation == "relu" else 2.0 / (n_in + n_out)
    np.testing.assert_allclose(weights.var(), variance, rtol=0.05)
    assert np.abs(weights).max() <= np.sqrt(3.0 * variance)
    assert not np.array(starts)[:, n_in * n_out : n_in * n_out + n_out].any()
    assert not np.array_equal(starts[0], starts[1])
    same = kind(width=16, activation=activation, init_seed=0).initial(4, 1)
    np.testing.assert_array_equal(starts[0], same)


@pytest.mark.parametrize("loss", lo.LOSSES)
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_every_loss_of_every_task(loss, activation):
    risk = network_risk(loss, hidden_layers=2, width=3, activation=activation)
    params = risk.start + 0.1 * np.random.default_rng(0).standard_normal(risk.n_params)
    slopes = differences(risk.value, params)
    np.testing.assert_allclose(risk.gradient(params), slopes, atol=1e-7)
    rows = np.array([3, 0, 7])
    singles = [risk.gradient(params, rows[k : k + 1]) for k in range(3)]
    np.testing.assert_allclose(risk.gradient(params, rows), np.mean(singles, axis=0), rtol=1e-9)


@pytest.mark.parametrize("loss", lo.LOSSES)
def test_reference_is_a_good_point_and_called_no_minimizer(loss):
    risk = network_risk(loss)
    found = risk.reference
    assert (found.is_minimizer, found.reason) == (False, "not convex")
    assert not risk.convex and not risk.quadratic and not len(risk.minimizers)
    assert risk.minimum is None and risk.distance(risk.start) is None
    assert risk.value(found.params) < 0.8 * risk.value(risk.start)
    lows, highs = np.array(risk.bounds).T
    assert ((risk.start > lows) & (risk.start < highs)).all() and (highs - lows).max() < 100.0


def test_hessian_equals_differences_of_the_gradient():
    risk = network_risk("binary_cross_entropy", width=3)
    params = risk.start
    np.testing.assert_allclose(risk.hessian(params), differences(risk.gradient, params), atol=1e-8)


@pytest.mark.parametrize("data", ["moons", "circles", "xor", "spiral"])
def test_it_learns_what_a_line_cannot(data):
    loss = lo.LOSSES["binary_cross_entropy"]()
    line = lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS["logistic"](), loss)
    risk = lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS["mlp"](), loss)
    run = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.05), risk, n_steps=400)
    assert run.losses[-1] < 0.5 * line.value(line.reference.params)
    right = (risk.model.predict(run.iterates[-1], risk.inputs) > 0.0) == (risk.y > 0.5)
    assert right.mean() > 0.9


@pytest.mark.parametrize("size", [1e-300, 1e10, 1e160, 1e300])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_absurd_sizes_give_a_point_and_no_warning(activation, size):
    rng = np.random.default_rng(0)
    data = lo.Dataset(size * rng.standard_normal((7, 2)), size * rng.standard_normal(7))
    risk = lo.EmpiricalRisk(data, lo.MODELS["mlp"](activation=activation), lo.LOSSES["mse"]())
    assert np.isfinite(risk.reference.params).all() and len(risk.bounds) == risk.n_params


@pytest.mark.parametrize("n_samples", [1, 2])
def test_few_samples(n_samples):
    data = lo.DATASETS["moons"](n_samples=n_samples)
    risk = lo.EmpiricalRisk(data, lo.MODELS["mlp"](), lo.LOSSES["binary_cross_entropy"]())
    assert risk.gradient(risk.start).shape == (risk.n_params,)
    assert np.isfinite(risk.reference.params).all()


def test_two_classes_with_two_logits():
    """A multiclass dataset of two classes: K = 2 outputs, unlike the one logit of a binary one."""
    data = lo.Dataset([[0.0], [1.0]], [0.0, 1.0], "multiclass")
    loss = lo.LOSSES["categorical_cross_entropy"]()
    risk = lo.EmpiricalRisk(data, lo.MODELS["mlp"](width=2), loss)
    assert risk.n_params == 4 + 6
    assert risk.model.predict(risk.start, risk.inputs).shape == (2, 2)


def test_a_loss_of_another_task_is_refused():
    with pytest.raises(ValueError, match="must fit together"):
        lo.EmpiricalRisk(lo.DATASETS["moons"](), lo.MODELS["mlp"](), lo.LOSSES["mse"]())
