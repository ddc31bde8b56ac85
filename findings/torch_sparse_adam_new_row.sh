#!/usr/bin/env bash
# PyTorch 2.13.0: SparseAdam keeps moments per row of an embedding but one step count for the
# whole tensor. A row that is met for the first time at step 1001 gets the bias correction of step
# 1001 for averages that are one gradient old. Expected (Adam, "Algorithm 1"): the first step of a
# row is one learning rate. Seen: with gradient 1 its first three steps are 2.515, 3.381 and 3.940
# learning rates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch

torch.set_default_dtype(torch.float64)
table = torch.nn.Embedding.from_pretrained(torch.zeros(2, 1), freeze=False, sparse=True)
optimizer = torch.optim.SparseAdam(table.parameters(), lr=1.0)

def step(row):
    before = table.weight[row].item()
    optimizer.zero_grad()
    table(torch.tensor([row])).sum().backward()
    optimizer.step()
    return before - table.weight[row].item()

first = [step(0) for _ in range(1000)][0]
late = [step(1) for _ in range(3)]
print("row met at step 1:", first, "row met at step 1001:", late)
assert abs(first - 1.0) < 1e-6
assert all(abs(a - b) < 1e-3 for a, b in zip(late, (2.5153, 3.3811, 3.9397)))
PYTHON
