"""A line search for the strong Wolfe conditions, try by try as in ``torch.optim.LBFGS``.

Where a try has no value or no slope, PyTorch goes on with NaN; here it counts as infinitely high,
so that the search steps back from it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from lossopt.optimizers._base import Landscape
from lossopt.params import Array

DECREASE, FLATTEN, NARROW, MAX_TRIES = 1e-4, 0.9, 1e-9, 25


class Try(NamedTuple):
    """A length of the step, the value there, and the slope along the line."""

    length: float
    value: float
    slope: float


def strong_wolfe(
    objective: Landscape, start: Array, direction: Array, gradient: Array, length: float
) -> tuple[float, int]:
    """Length that lowers the value enough and flattens the slope, and how many were tried.

    Parameters
    ----------
    objective : Objective
    start, direction : array (n_params,)
    gradient : array (n_params,)
        Gradient at `start`.
    length : float
        First try.

    Examples
    --------
    >>> import lossopt as lo
    >>> import numpy as np
    >>> bowl, start = lo.OBJECTIVES["quadratic"](condition_number=1.0), np.array([1.0, 0.0])
    >>> slope = bowl.gradient(start)
    >>> length, tries = strong_wolfe(bowl, start, -slope, slope, 0.01)
    >>> round(length, 9), tries
    (0.1, 2)
    """

    def at(length: float) -> Try:
        point = start + length * direction
        slope = float((objective.gradient(point) * direction).sum())
        value = float(objective.value(point))
        known = not (math.isnan(value) or math.isnan(slope))
        return Try(length, value if known else math.inf, slope)

    def too_high(new: Try, bar: float) -> bool:
        return new.value > zero.value + DECREASE * new.length * zero.slope or new.value >= bar

    zero = Try(0.0, float(objective.value(start)), float((gradient * direction).sum()))
    if not (length > 0.0 and zero.slope < 0.0):
        return 0.0, 0
    low, new, tries = zero, at(length), 1
    while True:  # longer and longer, until a minimum lies between the last two tries
        if tries > MAX_TRIES:
            low = zero
            break
        if too_high(new, low.value if tries > 2 else math.inf):
            break
        if abs(new.slope) <= -FLATTEN * zero.slope:
            return new.length, tries
        if new.slope >= 0.0:
            break
        nearest = new.length + 0.01 * (new.length - low.length)
        length = _cubic_minimum(low, new, nearest, 10.0 * new.length)
        low, new, tries = new, at(length), tries + 1
    low, high = (low, new) if low.value <= new.value else (new, low)
    stuck, size = False, float(abs(direction).max())
    while tries <= MAX_TRIES and abs(high.length - low.length) * size >= NARROW:
        left, right = sorted((low.length, high.length))
        length = _cubic_minimum(low, high, left, right)
        margin = 0.1 * (right - left)
        close = min(right - length, length - left) < margin
        if close and (stuck or not left < length < right):
            length = right - margin if right - length < length - left else left + margin
            close = False
        stuck, new, tries = close, at(length), tries + 1
        if too_high(new, low.value):
            low, high = (low, new) if low.value <= new.value else (new, low)
        elif abs(new.slope) <= -FLATTEN * zero.slope:
            return new.length, tries
        else:
            high = low if new.slope * (high.length - low.length) >= 0.0 else high
            low = new
    return low.length, tries


def _cubic_minimum(one: Try, two: Try, lowest: float, highest: float) -> float:
    """Minimum of the cubic through two tries, kept between the limits; their middle without one."""
    left, right = (one, two) if one.length <= two.length else (two, one)
    width = right.length - left.length
    bend = left.slope + right.slope - 3.0 * (right.value - left.value) / width
    root = bend * bend - left.slope * right.slope
    if not 0.0 <= root < math.inf:
        return 0.5 * (lowest + highest)
    root = math.sqrt(root)
    scale = right.slope - left.slope + 2.0 * root
    if scale == 0.0:
        return highest
    minimum = right.length - width * ((right.slope + root - bend) / scale)
    return min(max(minimum, lowest), highest)
