#!/usr/bin/env bash
# One svmlight/libsvm file with features 1 and 2, four readers. scikit-learn 1.9.1 and CatBoost
# 1.2.10 find two columns, XGBoost 3.2.0 and LightGBM 4.7.0 three, the first of them empty: a
# model saved by one gets shifted features from the other. And scikit-learn's guess is made per
# file: one further line that names feature 0 moves all other lines by a column.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 xgboost==3.2.0 lightgbm==4.7.0 catboost==1.2.10 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import catboost
import lightgbm
import xgboost
from sklearn.datasets import load_svmlight_file

file = Path(sys.argv[1], "train.svm")
file.write_text("1 1:10 2:20\n0 1:30 2:40\n")
rows = load_svmlight_file(str(file))[0].toarray()
shapes = {
    "scikit-learn": rows.shape[1],
    "catboost": catboost.Pool(f"libsvm://{file}").shape[1],
    "xgboost": xgboost.DMatrix(f"{file}?format=libsvm").num_col(),
    "lightgbm": lightgbm.Dataset(str(file), params={"verbose": -1}).construct().num_feature(),
}
print(shapes)
assert shapes == {"scikit-learn": 2, "catboost": 2, "xgboost": 3, "lightgbm": 3}
file.write_text(file.read_text() + "1 0:5\n")
moved = load_svmlight_file(str(file))[0].toarray()
print("first row before and after a line with feature 0 was added:", rows[0], moved[0])
assert rows[0].tolist() == [10, 20] and moved[0].tolist() == [0, 10, 20]
PYTHON
