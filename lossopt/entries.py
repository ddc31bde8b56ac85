"""Who descends: an optimizer, with all that acts on it from outside."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.arguments import kind_of, number, shown, switch, whole
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.schedules import Schedule
from lossopt.schedules.constant import Constant


@dataclasses.dataclass(frozen=True)
class Entry:
    """One that descends: its rule, and what acts on the rule from outside.

    Two entries are equal if their runs are: numbers are kept as Python's, and a constant schedule
    as none.

    Attributes
    ----------
    optimizer : Optimizer
    batch_size : int or None
        Samples per step; all of them by default.
    schedule : Schedule or None
        Factor on the learning rate at every step.
    clip_norm : float or None
        Longer gradients are shortened to this norm, as in ``torch.nn.utils.clip_grad_norm_``.
        None, the default, clips nothing.
    average : bool
        Whether the iterates are the running mean of all iterates after the start
        (B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic Approximation by
        Averaging", 1992).

    Raises
    ------
    ValueError
        If an attribute cannot be used.

    Examples
    --------
    >>> import lossopt as lo
    >>> adam = Entry(lo.OPTIMIZERS["adam"](), schedule=lo.SCHEDULES["constant"](), average=True)
    >>> adam.outside
    {'average': True}
    """

    optimizer: Optimizer
    batch_size: int | None = None
    schedule: Schedule | None = None
    clip_norm: float | None = None
    average: bool = False

    def __post_init__(self) -> None:
        kind_of("optimizer", self.optimizer, Optimizer)
        size, schedule, limit = self.batch_size, self.schedule, self.clip_norm
        kept = {
            "batch_size": None if size is None else whole("batch_size", size, 1),
            "schedule": None if schedule is None else kind_of("schedule", schedule, Schedule),
            "clip_norm": None if limit is None else number("clip_norm", limit, 0.0),
            "average": switch("average", self.average),
        }
        if isinstance(schedule, Constant) and not schedule.warmup:
            kept["schedule"] = None
        for name, value in kept.items():
            if value is not getattr(self, name):
                object.__setattr__(self, name, value)

    @property
    def outside(self) -> dict[str, Any]:
        """What acts on the rule from outside, by its name; empty for a bare rule."""
        values = {each: getattr(self, each.name) for each in dataclasses.fields(self)[1:]}
        return {each.name: value for each, value in values.items() if value != each.default}

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the rule itself acts, so that many runs go in one batch."""
        return not self.outside.keys() - {"batch_size"}

    def size(self, objective: Objective) -> int:
        """Samples per step on this objective."""
        kind_of("objective", objective, Objective)
        if self.batch_size is None or self.optimizer.full_batch:
            return objective.n_samples
        return min(self.batch_size, objective.n_samples)

    def is_stochastic(self, objective: Objective) -> bool:
        """Whether the order of the samples changes the run."""
        return self.size(objective) < objective.n_samples

    def factors(self, n_steps: int) -> Array | None:
        """Factor on the learning rate at every step, ``(n_steps,)``; None where it stays."""
        found = None if self.schedule is None else self.schedule.factors(n_steps)
        return None if found is None or (found == 1.0).all() else found

    def with_fields(self, **values: Any) -> Entry:
        """Return the same entry with other hyperparameters."""
        return dataclasses.replace(self, optimizer=dataclasses.replace(self.optimizer, **values))


def as_entry(given: Entry | Optimizer, name: str = "entry", **outside: Any) -> Entry:
    """Wrap a bare optimizer in what acts on it; an entry brings its own.

    Raises
    ------
    ValueError
        If something is to act on an entry besides.

    Examples
    --------
    >>> import lossopt as lo
    >>> as_entry(lo.OPTIMIZERS["adam"](), batch_size=8).outside
    {'batch_size': 8}
    """
    if isinstance(given, Optimizer):
        return Entry(given, **outside)
    kind_of(name, given, Entry, Optimizer)
    for field in dataclasses.fields(Entry):
        value = outside.get(field.name, field.default)
        if value is not field.default:
            raise ValueError(
                f"An Entry brings its own {field.name}, but {shown(value)} is given besides."
            )
    return given


def as_entries(given: Sequence[Entry | Optimizer], **outside: Any) -> list[Entry]:
    """Wrap several, with one value of each keyword for all or a list with one for each.

    Examples
    --------
    >>> import lossopt as lo
    >>> rules = [lo.OPTIMIZERS["adam"](), Entry(lo.OPTIMIZERS["lion"](), 16)]
    >>> [entry.batch_size for entry in as_entries(rules, batch_size=[8, None], average=False)]
    [8, 16]
    """
    columns = {name: one_each(name, value, len(given)) for name, value in outside.items()}
    return [
        as_entry(each, **{name: column[k] for name, column in columns.items()})
        for k, each in enumerate(given)
    ]


def one_each(name: str, given: Any, n_runs: int) -> list[Any]:
    """One value per run, from one for all or a list; refuses a list of another length."""
    many = isinstance(given, Sequence) or (isinstance(given, np.ndarray) and given.ndim == 1)
    if not many or isinstance(given, str | bytes):
        return [given] * n_runs
    if len(given) != n_runs:
        raise ValueError(f"{name} has {len(given)} entries for {n_runs} optimizers.")
    return list(given)
