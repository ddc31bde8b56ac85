#!/usr/bin/env bash
# torch-optimizer 0.3.0, Shampoo: each preconditioner of a tensor with k dimensions is raised to
# -1/k where the paper has -1/(2k). A vector's step is then its gradient over the SUM of squares
# instead of the root of it: a gradient ten times as large makes a step ten times smaller, and the
# steps fall like 1/t where those of the paper (and of Adagrad, to which it reduces) fall like
# 1/sqrt(t).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 torch-optimizer==0.3.0
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


from torch_optimizer import Shampoo

for gradient in (1.0, 10.0, 100.0):
    seen = steps(lambda params: Shampoo(params, lr=1.0), [gradient] * 4)
    print("gradient", gradient, "steps", [round(step, 5) for step in seen])
    for t, step in enumerate(seen, 1):
        assert abs(step * t * gradient - 1) < 2e-4
PYTHON
