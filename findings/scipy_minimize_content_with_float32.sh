#!/usr/bin/env bash
# scipy 1.17.1, minimize() without a gradient, on a loss that is computed in float32 and given as such:
# BFGS, CG, L-BFGS-B, SLSQP and TNC measure the slope over an absolute step that does not ask for the
# type, their option eps = 1.5e-8; a float32 loss does not change over it, so the slope is 0: they stop
# where they began and report success. With eps=None, where SciPy picks a step for the type of the loss,
# the same five find the minimum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from scipy.optimize import minimize


def loss(x):
    return np.sum((x.astype(np.float32) - 3) ** 2)


start = np.array([1.0, 2.0])
for method in ("BFGS", "CG", "L-BFGS-B", "SLSQP", "TNC"):
    told = minimize(loss, start, method=method)
    print(method, told.x, told.success, told.message)
    assert told.success and (told.x == start).all() and told.fun == 5
    found = minimize(loss, start, method=method, options={"eps": None})
    print("    with eps=None", found.x)
    assert np.allclose(found.x, 3, atol=2e-3)
PYTHON
