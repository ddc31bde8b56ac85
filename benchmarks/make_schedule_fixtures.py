"""Write tests/fixtures/schedules.json: factors of torch.optim.lr_scheduler (needs torch==2.13.0).

Every schedule with its edge settings, for runs of 1, 2, 3 … steps, without a warm-up and with
warm-ups that end before, at and after the end of the run. Of long runs a few steps are kept.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch.optim import lr_scheduler as schedulers

TARGET = Path(__file__).parents[1] / "tests" / "fixtures" / "schedules.json"
LENGTHS = (1, 2, 3, 10, 61)
SHARES = (0.0, 0.1, 0.999, 1.0)
MAKERS: dict[str, Callable[..., Any]] = {
    "constant": lambda o, n: schedulers.ConstantLR(o, 1.0),
    "step": lambda o, n, every, gamma: schedulers.StepLR(o, every, gamma),
    "exponential": lambda o, n, gamma: schedulers.ExponentialLR(o, gamma),
    "linear": lambda o, n, final: schedulers.LinearLR(o, 1.0, final, n),
    "cosine": schedulers.CosineAnnealingLR,
    "warm_restarts": lambda o, n, first, growth: schedulers.CosineAnnealingWarmRestarts(
        o, first, growth
    ),
    "one_cycle": lambda o, n, rising, divisor: schedulers.OneCycleLR(
        o, 1.0, n, pct_start=rising, div_factor=divisor, cycle_momentum=False
    ),
}
FIELDS: dict[str, dict[str, tuple[float, ...]]] = {
    "constant": {},
    "step": {"every": (1, 7, 60, 61, 10_000), "gamma": (0.01, 0.3, 1.0)},
    "exponential": {"gamma": SHARES},
    "linear": {"final": SHARES},
    "cosine": {"final": SHARES},
    "warm_restarts": {"first": (1, 4, 9, 61, 10_000), "growth": (1, 2, 3, 5)},
    "one_cycle": {"rising": (0.05, 0.3, 0.5, 0.6, 0.9, 0.95), "divisor": (1.0, 25.0, 100.0)},
}


def cases() -> Iterator[dict[str, Any]]:
    """Every setting that PyTorch can run, with its factors."""
    for name, fields in FIELDS.items():
        for values in product(*fields.values()):
            chosen = dict(zip(fields, values, strict=True))
            for n, warmup in product(LENGTHS, (0, 2, 10)):
                factors = _factors(name, chosen, n, warmup)
                if factors is not None:
                    steps = _kept(n, warmup)
                    kept = [factors[step] for step in steps]
                    given = chosen | ({"warmup": warmup} if warmup else {})
                    yield {"schedule": name, "fields": given, "n": n, "t": steps, "factors": kept}


def _factors(name: str, fields: dict[str, Any], n: int, warmup: int) -> list[float] | None:
    """Learning rates at rate 1; None where PyTorch refuses or has no such sequence."""
    left = n - warmup
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    if name == "one_cycle" and (warmup or math.isclose(fields["rising"] * n, 1.0)):
        return None  # it sets the rate of the phase before it; a top at step 0 divides by zero
    main = lambda: MAKERS[name](optimizer, max(left, 1), *fields.values())  # noqa: E731
    if warmup:
        rise = schedulers.LinearLR(optimizer, 1.0 / warmup, 1.0, warmup - 1)
        scheduler = schedulers.SequentialLR(optimizer, [rise, main()], [warmup])
    else:
        scheduler = main()
    found = []
    for step in range(n):
        found.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if step < n - 1:
            scheduler.step()
    return found


def _kept(n: int, warmup: int) -> list[int]:
    edges = {0, 1, warmup - 1, warmup, n // 2, n - 2, n - 1}
    return sorted(step for step in edges if 0 <= step < n)


def main() -> None:
    """Step every scheduler and keep its learning rates."""
    torch.set_default_dtype(torch.float64)
    warnings.simplefilter("ignore")
    rows = [json.dumps(case) for case in cases()]
    TARGET.write_text("[\n" + ",\n".join(rows) + "\n]\n", "utf-8")
    print(f"{len(rows)} settings")


if __name__ == "__main__":
    main()
