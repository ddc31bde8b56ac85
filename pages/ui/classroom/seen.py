"""What a class sees of a link: the problem and the race of the Lab, of a lesson or of a map."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl

from lossopt.datasets import DATASETS
from lossopt.entries import Entry
from lossopt.figures.scene import Contestant
from lossopt.figures.tuner import RunSettings
from lossopt.lessons import LESSONS
from lossopt.losses import LOSSES
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.params import decimal
from lossopt.trajectories import affordable_steps
from pages.ui.compare import basins, outcomes, race
from pages.ui.controls.contestants import Slot, losses_for, models_for, parse_slots
from pages.ui.controls.examples import opening
from pages.ui.controls.own.function import FORMULA, read_function
from pages.ui.controls.problem import Problem
from pages.ui.controls.problem_choice import data_problem
from pages.ui.controls.run import RunChoice, SampleOrder
from pages.ui.controls.sample_weights import SETTINGS as WEIGHTS
from pages.ui.controls.starts import read_start
from pages.ui.frame.link import KEPT, ReadyLink, one_of
from pages.ui.frame.words import Words
from pages.ui.lessons.page import contestants_of as in_lesson
from pages.ui.lessons.parts import LessonText
from pages.ui.lessons.parts import race_of as of_lesson
from pages.ui.runs.cache import objective, rate_for
from pages.ui.runs.race import Race
from pages.ui.stage.race_stage import contestants_of, race_of

ASK = "ask"
"""Setting of a question's link that says what of its scene is asked for."""
USUAL = {
    "map": {"problem": outcomes.PROBLEM, "optimizer": "momentum"},
    "basins": {"problem": basins.EXAMPLE, "runs": basins.USUAL},
    "race": {"runs": race.USUAL},
}
"""What the modes of the page that compares show where a link leaves it out."""
PLANE = (0, 1)
MOST_STEPS, RACE_STEPS = 2000, 300
"""Of runs that a class sees, and of a race of all of it."""


class NothingToShowError(ValueError):
    """A link that a class cannot open; its text names the sentence that says so."""


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a link shows.

    Attributes
    ----------
    words : Words
    goal : Objective
    race : Race
    contestants : tuple of Contestant
    lesson : LessonText or None
        The lesson that it is the scene of.
    """

    words: Words
    goal: Objective
    race: Race
    contestants: tuple[Contestant, ...]
    lesson: LessonText | None = None


def query_of(link: str) -> dict[str, str]:
    """Settings of a link, with or without the page before them.

    >>> query_of("lessons?lesson=ravine&lang=ko")
    {'lesson': 'ravine'}
    """
    pairs = parse_qsl(link.rpartition("?")[2], max_num_fields=200)
    return {name: text for name, text in pairs if name not in KEPT}


def seen(words: Words, query: dict[str, str]) -> Seen:
    """Read what a link shows.

    Raises
    ------
    NothingToShowError
        If it names nothing that is known here, or brings data along.
    """
    if "lesson" in query:
        return _lesson(words, query["lesson"])
    return _race(words, query)


def _lesson(words: Words, name: str) -> Seen:
    if name not in LESSONS:
        raise NothingToShowError("unknown_link")
    text = LessonText(words, LESSONS[name]())
    setup = text.lesson.setup()
    goal = objective(setup.objective)
    return Seen(words, goal, of_lesson(setup), in_lesson(text, setup), text)


def _race(words: Words, query: dict[str, str]) -> Seen:
    if any(name in query for name in WEIGHTS) or query.get("problem") == "own":
        raise NothingToShowError("own_data")
    told = USUAL.get(query.get("mode", ""), {}) | query
    if "optimizer" in told:
        told["runs"] = told["optimizer"]
    link = ReadyLink(opening().left_out_by(told) | told)
    problem = problem_of(link, told.get("problem", next(iter(DATASETS))))
    goal = objective(problem.goal)
    slots = [slot.on(goal) for slot in link.read("runs", [Slot("batch")], parse_slots)]
    slots = [slot for slot in slots if slot.fits(goal)] or [Slot("batch").on(goal)]
    _suggest(link, problem, slots)
    start = read_start(link, problem.start, tuple(float(number) for number in goal.start))
    steps = min(link.spec("run", RunSettings).n_steps, MOST_STEPS)
    seed = link.spec("run", SampleOrder).batch_seed
    run = race_of(link, slots, goal, RunChoice(steps, seed, start, PLANE))
    return Seen(words, goal, run, contestants_of(words, slots, run))


def problem_of(link: ReadyLink, name: str) -> Problem:
    """Read the problem of a link that brings no data along."""
    if name == FORMULA:
        function = read_function(link)
        return Problem(function, f"{FORMULA}.start", function)
    if name in OBJECTIVES:
        kind = OBJECTIVES[name]
        return Problem(link.spec(name, kind), f"{name}.start", kind())
    if name not in DATASETS:
        raise NothingToShowError("unknown_link")
    data = link.spec(name, DATASETS[name])
    models = models_for(data.task)
    usual = next(iter(models))
    model = link.read("model", usual, one_of(tuple(models)))
    learner = link.spec(model, models[model])
    loss = link.read("loss", learner.usual_losses[data.task], one_of(losses_for(data.task)))
    start = f"{name}.start" if model == usual else f"{name}.{model}.start"
    return data_problem(data, learner, link.spec(loss, LOSSES[loss]), start)


def _suggest(link: ReadyLink, problem: Problem, slots: list[Slot]) -> None:
    """Let everybody begin with the learning rate that the Lab finds, where none is chosen."""
    usual = objective(problem.usual)
    for slot in slots:
        rate = rate_for(Entry(slot.rule(), slot.batch_size), usual)
        link.suggest(f"{slot.id}.learning_rate", decimal(rate))


def affordable(goal: Objective, n_runs: int, n_steps: int) -> int:
    """Steps that so many runs may take, so that a class waits for some seconds at most."""
    return min(n_steps, RACE_STEPS, affordable_steps(goal, n_runs))


def is_drawable(goal: Objective) -> bool:
    """Whether a place on the plane stands for all params."""
    return goal.n_params == len(PLANE)
