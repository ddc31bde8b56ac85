"""The core against the plain NumPy way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import lossopt as lo
from benchmarks.measure import ROUNDS, ratio, report, seconds
from lossopt.landscapes.surfaces import Plane, axis_plane, evaluate_surface
from lossopt.params import Array
from lossopt.sweeps import seed_bands, sweep

N = 500
SIDE = 3.0
RATES = np.geomspace(1e-3, 1.0, 64)
DECAYS = 1.0 - np.geomspace(1e-3, 0.5, 64)


def risk_of(loss: str, n_samples: int = N) -> lo.EmpiricalRisk:
    """Mean loss on random samples with two features (one for a regression)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n_samples, 2))
    noisy = X[:, 0] + 0.5 * X[:, 1] + rng.normal(size=n_samples)
    kind = lo.LOSSES[loss]
    task = kind.task
    y = {
        "regression": 2.0 * X[:, 0] + noisy,
        "binary": (noisy > 0).astype(float),
        "multiclass": np.digitize(noisy, [-0.7, 0.7]).astype(float),
    }[task]
    model = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}[task]
    data = lo.Dataset(X[:, :1] if task == "regression" else X, y, task)
    return lo.EmpiricalRisk(data, lo.MODELS[model](), kind())


def meshgrid_way(risk: lo.EmpiricalRisk, axes: tuple[int, int], axis: Array) -> Array:
    """Predict for all grid points and samples at once by broadcasting, then average."""
    first, second = np.meshgrid(axis, axis)
    inputs = risk.inputs
    if risk.loss.task != "multiclass":
        z = first[..., None] * inputs[:, axes[0]] + second[..., None] * inputs[:, axes[1]]
        return risk.loss.value(z, risk.y).mean(axis=-1)
    n_classes = risk.n_outputs
    z = np.zeros((*first.shape, risk.n_samples, n_classes))
    for params, k in zip((first, second), axes, strict=True):
        z[..., k % n_classes] += params[..., None] * inputs[:, k // n_classes]
    return risk.loss.value(z, risk.y).mean(axis=-1)


def plane_of(risk: lo.EmpiricalRisk, axes: tuple[int, int]) -> Plane:
    """Plane of two params, the others 0."""
    return Plane(np.zeros(risk.n_params), np.eye(risk.n_params)[list(axes)], ("x", "y"))


def surface_way(risk: lo.EmpiricalRisk, plane: Plane, resolution: int) -> Array:
    bounds = ((-SIDE, SIDE), (-SIDE, SIDE))
    return evaluate_surface(risk, plane=plane, bounds=bounds, resolution=resolution).z


SURFACES: tuple[tuple[str, str, tuple[int, int], float], ...] = (
    ("mse", "w, b", (0, 1), 300),
    ("mae", "w, b", (0, 1), 30),
    ("huber", "w, b", (0, 1), 20),
    ("binary_cross_entropy", "w, b", (0, 2), 40),
    ("binary_cross_entropy", "w1, w2", (0, 1), 20),
    ("categorical_cross_entropy", "w, b", (0, 8), 60),
    ("categorical_cross_entropy", "two weights", (0, 4), 60),
    ("hinge", "w, b", (0, 2), 3),
    ("sigmoid_mse", "w, b", (0, 2), 3),
)


def surfaces() -> None:
    print(f"\nSurface 100 × 100, n = {N}: times the meshgrid way")
    axis = np.linspace(-SIDE, SIDE, 100)
    for loss, label, axes, target in SURFACES:
        risk = risk_of(loss)
        plane = plane_of(risk, axes)
        gap = np.abs(surface_way(risk, plane, 100) / meshgrid_way(risk, axes, axis) - 1.0).max()
        measured = ratio(
            lambda risk=risk, plane=plane: surface_way(risk, plane, 100),
            lambda risk=risk, axes=axes: meshgrid_way(risk, axes, axis),
        )
        report(f"{loss} ({label}), differs by {gap:.0e}", measured, target)
    for loss in ("mae", "huber", "hinge", "sigmoid_mse", "binary_cross_entropy"):
        risk = risk_of(loss)
        measured = ratio(
            lambda risk=risk: blocks_way(risk),
            lambda risk=risk: meshgrid_way(risk, (0, 1), axis),
            3,
        )
        report(f"{loss} as if there were no shortcut", measured, 3)


def blocks_way(risk: lo.EmpiricalRisk) -> Array:
    from lossopt.landscapes.fast import Sheet, blockwise

    axis = np.linspace(-SIDE, SIDE, 100)
    directions = np.eye(risk.n_params)[:2]
    return blockwise(Sheet.of(risk, np.zeros(risk.n_params), directions, axis, axis))


def plain_loop(rules: Sequence[lo.Optimizer], goal: lo.Objective, n_steps: int) -> list[Array]:
    """One plain loop per optimizer, one run at a time."""
    paths = []
    for rule in rules:
        params = goal.start[None]
        state, path = rule.init(params), [params]
        for _ in range(n_steps):
            params, state = rule.update(goal.gradient(params), state, params)
            path.append(params)
        paths.append(np.concatenate(path))
        goal.value(paths[-1])
    return paths


RACE = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam")


def races() -> None:
    print(f"\nRace of 8 optimizers × 500 steps, n = {N}: times a plain loop per optimizer")
    rules = [lo.OPTIMIZERS[name]() for name in RACE]
    for loss, target in (
        ("mse", 3),
        ("binary_cross_entropy", 2),
        ("categorical_cross_entropy", None),
    ):
        goal = risk_of(loss)
        measured = ratio(
            lambda goal=goal: lo.descend(rules, goal, n_steps=500),
            lambda goal=goal: plain_loop(rules, goal, 500),
        )
        report(loss, measured, target)


def plain_sweep(goal: lo.Objective, n_steps: int) -> Array:
    """Adam for all pairs of η and β₁ as one batch, every intermediate result a new array."""
    rate, beta1 = (grid.reshape(-1, 1) for grid in np.meshgrid(RATES, DECAYS, indexing="ij"))
    beta2, eps = 0.999, 1e-8
    params = np.tile(goal.start, (rate.size, 1))
    first, second = np.zeros_like(params), np.zeros_like(params)
    best = goal.value(params)
    for step in range(1, n_steps + 1):
        gradient = plain_gradient(goal, params)
        first = beta1 * first + (1 - beta1) * gradient
        second = beta2 * second + (1 - beta2) * gradient**2
        corrected = first / (1 - beta1**step)
        params = params - rate * corrected / (np.sqrt(second / (1 - beta2**step)) + eps)
        best = np.minimum(best, plain_value(goal, params))
    return best


def plain_gradient(goal: lo.Objective, params: Array) -> Array:
    if not isinstance(goal, lo.EmpiricalRisk):
        return goal.gradient(params)
    slopes = goal.loss.gradient(params @ goal.inputs.T, goal.y)
    return slopes @ goal.inputs / goal.n_samples


def plain_value(goal: lo.Objective, params: Array) -> Array:
    if not isinstance(goal, lo.EmpiricalRisk):
        return goal.value(params)
    return goal.loss.value(params @ goal.inputs.T, goal.y).mean(axis=-1)


def sweeps() -> None:
    print("\nSweep of Adam, 64 × 64 values of η and β₁ × 500 steps: times one plain batch")
    rule = lo.OPTIMIZERS["adam"]()
    goals = {
        "rosenbrock": lo.OBJECTIVES["rosenbrock"](),
        "mse, n = 100": risk_of("mse", 100),
        "binary_cross_entropy, n = 100": risk_of("binary_cross_entropy", 100),
    }
    for label, goal in goals.items():
        measured = ratio(
            lambda goal=goal: sweep(rule, goal, learning_rate=RATES, beta1=DECAYS, n_steps=500),
            lambda goal=goal: plain_sweep(goal, 500),
            3,
        )
        report(label, measured, 3)


def plain_seeds(goal: lo.EmpiricalRisk, rate: float, n_seeds: int, n_steps: int) -> Array:
    """SGD, one seed after the other, one sample after the other; losses of each path at its end."""
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=rate)
    curves = []
    for seed in range(n_seeds):
        rng = np.random.default_rng(seed)
        params, state = goal.start[None], {}
        path, order = [params], rng.permutation(goal.n_samples)
        for step in range(n_steps):
            k = step % goal.n_samples
            if k == 0 and step:
                order = rng.permutation(goal.n_samples)
            gradient = goal.gradient(params, order[k : k + 1])
            params, state = rule.update(gradient, state, params)
            path.append(params)
        curves.append(goal.value(np.concatenate(path)))
    return np.array(curves)


