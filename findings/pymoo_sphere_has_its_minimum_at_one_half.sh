#!/usr/bin/env bash
# pymoo 0.6.2: get_problem("sphere") is the sum of (x - 0.5)^2 on [0, 1], not the sphere function
# of the field (sum of x^2 around 0): it is 0.5 at the origin of two dimensions. Its siblings
# rastrigin, ackley and griewank have their minimum at 0 as usual.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pymoo==0.6.2 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from pymoo.problems import get_problem

sphere, ackley = get_problem("sphere", n_var=2), get_problem("ackley", n_var=2)
seen = [float(sphere.evaluate(np.full((1, 2), x))[0, 0]) for x in (0.0, 0.5)]
print("sphere at 0 and at 0.5:", seen, "on", sphere.xl, sphere.xu)
assert seen == [0.5, 0.0] and ackley.evaluate(np.zeros((1, 2)))[0, 0] < 1e-12
PYTHON
