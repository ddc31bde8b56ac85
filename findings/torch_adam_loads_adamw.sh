#!/usr/bin/env bash
# PyTorch 2.13.0: Adam and AdamW share one class, and how weight decay enters is a value of the
# parameter group. So load_state_dict changes the rule: an Adam that loads the state of an AdamW
# still prints "Adam" and decouples its weight decay from then on; the form of decay comes with
# the file, not with the class. Expected: the class that was constructed decides. Seen: from 2.0,
# with gradient 0, rate 0.1 and decay 0.1, Adam takes 2.0 to 1.9 before loading and to 1.98 after.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import torch

def one_step(optimizer, weight):
    with torch.no_grad():
        weight.fill_(2.0)
    weight.grad = torch.zeros_like(weight)
    optimizer.step()
    return weight.item()

torch.set_default_dtype(torch.float64)
donor_weight = torch.nn.Parameter(torch.tensor([2.0]))
donor = torch.optim.AdamW([donor_weight], lr=0.1, weight_decay=0.1)
weight = torch.nn.Parameter(torch.tensor([2.0]))
fresh = one_step(torch.optim.Adam([weight], lr=0.1, weight_decay=0.1), weight)
loaded = torch.optim.Adam([weight], lr=0.1, weight_decay=0.1)
loaded.load_state_dict(donor.state_dict())
after = one_step(loaded, weight)
print(type(loaded).__name__, "fresh:", fresh, "after loading:", after)
assert type(loaded) is torch.optim.Adam and str(loaded).startswith("Adam (")
assert abs(fresh - 1.9) < 1e-6 and abs(after - 1.98) < 1e-12
PYTHON
