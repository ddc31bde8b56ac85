#!/usr/bin/env bash
# qiskit-algorithms 0.4.0: ADAM without a gradient takes forward differences with a step of 1e-10,
# for every function and every size of params (the usual step for doubles is 1.5e-8 times the size).
# Of (x - 1)^2 at 0, slope -2, it sees -2.0000 with six digits; of the same function plus 1,000 four;
# plus a million, as an energy or a sum over many samples may have, -2.33; plus 100 million 0, and it
# stops at its start as converged. SciPy's own differences are right to two digits and more in all four.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 qiskit==2.6.2 qiskit-algorithms==0.4.0 scipy==1.17.1
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from qiskit_algorithms.optimizers import ADAM
from scipy.optimize import approx_fprime

seen = {}
for above in (0.0, 1e3, 1e6, 1e8):

    def value(x):
        return above + float((x[0] - 1) ** 2)

    start = np.zeros(1)
    slope = ADAM.gradient_num_diff(start, value, ADAM()._eps)[0]
    usual = approx_fprime(start, value)[0]
    end = ADAM(maxiter=500, lr=0.01).minimize(value, start)
    print(f"plus {above:g}: slope {slope:.4f}, SciPy's {usual:.4f}; ends at {end.x[0]:.3f} after {end.nfev}")
    seen[above] = slope
    assert abs(usual + 2) < 2e-2
assert abs(seen[0.0] + 2) < 1e-5 and 1e-4 < abs(seen[1e3] + 2) < 1e-3
assert abs(seen[1e6] + 2) > 0.3 and seen[1e8] == 0
assert end.x[0] == 0
PYTHON
