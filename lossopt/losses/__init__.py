"""Losses: one file per loss; ``LOSSES`` finds them by itself."""

import sys

from lossopt.losses._base import Loss, Task
from lossopt.registry import discover

LOSSES = discover(sys.modules[__name__], Loss)

__all__ = ["LOSSES", "Loss", "Task"]
