#!/usr/bin/env bash
# torch 2.13.0, binary_cross_entropy_with_logits in float64: at logit 40 and label 1 the loss is
# 4.2e-18 and the gradient exactly 0; at logit -40 and label 0, the mirror image, the loss is
# exactly 0 and the gradient 4.2e-18. Both should be 4.2e-18 on both sides (from about 37 on one
# form of each cancels). Rules that look at the sign or divide by the size (Rprop, Lion, Adam with
# a small eps) go on for one class and stand still for the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

seen = {}
for logit, label in ((-40.0, 0.0), (40.0, 1.0), (-30.0, 0.0), (30.0, 1.0)):
    score = torch.tensor([logit], dtype=torch.float64, requires_grad=True)
    loss = binary_cross_entropy_with_logits(score, torch.tensor([label], dtype=torch.float64))
    loss.backward()
    seen[logit] = score.grad.item(), loss.item()
    print("logit", logit, "label", label, "loss", loss.item(), "gradient", score.grad.item())
small = 4.248354255291589e-18
assert seen[40.0][0] == 0 and abs(seen[40.0][1] - small) < 1e-30
assert seen[-40.0][1] == 0 and abs(seen[-40.0][0] - small) < 1e-30
assert abs(seen[30.0][0] / seen[-30.0][0] + 1) < 1e-2
PYTHON
