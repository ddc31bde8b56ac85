#!/usr/bin/env bash
# torch 2.13.0, Rprop: `lr` is only the size of the first step of every weight, so that a
# scheduler that divides it by ten a thousand times changes nothing. No message; get_last_lr() and
# param_groups show a falling rate while the steps grow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch


def steps(make, gradients):
    """What each gradient takes off a weight that starts at zero."""
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer, taken = make([weight]), []
    for gradient in gradients:
        weight.grad = torch.full_like(weight, gradient)
        before = weight.item()
        optimizer.step()
        taken.append(before - weight.item())
    return taken


rate = []


def build(params):
    optimizer = torch.optim.Rprop(params, lr=1.0)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.1)
    plain = optimizer.step

    def step():
        plain()
        scheduler.step()
        rate.append(scheduler.get_last_lr()[0])

    optimizer.step = step
    return optimizer


with_schedule = steps(build, [1.0] * 8)
without = steps(lambda params: torch.optim.Rprop(params, lr=1.0), [1.0] * 8)
print("told rate", rate[-1], "steps", [round(step, 4) for step in with_schedule])
assert with_schedule == without and rate[-1] < 2e-8 and with_schedule[-1] > 3.5
PYTHON
