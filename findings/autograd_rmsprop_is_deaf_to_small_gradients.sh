#!/usr/bin/env bash
# autograd 1.8.0: autograd.misc.optimizers.rmsprop starts its mean square at ones, not at zeros. With
# gradients of 1e-4 and rate 0.001 the first step is 1.05e-7 where PyTorch's RMSprop (same decay 0.9,
# epsilon 1e-8) takes 3.16e-3, and after 50 steps it still takes 1.4e-6: the rule whose point is that
# the size of a gradient does not matter follows it like gradient descent, until 0.9 to the number of
# steps has forgotten the ones (174 steps for this gradient).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 autograd==1.8.0
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import torch
from autograd.misc.optimizers import rmsprop

SLOPE, RATE, N = 1e-4, 1e-3, 300

places = []
rmsprop(
    lambda weights, step: np.full(1, SLOPE),
    np.zeros(1),
    callback=lambda weights, step, slope: places.append(weights[0]),
    num_iters=N,
    step_size=RATE,
    gamma=0.9,
    eps=1e-8,
)
seen = -np.diff(places)

weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
rule = torch.optim.RMSprop([weight], lr=RATE, alpha=0.9, eps=1e-8)
usual = []
for _ in range(N):
    weight.grad = torch.full_like(weight, SLOPE)
    before = weight.item()
    rule.step()
    usual.append(before - weight.item())

for step in (0, 49, 173, 298):
    print(f"step {step + 1}: autograd {seen[step]:.3g}, PyTorch {usual[step]:.3g}")
assert abs(seen[0] / 1.054e-7 - 1) < 1e-2 and abs(usual[0] / 3.162e-3 - 1) < 1e-3
assert seen[49] < 2e-6 < 9e-4 < usual[49]
assert seen[173] < 0.75 * RATE < 0.95 * RATE < seen[298]
PYTHON
