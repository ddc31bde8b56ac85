#!/usr/bin/env bash
# mlx 0.32.4 (CPU): mlx.optimizers.Adam and AdamW do not correct the bias of their averages unless told to
# (bias_correction=False is the default), and Adamax has no such option. At a constant gradient Adam's first
# step is 3.16 rates and the tenth 6.5, where the paper (D. P. Kingma, J. Ba, "Adam: A Method for Stochastic
# Optimization", 2014), PyTorch, Keras and optax make steps of one rate; Adamax's first is 0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check "mlx[cpu]==0.32.4"
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import mlx.core as mx
from mlx.optimizers import Adam, Adamax

mx.set_default_device(mx.cpu)


def steps(rule, count=10):
    weights, taken = {"w": mx.zeros(1)}, []
    for _ in range(count):
        moved = rule.apply_gradients({"w": mx.ones(1)}, weights)
        taken.append(round((weights["w"] - moved["w"]).item(), 3))
        weights = moved
    return taken


default, corrected, largest = steps(Adam(1.0)), steps(Adam(1.0, bias_correction=True)), steps(Adamax(1.0))
print("Adam", default, "with bias_correction", corrected, "Adamax", largest)
assert abs(default[0] - 3.162) < 0.01 and default[-1] > 6
assert abs(largest[0] - 0.1) < 1e-3
assert all(abs(step - 1) < 1e-2 for step in corrected)
PYTHON
