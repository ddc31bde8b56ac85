#!/usr/bin/env bash
# optax 0.2.8 (jax 0.10.2): adadelta() has no learning rate by default, and what brings the minus sign
# is the learning rate: the steps are added and lead uphill. x^2/2 from 1 is at 1.5 after 100 steps
# and at 52 after 1000; adadelta(1.0), the value that the paper and PyTorch have by default, goes
# down. rmsprop, adam and others refuse to be made without a rate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check optax==0.2.8 jax==0.10.2 jaxlib==0.10.2
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import jax
import jax.numpy as jnp
import optax


def lasts(optimizer, steps):
    params = jnp.array(1.0)
    state = optimizer.init(params)

    @jax.jit
    def step(params, state):
        updates, state = optimizer.update(params, state, params)  # the gradient of x^2/2 is x
        return optax.apply_updates(params, updates), state

    for _ in range(steps):
        params, state = step(params, state)
    return float(params)


usual, one = optax.adadelta(), optax.adadelta(1.0)
print("adadelta()   ", lasts(usual, 100), lasts(usual, 1000))
print("adadelta(1.0)", lasts(one, 100), lasts(one, 1000))
assert 1.0 < lasts(usual, 100) < 2.0 and lasts(usual, 1000) > 50.0
assert abs(lasts(one, 1000)) < 0.01 < lasts(one, 100) < 1.0
for make in (optax.rmsprop, optax.adam):
    try:
        make()
    except TypeError as refusal:
        print(make.__name__, "refuses:", refusal)
    else:
        raise AssertionError(make)
PYTHON
