#!/usr/bin/env bash
# pytorch-optimizer 4.1.0 (torch 2.13.0): Adan with maximize=True climbs -f on another path than
# the one on which it descends f. What it keeps of the first gradient is kept before the gradient
# is negated, so that the first change g - g_before is 2g and not 0, and the average of changes
# carries it on: under one steady gradient the second step is 11% too short. DAdaptAdan does the
# same. The other optimizers that are run here, and torch's, take one path both ways, to the last
# bit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 \
    pytorch-optimizer==4.1.0
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import pytorch_optimizer
import torch


def path(make, **settings):
    """Values of a weight that is given a gradient of 1, or of -1 where it maximizes."""
    weight, found = torch.zeros(1, dtype=torch.float64, requires_grad=True), []
    optimizer = make([weight], lr=0.1, **settings)
    for _ in range(4):
        weight.grad = torch.full_like(weight, -1.0 if settings else 1.0)
        optimizer.step()
        found.append(weight.item())
    return found


adan = pytorch_optimizer.Adan
down, up = path(adan), path(adan, maximize=True)
print("Adan on f", down)
print("Adan on -f, maximize=True", up)
assert abs(up[0] - down[0]) < 1e-8 and 0.88 < (up[1] - up[0]) / (down[1] - down[0]) < 0.89
adapted = pytorch_optimizer.DAdaptAdan
assert path(adapted) != path(adapted, maximize=True)
for name in ("AdaBelief", "AdamP", "Lion", "QHAdam", "Yogi"):
    make = getattr(pytorch_optimizer, name)
    assert path(make) == path(make, maximize=True), name
assert path(torch.optim.Adam) == path(torch.optim.Adam, maximize=True)
print("AdaBelief, AdamP, Lion, QHAdam and Yogi: one path both ways")
PYTHON
