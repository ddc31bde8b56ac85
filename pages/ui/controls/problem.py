"""What a problem is to the Descent Lab."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from lossopt.figures.messages import Marks, Point
from lossopt.objectives import Objective
from pages.ui.frame.link import Link


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is descended, and its start in the link.

    Every problem keeps its own start, and so does every model on it. The usual problem, the same
    with all fields at their defaults, decides which learning rates it brings along, so that a
    turned field shows its effect; what a person brought along stands for itself.

    Attributes
    ----------
    goal : Objective
    start : str
    usual : Objective
    marks : Marks
        What is drawn on its data, and whether they can be dragged.
    take_point : callable
        Takes the link and the point that was dragged.
    """

    goal: Objective
    start: str
    usual: Objective
    marks: Marks = Marks()
    take_point: Callable[[Link, Point], None] | None = None
