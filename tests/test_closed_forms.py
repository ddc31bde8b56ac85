"""Numbers that must come out: closed forms, each reproduced by a descent.

λ is a curvature, μ … L the range of curvatures and κ = L/μ the condition number.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.testing import path
from tests.fixtures.quadratic import Quadratic

GradientDescent, Momentum, Nesterov, Adam, Adagrad = (
    lo.OPTIMIZERS[name] for name in ("gradient_descent", "momentum", "nesterov", "adam", "adagrad")
)
BRIEFLY = settings(max_examples=15, deadline=None, derandomize=True, database=None)
WITH_LIMIT = {
    name: kind for name, kind in lo.OPTIMIZERS.items() if kind().stability_limit() is not None
}


def sizes(rule, curvatures, n_steps):
    """Largest coordinate at every step from (1, …, 1); the minimizer is 0."""
    start = np.ones(len(curvatures))
    run = lo.descend(rule, Quadratic(curvatures), start=start, n_steps=n_steps)
    return np.abs(run.iterates).max(axis=1)


def rate(distances, first, last):
    """Factor per step from around `first` to around `last`, whatever oscillates in between."""
    window = 50
    early, late = distances[first : first + window].max(), distances[last : last + window].max()
    return (late / early) ** (1.0 / (last - first))


class Noisy(lo.Objective):
    """½λ‖θ‖² whose samples pull by noise of variance 1 (and mean 0 over all samples)."""

    n_params = 60

    def __init__(self, curvature, n_samples):
        self.curvature, self.n_samples = curvature, n_samples
        noise = np.random.default_rng(7).normal(size=(n_samples, self.n_params))
        noise -= noise.mean(axis=0)
        self.noise = noise / noise.std(axis=0, ddof=1)

    def value(self, params):
        return 0.5 * self.curvature * np.square(params).sum(axis=-1)

    def gradient(self, params, rows=None):
        pull = 0.0 if rows is None else self.noise[rows].mean(axis=0)
        return self.curvature * params + pull


def test_some_rules_state_a_limit():
    assert set(WITH_LIMIT) >= {"gradient_descent", "momentum", "nesterov"}
    assert Adam().stability_limit() is None


@pytest.mark.parametrize("kind", WITH_LIMIT.values(), ids=WITH_LIMIT)
@BRIEFLY
@given(curvature=st.floats(0.1, 100.0), momentum=st.floats(0.0, 0.9), decay=st.floats(0.0, 1.0))
def test_stability_limit_is_sharp(kind, curvature, momentum, decay):
    given = {"momentum": momentum} if hasattr(kind, "momentum") else {}
    limit = kind(**given).stability_limit() / (curvature + decay)
    below, above = (
        sizes(kind(learning_rate=factor * limit, weight_decay=decay, **given), [curvature], 4000)
        for factor in (0.99, 1.01)
    )
    assert below[-1] < 1e-6
    assert not above[-1] < 1e6  # larger, or no number any more


def test_limits_are_the_known_ones():
    assert GradientDescent().stability_limit() == 2.0
    assert Momentum(momentum=0.9).stability_limit() == pytest.approx(3.8)
    assert Nesterov(momentum=0.9).stability_limit() == pytest.approx(3.8 / 2.8)
    assert Momentum(momentum=0.5, dampening=0.25).stability_limit() == pytest.approx(4.0)
    assert Momentum(momentum=0.5, averaged=True).stability_limit() == pytest.approx(6.0)
    assert Momentum(momentum=1.0, averaged=True).stability_limit() is None
    column = np.array([[0.0], [0.5]])
    np.testing.assert_allclose(Momentum(momentum=column).stability_limit(), [[2.0], [3.0]])


@pytest.mark.parametrize(
    ("product", "zig_zags"), [(0.5, False), (0.99, False), (1.01, True), (1.99, True)]
)
def test_gradient_descent_zig_zags_above_one_over_l(product, zig_zags):
    run = lo.descend(
        GradientDescent(learning_rate=product / 8.0), Quadratic([8.0]), start=[1.0], n_steps=20
    )
    signs = np.sign(run.iterates[:, 0])
    assert np.array_equal(signs, (-1.0) ** np.arange(21) if zig_zags else np.ones(21))


@pytest.mark.parametrize("kappa", [1.5, 10.0, 300.0])
def test_best_learning_rate_of_gradient_descent(kappa):
    def reached(learning_rate):
        rule = GradientDescent(learning_rate=learning_rate)
        return rate(sizes(rule, [1.0, kappa], 400), 100, 300)

    best = 2.0 / (1.0 + kappa)
    assert reached(best) == pytest.approx((kappa - 1.0) / (kappa + 1.0), rel=1e-9)
    assert reached(0.98 * best) > reached(best) < reached(1.02 * best)


@pytest.mark.parametrize("momentum", [0.5, 0.81, 0.9])
def test_heavy_ball_contracts_by_root_of_momentum_when_underdamped(momentum):
    critical = (1.0 - np.sqrt(momentum)) ** 2  # ηλ at which β = (1 − √(ηλ))²
    for product, underdamped in [(4.0 * critical, True), (1.0, True), (0.5 * critical, False)]:
        rule = Momentum(learning_rate=product, momentum=momentum)
        reached = rate(sizes(rule, [1.0], 600), 100, 500)
        if underdamped:
            assert reached == pytest.approx(np.sqrt(momentum), abs=2e-3)
        else:
            assert reached > np.sqrt(momentum) + 0.01


@pytest.mark.parametrize("kappa", [10.0, 100.0])
def test_best_heavy_ball(kappa):
    root = np.sqrt(kappa)
    ratio = (root - 1.0) / (root + 1.0)

    def reached(learning_rate, momentum):
        rule = Momentum(learning_rate=learning_rate, momentum=momentum)
        return rate(sizes(rule, [1.0, kappa], 700), 200, 600)

    best = (2.0 / (1.0 + root)) ** 2, ratio**2
    # A double root adds a factor that grows like t, which tripled over the window.
    assert reached(*best) == pytest.approx(ratio * 3.0 ** (1.0 / 400.0), abs=2e-3)
    for eta, beta in [(0.9, 1.0), (1.1, 1.0), (1.0, 0.9), (1.0, 1.05)]:
        assert reached(eta * best[0], beta * best[1]) > reached(*best)


def constant_slope_moves(rule, n_steps, **settings):
    """Lengths of the steps on θ ↦ 3θ, whose gradient never changes, with any samples."""

    class Slope(lo.Objective):
        n_params, n_samples = 1, 10

        def value(self, params):
            return 3.0 * params[..., 0]

        def gradient(self, params, rows=None):
            return np.full_like(params, 3.0)

    run = lo.descend(rule, Slope(), start=[0.0], n_steps=n_steps, **settings)
    return -np.diff(run.iterates[:, 0])


@pytest.mark.parametrize("name", ["adam", "adamw", "amsgrad"])
def test_steps_without_bias_correction_are_too_large(name):
    t = np.arange(1, 301)
    given = {"learning_rate": 0.1, "eps": 0.0, "weight_decay": 0.0}
    corrected = constant_slope_moves(lo.OPTIMIZERS[name](**given), 300)
    raw = constant_slope_moves(lo.OPTIMIZERS[name](**given, bias_correction=False), 300)
    factor = (1.0 - 0.9**t) / np.sqrt(1.0 - 0.999**t)
    np.testing.assert_allclose(corrected, 0.1, rtol=1e-9)
    np.testing.assert_allclose(raw, 0.1 * factor, rtol=1e-9)
    assert raw[0] == pytest.approx(0.1 * 3.16228, rel=1e-5)
    assert raw.max() > 0.6  # more than six times the learning rate


@pytest.mark.parametrize("name", ["adam", "adamw", "amsgrad"])
def test_bias_correction_counts_updates_not_epochs(name):
    """Three epochs of five updates: every one of them is η long."""
    rule = lo.OPTIMIZERS[name](learning_rate=0.1, eps=0.0, weight_decay=0.0)
    moves = constant_slope_moves(rule, 15, batch_size=2)
    np.testing.assert_allclose(moves, 0.1, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "fields", "move"),
    [
        ("adagrad", {}, 3.0 / 4.0),
        ("adagrad", {"eps_place": "inside"}, 3.0 / np.sqrt(10.0)),
        ("rmsprop", {"decay": 0.75}, 3.0 / (1.5 + 1.0)),
        ("rmsprop", {"decay": 0.75, "eps_place": "inside"}, 3.0 / np.sqrt(2.25 + 1.0)),
        ("adadelta", {"decay": 0.75}, 3.0 / np.sqrt(2.25 + 1.0)),  # the root of ε is 1
        ("adam", {}, 3.0 / 4.0),
        ("adam", {"eps_place": "inside"}, 3.0 / np.sqrt(10.0)),
        ("adam", {"eps_place": "uncorrected", "beta2": 0.75}, 3.0 / (2.5 / 0.5)),
        ("adamw", {}, 3.0 / 4.0),
        ("amsgrad", {}, 3.0 / 4.0),
        ("nadam", {"momentum_decay": 0.0}, 3.0 * (1.0 + 0.45 * 0.1 / (1.0 - 0.45**2)) / 4.0),
        ("adamax", {}, 3.0 / 4.0),  # max(u, |g| + ε)
        ("adabelief", {"beta2": 0.75}, 3.0 / (np.sqrt(0.25 * 2.7**2 + 1.0) / 0.5 + 1.0)),
        ("qhadam", {}, 3.0 / 4.0),
        ("schedule_free_adamw", {}, 3.0 / 4.0),
        ("adan", {}, 3.0 / 4.0),
    ],
)
def test_eps_stands_where_it_belongs(name, fields, move):
    """First step with g = 3, ε = 1, η = 1; ε in another place would give another length."""
    rule = lo.OPTIMIZERS[name](**{"learning_rate": 1.0, "eps": 1.0, "weight_decay": 0.0} | fields)
    np.testing.assert_allclose(constant_slope_moves(rule, 1), move, rtol=1e-13)


def test_amsgrad_takes_the_maximum_of_the_raw_second_moment():
    """g = 8, 4, 0 and β₂ = ½: v = 32, 24, 12, so u = 32 at all steps, each corrected by 1 − 2⁻ᵗ.

    The maximum of corrected moments would be 64 at all steps.
    """
    rule = lo.OPTIMIZERS["amsgrad"](learning_rate=1.0, beta1=0.5, beta2=0.5, eps=0.0)
    given = iter([8.0, 4.0, 0.0])
    moves = -np.diff(path(rule, [0.0], lambda _: np.array([[next(given)]]), 3)[:, 0, 0])
    first = np.array([4.0 / 0.5, 4.0 / 0.75, 2.0 / 0.875])
    np.testing.assert_allclose(moves, first / np.sqrt(32.0 / np.array([0.5, 0.75, 0.875])))


def test_adagrad_travels_like_root_t():
    rule = Adagrad(learning_rate=0.1)
    traveled = constant_slope_moves(rule, 400).sum()
    assert traveled == pytest.approx(0.1 * (1.0 / np.sqrt(np.arange(1, 401))).sum(), rel=1e-9)
    assert traveled == pytest.approx(0.1 * 2.0 * np.sqrt(400.0), rel=0.05)


def test_on_a_constant_gradient_only_eps_bounds_the_steps_of_adabelief():
    moves = constant_slope_moves(lo.OPTIMIZERS["adabelief"](learning_rate=0.1), 2000)
    assert np.all(np.diff(moves) > 0.0)
    assert moves[-1] > 1.0  # ten times the learning rate
    firm = constant_slope_moves(lo.OPTIMIZERS["adabelief"](learning_rate=0.1, eps=0.01), 2000)
    assert firm.max() < 0.2


def test_rare_large_gradients_do_not_lengthen_the_steps_of_adamax():
    def longest(name):
        rule = lo.OPTIMIZERS[name](learning_rate=0.1)
        params = np.zeros((1, 1))
        state, moves = rule.init(params), []
        for t in range(1, 1001):
            moved, state = rule.update(np.full((1, 1), float(t % 500 == 0)), state, params)
            moves.append(abs(float(moved[0, 0] - params[0, 0])))
            params = moved
        return max(moves)

    share = (1.0 - 0.9) / (
        1.0 - 0.9 / 0.999
    )  # of the average, where u has faded as little as it can
    assert longest("adamax") <= 0.1 * share
    assert longest("adam") > 0.1 * share  # its v is too small for what is rare


@pytest.mark.parametrize(
    ("learning_rate", "curvature", "batch_size"), [(0.5, 1.0, 1), (0.1, 4.0, 2), (0.75, 2.0, 4)]
)
def test_noise_ball_of_sgd(learning_rate, curvature, batch_size):
    n_steps = 4000
    objective = Noisy(curvature, n_samples=20 * n_steps)  # so many that none is drawn twice
    run = lo.descend(
        GradientDescent(learning_rate=learning_rate),
        objective,
        start=np.zeros(objective.n_params),
        n_steps=n_steps,
        batch_size=batch_size,
    )
    expected = learning_rate / (batch_size * curvature * (2.0 - learning_rate * curvature))
    assert run.iterates[200:].var() == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize(("n_samples", "batch_size"), [(10, 5), (10, 9), (40, 4), (40, 1)])
def test_variance_of_a_batch_drawn_without_replacement(n_samples, batch_size):
    objective = Noisy(1.0, n_samples)  # S² = 1
    moves = [
        lo.descend(
            GradientDescent(learning_rate=1.0),
            objective,
            start=np.zeros(objective.n_params),
            n_steps=1,
            batch_size=batch_size,
            seed=seed,
        ).iterates[1]
        for seed in range(1500)
    ]
    expected = (1.0 - batch_size / n_samples) / batch_size
    assert np.mean(np.square(moves)) == pytest.approx(expected, rel=0.06)


def test_largest_learning_rate_of_a_least_squares_line():
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    inputs = risk.inputs
    steepest = np.linalg.eigvalsh(2.0 / len(inputs) * inputs.T @ inputs)[-1]
    away = risk.minimizers[0] + 1.0
    distances = [
        risk.distance(
            lo.descend(
                GradientDescent(learning_rate=factor * 2.0 / steepest),
                risk,
                start=away,
                n_steps=3000,
            ).iterates[-1]
        )
        for factor in (0.99, 1.01)
    ]
    assert distances[0] < 1e-3
    assert distances[1] > 1e3


def test_rosenbrock_is_unstable_at_its_minimizer_above_two_over_1001_6():
    rosenbrock = lo.OBJECTIVES["rosenbrock"]()
    steepest = np.linalg.eigvalsh(rosenbrock.hessian(np.array([1.0, 1.0])))[-1]
    assert steepest == pytest.approx(1001.6, abs=0.05)
    start = np.array([1.0 + 1e-9, 1.0 - 1e-9])
    for factor, escapes in [(0.98, False), (1.02, True)]:
        rule = GradientDescent(learning_rate=factor * 2.0 / steepest)
        end = lo.descend(rule, rosenbrock, start=start, n_steps=400).iterates[-1]
        assert (np.abs(end - 1.0).max() > 1e-6) == escapes


def test_untrained_classifier_loses_log_k():
    rng = np.random.default_rng(0)
    data = lo.Dataset(rng.normal(size=(9, 2)), np.arange(9) % 3)
    risk = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]())
    run = lo.descend(GradientDescent(learning_rate=0.1), risk, n_steps=1)
    assert run.losses[0] == pytest.approx(np.log(3.0), rel=1e-14)
    assert run.losses[1] < run.losses[0]


def test_separable_classes_have_no_minimizer_and_weights_grow_like_log_t():
    data = lo.Dataset([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1])
    risk = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    assert len(risk.minimizers) == 0
    run = lo.descend(GradientDescent(learning_rate=1.0), risk, n_steps=20_000)
    norms = np.linalg.norm(run.iterates, axis=1)
    per_decade = np.diff(norms[[200, 2000, 20_000]])
    np.testing.assert_allclose(per_decade, np.log(10.0), rtol=0.03)  # the margin is 1


def test_mse_picks_the_mean_and_mae_the_median():
    data = lo.Dataset(np.zeros((5, 1)), [1.0, 2.0, 3.0, 4.0, 100.0])
    for name, pick in [("mse", 22.0), ("mae", 3.0)]:
        risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES[name]())
        rules = [GradientDescent(learning_rate=0.4), Adagrad(learning_rate=5.0)]
        for run in lo.descend(rules, risk, start=[0.0, 10.0], n_steps=20_000):
            assert run.iterates[-1, 1] == pytest.approx(pick, abs=0.5)
