#!/usr/bin/env bash
# AMSGrad in optax 0.2.8 and keras 3.15.1 (Adam(amsgrad=True), on JAX 0.10.2): optax corrects the bias of
# the averaged square before it takes the maximum, which is kept for good; keras, like the paper
# (S. J. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", 2018), takes the maximum of the
# average itself. In the first step the correction is a factor of 1,000. After one gradient of 100 and 200
# of 1, a step is 0.010 of the rate in optax and 0.135 in keras; at the end of a long run it is 32 times.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
KERAS_BACKEND=jax "$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax

gradients = [100.0] + [1.0] * 200
rule = optax.amsgrad(1.0)
update = jax.jit(rule.update)
state = rule.init(jnp.zeros(1))
for gradient in gradients:
    change, state = update(jnp.array([gradient]), state)
in_optax = -change.item()

weight = keras.Variable(np.zeros(1, "float32"))
optimizer = keras.optimizers.Adam(1.0, amsgrad=True)
optimizer.build([weight])
for gradient in gradients:
    before = weight.numpy()[0]
    optimizer.apply([jnp.array([gradient])], [weight])
in_keras = before - weight.numpy()[0]
print("step 201: optax", in_optax, "keras", in_keras)
assert abs(in_optax - 0.01) < 1e-4 and abs(in_keras - 0.135) < 1e-2
PYTHON
