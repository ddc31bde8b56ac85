"""The run that a script repeats."""

from __future__ import annotations

import dataclasses

from lossopt.arguments import kind_of, number, numbers, switch, whole
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.schedules import Schedule


@dataclasses.dataclass(frozen=True)
class Run:
    """What `lossopt.descend` is given for one run; see there. Its numbers are plain floats."""

    optimizer: Optimizer
    objective: Objective
    start: tuple[float, ...]
    n_steps: int
    batch_size: int | None = None
    seed: int = 0
    schedule: Schedule | None = None
    clip_norm: float | None = None
    average: bool = False

    def __post_init__(self) -> None:
        kind_of("optimizer", self.optimizer, Optimizer)
        kind_of("objective", self.objective, Objective)
        size, limit = self.batch_size, self.clip_norm
        plain = {
            "start": tuple(numbers("start", self.start, (self.objective.n_params,)).tolist()),
            "n_steps": whole("n_steps", self.n_steps, 0),
            "batch_size": None if size is None else whole("batch_size", size, 1),
            "seed": whole("seed", self.seed, 0),
            "clip_norm": None if limit is None else number("clip_norm", limit, 0.0),
            "average": switch("average", self.average),
        }
        if self.schedule is not None:
            kind_of("schedule", self.schedule, Schedule)
        for name, value in plain.items():
            object.__setattr__(self, name, value)

    @property
    def factors(self) -> Array | None:
        """Factors on the learning rate; None where it does not change."""
        found = None if self.schedule is None else self.schedule.factors(self.n_steps)
        return None if found is None or (found == 1.0).all() else found

    @property
    def size(self) -> int | None:
        """Samples per step; None where they are all used at once."""
        whole = self.optimizer.full_batch or self.batch_size is None
        if whole or self.batch_size >= self.objective.n_samples:  # type: ignore[operator]
            return None
        return self.batch_size
