#!/usr/bin/env bash
# keras 3.15.1 (on JAX 0.10.2): with gradient_accumulation_steps = n the weights move once in n calls, but
# the average of use_ema is renewed in every call, n times with the same weights. An ema_momentum of 0.9
# so forgets like 0.9^n per step: after three steps of size 1 the average is 1.2900 from where it began
# without accumulation and 1.5095 with n = 4, though the weights went the same way. Other libraries renew
# the average where the weights move.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
KERAS_BACKEND=jax "$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax.numpy as jnp
import keras
import numpy as np


def after_three_steps(accumulate, **options):
    weight = keras.Variable(np.zeros(1, "float32"))
    optimizer = keras.optimizers.SGD(1.0, use_ema=True, ema_momentum=0.9, **options)
    optimizer.build([weight])
    for _ in range(3 * accumulate):
        optimizer.apply([jnp.array([-1.0])], [weight])
    last = weight.numpy()[0]
    optimizer.finalize_variable_values([weight])
    return last, weight.numpy()[0]


plain = after_three_steps(1)
gathered = after_three_steps(4, gradient_accumulation_steps=4)
print("weight, average; each call a step:", plain, "four calls a step:", gathered)
assert plain[0] == gathered[0] == 3
assert abs(plain[1] - 1.29) < 1e-4 and abs(gathered[1] - 1.5095) < 1e-3
PYTHON
