#!/usr/bin/env bash
# fastai 2.8.12: FocalLoss with class weights takes the probability of the true class out of the
# weighted cross-entropy, so that it computes with p to the power of the weight. One row of class 0
# at p = 1/2, gamma 2: without weights 0.1733 = (1 - p)^2 * ln 2; with weight 4 for its class 2.4368
# instead of 4 * 0.1733 = 0.6931, and with weight 1/4 0.0044 instead of 0.0433. So a rare class that is
# told to count four times counts fourteen times, and the sum of two weights is not the sum of
# their losses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 torchvision==0.28.0 numpy==2.4.6 fastai==2.8.12
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from math import isclose, log

import torch
from fastai.losses import FocalLoss

scores, true = torch.zeros((1, 2), dtype=torch.float64), torch.tensor([0])
for weight in (1.0, 4.0, 0.25):
    weights = torch.tensor([weight, 1.0], dtype=torch.float64)
    seen = FocalLoss(gamma=2.0, weight=weights, reduction="none")(scores, true).item()
    weighted_loss = weight * 0.25 * log(2)
    power = 0.5**weight
    print(f"weight {weight}: {seen:.4f}, weight times the loss {weighted_loss:.4f}")
    assert isclose(seen, (1 - power) ** 2 * weight * log(2), rel_tol=1e-9)
    assert weight == 1.0 or not isclose(seen, weighted_loss, rel_tol=0.5)
PYTHON
