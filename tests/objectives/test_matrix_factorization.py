"""A product of two thin matrices: the best one is known, and so is how low it is."""

import numpy as np
import pytest

import lossopt as lo

Factorization = lo.OBJECTIVES["matrix_factorization"]
SHAPES = [
    {},
    {"rows": 3, "columns": 5, "rank": 1},
    {"rows": 4, "columns": 4, "rank": 4, "condition_number": 100.0},
    {"rows": 2, "columns": 3, "rank": 4, "matrix_seed": 7},
]


@pytest.mark.parametrize("fields", SHAPES, ids=str)
def test_best_factors_reach_the_minimum_and_turned_ones_too(fields):
    goal = Factorization(**fields)
    left, sizes, right = np.linalg.svd(goal.target)
    kept = min(goal.rank, len(sizes))
    u, v = np.zeros((goal.rows, goal.rank)), np.zeros((goal.columns, goal.rank))
    u[:, :kept] = left[:, :kept] * np.sqrt(sizes[:kept])
    v[:, :kept] = right[:kept].T * np.sqrt(sizes[:kept])
    other = np.random.default_rng(0).normal(size=(goal.rank, goal.rank))
    for one, two in [(u, v), (u @ other, v @ np.linalg.inv(other).T)]:
        params = np.concatenate([one.ravel(), two.ravel()])
        assert goal.value(params) == pytest.approx(goal.minimum, rel=1e-9, abs=1e-25)
        np.testing.assert_allclose(goal.gradient(params), 0.0, atol=1e-13)
    assert goal.minimum == pytest.approx(np.square(sizes[kept:]).sum() / goal.target.size)
    assert sizes[0] / sizes[-1] == pytest.approx(goal.condition_number)


@pytest.mark.parametrize("fields", SHAPES, ids=str)
def test_shapes_tell_how_the_params_lie(fields):
    goal = Factorization(**fields)
    params = np.arange(float(goal.n_params))
    left, right = goal.factors(params)
    assert goal.matrices == (left.shape, right.shape)
    assert goal.value(params) == pytest.approx(np.square(left @ right.T - goal.target).mean())
    assert len(goal.param_names) == goal.n_params == len(goal.start)
    assert goal.param_names[goal.rows * goal.rank] == "v1,1"


def test_zero_is_a_saddle_and_descent_leaves_it():
    goal = Factorization()
    np.testing.assert_array_equal(goal.gradient(np.zeros(goal.n_params)), 0.0)
    curvatures = np.linalg.eigvalsh(goal.hessian(np.zeros(goal.n_params)))
    assert curvatures[0] < -0.01 < 0.01 < curvatures[-1]
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=5.0)
    assert lo.descend(rule, goal, n_steps=300).losses[-1] == pytest.approx(goal.minimum, rel=1e-9)
