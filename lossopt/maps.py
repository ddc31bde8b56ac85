"""Outcome maps: what a descent comes to for every pair of two hyperparameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lossopt.diagnostics import largest_curvature
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, Param, params_of
from lossopt.surfaces import resting_point
from lossopt.sweeps import Progress, Sweep, sweep

RATE = "learning_rate"
BATCH_SIZE = "batch_size"


@dataclasses.dataclass(frozen=True, eq=False)
class OutcomeMap:
    """Outcome of a descent for every learning rate (columns) and second setting (rows).

    Attributes
    ----------
    learning_rates : array (nx,)
    name : str
        The second setting: a field of the optimizer, or ``"batch_size"``.
    values : array (ny,)
        Its values.
    final_loss, best_loss : array (ny, nx)
    steps_to_target, diverged_at : array of int (ny, nx)
        As in `Sweep`.
    start_loss, target : float
    finished : bool
    """

    learning_rates: Array
    name: str
    values: Array
    final_loss: Array
    best_loss: Array
    steps_to_target: IntArray
    diverged_at: IntArray
    start_loss: float
    target: float
    finished: bool

    @property
    def ends_higher(self) -> NDArray[np.bool_]:
        """Whether a run has not diverged, but ends above its start, ``(ny, nx)``."""
        return (self.diverged_at < 0) & ~(self.final_loss <= self.start_loss)


def second_settings(optimizer: type[Optimizer], objective: Objective) -> tuple[str, ...]:
    """What a map can have beside the learning rate: number fields, and the batch size for data.

    Examples
    --------
    >>> import lossopt as lo
    >>> second_settings(lo.OPTIMIZERS["nesterov"], lo.OBJECTIVES["quadratic"]())
    ('momentum', 'weight_decay')
    """
    fields = [field for field in params_of(optimizer) if isinstance(field.default, float)]
    names = [field.name for field in fields if field.name != RATE]
    batches = objective.n_samples > 1 and not optimizer.full_batch
    return (*names, BATCH_SIZE) if batches else tuple(names)


def map_values(field: Param, low: float, high: float, n: int) -> Array:
    """`n` values of a field from `low` to `high`, round enough to be written in a few digits.

    Examples
    --------
    >>> import lossopt as lo
    >>> momentum = params_of(lo.OPTIMIZERS["momentum"])[1]
    >>> map_values(momentum, 0.0, 0.9, 4)
    array([0. , 0.3, 0.6, 0.9])
    """
    if field.log:
        return np.array([float(f"{value:.4g}") for value in np.geomspace(low, high, n)])
    return np.linspace(low, high, n).round(6)


def batch_sizes(n_samples: int, n: int) -> IntArray:
    """At most `n` batch sizes from 1 to all samples, about evenly spaced in their logarithm.

    Examples
    --------
    >>> batch_sizes(100, 8)
    array([  1,   2,   4,   7,  14,  27,  52, 100])
    """
    return np.unique(np.geomspace(1, n_samples, n).round().astype(np.int64))


def usual_target(objective: Objective, start: Array, fraction: float) -> float | None:
    """Loss at which that fraction of the way down is still left.

    The way leads from the start to the minimum, or to the best point known; None where the start
    is no higher than that.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> round(usual_target(bowl, np.array([1.0, 1.0]), 0.01), 9)
    0.055
    """
    with np.errstate(all="ignore"):
        lowest = objective.minimum
        if lowest is None:
            lowest = float(objective.value(resting_point(objective)))
        high = float(objective.value(np.asarray(start)))
    return lowest + fraction * (high - lowest) if high > lowest else None


def outcome_map(
    optimizer: Optimizer,
    objective: Objective,
    name: str,
    *,
    learning_rates: Array,
    values: Array,
    start: Array,
    n_steps: int = 500,
    batch_size: int | None = None,
    seed: int = 0,
    target: float | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> OutcomeMap:
    """Run an optimizer with every learning rate and every value of a second setting.

    Parameters
    ----------
    optimizer : Optimizer
    objective : Objective
    name : str
        The second setting: a number field of the optimizer, or ``"batch_size"``.
    learning_rates, values : array
    start, n_steps, batch_size, seed, target, progress, cancelled
        As in `sweep`.

    Returns
    -------
    OutcomeMap

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> found = outcome_map(lo.OPTIMIZERS["momentum"](), bowl, "momentum", start=bowl.start,
    ...                     learning_rates=np.array([0.1, 0.25]), values=np.array([0.0, 0.5]))
    >>> found.ends_higher.tolist()
    [[False, True], [False, False]]
    """
    shared = {"start": start, "n_steps": n_steps, "seed": seed, "target": target}
    if name == BATCH_SIZE:
        rows = [
            sweep(
                optimizer,
                objective,
                batch_size=int(size),
                learning_rate=learning_rates,
                progress=_part_of(progress, k, len(values)),
                cancelled=cancelled,
                **shared,  # type: ignore[arg-type]
            )
            for k, size in enumerate(values)
        ]
        found = Sweep(
            {name: values},
            np.stack([row.final_loss for row in rows]),
            np.stack([row.best_loss for row in rows]),
            np.stack([row.steps_to_target for row in rows]),
            np.stack([row.diverged_at for row in rows]),
            all(row.finished for row in rows),
        )
    else:
        found = sweep(
            optimizer,
            objective,
            batch_size=batch_size,
            progress=progress,
            cancelled=cancelled,
            **{name: values, RATE: learning_rates},  # type: ignore[arg-type]
            **shared,  # type: ignore[arg-type]
        )
    with np.errstate(all="ignore"):
        start_loss = float(objective.value(np.asarray(start, dtype=np.float64)))
    return OutcomeMap(
        np.asarray(learning_rates),
        name,
        np.asarray(values),
        found.final_loss,
        found.best_loss,
        found.steps_to_target,
        found.diverged_at,
        start_loss,
        np.nan if target is None else target,
        found.finished,
    )


def _part_of(progress: Progress | None, k: int, n: int) -> Progress | None:
    """Progress of part number `k` of `n`, told as progress of the whole."""
    return progress and (lambda fraction: progress((k + fraction) / n))


def stability_line(
    optimizer: Optimizer, objective: Objective, name: str, values: Array
) -> Array | None:
    """Largest stable learning rate for every value of a second setting, ``(n_values,)``.

    Exact for full batches on quadratics and on linear regression with squared error; elsewhere it
    holds near the minimizer only. None where no closed form is known.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> stability_line(lo.OPTIMIZERS["momentum"](), bowl, "momentum", np.array([0.0, 0.5]))
    array([0.2, 0.3])
    """
    column = np.asarray(values, dtype=np.float64)[:, None]
    rule = optimizer if name == BATCH_SIZE else dataclasses.replace(optimizer, **{name: column})
    limit = rule.stability_limit()
    curvature = largest_curvature(objective)
    if limit is None or not curvature > 0.0:
        return None
    decay = np.asarray(getattr(rule, "weight_decay", 0.0))
    return np.asarray(np.broadcast_to(np.asarray(limit) / (curvature + decay), column.shape)[:, 0])
