"""Planes through the params of a network."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.landscapes.planes import plane_between, random_bounds, random_plane
from lossopt.landscapes.surfaces import evaluate_surface

MODELS = {
    "mlp": ("moons", lo.MODELS["mlp"](hidden_layers=2, width=3), "binary_cross_entropy"),
    "relu": ("three_blobs", lo.MODELS["mlp"](activation="relu"), "categorical_cross_entropy"),
    "softmax": ("three_blobs", lo.MODELS["softmax"](), "categorical_cross_entropy"),
    "linear": ("curve", lo.MODELS["linear"](degree=4), "mse"),
}


def make(name):
    data, model, loss = MODELS[name]
    risk = lo.EmpiricalRisk(lo.DATASETS[data](), model, lo.LOSSES[loss]())
    centre = risk.start + np.random.default_rng(0).standard_normal(risk.n_params)
    return risk, centre


EVERY = pytest.mark.parametrize("name", MODELS)


@EVERY
@pytest.mark.parametrize("seed", [0, 1])
def test_random_directions_have_the_length_of_every_neuron(name, seed):
    risk, centre = make(name)
    plane = random_plane(risk, centre, seed=seed)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    neurons = risk.model.neurons(risk.dataset.X.shape[1], risk.n_outputs)
    whole = np.linalg.norm(centre)
    for neuron in range(neurons.max() + 1):
        own = neurons == neuron
        lengths = whole * np.linalg.norm(plane.directions[:, own], axis=1)
        np.testing.assert_allclose(lengths, np.linalg.norm(centre[own]), rtol=1e-9)


def test_rescaled_relu_networks_show_the_same_picture():
    """A ReLU layer times c and the next one through c is the same network (Li et al.)."""
    risk, centre = make("relu")
    neurons = risk.model.neurons(2, 3)
    last = neurons >= risk.model.width
    weights = np.flatnonzero(last)[:-3]
    scaled = centre.copy()
    scaled[~last] *= 10.0
    scaled[weights] /= 10.0
    scaled[-3:] = centre[-3:] = 0.0
    np.testing.assert_allclose(risk.value(scaled), risk.value(centre), rtol=1e-12)
    planes = [random_plane(risk, each, seed=3) for each in (centre, scaled)]
    steps = [np.linalg.norm(p.origin) * p.directions[0] for p in planes]
    np.testing.assert_allclose(steps[1][~last], 10.0 * steps[0][~last], rtol=1e-9)
    np.testing.assert_allclose(steps[1][weights], 0.1 * steps[0][weights], rtol=1e-9)


@EVERY
def test_surface_on_a_random_plane_equals_the_loss_point_by_point(name):
    risk, centre = make(name)
    plane = random_plane(risk, centre)
    surface = evaluate_surface(risk, plane=plane, bounds=random_bounds(plane), resolution=9)
    plain = [[risk.value(plane.at(x, y)) for x in surface.x] for y in surface.y]
    np.testing.assert_allclose(surface.z, plain, rtol=1e-9)
    np.testing.assert_allclose(surface.z[4, 4], risk.value(centre), rtol=1e-9)


def test_all_zero_origin_and_seeds():
    risk, centre = make("softmax")
    flat = random_plane(risk)
    np.testing.assert_allclose(flat.directions @ flat.directions.T, np.eye(2), atol=1e-12)
    assert random_bounds(flat) == ((-1.0, 1.0), (-1.0, 1.0))
    one, same, other = (random_plane(risk, centre, seed=seed).directions for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.allclose(one, other)


@EVERY
def test_line_between_two_solutions(name):
    risk, first = make(name)
    second = first + np.random.default_rng(1).standard_normal(first.size)
    plane = plane_between(risk, first, second)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    length = np.linalg.norm(second - first)
    np.testing.assert_allclose(plane.at(0.0, 0.0), first, rtol=1e-12)
    np.testing.assert_allclose(plane.at(length, 0.0), second, rtol=1e-9, atol=1e-12)


def test_plane_of_three_solutions():
    risk, first = make("mlp")
    second, third = first + np.random.default_rng(1).standard_normal((2, first.size))
    plane = plane_between(risk, first, second, third)
    for point in (first, second, third):
        np.testing.assert_allclose(plane.at(*plane.project(point)), point, rtol=1e-9, atol=1e-12)


def test_points_on_one_line_span_no_plane():
    risk, first = make("mlp")
    with pytest.raises(ValueError, match="one line"):
        plane_between(risk, first, first)
    with pytest.raises(ValueError, match="one line"):
        plane_between(risk, first, first + 1.0, first + 2.0)


def test_plane_of_a_test_function():
    bowl = lo.OBJECTIVES["quadratic"]()
    plane = plane_between(bowl, np.array([1.0, 0.0]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(np.abs(plane.directions), [[0.0, 1.0], [1.0, 0.0]], atol=1e-12)
