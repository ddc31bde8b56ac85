#!/usr/bin/env bash
# thinc 9.1.1: RAdam divides the first moment by 1 - beta1^(t+1) where the paper (L. Liu et al.,
# "On the Variance of the Adaptive Learning Rate and Beyond", 2020) and PyTorch divide by 1 -
# beta1^t. With a constant gradient of 1 the unrectified steps are 0.526, 0.701, 0.788, 0.840
# learning rates instead of 1, 1, 1, 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check thinc==9.1.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from thinc.api import RAdam

optimizer = RAdam(1.0, grad_clip=0.0)
weights, steps = np.zeros(1, dtype="float32"), []
for _ in range(4):
    moved, _ = optimizer((1, "w"), weights.copy(), np.ones(1, dtype="float32"))
    steps.append(float(weights[0] - moved[0]))
    weights = moved
late = [(1 - 0.9**t) / (1 - 0.9 ** (t + 1)) for t in range(1, 5)]
print("steps", steps, "ratio of corrections", late)
assert np.allclose(steps, late, atol=1e-4)
PYTHON
