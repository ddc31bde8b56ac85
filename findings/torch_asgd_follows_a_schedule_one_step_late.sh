#!/usr/bin/env bash
# torch 2.13.0, ASGD: the rate of a step is computed at the end of the step before, from the rate
# of that time. A scheduler's new rate therefore acts one step later than with every other rule,
# and param_groups show a rate that was not used. Set by hand, it is late in the same way.
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



def scheduled(make):
    def build(params):
        optimizer = make(params)
        scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3, 0.1)
        plain = optimizer.step
        optimizer.step = lambda: (plain(), scheduler.step())
        return optimizer
    return build


asgd = steps(scheduled(lambda params: torch.optim.ASGD(params, lr=1.0, lambd=0.0)), [1.0] * 8)
sgd = steps(scheduled(lambda params: torch.optim.SGD(params, lr=1.0)), [1.0] * 8)
print("SGD ", [round(step, 6) for step in sgd])
print("ASGD", [round(step, 6) for step in asgd])
assert abs(sgd[3] - 0.1) < 1e-6 and abs(asgd[3] - 1.0) < 1e-6
assert all(abs(late - now) < 1e-6 for late, now in zip(asgd[1:], sgd[:-1]))
PYTHON
