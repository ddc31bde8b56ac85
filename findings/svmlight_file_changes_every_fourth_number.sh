#!/usr/bin/env bash
# scikit-learn 1.9.1: dump_svmlight_file writes 16 significant digits, one less than a float64 needs. Of
# random numbers from 0 to 1 every fourth comes back as another number (by one unit in the last place),
# features and targets alike: 0.1 + 0.2 is saved as 0.3. With 17 digits in the same file all come back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

file = Path(sys.argv[1], "numbers.svm")
numbers = np.append(0.1 + 0.2, np.random.default_rng(0).random(20_000))


def changed():
    features, targets = load_svmlight_file(str(file))
    return np.mean(features.toarray()[:, 0] != numbers).item(), np.mean(targets != numbers).item()


dump_svmlight_file(numbers[:, None], numbers, str(file))
dumped, first = changed(), file.read_text().splitlines()[0]
file.write_text("".join(f"{x:.17g} 0:{x:.17g}\n" for x in numbers))
print("changed share of features and targets", dumped, "with 17 digits", changed(), "first line", first)
assert first == "0.3 0:0.3"
assert all(0.2 < share < 0.3 for share in dumped) and changed() == (0, 0)
PYTHON
