#!/usr/bin/env bash
# scikit-learn 1.9.1, MLPRegressor and MLPClassifier with learning_rate="invscaling" (rate / t^power_t "at
# each time step t"): t counts rows of data, not updates or epochs, while the rate is set once per epoch.
# All updates of the first epoch are made at the whole rate; in the second it is a tenth of that with 100
# rows and a hundredth with 10,000, whatever the batch size. SGDRegressor's schedule of the same name
# counts its updates and sets the rate at each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import numpy as np
from sklearn.neural_network import MLPRegressor

shape = {"solver": "sgd", "learning_rate": "invscaling", "learning_rate_init": 0.1, "hidden_layer_sizes": (2,)}


def first_epoch(rows, batch):
    data = np.random.default_rng(0).random((rows, 2))
    model = MLPRegressor(max_iter=1, batch_size=batch, random_state=0, **shape)
    return model.fit(data, data.sum(1))


for rows in (100, 10_000):
    for batch in (10, rows):
        rate = first_epoch(rows, batch)._optimizer.learning_rate
        print(rows, "rows", rows // batch, "updates, then the rate is", rate)
        assert abs(rate * (rows + 1) ** 0.5 - 0.1) < 1e-9
PYTHON
