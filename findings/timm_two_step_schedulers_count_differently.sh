#!/usr/bin/env bash
# timm 1.0.31: two schedulers of one library count epochs differently. StepLRScheduler(decay_t=4)
# lowers the rate for epochs 4, 8 ... (counted from 0), MultiStepLRScheduler(decay_t=[4, 8]) already
# for epochs 3 and 7; torch's StepLR(4) and MultiStepLR([4, 8]) agree with the first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check timm==1.0.31 torch==2.13.0 torchvision numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import torch
from timm.scheduler import MultiStepLRScheduler, StepLRScheduler


def rates(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, found = make(optimizer), []
    for epoch in range(10):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(epoch + 1)
    return found


one = rates(lambda optimizer: StepLRScheduler(optimizer, decay_t=4, decay_rate=0.5))
many = rates(lambda optimizer: MultiStepLRScheduler(optimizer, decay_t=[4, 8], decay_rate=0.5))
print("StepLRScheduler(4)           ", one)
print("MultiStepLRScheduler([4, 8]) ", many)
assert [one.index(0.5), one.index(0.25)] == [4, 8]
assert [many.index(0.5), many.index(0.25)] == [3, 7]
PYTHON
