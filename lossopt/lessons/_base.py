"""What a lesson is."""

from __future__ import annotations

import dataclasses
import math
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from lossopt.arguments import number
from lossopt.entries import Entry
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import Spec
from lossopt.trajectories import Trajectory, descend

SIGNS = {
    "learning_rate": "η",
    "momentum": "μ",
    "beta2": "β₂",
    "weight_decay": "λ",
    "batch_size": "b",
}
"""Settings by which a run can be told, in signs that need no translation."""


@dataclasses.dataclass(frozen=True, eq=False)
class Setup:
    """A prepared stage: who descends what, from where and how long.

    Attributes
    ----------
    objective : Objective
    entries : tuple of Entry
    n_steps : int
    start : tuple of float or None
        The objective's own start by default.
    linear : bool
        Whether the loss is shown on a linear scale.
    follow : bool
        Whether the picture grows with the paths.
    signs : bool
        Whether settings are told with their signs, and not by their numbers only.
    told : tuple of str
        The settings that matter, of `SIGNS`. A rule that has none of them is told by its learning
        rate.
    names : dict of Entry to str
        Key of the name of a run, where the name of its rule does not say enough.
    """

    objective: Objective
    entries: tuple[Entry, ...]
    n_steps: int = 100
    start: tuple[float, ...] | None = None
    linear: bool = False
    follow: bool = False
    signs: bool = True
    told: tuple[str, ...] = ("learning_rate",)
    names: Mapping[Entry, str] = dataclasses.field(default_factory=dict)

    def descents(self) -> list[Trajectory]:
        """Run all entries side by side."""
        return descend(self.entries, self.objective, start=self.start, n_steps=self.n_steps)

    def detail(self, entry: Entry) -> str:
        """Say in signs how an entry is set: ``η 0.08``."""
        values = {name: getattr(entry.optimizer, name, None) for name in self.told}
        if "batch_size" in values:
            values["batch_size"] = entry.size(self.objective)
        known = {name: value for name, value in values.items() if value is not None}
        known = known or {"learning_rate": entry.optimizer.learning_rate}
        told = {name: f"{SIGNS[name]} " if self.signs else "" for name in known}
        return " · ".join(f"{told[name]}{short(value)}" for name, value in known.items())


LEVELS = ("beginner", "intermediate", "advanced")


@dataclasses.dataclass(frozen=True)
class Span:
    """A scale on which a reader points at a number.

    Attributes
    ----------
    low, high : float
    log : bool
        Whether the scale is logarithmic.
    whole : bool
        Whether only whole numbers can be the answer.
    marks : tuple of float
        Numbers that the question speaks of.
    """

    low: float
    high: float
    log: bool = True
    whole: bool = False
    marks: tuple[float, ...] = ()


@dataclasses.dataclass(frozen=True)
class Lesson(Spec):
    """A question whose answer is measured; its fields are what a reader may change afterwards.

    Attributes
    ----------
    order : int
        Place among the lessons.
    choices : tuple of str
        Ids of the answers to choose from; empty when the answer is a number.
    level : str
        For whom it is, of `LEVELS`.
    minutes : int
        How long a reader takes.
    possible : tuple of float
        Lowest and highest number that can be an answer at all.
    span : Span
        Numbers that a reader may point at; others can be typed.
    tolerance : float
        A number counts as met when guess and answer differ by a factor of at most 1 + tolerance.
    try_next : tuple of str
        Where to go on: page and settings, ``lab?problem=line`` or ``lessons?lesson=ravine``.
    """

    order: ClassVar[int]
    level: ClassVar[str]
    minutes: ClassVar[int]
    choices: ClassVar[tuple[str, ...]] = ()
    possible: ClassVar[tuple[float, float]] = (0.0, math.inf)
    span: ClassVar[Span | None] = None
    tolerance: ClassVar[float] = 0.05
    try_next: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        """Place among the lessons."""
        return (cls.order, cls.__module__)

    @abstractmethod
    def setup(self) -> Setup:
        """Stage after the answer is revealed."""

    def opening(self) -> Setup:
        """Stage before: what may be seen without giving the answer away."""
        whole = self.setup()
        return dataclasses.replace(whole, entries=whole.entries[:1])

    @abstractmethod
    def answer(self) -> float | str:
        """Answer, measured in runs of the optimizers: a number or one of `choices`."""

    @abstractmethod
    def theory(self) -> float | str:
        """Answer in closed form, independent of any run."""

    def numbers(self) -> dict[str, float]:
        """Other numbers that the words of the lesson state."""
        return {}

    checks = {"tried": lambda self, guess: (number("guess", guess),)}

    def tried(self, guess: float) -> Entry | None:
        """A reader's prediction as a run, where it can be one."""
        return None

    def decides(self) -> float:
        """Step of the runs around which the answer is decided: there they are played slowly."""
        return 1.0

    def spots(self) -> dict[str, tuple[float, float]]:
        """Where on the plane each choice lies, for a question that asks where a run ends."""
        return {}
