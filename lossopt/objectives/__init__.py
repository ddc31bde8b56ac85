"""Objectives: test functions, one file each, and a model's mean loss on a dataset."""

import sys

from lossopt.objectives._base import Bounds, NamedObjective, Objective, TestFunction
from lossopt.objectives._risk import EmpiricalRisk
from lossopt.objectives._weighted import WeightedRisk
from lossopt.registry import discover

OBJECTIVES = discover(sys.modules[__name__], NamedObjective)

__all__ = [
    "OBJECTIVES",
    "Bounds",
    "EmpiricalRisk",
    "NamedObjective",
    "Objective",
    "TestFunction",
    "WeightedRisk",
]
