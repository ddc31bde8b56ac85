#!/usr/bin/env bash
# optax 0.2.8: rprop hands out the update that it worked out one call earlier (it returns the field
# prev_updates of the old state), so that the first call moves nothing and every later one follows the
# gradient of the point before. Expected for the gradients 1, 1, 1, -1, -1, 1 at rate 0.1: the steps 0.1,
# 0.12, 0.144, then 0 for the turn and -0.072. Seen: 0, 0.1, 0.12, 0, 0; the 0.144 is never made.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax.numpy as jnp
import optax


def steps(rule, gradients):
    state, taken = rule.init(jnp.zeros(1)), []
    for gradient in gradients:
        change, state = rule.update(jnp.array([gradient]), state)
        taken.append(round(-change.item(), 4))
    return taken


gradients = [1.0, 1.0, 1.0, -1.0, -1.0, 1.0]
seen = steps(optax.rprop(0.1), gradients)
print("rprop", seen, "sign_sgd", steps(optax.sign_sgd(0.1), gradients))
assert seen[:5] == [0, 0.1, 0.12, 0, 0]
assert steps(optax.sign_sgd(0.1), gradients)[0] == 0.1
PYTHON
