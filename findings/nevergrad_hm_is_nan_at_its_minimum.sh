#!/usr/bin/env bash
# nevergrad 1.0.12: corefuncs.hm is the sum of x^2 (1.1 + cos(1/x)), an optimizer's test with its
# minimum at 0, and it is NaN there (0 times the cosine of infinity) instead of 0. Exactly the
# optimizers that hit the minimizer, or start at zero as many do, are told NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check nevergrad==1.0.12 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from nevergrad.functions import corefuncs

at, near = corefuncs.hm(np.zeros(2)), corefuncs.hm(np.full(2, 1e-9))
print("at 0:", at, "near 0:", near)
assert np.isnan(at) and 0 <= near < 1e-15
PYTHON
