"""Diagnostics: closed forms on quadratics, and the whole Hessian as the oracle elsewhere."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.params import Array, IntArray
from lossopt.theory import diagnostics
from lossopt.theory.diagnostics import (
    condition_number,
    effective_learning_rates,
    gradient_norms,
    hessian_product,
    largest_curvature,
    largest_stable_learning_rate,
    sharpness,
    stability_products,
    step_angles,
)

RISKS = {
    "linear": ("curve", lo.MODELS["linear"](degree=3), "mse"),
    "huber": ("line", lo.MODELS["linear"](), "huber"),
    "logistic": ("moons", lo.MODELS["logistic"](degree=2), "binary_cross_entropy"),
    "softmax": ("three_blobs", lo.MODELS["softmax"](), "categorical_cross_entropy"),
    "mlp": ("moons", lo.MODELS["mlp"](), "binary_cross_entropy"),
    "deep": ("curve", lo.MODELS["mlp"](hidden_layers=3, width=6), "mse"),
    "classes": ("three_blobs", lo.MODELS["mlp"](hidden_layers=2), "categorical_cross_entropy"),
}
EVERY = pytest.mark.parametrize("name", RISKS)


def risk_of(name):
    data, model, loss = RISKS[name]
    return lo.EmpiricalRisk(lo.DATASETS[data](), model, lo.LOSSES[loss]())


def points_of(risk, n=3):
    noise = np.random.default_rng(0).standard_normal((n, risk.n_params))
    return risk.start + 0.5 * noise


@dataclasses.dataclass(frozen=True, eq=False)
class Bowl(lo.Objective):
    """½ θᵀAθ with chosen curvatures, negative ones too, in turned axes."""

    curvatures: Array
    quadratic = True

    @property
    def n_params(self) -> int:
        return len(self.curvatures)

    @property
    def matrix(self) -> Array:
        rng = np.random.default_rng(7)
        axes = np.linalg.qr(rng.standard_normal((self.n_params, self.n_params)))[0]
        return (axes * self.curvatures) @ axes.T

    def value(self, params: Array) -> Array:
        return 0.5 * ((params @ self.matrix) * params).sum(axis=-1)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return params @ self.matrix


@pytest.mark.parametrize(
    "curvatures",
    [
        [3.0],
        [1.0, 10.0],
        [-5.0, -2.0],
        [-9.0, 2.0, 0.0],
        [0.0, 0.0, 0.0],
        [4.0, 4.0, 4.0, 4.0],
        np.linspace(1.0, 2.0, 200),
        np.concatenate([np.linspace(-3.0, 1.0, 300), [1.5]]),
        np.linspace(-2.0, -1.0, 50),
    ],
)
def test_sharpness_of_quadratics(curvatures):
    bowl = Bowl(np.array(curvatures))
    points = np.random.default_rng(0).standard_normal((2, 3, bowl.n_params))
    found = sharpness(bowl, points)
    assert found.shape == (2, 3)
    np.testing.assert_allclose(found, max(curvatures), rtol=1e-3, atol=1e-9)
    enough = sharpness(bowl, points, max_products=400)
    np.testing.assert_allclose(enough, max(curvatures), rtol=1e-7, atol=1e-9)


@EVERY
def test_hessian_products_equal_the_whole_hessian(name):
    risk = risk_of(name)
    points = points_of(risk)
    vectors = np.random.default_rng(1).standard_normal(points.shape)
    expected = np.stack([risk.hessian(p) @ v for p, v in zip(points, vectors, strict=True)])
    found = hessian_product(risk, points, vectors)
    np.testing.assert_allclose(found, expected, atol=1e-7 * np.abs(expected).max())
    np.testing.assert_array_equal(hessian_product(risk, points, 0.0 * vectors), 0.0 * vectors)


@EVERY
def test_sharpness_equals_the_largest_eigenvalue_of_the_whole_hessian(name):
    risk = risk_of(name)
    points = points_of(risk)
    expected = [np.linalg.eigvalsh(risk.hessian(point))[-1] for point in points]
    np.testing.assert_allclose(sharpness(risk, points), expected, rtol=1e-5)
    np.testing.assert_allclose(sharpness(risk, points[0]), expected[0], rtol=1e-5)
    np.testing.assert_allclose(largest_curvature(risk, points[0]), expected[0], rtol=1e-5)


def test_sharpness_in_blocks(monkeypatch):
    risk = risk_of("mlp")
    points = points_of(risk, 7)
    together = sharpness(risk, points)
    monkeypatch.setattr(diagnostics, "BLOCK", 1)
    np.testing.assert_allclose(sharpness(risk, points), together, rtol=1e-7)


def test_sharpness_after_divergence_is_nan():
    bowl = lo.OBJECTIVES["quadratic"]()
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=1e200), bowl, n_steps=5)
    assert run.diverged_at is not None
    found = sharpness(bowl, run.iterates)
    assert np.isnan(found[run.diverged_at :]).all() and np.isfinite(found[0])
    assert np.isnan(gradient_norms(bowl, run)[run.diverged_at :]).all()
    assert np.isnan(step_angles(bowl, run)[run.diverged_at :]).all()
    assert sharpness(bowl, np.full((2, 2), np.nan)).shape == (2,)


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.19])
def test_gradient_descent_moves_by_its_learning_rate_straight_downhill(rate):
    bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0, rotation=30.0)
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=rate), bowl, n_steps=20)
    np.testing.assert_allclose(effective_learning_rates(bowl, run), rate, rtol=1e-6)
    np.testing.assert_allclose(step_angles(bowl, run), 0.0, atol=1e-4)
    expected = np.linalg.norm(bowl.gradient(run.iterates), axis=1)
    np.testing.assert_array_equal(gradient_norms(bowl, run), expected)


def test_adam_starts_diagonally():
    """Its first step is η·sign(g): the angle to −g follows from g, the rates are η/|g|."""
    bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    start = np.array([4.0, 0.3])
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.1, eps=0.0)
    run = lo.descend(rule, bowl, start=start, n_steps=1)
    np.testing.assert_allclose(effective_learning_rates(bowl, run)[0], [0.1 / 4.0, 0.1 / 3.0])
    expected = np.rad2deg(np.arctan2(4.0, 3.0)) - 45.0
    np.testing.assert_allclose(step_angles(bowl, run), [expected], rtol=1e-9)


def test_momentum_approaches_its_rate_on_a_constant_gradient():
    x = np.array([[1.0]])
    flat = lo.EmpiricalRisk(lo.Dataset(x, [1e6]), lo.MODELS["linear"](), lo.LOSSES["mae"]())
    rule = lo.OPTIMIZERS["momentum"](learning_rate=0.01, momentum=0.9)
    rates = effective_learning_rates(flat, lo.descend(rule, flat, n_steps=200))
    np.testing.assert_allclose(rates[-1], 0.01 / (1.0 - 0.9), rtol=1e-6)
    np.testing.assert_allclose(rates[1], 0.01 * 1.9, rtol=1e-6)


def test_a_run_that_stands_still():
    bowl = lo.OBJECTIVES["quadratic"]()
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](), bowl, start=[0.0, 0.0], n_steps=3)
    assert np.isnan(effective_learning_rates(bowl, run)).all()
    assert np.isnan(step_angles(bowl, run)).all()
    still = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.0), bowl, n_steps=3)
    np.testing.assert_array_equal(effective_learning_rates(bowl, still), 0.0)


@pytest.mark.parametrize("decay", [0.0, 0.5])
def test_learning_rate_times_sharpness(decay):
    bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1, weight_decay=decay)
    run = lo.descend(rule, bowl, n_steps=10)
    products = stability_products(rule, bowl, run)
    np.testing.assert_allclose(products, 0.1 * (10.0 + decay), rtol=1e-7)
    some = stability_products(rule, bowl, run, np.array([0, 5]))
    np.testing.assert_allclose(some, products[[0, 5]], rtol=1e-9)
    limit = largest_stable_learning_rate(rule, bowl)
    np.testing.assert_allclose(limit, 2.0 / (10.0 + decay), rtol=1e-7)


def test_gradient_descent_on_a_network_ends_at_the_edge_of_stability():
    """A large learning rate drives the sharpness down to about 2/η, as Cohen et al. found."""
    risk = risk_of("deep")
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.2)
    run = lo.descend(rule, risk, n_steps=3000)
    late = stability_products(rule, risk, run, np.array([2600, 2800, 3000]))
    assert run.losses[-1] < 0.2 * run.losses[0]
    assert (late < 2.5).all()


@pytest.mark.parametrize("kappa", [1.0, 10.0, 1000.0])
def test_condition_number_of_a_quadratic(kappa):
    bowl = lo.OBJECTIVES["quadratic"](condition_number=kappa, rotation=20.0)
    np.testing.assert_allclose(condition_number(bowl), kappa, rtol=1e-6)


def test_condition_number_of_models():
    line = risk_of("linear")
    sizes = np.linalg.eigvalsh(2.0 * line.inputs.T @ line.inputs)
    np.testing.assert_allclose(condition_number(line), sizes[-1] / sizes[0], rtol=1e-9)
    softmax = risk_of("softmax")
    sizes = np.linalg.eigvalsh(softmax.hessian(softmax.minimizers[0]))
    np.testing.assert_allclose(sizes[:3], 0.0, atol=1e-12)  # all classes shifted together
    np.testing.assert_allclose(condition_number(softmax), sizes[-1] / sizes[3], rtol=1e-6)
    assert np.isnan(condition_number(lo.OBJECTIVES["saddle"](), np.zeros(2)))
    flat = Bowl(np.array([0.0, 1.0]))
    assert condition_number(flat, np.ones(2)) == np.inf


def test_largest_curvature_with_many_params_uses_products_only(monkeypatch):
    risk = risk_of("classes")
    assert risk.n_params > diagnostics.DENSE
    exact = np.linalg.eigvalsh(risk.hessian(risk.start))[-1]
    monkeypatch.setattr(lo.EmpiricalRisk, "hessian", None)
    np.testing.assert_allclose(largest_curvature(risk, risk.start), exact, rtol=1e-5)


def test_decoupled_weight_decay_is_no_curvature():
    bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    rule = lo.OPTIMIZERS["adamw"](learning_rate=0.1, weight_decay=0.5)
    run = lo.descend(rule, bowl, n_steps=1)
    np.testing.assert_allclose(stability_products(rule, bowl, run), 1.0, rtol=1e-7)
    assert largest_stable_learning_rate(rule, bowl) is None
