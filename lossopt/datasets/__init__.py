"""Datasets: one file per dataset; ``DATASETS`` finds them by itself."""

import sys

from lossopt.datasets._base import Dataset, DatasetSpec
from lossopt.datasets._moves import Move, move_points
from lossopt.registry import discover

DATASETS = discover(sys.modules[__name__], DatasetSpec)

__all__ = ["DATASETS", "Dataset", "DatasetSpec", "Move", "move_points"]
