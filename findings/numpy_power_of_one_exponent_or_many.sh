#!/usr/bin/env bash
# NumPy 2.4.6: np.power takes another way when its exponent is one number (a scalar or a 0-d array)
# of 0.5, 2 or -1 than when it is an array of the same numbers. Of -inf to the 0.5 the one gives NaN,
# the other inf; of -0.0 the one -0.0, the other 0.0. Where power is not rounded the same way as
# sqrt, a product and a division are, last bits of plain numbers differ as well (how many depends on
# the processor, and is printed only).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np

for base in (-np.inf, -0.0):
    found = [np.power([base], exponent)[0] for exponent in (0.5, np.array(0.5), [0.5])]
    print(base, "to the 0.5:", *found)
    if base == 0.0:
        assert np.signbit(found).tolist() == [True, True, False]
    else:
        assert np.isnan(found[0]) and np.isnan(found[1]) and found[2] == np.inf
x = np.random.default_rng(0).uniform(0.5, 2.0, 10_000)
for exponent in (0.5, 2.0, -1.0):
    differ = (np.power(x, exponent) != np.power(x, np.full_like(x, exponent))).mean()
    print(f"x^{exponent}: {differ:.1%} of 10,000 numbers differ in the last bit")
PYTHON
