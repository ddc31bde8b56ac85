"""What the page of lessons and its worksheets have in common."""

from __future__ import annotations

import dataclasses

from lossopt.figures.palette import Look, look_of
from lossopt.lessons import Lesson, Setup
from lossopt.links.race import Race
from lossopt.numbers import short
from lossopt.params import params_of
from lossopt.registry import id_of
from pages.ui.frame.prose import filled, named_entries, sections
from pages.ui.frame.result_cache import kept
from pages.ui.frame.words import Words

Answer = float | str


@dataclasses.dataclass(frozen=True)
class Findings:
    """What the runs of a lesson say."""

    answer: Answer
    theory: Answer
    numbers: dict[str, float]
    decides: float


@kept(256)
def findings(lesson: Lesson) -> Findings:
    """Measure the answer of a lesson and all numbers that its words state."""
    return Findings(lesson.answer(), lesson.theory(), lesson.numbers(), lesson.decides())


class LessonText:
    """The words of a lesson, with the numbers that its runs gave."""

    def __init__(self, words: Words, lesson: Lesson) -> None:
        self.words, self.lesson = words, lesson
        self.found = findings(lesson)
        self._sections = sections(words.language, f"lessons/{id_of(lesson)}")

    def __getitem__(self, section: str) -> str:
        """One section, filled in."""
        return filled(self._sections[section], {**self.found.numbers, **self._chosen()})

    def section(self, name: str) -> str:
        """One section as it is written; empty where the lesson has none."""
        return self._sections.get(name, "")

    def _chosen(self) -> dict[str, str]:
        """What the lesson asks about, where that is no number."""
        values = {field.name: getattr(self.lesson, field.name) for field in params_of(self.lesson)}
        return {
            name: self.words.name("field_choice", value, value)
            for name, value in values.items()
            if isinstance(value, str)
        }

    @property
    def title(self) -> str:
        """Name of the lesson."""
        return self.words.name("lesson", id_of(self.lesson), self.lesson.name)

    @property
    def labels(self) -> dict[str, str]:
        """Words of every choice."""
        return {name: body.split(" | ")[0] for name, body in self._choices().items()}

    @property
    def replies(self) -> dict[str, str]:
        """What to say about every choice."""
        return {name: body.split(" | ")[1] for name, body in self._choices().items()}

    def _choices(self) -> dict[str, str]:
        return named_entries(self["choices"])

    def answer(self, answer: Answer) -> str:
        """Answer for people: a number, or the words of a choice."""
        return self.labels[answer] if isinstance(answer, str) else short(answer)

    def names(self, setup: Setup) -> list[str]:
        """Names of all runs."""
        own = named_entries(self.section("runs"))
        return [
            own.get(setup.names.get(entry, ""))
            or self.words.name("optimizer", id_of(entry.optimizer), entry.optimizer.name)
            for entry in setup.entries
        ]


def start_of(setup: Setup) -> tuple[float, ...]:
    """Where the runs of a prepared stage start."""
    start = setup.objective.start if setup.start is None else setup.start
    return tuple(float(number) for number in start)


def race_of(setup: Setup) -> Race:
    """The race that a prepared stage stands for."""
    return Race(setup.entries, setup.n_steps, start_of(setup), follow=setup.follow)


def looks_of(setup: Setup) -> tuple[Look, ...]:
    """Looks of all runs; runs of the same rule differ in theirs."""
    rules = [id_of(entry.optimizer) for entry in setup.entries]
    return tuple(look_of(rule, rules[:place].count(rule)) for place, rule in enumerate(rules))
