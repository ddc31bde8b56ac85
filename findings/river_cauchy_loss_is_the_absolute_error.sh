#!/usr/bin/env bash
# river 0.26.1: optim.losses.Cauchy descends by the slope of the Cauchy loss, r / (1 + (r / C)^2), and
# reports |r| as its value. Expected: C^2 / 2 log(1 + (r / C)^2), whose slope that is. A curve of this
# "loss" is the mean absolute error at any C, and a check of the gradient by differences fails: at a
# residual of 40 the value changes by 1 per unit and the gradient says 32.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check river==0.26.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
from math import log

from river.optim.losses import Cauchy, Huber, Squared

for C in (1, 80):
    loss = Cauchy(C)
    for residual in (0.5, 40.0, 1000.0):
        value, slope = loss(0, residual), loss.gradient(0, residual)
        expected = C**2 / 2 * log(1 + (residual / C) ** 2)
        print("C", C, "residual", residual, "value", value, "expected", expected, "gradient", slope)
        assert value == residual and abs(slope - residual / (1 + (residual / C) ** 2)) < 1e-9
for loss in (Huber(1.0), Squared()):
    change = (loss(0, 0.5 + 1e-6) - loss(0, 0.5 - 1e-6)) / 2e-6
    assert abs(change - loss.gradient(0, 0.5)) < 1e-6
PYTHON
