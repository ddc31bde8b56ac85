#!/usr/bin/env bash
# NumPy 2.4.6: genfromtxt and astype(float) read the text 1_000 as the number 1000 (they use
# Python's rule for literals), loadtxt refuses it, and pandas 3.0.0 takes the column for text. A
# class label or a date written 2024_01 becomes 202401 with one reader and an error with the
# other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 pandas==3.0.0
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import io

import numpy as np
import pandas as pd

table = "1_000 2024_01"
seen = np.genfromtxt(io.StringIO(table))
print("genfromtxt", seen, "astype", np.array(["1_000"]).astype(float))
assert seen.tolist() == [1000.0, 202401.0]
try:
    np.loadtxt(io.StringIO(table))
    raise SystemExit("loadtxt read it")
except ValueError as error:
    print("loadtxt", error)
column = pd.read_csv(io.StringIO("a\n1_000\n2_000\n"))["a"]
print("pandas", column.dtype, column.tolist())
assert column.tolist() == ["1_000", "2_000"]
PYTHON
