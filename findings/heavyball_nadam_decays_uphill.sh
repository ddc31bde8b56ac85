#!/usr/bin/env bash
# heavyball 3.2.1: weight decay of NAdam joins the gradient, as in PyTorch, and decay * parameter is
# then taken off the finished step once more, so it pushes parameters away from 0 against the first
# part. From 2 with gradient 0, decay 0.1: a first step of 0.856 learning rates (PyTorch 2.13.0:
# 1.056); the difference is decay * 2, whatever the learning rate is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check "torch==2.13.0" heavyball==3.2.1
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import heavyball
import torch

heavyball.utils.compile_mode = None


def first_step(kind, rate):
    weight = torch.nn.Parameter(torch.tensor([2.0]))
    optimizer = kind([weight], lr=rate, weight_decay=0.1)
    weight.grad = torch.zeros(1)
    optimizer.step()
    return (2.0 - weight.item()) / rate


for rate in (0.01, 0.1):
    ours, theirs = first_step(heavyball.NAdam, rate), first_step(torch.optim.NAdam, rate)
    print(f"rate {rate}: heavyball {ours:.4f}, torch {theirs:.4f} learning rates")
    assert abs(theirs - 1.0565) < 1e-3 and abs(theirs - ours - 0.2) < 1e-3
PYTHON
