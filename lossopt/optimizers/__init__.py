"""Optimizers: one file per update rule; ``OPTIMIZERS`` finds them by itself."""

import sys

from lossopt.optimizers._base import Optimizer, State
from lossopt.registry import discover

OPTIMIZERS = discover(sys.modules[__name__], Optimizer)

__all__ = ["OPTIMIZERS", "Optimizer", "State"]
