#!/usr/bin/env bash
# One format, two casts. float8_e4m3fn has no infinity; its largest number is 448. Casting 500 (or
# inf) from float32 gives 448 in PyTorch 2.13.0 (CPU) and NaN in ml_dtypes 0.6.0 and JAX 0.10.2.
# float8_e8m0fnu has no sign and no zero: -1 becomes 1 in PyTorch and NaN in ml_dtypes, 0 becomes
# 2**-127 and NaN. A weight that saturates in one library is lost in the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 ml_dtypes==0.6.0 jax==0.10.2 jaxlib==0.10.2
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import torch

def casts(value, name):
    wide = np.float32(value)
    return (
        torch.tensor(wide).to(getattr(torch, name)).float().item(),
        float(wide.astype(getattr(ml_dtypes, name))),
        float(jnp.float32(wide).astype(getattr(jnp, name))),
    )

for value in (448.0, 464.0, 465.0, 500.0, np.inf):
    print("float8_e4m3fn", value, "torch, ml_dtypes, jax:", *casts(value, "float8_e4m3fn"))
for value in (464.0, 448.0):
    assert casts(value, "float8_e4m3fn") == (448.0, 448.0, 448.0)
for value in (500.0, np.inf):
    torch_, ml, jax_ = casts(value, "float8_e4m3fn")
    assert torch_ == 448.0 and np.isnan(ml) and np.isnan(jax_)
for value, kept in ((-1.0, 1.0), (0.0, 2.0**-127)):
    torch_, ml, _ = casts(value, "float8_e8m0fnu")
    print("float8_e8m0fnu", value, "torch, ml_dtypes:", torch_, ml)
    assert torch_ == kept and np.isnan(ml)
PYTHON
