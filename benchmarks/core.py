"""Surfaces and races against the plain NumPy way, alternating, medians of ratios."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

import lossopt as lo
from lossopt.params import Array
from lossopt.surfaces import axis_plane, evaluate_surface

ROUNDS = 7
N = 500


def ratio(fast: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of `fast`, and median of plain/fast over alternating rounds."""
    fast(), plain()
    seconds, ratios = [], []
    for _ in range(ROUNDS):
        marks = [time.perf_counter()]
        for work in (fast, plain):
            work()
            marks.append(time.perf_counter())
        seconds.append(marks[1] - marks[0])
        ratios.append((marks[2] - marks[1]) / (marks[1] - marks[0]))
    return float(np.median(seconds)), float(np.median(ratios))


def risks() -> dict[str, lo.EmpiricalRisk]:
    """One mean loss per kind, on 500 samples."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, 2))
    noisy = X[:, 0] + 0.5 * X[:, 1] + rng.normal(size=N)
    line = lo.Dataset(X[:, :1], 2.0 * X[:, 0] + noisy, "regression")
    two = lo.Dataset(X, (noisy > 0).astype(float), "binary")
    three = lo.Dataset(X, np.digitize(noisy, [-0.7, 0.7]).astype(float), "multiclass")
    made = {}
    for loss, kind in lo.LOSSES.items():
        data, model = {
            "regression": (line, "linear"),
            "binary": (two, "logistic"),
            "multiclass": (three, "softmax"),
        }[kind.task]
        made[loss] = lo.EmpiricalRisk(data, lo.MODELS[model](), kind())
    return made


def meshgrid_way(risk: lo.EmpiricalRisk, grid: Array) -> Array:
    """Predict for every grid point and sample at once, then average."""
    return risk.loss.value(risk.model.predict(grid, risk.inputs), risk.y).mean(axis=-1)


def surfaces() -> None:
    print(f"\nSurface 100 × 100, n = {N}: times the meshgrid way")
    axis = np.linspace(-3.0, 3.0, 100)
    for loss, risk in risks().items():
        plane = axis_plane(risk, 0, risk.n_params - 1)
        grid = plane.params(axis[None, :], axis[:, None])
        box = ((-3.0, 3.0), (-3.0, 3.0))
        seconds, times = ratio(
            lambda risk=risk, plane=plane, box=box: evaluate_surface(risk, plane=plane, bounds=box),
            lambda risk=risk, grid=grid: meshgrid_way(risk, grid),
        )
        print(f"  {loss:28s} {1e3 * seconds:8.2f} ms   {times:7.1f} ×")


def plain_loop(rules: list[lo.Optimizer], goal: lo.Objective, n_steps: int) -> list[Array]:
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


def races() -> None:
    print(f"\nRace of 8 optimizers × 500 steps, n = {N}: times a plain loop per optimizer")
    rules = [kind() for kind in list(lo.OPTIMIZERS.values())[:8]]
    for loss in ("mse", "binary_cross_entropy", "categorical_cross_entropy"):
        goal = risks()[loss]
        seconds, times = ratio(
            lambda goal=goal: lo.descend(rules, goal, n_steps=500),
            lambda goal=goal: plain_loop(rules, goal, 500),
        )
        print(f"  {loss:28s} {1e3 * seconds:8.2f} ms   {times:7.1f} ×")


def main() -> None:
    """Print all core figures."""
    surfaces()
    races()
