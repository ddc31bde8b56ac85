#!/usr/bin/env bash
# NumPy 2.4.6 with ml_dtypes 0.6.0 (the bfloat16 and float8 of JAX and TensorFlow): np.save
# accepts an array of bfloat16 without a word, but the file only says "two bytes of anything"
# (|V2). np.load gives bytes that no arithmetic accepts; the numbers come back only for who knows
# the format and views them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 ml_dtypes==0.6.0
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import io

import ml_dtypes
import numpy as np

weights = np.array([1.0, -2.5, 3.0], dtype=ml_dtypes.bfloat16)
file = io.BytesIO()
np.save(file, weights)
file.seek(0)
loaded = np.load(file)
print("saved", weights.dtype, "loaded", loaded.dtype, loaded)
assert loaded.dtype == np.dtype("V2")
try:
    loaded * 2
    raise SystemExit("arithmetic works now")
except TypeError as error:
    print(type(error).__name__)
assert (loaded.view(ml_dtypes.bfloat16) == weights).all()
PYTHON
