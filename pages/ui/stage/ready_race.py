"""The race of a link that is written down, without a page around it."""

from __future__ import annotations

import dataclasses

from lossopt.datasets import DATASETS
from lossopt.figures.tuner import RunSettings
from lossopt.losses import LOSSES
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from pages.ui.controls.contestants import Slot, losses_for, models_for, parse_slots
from pages.ui.controls.run import RunChoice, SampleOrder
from pages.ui.controls.starts import read_start
from pages.ui.frame.link import ReadyLink, one_of
from pages.ui.runs.cache import objective
from pages.ui.runs.race import Race
from pages.ui.stage.race_stage import race_of

PROBLEMS = (*DATASETS, *OBJECTIVES)
"""What a link can name without bringing it along."""


@dataclasses.dataclass(frozen=True)
class ReadyRace:
    """Who descends what, and how."""

    slots: list[Slot]
    goal: Objective
    race: Race


def ready_race(link: ReadyLink) -> ReadyRace:
    """Read the race of a link that names one of `PROBLEMS`."""
    problem = link.read("problem", "", str)
    goal, name = read_goal(link, problem)
    slots = [slot.on(goal) for slot in link.read("runs", [], parse_slots)]
    start = tuple(float(number) for number in goal.start)
    start = read_start(link, name, start)
    n_steps = link.spec("run", RunSettings).n_steps
    seed = link.spec("run", SampleOrder).batch_seed
    axes = (0, 1) if goal.n_params == 2 else None
    race = race_of(link, slots, goal, RunChoice(n_steps, seed, start, axes))
    return ReadyRace(slots, goal, race)


def read_goal(link: ReadyLink, problem: str) -> tuple[Objective, str]:
    """The problem of a ready link, and the name of its start."""
    if problem in OBJECTIVES:
        function = link.spec(problem, OBJECTIVES[problem])
        return objective(function), f"{problem}.start"
    data = link.spec(problem, DATASETS[problem])
    models = models_for(data.task)
    usual, name = next(iter(models)), link.read("model", next(iter(models)), one_of([*models]))
    losses, kind = losses_for(data.task), models[name]
    loss = link.read("loss", kind.usual_losses[data.task], one_of(losses))
    model, penalty = link.spec(name, kind), link.spec(loss, LOSSES[loss])
    start = f"{problem}.start" if name == usual else f"{problem}.{name}.start"
    return objective(EmpiricalRisk(data, model, penalty)), start
