#!/usr/bin/env bash
# keras 3.15.1 (on JAX 0.10.2): binary_crossentropy of a sigmoid's output cuts the probability to
# [1e-7, 1 - 1e-7] first. Beyond a logit of 16.1 on the wrong side the loss stays at 15.94 and its
# gradient is exactly 0: the worst sample of all is the one that teaches nothing. Expected: a gradient
# of 1, as from_logits=True gives for the same logit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
KERAS_BACKEND=jax "$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax
import jax.numpy as jnp
from keras.losses import binary_crossentropy

no = jnp.zeros(1)


def outside(logit):
    return binary_crossentropy(no, jax.nn.sigmoid(logit)[None])


def inside(logit):
    return binary_crossentropy(no, logit[None], from_logits=True)


for logit in (5.0, 15.0, 17.0, 30.0):
    seen = [tuple(map(float, jax.value_and_grad(loss)(jnp.float32(logit)))) for loss in (outside, inside)]
    print("label 0, logit", logit, "loss and gradient", seen[0], "from_logits", seen[1])
    assert abs(seen[1][1] - 1) < 0.01
    assert (seen[0][1] == 0) is (logit > 16.1)
    assert seen[0][0] < 15.95
PYTHON
