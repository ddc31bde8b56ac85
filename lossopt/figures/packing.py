"""Arrays as text."""

from __future__ import annotations

import base64

import numpy as np
from numpy.typing import ArrayLike


def pack(values: ArrayLike) -> str:
    """Base64 of little-endian float32; what float32 cannot hold becomes infinite.

    >>> pack([1.0, 2.0])
    'AACAPwAAAEA='
    """
    with np.errstate(over="ignore"):
        return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def pack_bytes(values: ArrayLike) -> str:
    """Base64 of signed bytes; values must lie between −128 and 127, NaN becomes 0.

    >>> pack_bytes([1.0, -1.0])
    'Af8='
    """
    whole = np.nan_to_num(np.round(np.asarray(values, dtype=np.float64)))
    return base64.b64encode(np.ascontiguousarray(whole, dtype=np.int8).tobytes()).decode()
