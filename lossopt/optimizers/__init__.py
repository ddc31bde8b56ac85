"""Optimizers: one file per update rule; ``OPTIMIZERS`` finds them by itself."""

import sys

from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._displacement import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.registry import discover

OPTIMIZERS = discover(sys.modules[__name__], Optimizer)

__all__ = ["ONLY_WHERE_THE_RATE_CHANGES", "OPTIMIZERS", "Optimizer", "State"]
