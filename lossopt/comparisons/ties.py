"""Who comes lowest, where rounding decides nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from lossopt.arguments import number, real_array

DIGITS = 6
"""Losses that agree so far are the same."""
SMALL = 1e-9
"""Part of the way down within which a loss is the minimum."""


def lowest_ones(losses: Sequence[float], first: float, minimum: float | None) -> list[int]:
    """Find which of several losses are the lowest; equal ones tie.

    Losses are equal if they agree to six digits, or come as near to the minimum as a billionth of
    the way down from the first loss. ``static/classroom/ranking.js`` ranks by the same rule.

    Parameters
    ----------
    losses : list of float
        What is not finite is not among the lowest.
    first : float
        Loss at the start.
    minimum : float or None
        Of the objective, where it is known.

    Returns
    -------
    list of int
        Their places; empty where no loss is finite.

    Examples
    --------
    >>> lowest_ones([0.5, 1e-14, 3e-20, float("nan")], first=8.0, minimum=0.0)
    [1, 2]
    >>> lowest_ones([0.25, 0.2499999999], first=8.0, minimum=None)
    [0, 1]
    """
    values = real_array("losses", losses)
    floor = -math.inf
    if minimum is not None:
        lowest = number("minimum", minimum)
        floor = lowest + SMALL * abs(number("first", first) - lowest)
    kept = [float(np.format_float_scientific(max(loss, floor), DIGITS - 1)) for loss in values]
    best = min((loss for loss in kept if math.isfinite(loss)), default=math.inf)
    return [k for k, loss in enumerate(kept) if loss == best < math.inf]
