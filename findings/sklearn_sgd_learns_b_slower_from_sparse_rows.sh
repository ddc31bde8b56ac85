#!/usr/bin/env bash
# scikit-learn 1.9.0: SGDRegressor and SGDClassifier learn another model from the same numbers when
# these come as a sparse matrix: steps of the intercept are then multiplied by 0.01, whether or not
# there is a zero in it. After 5 passes over 200 rows without a zero the intercept of 3 is found
# from an array, and a tenth of it from the sparse matrix; the slopes differ, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.0 numpy==2.4.6
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from scipy import sparse
from sklearn.linear_model import SGDClassifier, SGDRegressor

X = np.random.default_rng(0).normal(size=(200, 2))
y = X @ [1.0, 2.0] + 3.0
how = {"max_iter": 5, "tol": None, "shuffle": False, "penalty": None, "learning_rate": "constant", "eta0": 0.01}
for kind, labels in ((SGDRegressor, y), (SGDClassifier, y > 3.0)):
    whole = kind(**how).fit(X, labels)
    rows = kind(**how).fit(sparse.csr_matrix(X), labels)
    print(kind.__name__, whole.coef_, whole.intercept_, "sparse:", rows.coef_, rows.intercept_)
    assert (X != 0.0).all() and not np.allclose(whole.coef_, rows.coef_, rtol=0.01)
    if kind is SGDRegressor:
        assert whole.intercept_[0] > 2.9 and rows.intercept_[0] < 0.5
PYTHON
