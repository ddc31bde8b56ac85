#!/usr/bin/env bash
# scikit-learn 1.9.0: QuantileRegressor() has alpha=1, a penalty on |slope| next to a mean loss. On
# 21 points that lie on y = 2x + 1 without any noise it finds slope 0: the penalty costs more than
# the line gains. Measured in another unit (x in thousandths) the same call finds nothing either;
# alpha=0 gives 2 and 1. HuberRegressor() on the same points gives the line to six digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from sklearn.linear_model import HuberRegressor, QuantileRegressor

X = np.linspace(-1.0, 1.0, 21)[:, None]
y = 2.0 * X[:, 0] + 1.0
usual, free, huber = QuantileRegressor().fit(X, y), QuantileRegressor(alpha=0.0).fit(X, y), HuberRegressor().fit(X, y)
for name, model in (("usual", usual), ("alpha=0", free), ("Huber", huber)):
    print(name, model.coef_, model.intercept_)
assert usual.coef_[0] == 0.0 and QuantileRegressor().fit(X / 1000.0, y).coef_[0] == 0.0
assert abs(free.coef_[0] - 2.0) < 1e-9 and abs(huber.coef_[0] - 2.0) < 1e-6
PYTHON
