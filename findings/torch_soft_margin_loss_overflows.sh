#!/usr/bin/env bash
# PyTorch 2.13.0 (CPU): F.soft_margin_loss computes log(1 + exp(-y x)) as written. Beyond a margin
# of about -88.7 (float32) or -709.8 (float64) the loss is inf and its gradient NaN, although both
# have plain values (-y x and -y); binary_cross_entropy_with_logits, the same function of the same
# number, gives them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from torch.nn import functional as F

for dtype, score in ((torch.float32, -100.0), (torch.float64, -1000.0)):
    x = torch.tensor([score], dtype=dtype, requires_grad=True)
    one = torch.ones_like(x)
    loss = F.soft_margin_loss(x, one)
    slope, = torch.autograd.grad(loss, x)
    same = F.binary_cross_entropy_with_logits(x, one)
    same_slope, = torch.autograd.grad(same, x)
    print(dtype, "soft margin:", loss.item(), slope.item(), "with logits:", same.item(), same_slope.item())
    assert loss.isinf() and slope.isnan()
    assert same.item() == -score and same_slope.item() == -1.0
PYTHON
