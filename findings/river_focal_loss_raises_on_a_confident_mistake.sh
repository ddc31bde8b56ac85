#!/usr/bin/env bash
# river 0.26.1, optim.losses.BinaryFocalLoss(): for a score far on the wrong side it raises
# "ValueError: math domain error", because the probability is rounded to 0 before its logarithm; Log()
# at the same score is the score. It is the very sample that a focal loss is made for. The gradient
# there is right, -1 or 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check river==0.26.1
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from river.optim import losses

focal, log = losses.BinaryFocalLoss(), losses.Log()
for label, score in ((1, -40.0), (0, 40.0)):
    try:
        found = focal(label, score)
    except ValueError as error:
        print(label, score, type(error).__name__, error, "gradient", focal.gradient(label, score))
    else:
        raise AssertionError((label, score, found))
print("Log at the same scores", log(1, -40.0), log(0, 40.0), "focal at -5", focal(1, -5.0))
assert (focal.gradient(1, -40.0), focal.gradient(0, 40.0)) == (-1, 1)
assert abs(log(1, -40.0) - 40.0) < 1e-9 and focal(1, -5.0) > 0.0
PYTHON
