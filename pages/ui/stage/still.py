"""A race as a still picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property

from lossopt.figures.first_picture import first_picture
from lossopt.figures.palette import Look
from lossopt.links.race import Race, plane_of, runs_of
from lossopt.objectives import Objective
from pages.ui.runs.cache import surface


@dataclasses.dataclass(frozen=True)
class Still:
    """A race that somebody sees, to be drawn once another one opens the same address."""

    race: Race
    goal: Objective
    looks: tuple[Look, ...]

    def __call__(self) -> str:
        return self._svg

    @cached_property
    def _svg(self) -> str:
        return still_of(self.race, self.goal, self.looks)


def still_of(race: Race, goal: Objective, looks: Sequence[Look], **how: int) -> str:
    """Draw a race as an SVG; `how` is as in `first_picture`."""
    runs = runs_of(race, goal)
    plane, bounds = plane_of(race, goal, runs)
    paths = [plane.project(run.iterates) for run in runs]
    return first_picture(surface(plane, bounds, goal), paths, looks, **how)
