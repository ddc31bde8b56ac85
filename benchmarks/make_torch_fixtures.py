"""Write tests/fixtures/torch.npz: the iterates of torch.optim that lossopt must reproduce.

Rules that torch.optim does not have come from the packages of their authors, or of those who
collect them. A development script, the only place that needs torch. In an environment of its own:

    pip install torch==2.13.0 numpy schedulefree prodigyopt lion-pytorch adabelief-pytorch
    pip install torch-optimizer pytorch-ranger
    python benchmarks/make_torch_fixtures.py

Everything is float64 (with a float32 default, NAdam and ASGD would keep float32 scalars), and
autograd finds the gradients. Every case also says how far torch departs from itself when its start
moves by one unit in the last place: no implementation can be expected to come closer than that.
Where the departure exceeds the tolerance it is stored step by step.

torch.optim.Muon makes its matrix orthogonal in bfloat16, which keeps two to three digits whatever
its params are; here it does so in float64.
"""

from __future__ import annotations

import importlib.metadata
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import schedulefree
import torch
import torch_optimizer
from adabelief_pytorch import AdaBelief
from lion_pytorch import Lion
from prodigyopt import Prodigy

TARGET = Path(__file__).parents[1] / "tests" / "fixtures" / "torch.npz"
N_STEPS = 200
TOLERANCE = 1e-12

