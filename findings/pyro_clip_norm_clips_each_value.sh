#!/usr/bin/env bash
# pyro-ppl 1.9.2, numpyro 0.22.0: the argument `clip_norm` of ClippedAdam clips no norm: each value
# is cut to ±clip_norm. At clip_norm 1 the gradient (30, 40) becomes (1, 1), 1.41 long and in another
# direction, where PyTorch's clip_grad_norm_ gives (0.6, 0.8); (0.9, 0.9), which is longer than 1, is
# left as it is; and with n values the gradient may be as long as the square root of n.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 pyro-ppl==1.9.2 numpyro==0.22.0
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import jax.numpy as jnp
import numpyro.optim
import torch
from pyro.optim.clipped_adam import ClippedAdam

CASES = (([30.0, 40.0], [1.0, 1.0], [0.6, 0.8]), ([0.9, 0.9], [0.9, 0.9], [0.7071, 0.7071]))
for given, cut, scaled in CASES:
    weight = torch.nn.Parameter(torch.zeros(2))
    weight.grad = torch.tensor(given)
    ClippedAdam([weight], lr=0.0, clip_norm=1.0).step()
    seen = weight.grad.clone()
    weight.grad = torch.tensor(given)
    torch.nn.utils.clip_grad_norm_([weight], 1.0)
    print(given, "pyro", seen.tolist(), "clip_grad_norm_", weight.grad.tolist())
    assert torch.allclose(seen, torch.tensor(cut))
    assert torch.allclose(weight.grad, torch.tensor(scaled), atol=1e-4)

# What Adam does with a gradient does not show its length at first: a large epsilon lets it through.
rule = numpyro.optim.ClippedAdam(1.0, b1=0.0, b2=0.0, eps=1e6, clip_norm=1.0)
state = rule.update(jnp.array([30.0, 40.0]), rule.init(jnp.zeros(2)))
moved = -rule.get_params(state) * 1e6
print("numpyro", moved.tolist())
assert jnp.allclose(moved, jnp.ones(2), atol=1e-3)
PYTHON
