"""Two-class sets that a line cannot separate: their exact shape without noise."""

import numpy as np
import pytest

import lossopt as lo

SETS = ("moons", "circles", "xor", "spiral")


def test_moons_are_two_half_circles():
    data = lo.DATASETS["moons"](noise=0.0).make()
    for label, centre, side in ((0, (-0.5, -0.25), 1.0), (1, (0.5, 0.25), -1.0)):
        away = data.X[data.y == label] - centre
        np.testing.assert_allclose(np.linalg.norm(away, axis=1), 1.0, rtol=1e-12)
        assert (side * away[:, 1] > 0.0).all()


def test_circles_have_radius_1_and_a_half():
    data = lo.DATASETS["circles"](noise=0.0).make()
    np.testing.assert_allclose(np.linalg.norm(data.X, axis=1), 1.0 - 0.5 * data.y, rtol=1e-12)


def test_xor_is_class_1_where_the_signs_differ():
    data = lo.DATASETS["xor"](noise=0.0).make()
    np.testing.assert_array_equal(data.y, data.X.prod(axis=1) < 0.0)
    np.testing.assert_array_equal(np.abs(data.X), 1.0)


@pytest.mark.parametrize("turns", [0.25, 1.0, 3.0])
def test_the_arms_of_the_spiral_lie_opposite_each_other(turns):
    data = lo.DATASETS["spiral"](noise=0.0, turns=turns).make()
    np.testing.assert_allclose(data.X[1::2], -data.X[::2], rtol=1e-12)
    radius = np.linalg.norm(data.X[::2], axis=1)
    angle = np.unwrap(np.arctan2(data.X[::2, 1], data.X[::2, 0]))
    slopes = np.diff(angle) / np.diff(radius)
    np.testing.assert_allclose(slopes, np.pi * turns, rtol=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_no_line_separates_them(name):
    data = lo.DATASETS[name]()
    logistic = lo.MODELS["logistic"]()
    risk = lo.EmpiricalRisk(data, logistic, lo.LOSSES["binary_cross_entropy"]())
    assert risk.reference.is_minimizer and risk.minimum > 0.2
