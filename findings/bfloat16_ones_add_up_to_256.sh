#!/usr/bin/env bash
# ml_dtypes 0.6.0 under numpy 2.4.6: sum() and mean() of a bfloat16 array add one element after the other
# in bfloat16 (numpy's pairwise sum is for its own types), and a running sum of 256 does not change by
# adding 1. A thousand ones have the sum 256 and the mean 0.256; in float8_e4m3fn the sum is 16. Expected,
# and given by float16, by JAX 0.10.2 and by the dot product of the same array: 1000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6 jax==0.10.2 jaxlib==0.10.2
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax.numpy as jnp
import ml_dtypes
import numpy as np

ones = np.ones(1000, ml_dtypes.bfloat16)
print("sum", ones.sum(), "mean", ones.mean(), "dot", ones @ ones, "jax", jnp.asarray(ones).sum())
print("float8_e4m3fn", ones.astype(ml_dtypes.float8_e4m3fn).sum(), "float16", ones.astype(np.float16).sum())
assert ones.sum() == 256 and abs(float(ones.mean()) - 0.256) < 1e-3
assert ones.astype(ml_dtypes.float8_e4m3fn).sum() == 16
assert ones @ ones == 1000 == jnp.asarray(ones).sum() == ones.astype(np.float16).sum()
PYTHON
