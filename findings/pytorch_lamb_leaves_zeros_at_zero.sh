#!/usr/bin/env bash
# pytorch-lamb 1.0.0: the step of a tensor is multiplied by the norm of its own weights, and
# nothing replaces that factor where the norm is 0. A tensor that starts at zero, as biases and
# the last layer of many networks do, never moves, whatever its gradient. (The paper leaves the
# factor of a zero tensor open; optax, Keras and timm take 1 there.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 pytorch-lamb==1.0.0 tensorboardX==2.6.4
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from pytorch_lamb import Lamb

for start, moves in ((0.0, False), (5.0, True)):
    bias = torch.nn.Parameter(torch.full((3,), start))
    optimizer = Lamb([bias], lr=0.1)
    for _ in range(100):
        bias.grad = torch.ones(3)
        optimizer.step()
    print("from", start, "after 100 steps", bias.tolist())
    assert bool((bias != start).any()) is moves
PYTHON
