#!/usr/bin/env bash
# NiaPy 2.7.1: Levy, Discus and Expanded Griewank plus Rosenbrock are documented with the minimum
# 0, and take -43.9, -1e8 and -1 inside their own bounds. (Discus multiplies x1 by a million, not
# its square, so that it falls without end to the left; Levy is negative near (10, 1).) Dixon-
# Price in two dimensions does not depend on x2. An optimizer's distance to the known minimum
# comes out negative.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check niapy==2.7.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from niapy import problems

for name, point, value in (
    ("Levy", (10.0, 1.0), -43.9012),
    ("Discus", (-100.0, 0.0), -1e8),
    ("ExpandedGriewankPlusRosenbrock", (1.0, 1.0), -1.0),
):
    problem = getattr(problems, name)(2)
    point = np.array(point)
    assert np.all(problem.lower <= point) and np.all(point <= problem.upper)
    seen = problem.evaluate(point)
    print(name, point, seen)
    assert abs(seen - value) <= 1e-4 * abs(value)
price = problems.DixonPrice(2)
seen = {price.evaluate(np.array([2.0, other])) for other in (-9.0, 0.0, 0.7, 9.0)}
print("DixonPrice at x1 = 2 and four values of x2:", seen)
assert len(seen) == 1
PYTHON
