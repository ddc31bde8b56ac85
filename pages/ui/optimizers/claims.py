"""Where an optimizer shines and where it fails: ready links, and what they come to."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache

from lossopt.datasets import DATASETS
from lossopt.figures.tuner import RunSettings
from lossopt.losses import LOSSES
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from pages.ui.controls.contestants import Slot, models_for, parse_slots
from pages.ui.controls.run import RunChoice, SampleOrder
from pages.ui.controls.starts import read_start
from pages.ui.frame.link import ReadyLink
from pages.ui.frame.words import ASSETS
from pages.ui.runs.cache import objective, outcome
from pages.ui.stage.race_stage import race_of

KINDS = ("shines", "fails")


@dataclasses.dataclass(frozen=True)
class Claim:
    """One run of a link ends lower than another, by a factor in the loss above the minimum.

    Without a minimum the factor is 0, and the claim is that it ends lower at all.
    """

    link: dict[str, str]
    better: str
    worse: str
    factor: float


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a link comes to: the last step, the runs and their losses (infinite: diverged)."""

    n_steps: int
    slots: list[Slot]
    losses: tuple[float, ...]
    above_minimum: bool


@dataclasses.dataclass(frozen=True)
class Facts:
    """What a card says beyond words: its claims, and the rate that suits a small surface."""

    claims: dict[str, Claim] = dataclasses.field(default_factory=dict)
    rate: float | None = None


@cache
def facts() -> dict[str, Facts]:
    """The facts of every optimizer that has some."""
    told = tomllib.loads((ASSETS / "optimizer_claims.toml").read_text("utf-8"))
    return {
        name: Facts({kind: Claim(**one[kind]) for kind in KINDS if kind in one}, one.get("rate"))
        for name, one in told.items()
    }


def facts_of(name: str) -> Facts:
    """The facts of an optimizer; a new one may have none yet."""
    return facts().get(name, Facts())


def outcome_of(settings: dict[str, str]) -> Outcome:
    """Run the race of a ready link."""
    link = ReadyLink(settings)
    problem = settings["problem"]
    goal = read_goal(link, problem)
    slots = [slot.on(goal) for slot in link.read("runs", [], parse_slots)]
    start = tuple(float(number) for number in goal.start)
    start = read_start(link, f"{problem}.start", start)
    n_steps = link.spec("run", RunSettings).n_steps
    seed = link.spec("run", SampleOrder).batch_seed
    race = race_of(link, slots, goal, RunChoice(n_steps, seed, start, (0, 1)))
    losses = outcome(race, goal)
    return Outcome(n_steps, slots, losses, goal.minimum is not None)


def read_goal(link: ReadyLink, problem: str) -> Objective:
    """The problem of a ready link, with the usual model and loss of its data."""
    if problem in OBJECTIVES:
        function = link.spec(problem, OBJECTIVES[problem])
        return objective(function)
    data = link.spec(problem, DATASETS[problem])
    name, kind = next(iter(models_for(data.task).items()))
    model = link.spec(name, kind)
    loss = LOSSES[kind.usual_losses[data.task]]()
    return objective(EmpiricalRisk(data, model, loss))
