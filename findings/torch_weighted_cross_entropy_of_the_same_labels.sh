#!/usr/bin/env bash
# PyTorch 2.13.0 (CPU): with class weights, F.cross_entropy gives two losses for the same labels.
# Given as class indices, the mean is divided by the sum of the weights of the samples; given as
# probabilities (one-hot rows), by the number of samples. The loss of each sample is the same. So
# who turns labels into one-hot rows changes the learning rate, here by a factor of 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
logits = torch.tensor([[1.0, 0.0, -1.0], [0.5, 0.2, 0.1]])
labels, weights = torch.tensor([0, 2]), torch.tensor([1.0, 2.0, 5.0])
rows = F.one_hot(labels, 3).double()
each = [F.cross_entropy(logits, y, weight=weights, reduction="none") for y in (labels, rows)]
mean = [F.cross_entropy(logits, y, weight=weights).item() for y in (labels, rows)]
print("per sample:", each[0].tolist(), each[1].tolist())
print("mean, indices:", mean[0], "one-hot:", mean[1], "ratio:", mean[1] / mean[0])
assert torch.allclose(*each, rtol=1e-12)
assert abs(mean[0] - each[0].sum().item() / 6.0) < 1e-12
assert abs(mean[1] - each[0].sum().item() / 2.0) < 1e-12
PYTHON
