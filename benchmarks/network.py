"""A small neural network: slices of its loss, and its training from several starts at once."""

from __future__ import annotations

from typing import Any

import numpy as np

import lossopt as lo
from benchmarks.measure import ratio, report
from lossopt.params import Array

SIDE = 50
BOX = ((-1.0, 1.0), (-1.0, 1.0))
N_STEPS = 200
SEEDS = range(5)


def network(width: int = 16, n_samples: int = 200) -> lo.EmpiricalRisk:
    """Two hidden layers on the moons."""
    data = lo.DATASETS["moons"](n_samples=n_samples)
    model = lo.MODELS["mlp"](hidden_layers=2, width=width)
    return lo.EmpiricalRisk(data, model, lo.LOSSES["binary_cross_entropy"]())


def point_by_point(risk: lo.EmpiricalRisk, plane: lo.Plane, axis: Array) -> Array:
    """Loss at one point of the slice after the other."""
    return np.array([[float(risk.value(plane.at(x, y))) for x in axis] for y in axis])


def slices() -> None:
    print(f"\nSlice {SIDE} × {SIDE} of a network, 2 hidden layers, n = 200: times point by point")
    axis = np.linspace(-1.0, 1.0, SIDE)
    for width in (4, 8, 16):
        risk = network(width)
        plane = lo.random_plane(risk)

        def fast(risk: lo.EmpiricalRisk = risk, plane: lo.Plane = plane) -> Array:
            return lo.evaluate_surface(risk, plane=plane, bounds=BOX, resolution=SIDE).z

        gap = np.abs(fast() / point_by_point(risk, plane, axis) - 1.0).max()
        measured = ratio(fast, lambda risk=risk, plane=plane: point_by_point(risk, plane, axis), 3)
        report(f"width {width}, {risk.n_params} params, differs by {gap:.0e}", measured, 2.5)


def starts(risk: lo.EmpiricalRisk) -> Array:
    """One start for each seed."""
    kind = type(risk.model)
    fields = {"hidden_layers": 2, "width": risk.model.width}  # type: ignore[attr-defined]
    return np.stack([kind(**fields, init_seed=seed).initial(2, 1) for seed in SEEDS])


def training() -> None:
    print(f"\nTraining a network from {len(SEEDS)} starts, Adam × {N_STEPS} steps, n = 200")
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.01)
    for width in (8, 16):
        risk = network(width)
        first = starts(risk)

        def batched(risk: lo.EmpiricalRisk = risk, first: Array = first) -> list[lo.Trajectory]:
            return lo.descend([rule] * len(SEEDS), risk, start=first, n_steps=N_STEPS)

        def one_by_one(risk: lo.EmpiricalRisk = risk, first: Array = first) -> None:
            for start in first:
                lo.descend(rule, risk, start=start, n_steps=N_STEPS)

        report(
            f"width {width}, times one start after the other", ratio(batched, one_by_one, 3), None
        )
        torch_training(risk, first, batched)


def torch_training(risk: lo.EmpiricalRisk, first: Array, batched: Any) -> None:
    """Time the same training as a loop of torch.optim, where torch is installed."""
    try:
        import torch
    except ImportError:
        print("  (torch is not installed: no comparison with a torch loop)")
        return
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)  # faster for arrays this small
    x, y = torch.from_numpy(risk.dataset.X), torch.from_numpy(risk.y)
    width = risk.model.width  # type: ignore[attr-defined]
    shapes = [(2, width), (width, width), (width, 1)]
    loss_of = torch.nn.functional.binary_cross_entropy_with_logits

    def module(start: Array) -> torch.nn.Module:
        layers, begin = [], 0
        for n_in, n_out in shapes:
            matrix = start[begin : (begin := begin + (n_in + 1) * n_out)].reshape(-1, n_out)
            layer = torch.nn.Linear(n_in, n_out)
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(matrix[:-1].T.copy()))
                layer.bias.copy_(torch.from_numpy(matrix[-1].copy()))
            layers += [layer, torch.nn.Tanh()]
        return torch.nn.Sequential(*layers[:-1])

    def loop() -> list[float]:
        ends = []
        for start in first:
            model = module(start)
            optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
            curve = []
            for _ in range(N_STEPS):
                optimizer.zero_grad()
                value = loss_of(model(x)[:, 0], y)
                value.backward()
                optimizer.step()
                curve.append(value.item())
            ends.append(loss_of(model(x)[:, 0], y).item())
        return ends

    gap = np.abs(np.array([run.losses[-1] for run in batched()]) / loop() - 1.0).max()
    report(f"width {width}, times a torch loop, differs by {gap:.0e}", ratio(batched, loop, 3), 8)


def main() -> None:
    """Print all figures of the network."""
    slices()
    training()
