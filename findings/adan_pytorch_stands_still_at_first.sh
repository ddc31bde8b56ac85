#!/usr/bin/env bash
# adan-pytorch 0.1.0: the first call of step() moves nothing (it only stores the gradient), and
# the second moves 0.71 of the rate at a constant gradient; the paper's rule, and the Adan of
# torch-optimi 0.3.3 and timm 1.0.31, move one rate in the first. Its betas are also the other way
# round, 0.02, 0.08, 0.01 where those two write 0.98, 0.92, 0.99: weights of the new value, as in
# the paper.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 adan-pytorch==0.1.0
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


from adan_pytorch import Adan

seen = steps(lambda params: Adan(params, lr=1.0), [1.0] * 5)
print("adan-pytorch", [round(step, 4) for step in seen])
assert seen[0] == 0 and abs(seen[1] - 0.7125) < 1e-3
assert seen[-1] < 0.91
PYTHON
