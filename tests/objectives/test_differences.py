"""Second derivatives by differences, near edges and where a function bends within the step."""

import numpy as np
import pytest

import lossopt as lo


class Given(lo.Objective):
    """An objective that has a gradient and nothing else."""

    n_params = 2

    def __init__(self, slopes):
        self.slopes = slopes

    def value(self, params):
        return np.zeros(params.shape[:-1])

    def gradient(self, params, rows=None):
        with np.errstate(all="ignore"):
            return np.stack(self.slopes(params[..., 0], params[..., 1]), axis=-1)


def inverse(gap):
    return 1.0 / np.where(gap > 0.0, gap, np.nan)


BARRIER = Given(lambda x, y: (1.0 - inverse(x), 2.0 * y))
CHANNEL = Given(lambda x, y: (2.0 * x * inverse(1e-10 - x * x), 2.0 * y))
SLOPE = Given(lambda x, y: (-inverse(x - y), inverse(x - y)))


@pytest.mark.parametrize("x", [1.0, 1e-3, 1e-4, 3e-5, 1e-5, 7e-6, 6e-6, 5e-6, 1e-6, 1e-9, 1e-20])
def test_near_an_edge(x):
    matrix = BARRIER.hessian(np.array([x, 1.0]))
    np.testing.assert_allclose(matrix, np.diag([x**-2, 2.0]), rtol=2e-6)
    found = lo.hessian_product(BARRIER, np.array([x, 1.0]), np.array([2.0, 0.0]))
    np.testing.assert_allclose(found, [2.0 * x**-2, 0.0], rtol=2e-6)
    assert (BARRIER.hessian_error(np.array([x, 1.0])) <= 4e-6 * matrix).all()


@pytest.mark.parametrize("x", [0.0, 5e-6, 9e-6, 9.9e-6])
def test_between_two_edges_where_the_gradient_is_odd(x):
    """At 0 the slopes to both sides are the same, and wrong."""
    exact = 2.0 * (1e-10 + x * x) / (1e-10 - x * x) ** 2
    np.testing.assert_allclose(CHANNEL.hessian(np.array([x, 1.0])), np.diag([exact, 2.0]), 2e-6)


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_beside_a_slanted_edge_far_from_zero(gap):
    x = 0.5 + gap
    matrix = SLOPE.hessian(np.array([x, 0.5])) * (x - 0.5) ** 2
    np.testing.assert_allclose(matrix, [[1.0, -1.0], [-1.0, 1.0]], rtol=2e-6)


def test_a_gradient_that_turns_within_the_step():
    waves = Given(lambda x, y: (np.cos(1e6 * x), 2.0 * y))
    exact = np.diag([-1e6 * np.sin(0.3), 2.0])
    np.testing.assert_allclose(waves.hessian(np.array([3e-7, 1.0])), exact, rtol=2e-6)


def test_beyond_the_edge_there_is_none():
    assert np.isnan(BARRIER.hessian(np.array([-1.0, 1.0]))[0, 0])
    assert np.isnan(lo.hessian_product(BARRIER, np.array([-1.0, 1.0]), np.ones(2))[0])


def test_at_a_kink_nothing_is_won_by_shorter_steps():
    kink = Given(lambda x, y: (np.sign(x), 2.0 * y))
    np.testing.assert_allclose(kink.hessian(np.zeros(2)), np.diag([1.0 / 6e-6, 2.0]), rtol=1e-9)


@pytest.mark.parametrize("name", lo.OBJECTIVES)
def test_usual_steps_are_left_as_they_are(name):
    goal = lo.OBJECTIVES[name]()
    params = goal.start + 0.1
    axes = np.eye(goal.n_params)
    lows, highs = np.array(goal.bounds).T
    steps = 6e-6 * np.maximum(np.minimum(1.0, 0.25 * (highs - lows)), np.abs(params))
    shifts = steps[:, None] * axes
    rows = (goal.gradient(params + shifts) - goal.gradient(params - shifts)) / (2.0 * steps)[
        :, None
    ]
    np.testing.assert_array_equal(goal.hessian(params), 0.5 * (rows + rows.T))
