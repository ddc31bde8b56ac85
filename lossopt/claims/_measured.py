"""What every claim came to when ``python -m benchmarks.article write`` ran last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("measured.json")
RTOL, ATOL = 5e-3, 1e-11
"""How much a number may differ on another machine."""


@cache
def measured() -> Mapping[str, Any]:
    """Numbers of every claim, times, and the machine that these were measured on.

    >>> sorted(measured())
    ['claims', 'machine', 'times']
    """
    return dict(json.loads(FILE.read_text("utf-8")))


def differing(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    """Names of numbers that are missing on one side, or not the same but for rounding.

    >>> differing({"a": 1.0, "b": 2.0, "c": 0.0}, {"a": 1.0, "b": 2.1, "c": 1e-14})
    ['b']
    """
    both = [name for name in one if name in other]
    apart = [name for name in both if not np.isclose(one[name], other[name], RTOL, ATOL)]
    return [*sorted(one.keys() ^ other.keys()), *apart]
