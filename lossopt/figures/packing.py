"""Arrays as text."""

from __future__ import annotations

import base64
from typing import NewType

import numpy as np
from numpy.typing import ArrayLike

from lossopt.params import Array

Floats = NewType("Floats", str)
"""Base64 of little-endian float32, row by row."""
Doubles = NewType("Doubles", str)
"""Base64 of little-endian float64, row by row."""
Bytes = NewType("Bytes", str)
"""Base64 of signed bytes, row by row."""


def pack(values: ArrayLike) -> Floats:
    """Base64 of little-endian float32; what float32 cannot hold becomes infinite.

    >>> pack([1.0, 2.0])
    'AACAPwAAAEA='
    """
    with np.errstate(over="ignore"):
        raw = np.ascontiguousarray(values, dtype="<f4").tobytes()
    return Floats(base64.b64encode(raw).decode())


def unpack(text: Floats) -> Array:
    """Numbers of a packed array.

    >>> unpack(pack([1.0, 2.0])).tolist()
    [1.0, 2.0]
    """
    return np.frombuffer(base64.b64decode(text), "<f4").astype(np.float64)


def pack_doubles(values: ArrayLike) -> Doubles:
    """Base64 of little-endian float64: a browser gets every bit.

    >>> pack_doubles([1.0])
    'AAAAAAAA8D8='
    """
    raw = np.ascontiguousarray(values, dtype="<f8").tobytes()
    return Doubles(base64.b64encode(raw).decode())


def pack_bytes(values: ArrayLike) -> Bytes:
    """Base64 of signed bytes; values must lie between −128 and 127, NaN becomes 0.

    >>> pack_bytes([1.0, -1.0])
    'Af8='
    """
    whole = np.nan_to_num(np.round(np.asarray(values, dtype=np.float64)))
    raw = np.ascontiguousarray(whole, dtype=np.int8).tobytes()
    return Bytes(base64.b64encode(raw).decode())
