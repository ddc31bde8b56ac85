#!/usr/bin/env bash
# climin 0.1a1: Adadelta averages its steps after they were multiplied by step_rate, and the average
# sets the next step: a rate of 0.1 does not give a tenth of the steps. On a constant gradient the
# steps divided by the rate are 0.0316, 0.0230, 0.0193, 0.0172 and shrink; with rate 1 they are
# 0.0316, 0.0324, 0.0330, 0.0334 and grow, as in PyTorch for every rate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check climin==0.1a1 scipy==1.10.1 numpy==1.23.5
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import climin
import numpy as np


def steps(rate):
    weight, found = np.zeros(1), []
    iterator = iter(climin.Adadelta(weight, fprime=lambda _: np.ones(1), step_rate=rate))
    for _ in range(4):
        before = weight.copy()
        next(iterator)
        found.append(float(before[0] - weight[0]) / rate)
    return found


whole, tenth = steps(1.0), steps(0.1)
print("rate 1  ", np.round(whole, 4).tolist())
print("rate 0.1", np.round(tenth, 4).tolist())
assert whole == sorted(whole) and tenth == sorted(tenth, reverse=True)
assert np.allclose(whole[0], tenth[0]) and tenth[3] < 0.6 * whole[3]
PYTHON
