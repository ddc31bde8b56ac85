#!/usr/bin/env bash
# dadaptation 3.2, DAdaptAdan at its defaults on x^2/2 from 1: the estimate of the distance to the
# minimum, which is 1, jumps to 108 and never comes back. After 500 steps the weight is within
# 1e-5 of the minimum, after 1,000 it has left it, and it stays at about 0.79. DAdaptAdam and
# DAdaptSGD of the same package end at the minimum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 dadaptation==3.2
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from dadaptation import DAdaptAdan, DAdaptSGD


def path(rule, marks):
    weight = torch.nn.Parameter(torch.ones(1, dtype=torch.float64))
    optimizer, seen = rule([weight]), {}
    for step in range(1, max(marks) + 1):
        weight.grad = weight.detach().clone()
        optimizer.step()
        if step in marks:
            seen[step] = weight.item()
    return seen, optimizer.param_groups[0]["d"]


for rule in (DAdaptAdan, DAdaptSGD):
    seen, distance = path(rule, (500, 5000, 20000))
    print(rule.__name__, seen, "estimated distance", distance)
    assert abs(seen[500]) < 1e-4
    assert (abs(seen[20000]) > 0.5) is (distance > 100) is (rule is DAdaptAdan)
PYTHON
