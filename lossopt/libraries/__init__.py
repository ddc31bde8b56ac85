"""Libraries of optimizers, as they were measured: one file each; ``LIBRARIES`` finds them."""

import sys

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._compared import (
    Moving,
    apart,
    first_step,
    forms_of,
    moving,
    rates_of,
    rules_of,
    same_paths,
    schedule_groups,
)
from lossopt.libraries._losses import LibraryLoss, LossConvention
from lossopt.libraries._schedules import PLANNED, LibrarySchedule, ScheduleConvention
from lossopt.registry import discover

LIBRARIES = discover(sys.modules[__name__], Library)

__all__ = [
    "LIBRARIES",
    "PLANNED",
    "Convention",
    "Library",
    "LibraryLoss",
    "LibrarySchedule",
    "LossConvention",
    "Moving",
    "ScheduleConvention",
    "apart",
    "first_step",
    "forms_of",
    "moving",
    "rates_of",
    "rules_of",
    "same_paths",
    "schedule_groups",
]