NAMES = {
    "learning_rate": "lr",
    "learning_rate_decay": "lr_decay",
    "initial_accumulator": "initial_accumulator_value",
    "rate_decay": "lambd",
    "rate_power": "alpha",
    "averaging_start": "t0",
    "line_search": "line_search_fn",
    "clip_threshold": "d",
    "beta": "momentum",
    "mix": "nu",
    "initial_distance": "d0",
    "bias_correction": "use_bias_correction",
    "iterations": "ns_steps",
    "rate_scale": "adjust_lr_fn",
}
ADAM = [
    {"learning_rate": 0.001},
    {"learning_rate": 0.05},
    {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.99, "eps": 1e-2},
    {"learning_rate": 0.02, "beta1": 0.0, "weight_decay": 0.1},
]
SGD = [
    {"learning_rate": 0.001},
    {"learning_rate": 0.0003, "weight_decay": 0.1},
    {"learning_rate": 0.02},  # diverges on the first two problems
]
HEAVY = [
    {"learning_rate": 0.0003},
    {"learning_rate": 0.001, "momentum": 0.5, "weight_decay": 0.1},
    {"learning_rate": 0.001, "momentum": 0.0},
    {"learning_rate": 0.05, "momentum": 0.99},  # diverges on the first two problems
]
RULES: dict[str, tuple[type[torch.optim.Optimizer], dict[str, Any], list[dict[str, Any]]]] = {
    "gradient_descent": (torch.optim.SGD, {}, SGD),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}, HEAVY),
    "nesterov": (
        torch.optim.SGD,
        {"momentum": 0.9, "nesterov": True},
        [setting for setting in HEAVY if setting.get("momentum") != 0.0],  # torch refuses 0
    ),
    "adagrad": (
        torch.optim.Adagrad,
        {},
        [
            {},
            {"learning_rate": 0.5},
            {"learning_rate": 0.2, "initial_accumulator": 0.1, "eps": 1e-3, "weight_decay": 0.1},
            {"learning_rate": 0.5, "learning_rate_decay": 0.05},
        ],
    ),
    "adadelta": (
        torch.optim.Adadelta,
        {},
        [
            {},
            {"learning_rate": 0.5, "decay": 0.95, "eps": 1e-3},
            {"learning_rate": 3.0, "eps": 1e-8, "weight_decay": 0.1},
        ],
    ),
    "rmsprop": (
        torch.optim.RMSprop,
        {},
        [
            {},
            {"learning_rate": 0.001, "decay": 0.9, "eps": 1e-3},
            {"learning_rate": 0.001, "momentum": 0.9},
            {"learning_rate": 0.003, "centered": True, "weight_decay": 0.1},
            {"learning_rate": 0.001, "decay": 0.95, "momentum": 0.5, "centered": True, "eps": 0.1},
        ],
    ),
    "adam": (
        torch.optim.Adam,
        {},
        [*ADAM, {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.9}],  # chaotic
    ),
    "adamw": (torch.optim.AdamW, {}, ADAM),
    "amsgrad": (
        torch.optim.Adam,
        {"amsgrad": True},
        [
            *ADAM,
            {"learning_rate": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True},
            {"learning_rate": 0.02, "beta1": 0.5, "decoupled_weight_decay": True}
            | {"weight_decay": 0.5},
        ],
    ),
    "nadam": (
        torch.optim.NAdam,
        {},
        [
            *ADAM,
            {"learning_rate": 0.05, "momentum_decay": 1.0},
            {"learning_rate": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True},
        ],
    ),
    "adamax": (torch.optim.Adamax, {}, ADAM[:3]),
    "radam": (
        torch.optim.RAdam,
        {},
        [
            *ADAM[:2],
            {"learning_rate": 0.01, "weight_decay": 0.1},
            {"learning_rate": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True},
        ],
    ),
    "rprop": (
        torch.optim.Rprop,
        {},
        [
            {},
            {"learning_rate": 0.1, "shrink": 0.4, "grow": 1.3},
            {"learning_rate": 0.1, "smallest_step": 1e-3, "largest_step": 0.05},
        ],
    ),
    "asgd": (
        torch.optim.ASGD,
        {},
        [
            {"learning_rate": 0.001},
            {"learning_rate": 0.001, "rate_decay": 0.1, "rate_power": 0.5, "averaging_start": 20},
            {"learning_rate": 0.0003, "weight_decay": 0.1, "averaging_start": 0},
        ],
    ),
    "lbfgs": (
        torch.optim.LBFGS,
        {"max_iter": 1, "max_eval": 26, "tolerance_grad": 0.0, "tolerance_change": 0.0},
        [
            {},
            {"learning_rate": 0.1, "history_size": 2},
            {"line_search": "strong_wolfe"},
            {"learning_rate": 0.013, "line_search": "strong_wolfe"},  # has to reach further
            {"learning_rate": 30.0, "line_search": "strong_wolfe"},  # has to come back
        ],
    ),
    "adafactor": (
        torch.optim.Adafactor,
        {},
        [
            {},
            {"learning_rate": 0.1},
            {"learning_rate": 0.1, "decay_power": 0.5, "clip_threshold": 2.0, "weight_decay": 0.1},
            {"learning_rate": 0.5, "eps": 1e-3, "smallest_scale": 0.1},
        ],
    ),
    "muon": (
        torch.optim.Muon,
        {},
        [
            {},
            {"learning_rate": 0.003, "weight_decay": 0.0},
            {"learning_rate": 0.003, "momentum": 0.5, "nesterov": False, "iterations": 3},
            {"learning_rate": 0.05, "rate_scale": "match_rms_adamw"},
        ],
    ),
}
PACKAGES = ("schedulefree", "prodigyopt", "lion-pytorch", "adabelief-pytorch", "torch-optimizer")
RULES |= {
    "adabelief": (
        AdaBelief,
        {"rectify": False, "weight_decouple": False, "print_change_log": False},
        [
            {"learning_rate": 0.001, "eps": 1e-8},
            {"learning_rate": 0.05, "eps": 1e-4, "beta2": 0.99, "weight_decay": 0.1},
        ],
    ),
    "yogi": (
        torch_optimizer.Yogi,
        {},
        [  # the package starts m at the same value as v, so v has to start at 0
            {"learning_rate": 0.01, "initial_accumulator": 0.0},
            {"learning_rate": 0.05, "initial_accumulator": 0.0, "eps": 0.1, "weight_decay": 0.1},
        ],
    ),
    "qhm": (
        torch_optimizer.QHM,
        {"momentum": 0.999, "nu": 0.7},
        [{"learning_rate": 0.001}, {"learning_rate": 0.001, "beta": 0.9, "mix": 0.5}],
    ),
    "qhadam": (
        torch_optimizer.QHAdam,
        {},
        [
            {"learning_rate": 0.001, "beta1": 0.995, "mix1": 0.7, "mix2": 1.0},
            {"learning_rate": 0.02, "beta1": 0.9, "mix1": 0.5, "mix2": 0.5, "weight_decay": 0.1},
        ],
    ),
    "lion": (
        Lion,
        {},
        [
            {"learning_rate": 0.001},
            {"learning_rate": 0.01, "beta1": 0.5, "beta2": 0.9, "weight_decay": 0.1},
        ],
    ),
    "prodigy": (
        Prodigy,
        {},
        [
            {"learning_rate": 1.0},
            {"learning_rate": 0.5, "initial_distance": 0.01, "bias_correction": True},
            {"learning_rate": 0.5, "initial_distance": 0.1, "beta2": 0.99, "weight_decay": 0.1},
        ],
    ),
    "schedule_free_sgd": (
        schedulefree.SGDScheduleFree,
        {},
        [{"learning_rate": 0.001}, {"learning_rate": 0.001, "beta": 0.5, "weight_decay": 0.1}],
    ),
    "schedule_free_adamw": (
        schedulefree.AdamWScheduleFree,
        {},
        [
            {"learning_rate": 0.0025},
            {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.99, "weight_decay": 0.1},
        ],
    ),
}
ON_MATRICES = ("adafactor", "muon")
SHAPES = ((5, 2), (3, 2))


