#!/usr/bin/env bash
# dadaptation 3.2: DAdaptSGD divides by the norm of the summed gradients. A first gradient of
# exactly 0 (a frozen layer, a dead ReLU, a start on a saddle) or two opposite ones end in
# ZeroDivisionError; its siblings DAdaptAdam and DAdaptAdaGrad take the same gradients and go on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check dadaptation==3.2 torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch
from dadaptation import DAdaptAdaGrad, DAdaptAdam, DAdaptSGD

torch.set_default_dtype(torch.float64)

def outcome(kind, gradients):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = kind([weight])
    try:
        for gradient in gradients:
            weight.grad = torch.full_like(weight, gradient)
            optimizer.step()
    except ZeroDivisionError:
        return "ZeroDivisionError"
    return "goes on"

for gradients in ([0.0, 1.0], [1.0, -1.0]):
    seen = {kind.__name__: outcome(kind, gradients) for kind in (DAdaptSGD, DAdaptAdam, DAdaptAdaGrad)}
    print(gradients, seen)
    assert seen["DAdaptSGD"] == "ZeroDivisionError"
assert outcome(DAdaptAdam, [1.0, -1.0]) == "goes on"
assert outcome(DAdaptAdaGrad, [1.0, -1.0]) == "goes on"
PYTHON
