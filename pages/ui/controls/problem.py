"""What a problem is to the Descent Lab."""

from __future__ import annotations

import dataclasses

from lossopt.objectives import Objective


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is descended, and its start in the link.

    Every problem keeps its own start, and so does every model on it. The usual problem, the same
    with all fields at their defaults, decides which learning rates it brings along, so that a
    turned field shows its effect; what a person brought along stands for itself.
    """

    goal: Objective
    start: str
    usual: Objective
