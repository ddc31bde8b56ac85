#!/usr/bin/env bash
# opfunu 1.0.4 (test functions for optimizers): for several functions the declared minimizer
# x_global does not have the declared minimum f_global. EggHolder claims -959.64 at (0, 0), where
# it is -25.46 (the point is (512, 404.23)); Michalewicz -1.8013 at (0, 0), where it is 0;
# Damavandi 0 at (2, 2), where it is 77; Meyer has x2 = 618.13 for 6181.3 and is 3.9e9 instead of
# 87.9.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check opfunu==1.0.4 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from opfunu import name_based

for name, there in (("EggHolder", -25.4603), ("Michalewicz", 0.0), ("Damavandi", 77.0), ("Deb01", 0.0)):
    function = getattr(name_based, name)()
    value = float(function.evaluate(np.asarray(function.x_global, dtype=float)))
    print(name, "claims", function.f_global, "at", function.x_global, "where it is", value)
    assert abs(value - there) < 1e-3 and abs(value - function.f_global) > 0.5
meyer = name_based.Meyer()
print("Meyer", meyer.x_global, meyer.evaluate(meyer.x_global), meyer.f_global)
assert meyer.evaluate(meyer.x_global) > 1e9 > 100 > meyer.f_global
PYTHON
