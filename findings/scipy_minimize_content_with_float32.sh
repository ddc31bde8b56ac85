#!/usr/bin/env bash
# scipy 1.17.1, minimize() without a gradient, on a loss that is computed in float32 (as JAX does unless
# told otherwise). The result is turned into a Python float before the difference step is chosen, so the
# step is that of float64, 1.5e-8; in float32 the loss does not change over it, the slope is 0, and BFGS,
# CG, L-BFGS-B, SLSQP and TNC stop where they began and report success. Nelder-Mead finds the minimum,
# and so does BFGS with the option eps=1e-3.
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
for told in (minimize(loss, start, method="Nelder-Mead"), minimize(loss, start, method="BFGS", options={"eps": 1e-3})):
    print("for comparison", told.x)
    assert np.allclose(told.x, 3, atol=2e-3)
PYTHON
