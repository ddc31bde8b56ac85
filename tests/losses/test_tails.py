"""Losses to all digits where they are nearly flat, also below 1e-308, against mpmath."""

from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.losses.binary_cross_entropy import sigmoid
from lossopt.models._activations import activate

ROWS = (Path(__file__).parents[1] / "fixtures" / "tails.csv").read_text().splitlines()[1:]
TAILS = [(name, *map(float, numbers)) for name, *numbers in (row.split(",") for row in ROWS)]


@pytest.mark.parametrize(("name", "z", "y", "value", "slope", "bend"), TAILS)
def test_nothing_is_lost_on_either_side(name, z, y, value, slope, bend):
    loss = lo.LOSSES[name]()
    z, y = np.array([z]), np.array([float(y)])
    np.testing.assert_allclose(loss.value(z, y), [value], rtol=1e-13)
    np.testing.assert_allclose(loss.gradient(z, y), [slope], rtol=1e-13)
    np.testing.assert_allclose(loss.curvature(z, y), [bend], rtol=1e-12)


@pytest.mark.parametrize("z", [-740.0, -700.0, -40.0, -1.0, 1.0, 40.0, 700.0, 740.0])
@pytest.mark.parametrize("label", [0, 1])
def test_two_classes_cost_the_same_with_one_logit_or_two(z, label):
    """softmax(0, z) is σ(z): gradients and curvatures agree to all digits."""
    one, two = lo.LOSSES["binary_cross_entropy"](), lo.LOSSES["categorical_cross_entropy"]()
    single, pair = np.array([z]), np.array([[0.0, z]])
    y = np.array([float(label)])
    slope = one.gradient(single, y)[0]
    np.testing.assert_allclose(two.gradient(pair, y), [[-slope, slope]], rtol=1e-13)
    bend = one.curvature(single, y)[0]
    matrix = [[[bend, -bend], [-bend, bend]]]
    np.testing.assert_allclose(two.curvature(pair, y), matrix, rtol=1e-13)


@pytest.mark.parametrize("z", [-40.0, 40.0])
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_every_way_to_the_gradient_agrees(z, label):
    """The gradient alone, with the value, and in a program of plain numbers."""
    data = lo.Dataset([[1.0]], [label], "binary")
    loss = lo.LOSSES["binary_cross_entropy"]()
    risk = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), loss)
    params = np.array([z, 0.0])
    slope = float(loss.gradient(np.array([z]), np.array([label]))[0])
    assert slope != 0.0
    np.testing.assert_allclose(risk.gradient(params), [slope, slope], rtol=1e-14)
    np.testing.assert_allclose(risk.value_and_gradient(params)[1], [slope, slope], rtol=1e-14)
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=1e16)
    run = lo.descend(rule, risk, start=params, n_steps=1)
    np.testing.assert_allclose(run.iterates[1], params - 1e16 * slope, rtol=1e-12)


@pytest.mark.parametrize("z", [-740.0, -700.0, -40.0, -1.0, 0.0, 3.0, 40.0, 740.0])
def test_the_sigmoid_of_a_layer_is_that_of_the_loss(z):
    hidden = np.array([z])
    activate("sigmoid", hidden)
    np.testing.assert_array_equal(hidden, sigmoid(np.array([z])))
    assert hidden[0] > 0.0
