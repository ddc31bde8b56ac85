#!/usr/bin/env bash
# torch 2.13.0, OneCycleLR: where pct_start * total_steps is 1, as in ten steps with a tenth of
# warm-up, the constructor ends in ZeroDivisionError (it divides by that product less one).
# Products below 1 are accepted: 0.05 of ten steps starts beyond the peak it never reaches.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch

told = {}
for share, steps in ((0.1, 10), (0.2, 5), (0.5, 2), (0.05, 10), (0.3, 10)):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    try:
        torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps=steps, pct_start=share)
        told[share, steps] = optimizer.param_groups[0]["lr"]
    except ZeroDivisionError as error:
        told[share, steps] = repr(error)
    print("pct_start", share, "total_steps", steps, "->", told[share, steps])
assert all("ZeroDivision" in told[case] for case in ((0.1, 10), (0.2, 5), (0.5, 2)))
assert abs(told[0.3, 10] - 0.04) < 1e-9 and told[0.05, 10] > 0.9
PYTHON