def single_seeds(rule: lo.Optimizer, goal: lo.EmpiricalRisk) -> None:
    for seed in range(100):
        lo.descend(rule, goal, n_steps=1000, batch_size=1, seed=seed)


def seeds() -> None:
    print(f"\n100 seeds of SGD × 1000 steps, n = {N}: times a loop per run")
    for loss in ("mse", "binary_cross_entropy"):
        goal = risk_of(loss)
        rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
        measured = ratio(
            lambda rule=rule, goal=goal: seed_bands(rule, goal, seeds=100, n_steps=1000),
            lambda goal=goal: plain_seeds(goal, 0.01, 100, 1000),
            3,
        )
        report(f"{loss}, times a bare loop", measured, 150)
        measured = ratio(
            lambda rule=rule, goal=goal: seed_bands(rule, goal, seeds=100, n_steps=1000),
            lambda rule=rule, goal=goal: single_seeds(rule, goal),
            3,
        )
        report(f"{loss}, times descend for each", measured, 150)


def change() -> None:
    """All computing for one change of the page: a race, its surface, gradients for the table."""
    print(f"\nOne change: race of 6 × 300 steps, surface 100 × 100, gradient norms, n = {N}")
    rules = [lo.OPTIMIZERS[name]() for name in RACE[:6]]
    for loss in lo.LOSSES:
        goal = risk_of(loss)
        plane = axis_plane(goal, 0, goal.n_params - 1)

        def work(goal: lo.EmpiricalRisk = goal, plane: Plane = plane) -> None:
            runs = lo.descend(rules, goal, n_steps=300, batch_size=32)
            for run in runs:
                goal.gradient(run.iterates)
            evaluate_surface(goal, plane=plane)

        work()
        spent = float(np.median([seconds(work) for _ in range(ROUNDS)]))
        print(f"  {loss:44s} {1e3 * spent:9.2f} ms              (target 40 ms)", flush=True)


def main() -> None:
    """Print all core figures."""
    surfaces()
    races()
    sweeps()
    seeds()
    change()
