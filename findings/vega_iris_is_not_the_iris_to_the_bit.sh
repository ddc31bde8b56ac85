#!/usr/bin/env bash
# vega_datasets 0.9.0 reads its JSON with pandas.read_json, whose default parser of decimals is
# not exact (pandas 3.1.1): 14 of the 600 measurements of iris come out one unit in the last place
# away from the number in the file (1.7000000000000002 for 1.7). Runs that start from "the same
# data" as scikit-learn's copy differ from the first step on; equality tests fail.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check vega_datasets==0.9.0 scikit-learn==1.9.1 pandas==3.1.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from sklearn.datasets import load_iris
from vega_datasets import local_data

frame = local_data.iris()
vega = frame[["sepalLength", "sepalWidth", "petalLength", "petalWidth"]].to_numpy(float)
exact = load_iris().data
apart = np.argwhere(vega != exact)
print(len(apart), "cells apart, the first:", vega[tuple(apart[0])], exact[tuple(apart[0])])
assert len(apart) == 14 and np.abs(vega - exact).max() < 1e-15
PYTHON
