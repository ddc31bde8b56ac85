"""The Descent Lab of a link: what is descended, by whom, how, and how it is looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from lossopt.comparisons import usual_rate
from lossopt.datasets import DATASETS
from lossopt.entries import Entry
from lossopt.figures.messages import Options
from lossopt.figures.player import MAX_RUNS
from lossopt.figures.tuner import RunSettings
from lossopt.links.contestants import PROBLEMS, Slot, parse_slots, slots_text
from lossopt.links.own import FORMULA, OWN_DATA, read_function, read_own
from lossopt.links.problem import Problem, data_problem, drop_ready, read_learner
from lossopt.links.race import Race, RunChoice, SampleOrder, pairs_of, race_of
from lossopt.links.rule import entry_of
from lossopt.links.settings import Settings, one_of
from lossopt.links.starts import read_start
from lossopt.links.views import view_options
from lossopt.links.weights import read_weights
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.params import decimal

Rate = Callable[[Entry, Objective], float]
"""Finds the learning rate with which an entry begins on an objective."""


@dataclasses.dataclass(frozen=True)
class Lab:
    """What the Descent Lab shows of a link.

    Attributes
    ----------
    problem : Problem
    slots : list of Slot
        Who takes part.
    race : Race
    options : Options
    """

    problem: Problem
    slots: list[Slot]
    race: Race
    options: Options


def read_lab(link: Settings, *, rate: Rate = usual_rate) -> Lab:
    """Read all that the Descent Lab shows.

    Parameters
    ----------
    link : Settings
    rate : callable, optional
        Finds learning rates that the link leaves out; `usual_rate` by default.

    Examples
    --------
    >>> lab = read_lab(Settings({"problem": "booth", "runs": "adam", "run.n_steps": "7"}))
    >>> lab.race.n_steps, lab.race.start, lab.options.view
    (7, (-8.0, 5.0), '2d')
    """
    problem = read_problem(link)
    goal = problem.goal
    usual = link.opening.settings.get("runs", "batch")
    slots, aside = read_contestants(link, goal, usual)
    for slot in aside:
        entry_of(link, slot, goal)
    suggest_rates(link, problem.usual, slots, rate)
    n_steps = link.spec("run", RunSettings).n_steps
    start = read_start(link, problem.start, tuple(map(float, goal.start)))
    axes = _read_axes(link, goal)
    seed = link.spec("run", SampleOrder).batch_seed if goal.n_samples > 1 else 0
    options = view_options(link, goal)
    run = RunChoice(n_steps, seed, start, axes)
    race = race_of(link, slots, goal, run, follow=options.follow)
    return Lab(problem, slots, race, options)


def read_problem(link: Settings, usual: str = "") -> Problem:
    """Read what is descended.

    Parameters
    ----------
    link : Settings
    usual : str, optional
        Problem of a link that names none; the first dataset by default.

    Examples
    --------
    >>> read_problem(Settings({"problem": "line", "loss": "mae"})).goal.loss
    MAE()
    """
    default = usual or next(iter(DATASETS))
    name = link.read("problem", default, one_of(PROBLEMS))
    link.write("problem", name, usual)
    if name in DATASETS:
        return _read_data(link, name)
    drop_ready(link)
    if name == FORMULA:
        function = read_function(link)
        return Problem(function, f"{FORMULA}.start", function)
    if name == OWN_DATA:
        return read_own(link)
    kind = OBJECTIVES[name]
    return Problem(link.spec(name, kind), f"{name}.start", kind())


def _read_data(link: Settings, name: str) -> Problem:
    kind = DATASETS[name]
    learner = read_learner(link, name, kind.task)
    data = link.spec(name, kind)
    weights = read_weights(link, data)
    return data_problem(data, learner.model, learner.loss, learner.start, weights)


def read_contestants(
    link: Settings, goal: Objective, usual: str = "batch", most: int = MAX_RUNS
) -> tuple[list[Slot], list[Slot]]:
    """Read who takes part, and who means nothing on this problem: that one stays in the link.

    Parameters
    ----------
    link : Settings
    goal : Objective
    usual : str, optional
        Contestants of a link that names none.
    most : int, optional
        How many may take part.

    Examples
    --------
    >>> slots, aside = read_contestants(Settings({"runs": "sgd-adam"}), OBJECTIVES["booth"]())
    >>> slots[0].id, aside[0].id
    ('adam', 'sgd')
    """
    chosen = link.read_list("runs", parse_slots(usual), parse_slots)
    link.write("runs", slots_text(chosen))
    fitting = [slot for slot in chosen if slot.fits(goal)][:most] or [Slot("batch")]
    aside = [slot for slot in chosen if not slot.fits(goal)]
    return [slot.on(goal) for slot in fitting], aside


def suggest_rates(link: Settings, usual: Objective, slots: Iterable[Slot], rate: Rate) -> None:
    """Let every contestant begin with a learning rate that was found on the problem."""
    for slot in slots:
        name = f"{slot.id}.learning_rate"
        rule = slot.rule()  # type: ignore[call-arg]
        link.suggest(name, decimal(rate(Entry(rule, slot.batch_size), usual)))


def _read_axes(link: Settings, goal: Objective) -> tuple[int, int] | None:
    if goal.n_params == 2:
        return (0, 1)
    pairs = pairs_of(goal)
    options = ("pca", *pairs)
    chosen = link.read("plane", options[0], one_of(options))
    link.write("plane", chosen, options[0])
    return pairs.get(chosen)
