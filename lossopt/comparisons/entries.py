"""Who takes part in a comparison."""

from __future__ import annotations

import dataclasses
from typing import Any

from lossopt.arguments import kind_of, number, switch, whole
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.schedules import Schedule
from lossopt.schedules.constant import Constant


@dataclasses.dataclass(frozen=True)
class Entry:
    """An optimizer with all that shapes its runs from outside.

    Attributes
    ----------
    optimizer : Optimizer
    batch_size : int or None
        Samples per step; all of them by default.
    schedule : Schedule or None
        Factor on the learning rate at every step.
    clip_norm : float or None
        Longer gradients are shortened to this norm.
    average : bool
        Whether the mean of all iterates counts.
    """

    optimizer: Optimizer
    batch_size: int | None = None
    schedule: Schedule | None = None
    clip_norm: float | None = None
    average: bool = False

    def __post_init__(self) -> None:
        kind_of("optimizer", self.optimizer, Optimizer)
        if self.batch_size is not None:
            whole("batch_size", self.batch_size, 1)
        if self.schedule is not None:
            kind_of("schedule", self.schedule, Schedule)
        if self.clip_norm is not None:
            number("clip_norm", self.clip_norm, 0.0)
        switch("average", self.average)

    def size(self, objective: Objective) -> int:
        """Samples per step on this objective."""
        if self.batch_size is None or self.optimizer.full_batch:
            return objective.n_samples
        return min(self.batch_size, objective.n_samples)

    def is_stochastic(self, objective: Objective) -> bool:
        """Whether the order of the samples changes the run."""
        return self.size(objective) < objective.n_samples

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the rule itself acts, so that many runs go in one batch."""
        steady = self.schedule in (None, Constant())
        return steady and self.clip_norm is None and not self.average

    @property
    def outside(self) -> dict[str, Any]:
        """Arguments of `descend` besides the rule."""
        return {
            "batch_size": self.batch_size,
            "schedule": self.schedule,
            "clip_norm": self.clip_norm,
            "average": self.average,
        }

    def with_fields(self, **values: Any) -> Entry:
        """Return the same entry with other hyperparameters."""
        return dataclasses.replace(self, optimizer=dataclasses.replace(self.optimizer, **values))


def as_entry(given: Entry | Optimizer) -> Entry:
    """Wrap a bare optimizer."""
    kind_of("entry", given, Entry, Optimizer)
    return given if isinstance(given, Entry) else Entry(given)
