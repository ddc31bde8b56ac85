"""Write tests/fixtures/schedules.json: factors of torch.optim.lr_scheduler (needs torch)."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch.optim import lr_scheduler as schedulers

TARGET = Path(__file__).parents[1] / "tests" / "fixtures" / "schedules.json"
N = 60
CASES = [
    ("step", {"every": 7, "gamma": 0.3}, lambda o: schedulers.StepLR(o, 7, 0.3)),
    ("exponential", {"gamma": 0.93}, lambda o: schedulers.ExponentialLR(o, 0.93)),
    ("linear", {"final": 0.1}, lambda o: schedulers.LinearLR(o, 1.0, 0.1, N)),
    ("cosine", {"final": 0.05}, lambda o: schedulers.CosineAnnealingLR(o, N, 0.05)),
    ("cosine", {}, lambda o: schedulers.CosineAnnealingLR(o, N)),
    (
        "warm_restarts",
        {"first": 4, "growth": 2},
        lambda o: schedulers.CosineAnnealingWarmRestarts(o, 4, 2),
    ),
    (
        "warm_restarts",
        {"first": 9, "growth": 1},
        lambda o: schedulers.CosineAnnealingWarmRestarts(o, 9, 1),
    ),
    ("one_cycle", {}, lambda o: schedulers.OneCycleLR(o, 1.0, N)),
    (
        "one_cycle",
        {"rising": 0.5, "divisor": 10.0},
        lambda o: schedulers.OneCycleLR(o, 1.0, N, pct_start=0.5, div_factor=10.0),
    ),
]


def main() -> None:
    """Step every scheduler and keep its learning rates."""
    torch.set_default_dtype(torch.float64)
    found = []
    for name, fields, make in CASES:
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
        scheduler, factors = make(optimizer), []
        for _ in range(N):
            factors.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step() if len(factors) < N else None
        found.append({"schedule": name, "fields": fields, "factors": factors})
    TARGET.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
