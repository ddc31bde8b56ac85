#!/usr/bin/env bash
# torch 2.13.0 (ReduceLROnPlateau) and optax 0.2.8 (contrib.reduce_on_plateau), at their defaults and with
# a loss below zero, as a negative log-likelihood often is: an improvement is a loss below (1 - 1e-4) times
# the best one, and for a best of -100 that is -99.99, which is worse. A loss that rises by 0.005 a step
# from -100 counts as better every time and even replaces the best; the rate is never lowered. The same
# rise from +100 lowers it again and again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax
import jax.numpy as jnp
import torch
from optax.contrib import reduce_on_plateau


def in_torch(losses):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)
    for loss in losses:
        scheduler.step(loss)
    return optimizer.param_groups[0]["lr"], scheduler.best


def in_optax(losses):
    rule = reduce_on_plateau()
    state, update = rule.init(jnp.zeros(1)), jax.jit(rule.update)
    for loss in losses:
        _, state = update(jnp.ones(1), state, value=jnp.float32(loss))
    return state.scale.item(), state.best_value.item()


for first in (100.0, -100.0):
    rising = [first + 0.005 * step for step in range(60)]
    for rate, best in (in_torch(rising), in_optax(rising)):
        print("rises from", first, "to", rising[-1], "rate", rate, "best", best)
        assert (rate == 1 and abs(best - rising[-1]) < 1e-3) if first < 0 else (rate < 1e-3 and best == first)
PYTHON
