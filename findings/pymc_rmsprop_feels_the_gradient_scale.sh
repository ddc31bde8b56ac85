#!/usr/bin/env bash
# PyMC 5.28.5 (optimizers for variational inference): adagrad and rmsprop add epsilon = 1e-6
# inside the root where PyTorch adds 1e-8 or less outside. That is 1e-3 after the root: gradients
# below a thousandth are no longer rescaled. With a gradient of 1e-4 the first step is 0.0995
# (adagrad) and 0.09995 (rmsprop) learning rates instead of 1 and 3.16: the rule that should not
# care for the scale takes 10 and 32 times smaller steps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pymc==5.28.5 pytensor==2.38.3 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
import pymc
import pytensor
import pytensor.tensor as pt

pytensor.config.cxx = ""

def first_step(rule, gradient):
    weight, slope = pytensor.shared(np.zeros(1)), pt.vector("slope")
    updates = rule([slope], [weight], learning_rate=1.0)
    pytensor.function([slope], [], updates=updates)(np.array([gradient]))
    return -float(weight.get_value()[0])

seen = {rule.__name__: (first_step(rule, 1.0), first_step(rule, 1e-4)) for rule in (pymc.adagrad, pymc.rmsprop)}
print(seen)
assert np.allclose(seen["adagrad"], (1.0, 0.0995), atol=1e-4)
assert np.allclose(seen["rmsprop"], (3.16226, 0.09995), atol=1e-4)
PYTHON
