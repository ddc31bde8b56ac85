"""The predicted noise ball against the textbook's formula and against simulated seeds."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.sweeps import seed_bands
from lossopt.theory.noise_balls import ellipse, noise_ball, share_inside

LINE = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())


def descent(rate, **fields):
    return lo.OPTIMIZERS["gradient_descent"](learning_rate=rate, **fields)


@pytest.mark.parametrize(
    "rate, batch_size, n_steps",
    [(0.005, 1, 2000), (0.005, 1, 2050), (0.02, 7, 811), (0.05, 16, 700), (0.05, 16, 703)],
)
def test_the_spread_of_seeds_is_as_predicted(rate, batch_size, n_steps):
    """Also at the end of an epoch, where its noises have nearly cancelled."""
    predicted = noise_ball(descent(rate), LINE, batch_size, n_steps)
    setting = {"n_steps": n_steps, "batch_size": batch_size, "start": LINE.minimizers[0]}
    ends = seed_bands(descent(rate), LINE, seeds=600, **setting).ends
    simulated = np.cov(ends, rowvar=False)
    np.testing.assert_allclose(np.diag(predicted), np.diag(simulated), rtol=0.2)
    assert share_inside(ends, LINE.minimizers[0], predicted) == pytest.approx(0.9, abs=0.04)


def test_weights_make_another_ball_or_none():
    """Zeros are samples too: they make a batch's gradient noisier, not its batch smaller."""
    weights = np.where(np.arange(100) % 3, 0.0, np.linspace(1.0, 5.0, 100))
    risk = lo.WeightedRisk(LINE, None, weights, "sum_over_n")
    predicted = noise_ball(descent(0.004), risk, 10, 1507)
    setting = {"n_steps": 1507, "batch_size": 10, "start": risk.minimizers[0]}
    ends = seed_bands(descent(0.004), risk, seeds=300, **setting).ends
    np.testing.assert_allclose(np.diag(predicted), np.diag(np.cov(ends, rowvar=False)), rtol=0.25)
    assert noise_ball(descent(0.004), lo.WeightedRisk(LINE, None, weights), 10, 1507) is None
    same = noise_ball(descent(0.02), lo.WeightedRisk(LINE, None, np.full(100, 2.0)), 16, 800)
    np.testing.assert_allclose(same, noise_ball(descent(0.02), LINE, 16, 800), rtol=1e-9)


def test_a_simpler_theory_would_fail():
    """Independent batches have another spread: the epochs matter, and the tests above see it."""
    rate, curvature = 0.005, LINE.hessian(LINE.minimizers[0])
    single = np.stack([LINE.gradient(LINE.minimizers[0], np.array([k])) for k in range(100)])
    slope = np.linalg.eigh(curvature)
    noise = slope[1].T @ np.cov(single, rowvar=False) @ slope[1]
    independent = rate * np.diag(noise) / (slope[0] * (2.0 - rate * slope[0]))
    settled = slope[1].T @ noise_ball(descent(rate), LINE, 1, 2000) @ slope[1]
    assert (np.diag(settled) < 0.6 * independent).all()


def test_long_epochs_give_the_textbook_formula():
    """Variance ησ²/(Bλ(2 − ηλ)) on ½λθ² where an epoch is longer than the memory."""
    n, rate = 40_000, 0.01
    rng = np.random.default_rng(0)
    X = rng.choice([-1.0, 1.0], (n, 1))
    risk = lo.EmpiricalRisk(
        lo.Dataset(X, rng.standard_normal(n)), lo.MODELS["linear"](), lo.LOSSES["mse"]()
    )
    single = np.stack(
        [2.0 * (risk.inputs @ risk.minimizers[0] - risk.y) * risk.inputs[:, k] for k in range(2)]
    )
    expected = rate * single.var(axis=1) / (2.0 * (2.0 - rate * 2.0))
    middle = noise_ball(descent(rate), risk, 1, n // 2)
    np.testing.assert_allclose(np.diag(middle), expected, rtol=0.02)


@pytest.mark.parametrize(
    "rule, goal, size",
    [
        (lo.OPTIMIZERS["adam"](), LINE, 4),
        (descent(0.01, weight_decay=0.1), LINE, 4),
        (descent(0.01), LINE, None),
        (descent(0.01), LINE, 100),
        (descent(5.0), LINE, 50),
        (descent(0.2), LINE, 1),
        (descent(0.01), lo.OBJECTIVES["quadratic"](), 1),
        (descent(0.01), dataclasses.replace(LINE, loss=lo.LOSSES["mae"]()), 4),
    ],
    ids=str,
)
def test_no_prediction_where_the_theory_does_not_hold(rule, goal, size):
    assert noise_ball(rule, goal, size, 100) is None


def test_an_ellipse_holds_nine_tenths():
    covariance = np.array([[2.0, 0.6], [0.6, 0.5]])
    points = np.random.default_rng(1).multivariate_normal([1.0, 2.0], covariance, 20_000)
    assert share_inside(points, np.array([1.0, 2.0]), covariance) == pytest.approx(0.9, abs=0.01)
    rim = ellipse(np.array([1.0, 2.0]), covariance) - [1.0, 2.0]
    reach = (rim @ np.linalg.inv(covariance) * rim).sum(axis=1)
    np.testing.assert_allclose(reach, -2.0 * np.log(0.1))