def torch_arguments(rule: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a lossopt optimizer their names in torch."""
    names = NAMES | {"decay": "alpha" if rule == "rmsprop" else "rho"}
    if rule == "yogi":
        names |= {"initial_accumulator": "initial_accumulator"}
    arguments = {names.get(name, name): value for name, value in fields.items()}
    if rule == "qhadam":
        arguments["nus"] = arguments.pop("mix1"), arguments.pop("mix2")
    if rule == "rprop":
        arguments["etas"] = arguments.pop("shrink", 0.5), arguments.pop("grow", 1.2)
        sizes = arguments.pop("smallest_step", 1e-6), arguments.pop("largest_step", 50.0)
        return arguments | {"step_sizes": sizes}
    if rule in ON_MATRICES:
        if "decay_power" in arguments:
            arguments["beta2_decay"] = -arguments.pop("decay_power")
        if "smallest_scale" in arguments:
            arguments["eps"] = arguments["eps"], arguments.pop("smallest_scale")
        return arguments
    betas = arguments.pop("beta1", 0.9), arguments.pop("beta2", 0.999)
    return arguments if betas == (0.9, 0.999) else arguments | {"betas": betas}


def problems() -> dict[str, Any]:
    """Arrays that define the problems: starts, the quadratic's matrix, the samples."""
    turn = 0.5
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    rng = np.random.default_rng(1)
    x = rng.normal(size=(40, 2)).round(3)
    return {
        "rosenbrock/start": np.array([-1.5, 2.0]),
        "quadratic/start": np.array([1.5, -1.25]),
        "quadratic/matrix": axes @ np.diag([0.2, 200.0]) @ axes.T,  # condition number 1000
        "logistic/start": np.array([0.5, -0.75, 0.25]),
        "logistic/x": x,
        "logistic/y": (x @ [1.0, -2.0] + rng.normal(size=40) > 0.3).astype(np.float64),
        "factorization/target": rng.normal(size=(5, 3)).round(3),
        "factorization/start": rng.normal(size=16).round(3),
    }


def objectives(given: dict[str, Any]) -> dict[str, Callable[..., torch.Tensor]]:
    """Write the objectives in torch."""
    matrix, x, y, target = (
        torch.from_numpy(given[name])
        for name in ("quadratic/matrix", "logistic/x", "logistic/y", "factorization/target")
    )
    cross_entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return {
        "rosenbrock": lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2,
        "quadratic": lambda p: 0.5 * p @ matrix @ p,
        "logistic": lambda p: cross_entropy(x @ p[:-1] + p[-1], y),
        "factorization": lambda u, v: ((u @ v.T - target) ** 2).mean(),
    }


def iterates(
    kind: type[torch.optim.Optimizer],
    arguments: dict[str, Any],
    objective: Callable[..., torch.Tensor],
    start: np.ndarray,
    shapes: tuple[tuple[int, ...], ...],
) -> np.ndarray:
    """All iterates of one run, ``(N_STEPS + 1, n_params)``."""
    parts = np.split(start, np.cumsum([math.prod(shape) for shape in shapes])[:-1])
    params = [
        torch.tensor(part.reshape(shape), requires_grad=True)
        for part, shape in zip(parts, shapes, strict=True)
    ]
    optimizer = kind(params, **arguments)
    if hasattr(optimizer, "train"):
        optimizer.train()
    path = [start]

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = objective(*params)
        loss.backward()
        return loss

    for _ in range(N_STEPS):
        optimizer.step(closure)
        path.append(evaluated(optimizer, params))
    return np.array(path)


def evaluated(optimizer: torch.optim.Optimizer, params: list[torch.Tensor]) -> np.ndarray:
    """What a user would evaluate: ASGD and the schedule-free rules have averages for that."""
    kept = [part.detach().clone() for part in params]
    if averages := hasattr(optimizer, "eval"):
        optimizer.eval()
    shown = [optimizer.state[part].get("ax", part).detach().ravel() for part in params]
    result = torch.cat(shown).numpy().copy()
    if averages:
        optimizer.train()
        with torch.no_grad():
            for part, before in zip(params, kept, strict=True):
                part.copy_(before)
    return result


def departures(path: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Largest distance so far relative to max(1, |iterate|), up to the first overflow."""
    with np.errstate(all="ignore"):
        gaps = np.abs(other - path) / np.maximum(1.0, np.abs(path))
    return np.maximum.accumulate(np.nan_to_num(gaps, nan=0.0, posinf=0.0).max(axis=1))


def main() -> None:
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.Tensor.bfloat16 = torch.Tensor.clone  # for Muon
    given = problems()
    cases, paths = [], {}
    for rule, (kind, fixed, settings) in RULES.items():
        for fields in settings:
            for problem, objective in objectives(given).items():
                if (rule in ON_MATRICES) != (problem == "factorization"):
                    continue
                arguments = fixed | torch_arguments(rule, fields)
                start = given[f"{problem}/start"]
                shapes = SHAPES if rule in ON_MATRICES else (start.shape,)
                path = iterates(kind, arguments, objective, start, shapes)
                moved = [
                    iterates(kind, arguments, objective, np.nextafter(start, side), shapes)
                    for side in (-np.inf, np.inf)
                ]
                own = np.maximum(*(departures(path, other) for other in moved))
                number = len(cases)
                paths[f"path/{number}"] = path
                if own[-1] > TOLERANCE:
                    paths[f"one_ulp/{number}"] = own
                cases.append(
                    {"rule": rule, "fields": fields, "problem": problem, "one_ulp": own[-1]}
                )
    packages = {name: importlib.metadata.version(name) for name in PACKAGES}
    about = {"torch": torch.__version__, "packages": packages, "cases": cases}
    np.savez_compressed(TARGET, about=np.array(json.dumps(about)), **given, **paths)
    print(f"{len(cases)} cases, {TARGET.stat().st_size / 1024:.0f} kB: {TARGET}")


if __name__ == "__main__":
    main()
