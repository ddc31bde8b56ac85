"""Objectives: test functions, one file each, and a model's mean loss on a dataset."""

import sys

from lossopt.objectives._base import Bounds, NamedObjective, Objective, TestFunction
from lossopt.objectives._risk import EmpiricalRisk
from lossopt.objectives._weighted import (
    WEIGHTED_MEANS,
    WeightedRisk,
    weights_of_classes,
    weights_of_samples,
)
from lossopt.registry import discover

OBJECTIVES = discover(sys.modules[__name__], NamedObjective)

__all__ = [
    "OBJECTIVES",
    "WEIGHTED_MEANS",
    "Bounds",
    "EmpiricalRisk",
    "NamedObjective",
    "Objective",
    "TestFunction",
    "WeightedRisk",
    "weights_of_classes",
    "weights_of_samples",
]
