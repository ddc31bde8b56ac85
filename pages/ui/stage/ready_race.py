"""The race of a link that is written down, without a page around it."""

from __future__ import annotations

import dataclasses

from lossopt.datasets import DATASETS
from lossopt.figures.tuner import RunSettings
from lossopt.links.contestants import Slot, parse_slots
from lossopt.links.lab import read_problem
from lossopt.links.race import Race, RunChoice, SampleOrder, race_of
from lossopt.links.settings import Settings
from lossopt.links.starts import read_start
from lossopt.objectives import OBJECTIVES, Objective
from pages.ui.runs.cache import objective

PROBLEMS = (*DATASETS, *OBJECTIVES)
"""What a link can name without bringing it along."""


@dataclasses.dataclass(frozen=True)
class ReadyRace:
    """Who descends what, and how."""

    slots: list[Slot]
    goal: Objective
    race: Race


def ready_race(link: Settings) -> ReadyRace:
    """Read the race of a link that names one of `PROBLEMS`."""
    problem = read_problem(link)
    goal = objective(problem.goal)
    slots = [slot.on(goal) for slot in link.read("runs", [], parse_slots)]
    start = read_start(link, problem.start, tuple(float(number) for number in goal.start))
    n_steps = link.spec("run", RunSettings).n_steps
    seed = link.spec("run", SampleOrder).batch_seed
    axes = (0, 1) if goal.n_params == 2 else None
    race = race_of(link, slots, goal, RunChoice(n_steps, seed, start, axes))
    return ReadyRace(slots, goal, race)
