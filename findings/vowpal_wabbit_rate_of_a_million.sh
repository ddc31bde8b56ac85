#!/usr/bin/env bash
# Vowpal Wabbit 9.11.9: its default learning rate is no factor on the gradient. Each update is the limit
# of infinitely many small ones (N. Karampatziakis, J. Langford, "Online Importance Weight Aware
# Updates", 2011). Expected of gradient descent on one sample x = 2, y = 1: divergence above a rate of
# 1/4. Seen: a rate of 1,000,000 fits the sample in one update and stays; --invariant at 0.1 goes
# 1 - exp(-8 * 0.1) = 0.551 of the way. Only --sgd multiplies by the rate (8 after a rate of 1).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check vowpalwabbit==9.11.9
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
from vowpalwabbit import Workspace

def predictions(options):
    model = Workspace(f"--quiet --noconstant {options}")
    for label in (0, 10):  # predictions are bounded by the labels seen
        model.learn(f"{label} | other:1")
    out = []
    for _ in range(3):
        out.append(round(model.predict("| x:2"), 3))
        model.learn("1 | x:2")
    model.finish()
    return out

default = predictions("--learning_rate 1000000")
small = predictions("--invariant --power_t 0 --learning_rate 0.1")
plain = predictions("--sgd --power_t 0 --learning_rate 1")
print("default", default, "invariant, 0.1:", small, "sgd, 1:", plain)
assert default == [0.0, 1.0, 1.0] and small[1] == 0.551 and plain[1] == 8.0
PYTHON
