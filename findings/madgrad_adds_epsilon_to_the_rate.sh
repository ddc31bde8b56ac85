#!/usr/bin/env bash
# madgrad 1.3: epsilon is added to the learning rate, too, unless the rate is exactly zero. At the
# usual epsilon of 1e-6 a rate of 1e-6 moves twice as far (MirrorMADGRAD: 2.0e-6 for the first step at
# gradient 1) and one of 1e-8 a hundred times as far, so a schedule does not fade out: it runs into a
# floor of 1e-6 and drops from there to nothing. A larger epsilon, meant to calm the steps, sets
# the rate: with 1e-3 a rate of 1e-4 takes steps of 1.1e-3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 madgrad==1.3
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import torch
from madgrad import MirrorMADGRAD


def first_step(rate, epsilon):
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    rule = MirrorMADGRAD([weight], lr=rate, eps=epsilon, momentum=0)
    weight.grad = torch.ones_like(weight)
    rule.step()
    return -weight.item()


for rate, epsilon, times in ((1e-2, 1e-6, 1), (1e-6, 1e-6, 2), (1e-8, 1e-6, 101), (1e-4, 1e-3, 11)):
    seen = first_step(rate, epsilon)
    print(f"rate {rate:g}, epsilon {epsilon:g}: first step {seen:.4g}, {seen / rate:.4g} rates")
    assert abs(seen / rate / times - 1) < 2e-3
assert first_step(0.0, 1e-6) == 0
PYTHON
