#!/usr/bin/env bash
# grokadamw 0.1.2: GrokAdamW(gradient_clipping=1.0) is the default, so the optimizer itself
# shortens every gradient above norm 1. Adam-like rules are told apart by how they remember a
# large gradient: after one of 1000, the step for a gradient of 1 should be small for a long time.
# Seen: it is 1.0008 rates, as if the first had been 1; with gradient_clipping=0 it is 0.698.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check grokadamw==0.1.2 torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from grokadamw import GrokAdamW

torch.set_default_dtype(torch.float64)

def second_step(first, **options):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = GrokAdamW([weight], lr=1.0, weight_decay=0.0, **options)
    for gradient in (first, 1.0):
        before = weight.item()
        weight.grad = torch.full_like(weight, gradient)
        optimizer.step()
    return before - weight.item()

steps = [second_step(first) for first in (1.0, 10.0, 1000.0)]
free = [second_step(first, gradient_clipping=0.0) for first in (1.0, 10.0, 1000.0)]
print("default", steps, "no clipping", free)
assert max(steps) - min(steps) < 1e-6
assert free[0] - free[2] > 0.3
PYTHON
