#!/usr/bin/env bash
# pytorch-optimizer 4.1.0 (torch 2.13.0): Ranger, as it is made by default, steps uphill five
# times. As long as too few gradients have been seen to correct the variance of its rate, the
# factor of the step is -1, which RAdam of the same package takes for "stand still" and Ranger
# multiplies with: on a bowl the loss goes from 4.5 to 10.9. With degenerated_to_sgd=True the
# factor is 1, and it descends as torch-optimizer 0.3.0's Ranger does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 \
    pytorch-optimizer==4.1.0 torch-optimizer==0.3.0
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import pytorch_optimizer
import torch
import torch_optimizer


def losses(make, **settings):
    """Losses of a bowl in the first steps of an optimizer that begins at 3."""
    params, found = torch.tensor([3.0], requires_grad=True), []
    optimizer = make([params], lr=0.1, **settings)
    for _ in range(6):
        optimizer.zero_grad()
        loss = 0.5 * (params**2).sum()
        loss.backward()
        optimizer.step()
        found.append(round(loss.item(), 3))
    return found


climbing = losses(pytorch_optimizer.Ranger)
falling = losses(pytorch_optimizer.Ranger, degenerated_to_sgd=True)
still = losses(pytorch_optimizer.RAdam)
other = losses(torch_optimizer.Ranger)
print("Ranger", climbing)
print("Ranger, degenerated_to_sgd=True", falling)
print("RAdam", still)
print("Ranger of torch-optimizer", other)
assert climbing == sorted(climbing) and climbing[-1] > 2.0 * climbing[0]
assert falling == other == sorted(falling, reverse=True)
assert set(still) == {4.5}
PYTHON
