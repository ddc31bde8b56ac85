"""Rules for matrices: what they promise there, and that they are refused elsewhere."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.optimizers._matrices import each_matrix, mean_over

GOAL = lo.OBJECTIVES["matrix_factorization"](rows=5, columns=3, rank=2)
NAMES = [name for name, kind in lo.OPTIMIZERS.items() if kind.needs_matrices]


class Entries(lo.Objective):
    """A plane with a given slope over one matrix."""

    def __init__(self, slope):
        self.slope = np.asarray(slope, dtype=np.float64)
        self.matrices = (self.slope.shape,)
        self.n_params = self.slope.size

    def value(self, params):
        return params @ self.slope.ravel()

    def gradient(self, params, rows=None):
        return np.broadcast_to(self.slope.ravel(), params.shape)


def first_step(rule, slope, start=0.0):
    goal = Entries(slope)
    run = lo.descend(rule, goal, start=np.full(goal.n_params, start), n_steps=1)
    return (run.iterates[1] - run.iterates[0]).reshape(goal.slope.shape)


def test_these_rules_need_matrices():
    assert set(NAMES) == {"adafactor", "muon"}
    assert all(kind.fits(GOAL) for kind in lo.OPTIMIZERS.values())


@pytest.mark.parametrize("name", NAMES)
def test_plain_numbers_are_refused_with_the_reason(name):
    rule, valley = lo.OPTIMIZERS[name](), lo.OBJECTIVES["rosenbrock"]()
    assert not rule.fits(valley)
    for attempt in (
        lambda: lo.descend(rule, valley),
        lambda: lo.sweep(rule, valley, learning_rate=[0.1]),
        lambda: lo.basins(rule, valley),
        lambda: lo.seed_bands(rule, valley),
    ):
        with pytest.raises(ValueError, match=f"{rule.name} acts on matrices"):
            attempt()


def test_matrices_lie_row_by_row():
    params = np.arange(16.0)[None]
    np.testing.assert_array_equal(
        mean_over(-1, params, ((3, 2), (5, 2)))[0], np.repeat(params[0].reshape(8, 2).mean(1), 2)
    )
    first, second = params[0, :6].reshape(3, 2), params[0, 6:].reshape(5, 2)
    means = mean_over(-2, params, ((3, 2), (5, 2)))[0]
    np.testing.assert_array_equal(means[:6].reshape(3, 2), np.tile(first.mean(0), (3, 1)))
    np.testing.assert_array_equal(means[6:].reshape(5, 2), np.tile(second.mean(0), (5, 1)))
    turned = each_matrix(lambda m: m[:, ::-1], params, ((3, 2), (5, 2)))
    np.testing.assert_array_equal(turned[0, :6].reshape(3, 2), first[::-1])


@pytest.mark.parametrize("shape", [(4, 4), (6, 3), (3, 7)])
def test_muon_steps_alike_in_all_directions(shape):
    """Singular values of the step lie in the known band, whatever those of the gradient."""
    rng = np.random.default_rng(0)
    left, _, right = np.linalg.svd(rng.normal(size=shape), full_matrices=False)
    slope = (left * np.geomspace(1.0, 0.02, len(right))) @ right
    rule = lo.OPTIMIZERS["muon"](learning_rate=1.0)
    step = first_step(rule, slope) / np.sqrt(max(1.0, shape[0] / shape[1]))
    found = np.linalg.svd(-step, full_matrices=False)
    assert found[1].max() < 1.14 and found[1].min() > 0.6
    inner = left.T @ -step @ right.T
    np.testing.assert_allclose(inner, np.diag(np.diag(inner)), atol=1e-12)


def test_muon_takes_small_steps_where_the_gradient_nearly_vanishes():
    """Divided by 1e-7, not by a norm that is smaller."""
    plain = {"momentum": 0.0, "iterations": 0, "weight_decay": 0.0}
    rule = lo.OPTIMIZERS["muon"](learning_rate=1.0, **plain)
    np.testing.assert_allclose(first_step(rule, [[3e-9, 4e-9]]), [[-0.03, -0.04]], rtol=1e-12)
    np.testing.assert_allclose(first_step(rule, [[3e-5, 4e-5]]), [[-0.6, -0.8]], rtol=1e-12)


def test_muon_turns_with_both_sides():
    rng = np.random.default_rng(1)
    slope = rng.normal(size=(4, 3))
    left, right = (np.linalg.qr(rng.normal(size=(n, n)))[0] for n in (4, 3))
    rule = lo.OPTIMIZERS["muon"](learning_rate=1.0)
    turned = first_step(rule, left @ slope @ right)
    np.testing.assert_allclose(turned, left @ first_step(rule, slope) @ right, atol=1e-12)


def test_muon_scales_its_rate_by_the_shape():
    slope = np.random.default_rng(2).normal(size=(6, 2))
    tall, wide = (
        [
            first_step(lo.OPTIMIZERS["muon"](learning_rate=1.0, rate_scale=scale), matrix)
            for scale in ("original", "match_rms_adamw")
        ]
        for matrix in (slope, slope.T)
    )
    np.testing.assert_allclose(tall[0] / np.sqrt(3.0), wide[0].T, rtol=1e-12)
    np.testing.assert_allclose(wide[1], 0.2 * np.sqrt(6.0) * wide[0], rtol=1e-12)
    np.testing.assert_allclose(tall[1], wide[1].T, rtol=1e-12)


def test_adafactor_is_adam_without_memory_where_squares_factorise():
    """v is exact for a squared gradient of rank 1, so every entry moves by η times the size."""
    slope = np.outer([1.0, -2.0, 30.0], [0.1, -5.0])
    rule = lo.OPTIMIZERS["adafactor"](learning_rate=0.02)
    np.testing.assert_allclose(first_step(rule, slope, 3.0), -0.06 * np.sign(slope), rtol=1e-12)
    floor = first_step(rule, slope, 0.0)  # params of size 0 move by η times the least size
    np.testing.assert_allclose(floor, -0.02e-3 * np.sign(slope), rtol=1e-12)


def test_adafactor_shortens_a_step_of_unusual_size():
    """After 99 small gradients a large one is cut to the threshold; the rate is at most 1/√t."""
    rule = lo.OPTIMIZERS["adafactor"](learning_rate=1.0, decay_power=1.0)
    params, state = np.ones((1, 4)), rule.init(np.ones((1, 4)))
    for _ in range(99):
        params, state = rule.update(np.full((1, 4), 1e-3), state, params)
    moved, _ = rule.update(np.full((1, 4), 1.0), state, params)
    size = np.sqrt(np.square(params).mean())
    np.testing.assert_allclose(moved, params - 0.1 * size, rtol=1e-12)
