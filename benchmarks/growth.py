"""How the core grows: with the samples, the grid, the runs; seconds and peak memory."""

from __future__ import annotations

import numpy as np

import lossopt as lo
from benchmarks.core import SIDE, N, plane_of, risk_of
from benchmarks.measure import grown
from lossopt.landscapes.fast import fast_values
from lossopt.params import Array

SURFACES = (
    ("mse", (0, 1)),
    ("mae", (0, 1)),
    ("huber", (0, 1)),
    ("binary_cross_entropy", (0, 2)),
    ("categorical_cross_entropy", (0, 8)),
    ("sigmoid_mse", (0, 2)),
)


def surface(risk: lo.EmpiricalRisk, axes: tuple[int, int], resolution: int) -> Array | None:
    """Values on a grid of any size; `evaluate_surface` stops at 500 × 500."""
    plane = plane_of(risk, axes)
    axis = np.linspace(-SIDE, SIDE, resolution)
    with np.errstate(all="ignore"):
        return fast_values(risk, plane.origin, plane.directions, axis, axis)


def main() -> None:
    """Print the growth table."""
    print("\nGrowth: seconds of one call, and its peak memory")
    for loss, axes in SURFACES:
        for n_samples in (100, 1_000, 10_000, 100_000, 1_000_000):
            risk = risk_of(loss, n_samples)
            _ = risk.inputs
            grown(
                f"{loss}, n = {n_samples:,}, 50 × 50",
                lambda risk=risk, axes=axes: surface(risk, axes, 50),
            )
        risk = risk_of(loss)
        for side in (50, 100, 200, 400, 800):
            grown(
                f"{loss}, n = {N}, {side} × {side}",
                lambda risk=risk, axes=axes, side=side: surface(risk, axes, side),
            )
    rule, goal = lo.OPTIMIZERS["adam"](), risk_of("binary_cross_entropy", 100)
    for n_runs in (1, 10, 100, 1_000, 10_000):
        rates = np.geomspace(1e-3, 1.0, n_runs)
        grown(
            f"sweep of {n_runs:,} runs × 100 steps, n = 100",
            lambda rates=rates: lo.sweep(rule, goal, learning_rate=rates, n_steps=100),
        )
    for n_runs in (1, 10, 100, 1_000):
        grown(
            f"{n_runs:,} seeds of SGD × 100 steps with their curves, n = {N}",
            lambda n_runs=n_runs: lo.seed_bands(
                lo.OPTIMIZERS["gradient_descent"](), risk_of("mse"), seeds=n_runs, n_steps=100
            ),
        )
    for n_runs in (1, 10, 100, 1_000):
        grown(
            f"descend with {n_runs:,} runs × 100 steps and their paths",
            lambda n_runs=n_runs: lo.descend([rule] * n_runs, goal, n_steps=100),
        )
