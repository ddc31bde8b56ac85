#!/usr/bin/env bash
# torch-optimizer 0.3.0: A2GradUni, A2GradInc and A2GradExp take `lr` and never read it; their
# rate is set by `lips` and `beta`. Adafactor takes `lr` and ignores it while `relative_step` is
# on, which it is by default (transformers' class of the same origin refuses that pair). A search
# for the best rate sees the same run at every value, without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 torch-optimizer==0.3.0
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch


def steps(make, gradients):
    """What each gradient takes off a weight that starts at zero."""
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer, taken = make([weight]), []
    for gradient in gradients:
        weight.grad = torch.full_like(weight, gradient)
        before = weight.item()
        optimizer.step()
        taken.append(before - weight.item())
    return taken


import torch_optimizer

for name in ("A2GradUni", "A2GradInc", "A2GradExp", "Adafactor"):
    rule = getattr(torch_optimizer, name)
    seen = [steps(lambda params: rule(params, lr=lr), [1.0] * 3) for lr in (1e-4, 1.0, 1e4)]
    print(name, "at three rates, a factor 10,000 apart:", seen[0])
    assert seen[0] == seen[1] == seen[2]
seen = steps(lambda params: torch_optimizer.Yogi(params, lr=1e-4), [1.0] * 3)
assert max(seen) < 1e-3, "others of the package follow their rate"
PYTHON
