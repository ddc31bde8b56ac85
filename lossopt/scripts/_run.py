"""The run that a script repeats."""

from __future__ import annotations

import dataclasses
from typing import Any

from lossopt.arguments import kind_of, numbers, whole
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.params import Array


@dataclasses.dataclass(frozen=True)
class Run:
    """What `lossopt.descend` is given for one run; see there. Its numbers are plain floats."""

    entry: Entry
    objective: Objective
    start: tuple[float, ...]
    n_steps: int
    seed: int = 0

    def __post_init__(self) -> None:
        kind_of("entry", self.entry, Entry)
        kind_of("objective", self.objective, Objective)
        plain = {
            "start": tuple(numbers("start", self.start, (self.objective.n_params,)).tolist()),
            "n_steps": whole("n_steps", self.n_steps, 0),
            "seed": whole("seed", self.seed, 0),
        }
        for name, value in plain.items():
            object.__setattr__(self, name, value)

    @property
    def factors(self) -> Array | None:
        """Factors on the learning rate; None where it does not change."""
        return self.entry.factors(self.n_steps)

    @property
    def size(self) -> int | None:
        """Samples per step; None where they are all used at once."""
        return self.entry.batch_size if self.entry.is_stochastic(self.objective) else None

    @property
    def acting(self) -> dict[str, Any]:
        """What acts on the rule from outside and makes a difference, by its name."""
        idle = {"batch_size": self.size, "schedule": self.factors}
        return {
            name: value
            for name, value in self.entry.outside.items()
            if idle.get(name, value) is not None
        }
