#!/usr/bin/env bash
# MindSpore 2.10.0 on a CPU: mindspore.experimental.optim.Adam(amsgrad=True) takes the steps of Adam.
# After gradients 1, 1, 1 and then 0 the maximum of the second moment should hold the steps down;
# they are those without it to the last digit (PyTorch 2.13.0 with amsgrad: 0.818, 0.690, 0.594 for
# the next three, Adam 0.819, 0.692, 0.597).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mindspore==2.10.0 "setuptools<81"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

ms.set_device("CPU")


def steps(**settings):
    weight = ms.Parameter(ms.Tensor(np.zeros(1, "float32")), name="weight")
    optimizer, found = optim.Adam([weight], lr=0.01, **settings), []
    for gradient in [1.0] * 3 + [0.0] * 5:
        before = weight.asnumpy().copy()
        optimizer((ms.Tensor(np.array([gradient], "float32")),))
        found.append(float((before - weight.asnumpy())[0] / 0.01))
    return found


plain, kept = steps(), steps(amsgrad=True)
print("adam   ", np.round(plain, 5).tolist())
print("amsgrad", np.round(kept, 5).tolist())
assert plain == kept and plain[3] < 0.9
PYTHON
