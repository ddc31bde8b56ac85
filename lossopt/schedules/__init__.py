"""Learning-rate schedules: one file each; ``SCHEDULES`` finds them by itself."""

import sys

from lossopt.registry import discover
from lossopt.schedules._base import Schedule

SCHEDULES = discover(sys.modules[__name__], Schedule)

__all__ = ["SCHEDULES", "Schedule"]
