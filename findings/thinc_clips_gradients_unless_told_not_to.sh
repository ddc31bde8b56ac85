#!/usr/bin/env bash
# thinc 9.1.1 (the optimizers of spaCy): SGD, Adam and RAdam have grad_clip=1.0 as their default,
# so that every gradient of norm above 1 is shortened to 1. Expected of SGD with rate 1: a step
# equal to the gradient. Seen: gradients 0.5, 10 and 1000 move by 0.5, 1 and 1; (30, 40) moves by
# (0.6, 0.8).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check thinc==9.1.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from thinc.api import SGD

def step(gradient, **options):
    weights = np.zeros(len(gradient), dtype="float32")
    moved, _ = SGD(1.0, **options)((1, "w"), weights.copy(), np.array(gradient, dtype="float32"))
    return weights - moved

for gradient in ([0.5], [10.0], [1000.0], [30.0, 40.0]):
    print(gradient, "default:", step(gradient), "grad_clip=0:", step(gradient, grad_clip=0.0))
assert step([0.5]) == 0.5 and step([10.0]) == 1.0 and abs(step([1000.0]) - 1.0) < 1e-6
assert np.allclose(step([30.0, 40.0]), [0.6, 0.8])
assert step([1000.0], grad_clip=0.0) == 1000.0
PYTHON
