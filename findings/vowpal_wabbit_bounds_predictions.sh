#!/usr/bin/env bash
# Vowpal Wabbit 9.11.9: predictions of a plain linear regression are cut to the range of the
# labels seen so far (and 0). A model that has seen the labels 0 and 5 at x = 0 and x = 1 predicts
# 5 at x = 100 and 0 at x = -100: no extrapolation, and no message.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check vowpalwabbit==9.11.9
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
from vowpalwabbit import Workspace

model = Workspace("--quiet")
for _ in range(200):
    model.learn("0 | x:0")
    model.learn("5 | x:1")
seen = [round(model.predict(f"| x:{x}"), 2) for x in (-100, 0, 1, 2, 100)]
model.finish()
print("predictions at -100, 0, 1, 2, 100:", seen)
assert seen[-1] == seen[-2] == 5.0 and seen[0] == 0.0
PYTHON
