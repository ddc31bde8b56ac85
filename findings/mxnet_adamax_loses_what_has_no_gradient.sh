#!/usr/bin/env bash
# MXNet 1.9.1: Adamax divides by the largest gradient so far and adds no epsilon. A parameter whose
# gradient is exactly 0 at its first step (a dead unit, a word that has not come up yet) is 0/0 and
# stays NaN for good; Adam of the same package leaves it where it is, and PyTorch, Keras and optax
# have an epsilon there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mxnet==1.9.1 numpy==1.23.5
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np

np.bool = bool  # MXNet asks NumPy for a name that it no longer has
import mxnet as mx

found = {}
for name in ("Adamax", "Adam"):
    weights = mx.nd.array([1.0, 1.0])
    update = mx.optimizer.get_updater(getattr(mx.optimizer, name)())
    for gradient in ([1.0, 0.0], [1.0, 1.0]):
        update(0, mx.nd.array(gradient), weights)
    found[name] = weights.asnumpy()
print(mx.__version__, found)
assert np.isfinite(found["Adamax"][0]) and np.isnan(found["Adamax"][1])
assert np.isfinite(found["Adam"]).all()
PYTHON
