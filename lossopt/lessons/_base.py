"""What a lesson is."""

from __future__ import annotations

import dataclasses
import math
from abc import abstractmethod
from typing import Any, ClassVar

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Spec
from lossopt.trajectories import Trajectory, descend


@dataclasses.dataclass(frozen=True)
class Entrant:
    """One run on the stage of a lesson.

    Attributes
    ----------
    optimizer : Optimizer
    detail : str
        The settings that matter, in signs that need no translation: ``η 0.08``.
    batch_size : int or None
        All samples by default.
    role : str
        Key of its name, where the name of its rule does not say enough.
    """

    optimizer: Optimizer
    detail: str
    batch_size: int | None = None
    role: str = ""


@dataclasses.dataclass(frozen=True, eq=False)
class Setup:
    """A prepared stage: who descends what, from where and how long.

    Attributes
    ----------
    objective : Objective
    entrants : tuple of Entrant
    n_steps : int
    start : tuple of float or None
        The objective's own start by default.
    linear : bool
        Whether the loss is shown on a linear scale.
    follow : bool
        Whether the picture grows with the paths.
    """

    objective: Objective
    entrants: tuple[Entrant, ...]
    n_steps: int = 100
    start: tuple[float, ...] | None = None
    linear: bool = False
    follow: bool = False

    def descents(self) -> list[Trajectory]:
        """Run all entrants side by side."""
        return descend(
            [entrant.optimizer for entrant in self.entrants],
            self.objective,
            start=self.start,
            n_steps=self.n_steps,
            batch_size=[entrant.batch_size for entrant in self.entrants],
        )


@dataclasses.dataclass(frozen=True)
class Lesson(Spec):
    """A question whose answer is measured; its fields are what a reader may change afterwards.

    Attributes
    ----------
    order : int
        Place among the lessons.
    choices : tuple of str
        Ids of the answers to choose from; empty when the answer is a number.
    possible : tuple of float
        Lowest and highest number that can be an answer at all.
    tolerance : float
        A number counts as met when guess and answer differ by a factor of at most 1 + tolerance.
    try_next : tuple of str
        Where to go on: page and settings, ``lab?problem=line`` or ``lessons?lesson=ravine``.
    """

    order: ClassVar[int]
    choices: ClassVar[tuple[str, ...]] = ()
    possible: ClassVar[tuple[float, float]] = (0.0, math.inf)
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
        return dataclasses.replace(whole, entrants=whole.entrants[:1])

    @abstractmethod
    def answer(self) -> float | str:
        """Answer, measured in runs of the optimizers: a number or one of `choices`."""

    @abstractmethod
    def theory(self) -> float | str:
        """Answer in closed form, independent of any run."""

    def numbers(self) -> dict[str, float]:
        """Other numbers that the words of the lesson state."""
        return {}

    def tried(self, guess: float) -> Entrant | None:
        """A reader's prediction as a run, where it can be one."""
        return None
