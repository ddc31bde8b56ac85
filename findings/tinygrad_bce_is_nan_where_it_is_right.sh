#!/usr/bin/env bash
# tinygrad 0.14.0, Tensor.binary_crossentropy on probabilities: a certain and right prediction (p = 0
# for label 0, p = 1 for label 1) has the loss NaN, because 0 * log(0) is one, and one such sample
# makes the mean of a whole batch NaN. A certain and wrong one is infinite. torch gives 0 and 100,
# Keras 1e-7 and 16.1. binary_crossentropy_logits is right at logits of 1000, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tinygrad==0.14.0 numpy==2.4.6
DEV=PYTHON "$folder/env/bin/python" -W ignore - <<'PYTHON'
import math

from tinygrad import Tensor

right = [Tensor([p]).binary_crossentropy(Tensor([y])).item() for p, y in ((0.0, 0.0), (1.0, 1.0))]
wrong = [Tensor([p]).binary_crossentropy(Tensor([y])).item() for p, y in ((0.0, 1.0), (1.0, 0.0))]
batch = Tensor([0.5, 1.0]).binary_crossentropy(Tensor([1.0, 1.0])).item()
logits = Tensor([-1000.0, 1000.0]).binary_crossentropy_logits(Tensor([0.0, 1.0])).item()
print("right", right, "wrong", wrong, "batch with one of them", batch, "logits", logits)
assert all(map(math.isnan, [*right, batch]))
assert all(map(math.isinf, wrong)) and logits == 0.0
PYTHON
