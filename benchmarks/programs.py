"""Rules and functions on plain floats: ``python -m benchmarks.programs``.

How many have a program, how many runs equal NumPy to the bit, and how much sooner a race is done
than by NumPy alone and than by a loop of torch.optim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

import lossopt as lo
from benchmarks.core import RACE, risk_of
from benchmarks.measure import ratio, report
from lossopt.params import params_of
from lossopt.programs import Untraceable, trace_objective, trace_sample, why_not
from lossopt.programs._kept import program_of

COUNT = count()
HOME = Path(lo.__file__).parent / "programs"
N_STEPS = 500
GOALS: dict[str, tuple[Callable[[], lo.Objective], float, float]] = {
    "rosenbrock": (lo.OBJECTIVES["rosenbrock"], 20, 300),
    "mse": (lambda: risk_of("mse"), 4, 80),
    "binary_cross_entropy": (lambda: risk_of("binary_cross_entropy"), 1.7, 20),
}
"""Objectives with the wanted gain over NumPy and over torch."""


def coverage() -> None:
    """Print what has a program, and why the rest has none."""
    print("\nWhat has a program")
    goals = {True: lo.OBJECTIVES["matrix_factorization"](), False: lo.OBJECTIVES["rosenbrock"]()}
    shapes = {need: (goal.n_params, tuple(goal.matrices)) for need, goal in goals.items()}
    rules = {name: kind() for name, kind in lo.OPTIMIZERS.items()}
    told(
        "rules",
        {name: lambda r=r: program_of(r, *shapes[r.needs_matrices]) for name, r in rules.items()},
    )
    told(
        "objectives", {name: lambda k=k: trace_objective(k()) for name, k in lo.OBJECTIVES.items()}
    )
    told("losses", {name: lambda k=k: sample_of(k) for name, k in lo.LOSSES.items()})
    for name, rule in rules.items():
        reason = why_not(rule, goals[rule.needs_matrices])
        if reason:
            print(f"  {name} runs with NumPy, wholly or in part. {reason}")
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in HOME.glob("*.py"))
    print(f"  lossopt/programs has {lines} lines")


def told(what: str, attempts: dict[str, Callable[[], object]]) -> None:
    """Print how many of some things have a program."""
    missing = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except Untraceable as reason:
            missing.append(f"{name} {reason}")
    found = len(attempts) - len(missing)
    print(f"  {found} of {len(attempts)} {what}" + "".join(f"; {line}" for line in missing))


def sample_of(kind: type[lo.Loss]) -> object:
    """Trace a loss on one sample of its usual model."""
    model = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}[kind.task]
    return trace_sample(lo.MODELS[model](), kind(), 9 if kind.task == "multiclass" else 3, 3)


def variants(kind: type[lo.Optimizer]) -> Iterator[lo.Optimizer]:
    """Every choice, switch and number varied, at the default rate and at ten times it."""
    for factor in (1.0, 10.0):
        rate = {"learning_rate": factor * float(kind().learning_rate)}
        yield kind(**rate)
        for field in params_of(kind):
            if field.name == "learning_rate":
                continue
            for value in values_of(field):
                yield kind(**rate | {field.name: value})


def values_of(field: Any) -> list[Any]:
    """Values of a field besides its default."""
    if field.choices:
        return [choice for choice in field.choices if choice != field.default]
    if isinstance(field.default, bool):
        return [not field.default]
    low, high = field.limits
    return [type(field.default)(min(max(1.5 * field.default, low, 1.0), high))]


def equality() -> None:
    """Print how many runs equal NumPy to the bit."""
    counts = {True: 0, False: 0}
    for kind in lo.OPTIMIZERS.values():
        names = ("matrix_factorization",) if kind.needs_matrices else ("rosenbrock", "beale")
        for name in names:
            for rule in variants(kind):
                counts[is_same(rule, lo.OBJECTIVES[name]())] += 1
    print(f"  {counts[True]} of {sum(counts.values())} runs of 300 steps equal NumPy to the bit")


def is_same(rule: lo.Optimizer, goal: lo.Objective) -> bool:
    run, plain = (lo.descend(rule, goal, n_steps=300, compiled=c) for c in (True, False))
    same = np.array_equal(run.iterates, plain.iterates, equal_nan=True)
    return same and run.diverged_at == plain.diverged_at


def races() -> None:
    """Print the gain over NumPy, over torch, and of a race that has to be written first."""
    print(
        f"\nRace of 8 optimizers × {N_STEPS} steps on plain floats: times the race by NumPy alone"
    )
    rules = [lo.OPTIMIZERS[name]() for name in RACE]
    for name, (make, target, _) in GOALS.items():
        goal = make()
        measured = ratio(
            lambda goal=goal: lo.descend(rules, goal, n_steps=N_STEPS),
            lambda goal=goal: lo.descend(rules, goal, n_steps=N_STEPS, compiled=False),
        )
        report(name, measured, target)
    for n_steps in (20, 100, N_STEPS):
        measured = ratio(
            lambda n=n_steps: lo.descend(rules, fresh(), n_steps=n),
            lambda n=n_steps: lo.descend(rules, fresh(), n_steps=n, compiled=False),
        )
        report(f"a new formula each time, {n_steps} steps", measured, None)
    torch_races(rules)


def fresh() -> lo.Objective:
    """A formula that nobody has descended before."""
    return lo.formula(f"(1-x)^2 + {100 + next(COUNT)}*(y-x^2)^2")


def torch_races(rules: Sequence[lo.Optimizer]) -> None:
    """Time the same races as loops of torch.optim, where torch is installed."""
    try:
        import torch
    except ImportError:
        print("  (torch is not installed: no comparison with a torch.optim loop)")
        return
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)  # faster for arrays this small
    losses = {
        "mse": torch.nn.functional.mse_loss,
        "binary_cross_entropy": torch.nn.functional.binary_cross_entropy_with_logits,
    }
    for name, (make, _, target) in GOALS.items():
        goal = make()
        if name in losses:
            inputs, y = torch.from_numpy(goal.inputs), torch.from_numpy(goal.y)
            value = lambda p, f=losses[name], X=inputs, y=y: f(X @ p, y)  # noqa: E731
        else:
            value = lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2  # noqa: E731
        measured = ratio(
            lambda goal=goal: lo.descend(rules, goal, n_steps=N_STEPS),
            lambda value=value, start=goal.start: torch_loop(torch, value, start),
            3,
        )
        report(f"{name}, times a torch.optim loop", measured, target)


def torch_loop(torch: Any, value: Callable[[Any], Any], start: np.ndarray) -> None:
    """Descend with each rule of the race, path and losses kept."""
    optim = torch.optim
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (optim.SGD, {}),
        (optim.SGD, {"momentum": 0.9}),
        (optim.SGD, {"momentum": 0.9, "nesterov": True}),
        (optim.Adagrad, {}),
        (optim.RMSprop, {}),
        (optim.Adam, {}),
        (optim.AdamW, {}),
        (optim.NAdam, {}),
    ]
    for kind, settings in kinds:
        params = torch.tensor(start, requires_grad=True)
        optimizer = kind([params], lr=0.01, **settings)
        path, values = [], []
        for _ in range(N_STEPS):
            optimizer.zero_grad()
            loss = value(params)
            loss.backward()
            optimizer.step()
            path.append(params.detach().clone())
            values.append(float(loss.detach()))


def main() -> None:
    """Print all figures."""
    coverage()
    equality()
    races()


if __name__ == "__main__":
    main()
