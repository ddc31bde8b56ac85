#!/usr/bin/env bash
# landscapes 0.0.13 ("single objective" test functions to be minimized): keane and cosine_mixture
# have the opposite sign of their definitions (M. Jamil, X.-S. Yang, "A Literature Survey of
# Benchmark Functions For Global Optimization Problems", 2013): where the minima -0.673668 and
# -0.2 should be, they have maxima of 0.673668 and 0.2, and a minimizer runs away from the
# published answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check landscapes==0.0.13 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from landscapes.single_objective import cosine_mixture, keane

keane_there = keane(np.array([0.0, 1.39325]))
mixture_there = cosine_mixture(np.zeros(2))
print("keane", keane_there, "cosine mixture", mixture_there)
assert abs(keane_there - 0.673668) < 1e-4 and abs(mixture_there - 0.2) < 1e-12
assert keane(np.array([0.0, 1.3])) < keane_there
assert cosine_mixture(np.array([0.02, 0.0])) < mixture_there
PYTHON
