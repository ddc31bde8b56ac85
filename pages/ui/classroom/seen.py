"""What a class sees of a link: the problem and the race of the Lab, of a lesson or of a map."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl

from lossopt.figures.scene import Contestant
from lossopt.figures.tuner import RunSettings
from lossopt.lessons import LESSONS
from lossopt.links.contestants import PROBLEMS, Slot, parse_slots
from lossopt.links.examples import opening
from lossopt.links.lab import read_problem, suggest_rates
from lossopt.links.own import FORMULA
from lossopt.links.race import Race, RunChoice, SampleOrder, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import KEPT, Settings
from lossopt.links.starts import read_start
from lossopt.links.weights import SETTINGS as WEIGHTS
from lossopt.objectives import Objective
from lossopt.trajectories import affordable_steps
from pages.ui.compare import basins, outcomes, race
from pages.ui.frame.words import Words
from pages.ui.lessons.page import contestants_of as in_lesson
from pages.ui.lessons.parts import LessonText
from pages.ui.lessons.parts import race_of as of_lesson
from pages.ui.runs.cache import objective, rate_for

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
    link = Settings(opening().left_out_by(told) | told)
    if told.get("problem", FORMULA) not in PROBLEMS:
        raise NothingToShowError("unknown_link")
    problem = read_problem(link)
    goal = objective(problem.goal)
    slots = [slot.on(goal) for slot in link.read("runs", [Slot("batch")], parse_slots)]
    slots = [slot for slot in slots if slot.fits(goal)] or [Slot("batch").on(goal)]
    suggest_rates(link, objective(problem.usual), slots, rate_for)
    start = read_start(link, problem.start, tuple(float(number) for number in goal.start))
    steps = min(link.spec("run", RunSettings).n_steps, MOST_STEPS)
    seed = link.spec("run", SampleOrder).batch_seed
    run = race_of(link, slots, goal, RunChoice(steps, seed, start, PLANE))
    return Seen(words, goal, run, contestants_of(words, slots, run))


def affordable(goal: Objective, n_runs: int, n_steps: int) -> int:
    """Steps that so many runs may take, so that a class waits for some seconds at most."""
    return min(n_steps, RACE_STEPS, affordable_steps(goal, n_runs))


def is_drawable(goal: Objective) -> bool:
    """Whether a place on the plane stands for all params."""
    return goal.n_params == len(PLANE)
