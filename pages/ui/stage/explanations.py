"""What theory says of a race, with what pages keep of it."""

from __future__ import annotations

from functools import partial

from lossopt.links import explanations
from pages.ui.runs.cache import curvature, stable_rate

limit_of = partial(explanations.limit_of, stable_rate=stable_rate, curvature=curvature)
"""As in the library; of the numbers, pages keep what they have found."""
