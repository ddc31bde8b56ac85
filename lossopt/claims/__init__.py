"""Claims that are often read about losses and optimizers, each with a verdict that was measured."""

import sys

from lossopt.claims._base import PARTS, VERDICTS, Claim, Part, Verdict
from lossopt.claims._measured import measured
from lossopt.registry import discover

CLAIMS = discover(sys.modules[__name__], Claim)
"""Every claim by its id, in the order in which an introduction makes them."""

__all__ = ["CLAIMS", "PARTS", "VERDICTS", "Claim", "Part", "Verdict", "measured"]
