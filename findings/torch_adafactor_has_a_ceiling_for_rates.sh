#!/usr/bin/env bash
# PyTorch 2.13.0 (CPU): torch.optim.Adafactor multiplies by min(lr, 1/sqrt(step)). So rates of 1, 10
# and 1000 take the same path to the bit, a schedule that halves a rate of 1 at step 4 changes
# nothing (1/sqrt(4) is as low), and the same schedule on the other optimizers of the package does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import torch

torch.set_default_dtype(torch.float64)


def end(kind, rate, halved_at=None):
    params = torch.nn.Parameter(torch.tensor([[3.0, 4.0]]))
    optimizer = kind([params], lr=rate)
    for step in range(1, 13):
        if step == halved_at:
            optimizer.param_groups[0]["lr"] = rate / 2
        optimizer.zero_grad()
        (params**2).sum().backward()
        optimizer.step()
    return params.detach()


adafactor, adam = torch.optim.Adafactor, torch.optim.Adam
rates = [end(adafactor, rate) for rate in (1.0, 10.0, 1000.0)]
print("Adafactor, rates 1, 10, 1000:", *(found.tolist() for found in rates))
print("halved at step 4:", end(adafactor, 1.0, 4).tolist(), "Adam:", end(adam, 1.0, 4).tolist(), end(adam, 1.0).tolist())
assert all(torch.equal(rates[0], found) for found in rates)
assert torch.equal(end(adafactor, 1.0, 4), rates[0])
assert not torch.equal(end(adam, 1.0, 4), end(adam, 1.0))
PYTHON
