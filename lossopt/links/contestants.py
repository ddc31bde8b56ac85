"""What can be chosen: problems that make sense, and the ready optimizers of a race."""

from __future__ import annotations

import dataclasses
import re
from typing import Self

from lossopt.datasets import DATASETS
from lossopt.figures.player import MAX_RUNS
from lossopt.losses import LOSSES, Task
from lossopt.models import MODELS, Model
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.words import Words

RULE = "gradient_descent"
BATCHES: dict[str, int | None] = {"batch": None, "sgd": 1, "mini_batch": 16}
"""Gradient descent under its three usual names, which differ in batch size only."""
CHOICES = (*BATCHES, *(rule for rule in OPTIMIZERS if rule != RULE))
OWN = ("own", "formula")
"""What a person brings along: data, a function."""
PROBLEMS = (*OWN, *DATASETS, *OBJECTIVES)


@dataclasses.dataclass(frozen=True)
class Slot:
    """One place in the race: a ready choice, and its number when it is there more than once."""

    choice: str
    number: int = 1
    samples: bool = dataclasses.field(default=True, compare=False)
    """Whether its problem has samples, of which a batch could be drawn."""

    def on(self, goal: Objective) -> Self:
        """The same place in a race on this objective."""
        return dataclasses.replace(self, samples=goal.n_samples > 1)

    @property
    def id(self) -> str:
        """Prefix of its settings in the link."""
        return self.choice if self.number == 1 else f"{self.choice}~{self.number}"

    @property
    def rule(self) -> type[Optimizer]:
        """The update rule."""
        return OPTIMIZERS[self.rule_id]

    @property
    def rule_id(self) -> str:
        """Id of the update rule."""
        return RULE if self.choice in BATCHES else self.choice

    @property
    def batch_size(self) -> int | None:
        """Default batch size; None for all samples."""
        return BATCHES.get(self.choice)

    def fits(self, goal: Objective) -> bool:
        """Whether it means something here: some rules need matrices, and a batch needs samples."""
        return self.rule.fits(goal) and (self.batch_size is None or goal.n_samples > 1)

    @property
    def variant(self) -> int:
        """Which of the looks of its rule it gets."""
        place = [*BATCHES].index(self.choice) if self.choice in BATCHES else 0
        return place + self.number - 1

    def label(self, words: Words) -> str:
        """Name that a person reads."""
        if self.choice in BATCHES and self.samples:
            name = words(f"choice.{self.choice}")
        else:
            name = words.name("optimizer", self.rule_id, self.rule.name)
        return name if self.number == 1 else words("lab.copy_name", name=name, number=self.number)


def choices_for(goal: Objective) -> tuple[str, ...]:
    """Ready choices that mean something on this objective."""
    return tuple(name for name in CHOICES if Slot(name).fits(goal))


def parse_slots(text: str) -> list[Slot]:
    """Read the contestants of a link, ``batch-adam-adam~2`` (a comma will do, too).

    Raises
    ------
    ValueError
        If a contestant is unknown, doubled, or if there are none or too many.
    """
    slots = []
    for part in re.split("[-,]", text):
        match = re.fullmatch(r"([a-z_0-9]+?)(?:~([2-8]))?", part)
        if not match or match[1] not in CHOICES:
            raise ValueError(part)
        slots.append(Slot(match[1], int(match[2] or 1)))
    if len(set(slots)) != len(slots) or len(slots) > MAX_RUNS:
        raise ValueError(text)
    return slots


def slots_text(slots: list[Slot]) -> str:
    """Write contestants so that `parse_slots` reads them and no address escapes them."""
    return "-".join(slot.id for slot in slots)


def models_for(task: Task) -> dict[str, type[Model]]:
    """Models that can learn this kind of data."""
    return {name: model for name, model in MODELS.items() if task in model.usual_losses}


def losses_for(task: Task) -> tuple[str, ...]:
    """Ids of the losses that make sense for this kind of data."""
    return tuple(name for name, loss in LOSSES.items() if loss.task == task)
