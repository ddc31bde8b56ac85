"""Models: one file per model; ``MODELS`` finds them by itself."""

import sys

from lossopt.models._base import LinearInParams, Model, SingleOutput
from lossopt.registry import discover

MODELS = discover(sys.modules[__name__], Model)

__all__ = ["MODELS", "LinearInParams", "Model", "SingleOutput"]
