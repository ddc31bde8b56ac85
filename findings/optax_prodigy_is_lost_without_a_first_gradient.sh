#!/usr/bin/env bash
# optax 0.2.8 (jax 0.10.2): contrib.prodigy divides two running sums that are both 0 as long as every
# gradient was exactly 0. One step on a batch without a signal (a masked one, a ReLU that is off for
# all samples) makes every parameter NaN, also those of later steps; pytorch-optimizer 4.1.0
# leaves the parameters where they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check optax==0.2.8 jax==0.10.2 jaxlib==0.10.2
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import jax.numpy as jnp
import optax

params = jnp.array([1.0, 2.0])
optimizer = optax.contrib.prodigy()
state, found = optimizer.init(params), []
for gradient in ([0.0, 0.0], [1.0, 1.0]):
    updates, state = optimizer.update(jnp.array(gradient), state, params)
    params = optax.apply_updates(params, updates)
    found.append(params.tolist())
print(found)
assert all(value != value for step in found for value in step)

params, state = jnp.array([1.0, 2.0]), optimizer.init(jnp.array([1.0, 2.0]))
updates, _ = optimizer.update(jnp.array([1.0, 0.0]), state, params)
print("with one slope", updates.tolist())
assert all(value == value for value in updates.tolist())
PYTHON
