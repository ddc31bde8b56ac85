"""Outcome maps: what a descent comes to for every pair of two hyperparameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lossopt.arguments import number, numbers, one_of, whole, wholes
from lossopt.entries import Entry, as_entry
from lossopt.landscapes.surfaces import resting_point
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, Spec, param, params_of
from lossopt.sweeps import Progress, Sweep, sweep
from lossopt.sweeps._blocks import Pulse, each, executor_or_none
from lossopt.sweeps._runs import plain_entry
from lossopt.theory.diagnostics import largest_curvature
from lossopt.trajectories import checked_start

PRODUCTS = 4_000_000_000
"""Samples × params × steps, over all runs, that a map may cost: some ten seconds."""
RATE = "learning_rate"
BATCH_SIZE = "batch_size"


@dataclasses.dataclass(frozen=True)
class MapSettings(Spec):
    """What a map spans, and from where on a run counts as arrived."""

    name = "Map"

    lowest_rate: float = param(1e-4, "lowest learning rate", 1e-6, 1.0, log=True)
    highest_rate: float = param(10.0, "highest learning rate", 1e-3, 100.0, log=True)
    share_left: float = param(0.01, "target: share of the way left", 1e-8, 0.5, log=True)


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
    """What a map can have beside the learning rate: numbers, and the batch size for data.

    Examples
    --------
    >>> import lossopt as lo
    >>> second_settings(lo.OPTIMIZERS["nesterov"], lo.OBJECTIVES["quadratic"]())
    ('momentum', 'weight_decay')
    """
    numbers = [field for field in params_of(optimizer) if type(field.default) in (float, int)]
    names = [field.name for field in numbers if field.name != RATE and "seed" not in field.name]
    batches = objective.n_samples > 1 and not optimizer.full_batch
    return (*names, BATCH_SIZE) if batches else tuple(names)


def affordable_map_steps(objective: Objective, n_runs: int) -> int:
    """Steps that so many runs can take within about ten seconds.

    Examples
    --------
    >>> import lossopt as lo
    >>> affordable_map_steps(lo.OBJECTIVES["rosenbrock"](), 4096)
    48828
    """
    whole("n_runs", n_runs, 1)
    samples = 10 if objective.quadratic else max(10, objective.n_samples)
    return max(1, PRODUCTS // (n_runs * objective.n_params * samples))


def map_side(optimizer: Optimizer, objective: Objective) -> int:
    """Cells along each side of a map: 64, but 16 for a rule that needs a Hessian per run and step.

    Examples
    --------
    >>> import lossopt as lo
    >>> map_side(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["quadratic"]())
    64
    """
    return 16 if "hessian" in optimizer.init(np.zeros((1, objective.n_params))) else 64


def map_axes(
    optimizer: type[Optimizer],
    objective: Objective,
    name: str,
    *,
    rates: tuple[float, float],
    n: int = 64,
) -> tuple[Array, Array, bool]:
    """Values along both sides of a map, round enough to be written in a few digits.

    Parameters
    ----------
    optimizer : type
    objective : Objective
    name : str
        The second setting.
    rates : pair of float
        Lowest and highest learning rate; a range of less than a tenth is widened.
    n : int
        Values per side; whole numbers may have fewer.

    Returns
    -------
    learning_rates : array (n,)
    values : array
    log : bool
        Whether the values are spaced by their logarithm.

    Examples
    --------
    >>> import lossopt as lo
    >>> map_axes(lo.OPTIMIZERS["momentum"], lo.OBJECTIVES["quadratic"](), "momentum",
    ...          rates=(0.01, 1.0), n=4)
    (array([0.01   , 0.04642, 0.2154 , 1.     ]), array([0.   , 0.333, 0.666, 0.999]), False)
    """
    low, high = sorted(numbers("rates", rates, (2,), 1e-300).tolist())
    whole("n", n, 2)
    one_of("name", name, second_settings(optimizer, objective))
    learning_rates = np.array(
        [float(f"{rate:.4g}") for rate in np.geomspace(low, max(high, 1.1 * low), n)]
    )
    if name == BATCH_SIZE:
        return learning_rates, _whole(np.geomspace(1, objective.n_samples, n)), True
    field = next(field for field in params_of(optimizer) if field.name == name)
    spaced = (np.geomspace if field.log else np.linspace)(field.low, field.high, n)
    if isinstance(field.default, int):
        return learning_rates, _whole(spaced), field.log
    if field.log:
        return learning_rates, np.array([float(f"{value:.4g}") for value in spaced]), True
    return learning_rates, spaced.round(6), False


def _whole(values: Array) -> Array:
    return np.unique(values.round().astype(np.int64))


def lowest_known(objective: Objective) -> float:
    """The minimum, or the loss at the best point known."""
    if objective.minimum is not None:
        return objective.minimum
    with np.errstate(all="ignore"):
        return float(objective.value(resting_point(objective)))


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
    start = checked_start(start, objective)
    number("fraction", fraction, 0.0, 1.0)
    lowest = lowest_known(objective)
    with np.errstate(all="ignore"):
        high = float(objective.value(start))
    return lowest + fraction * (high - lowest) if high > lowest else None


def outcome_map(
    optimizer: Entry | Optimizer,
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
    executor: Executor | None = None,
) -> OutcomeMap:
    """Run an optimizer with every learning rate and every value of a second setting.

    Parameters
    ----------
    optimizer : Optimizer or Entry
    objective : Objective
    name : str
        The second setting: a number field of the optimizer, or ``"batch_size"``.
    learning_rates, values : array
    start, n_steps, batch_size, seed, target, progress, cancelled, executor
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
    entry = plain_entry(optimizer, batch_size)
    start = checked_start(start, objective, entry.optimizer)
    one_of("name", name, second_settings(type(entry.optimizer), objective))
    shared = {"start": start, "n_steps": n_steps, "seed": seed, "target": target}
    if name == BATCH_SIZE:
        found = _rows(
            [dataclasses.replace(entry, batch_size=size) for size in wholes("values", values, 1)],
            (objective, learning_rates, shared),
            Pulse(progress, cancelled),
            executor_or_none(executor),
        )
    else:
        found = sweep(
            entry,
            objective,
            progress=progress,
            cancelled=cancelled,
            executor=executor,
            **{name: values, RATE: learning_rates},  # type: ignore[arg-type]
            **shared,  # type: ignore[arg-type]
        )
    with np.errstate(all="ignore"):
        start_loss = float(objective.value(start))
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


def _rows(
    entries: list[Entry], given: tuple[Any, ...], pulse: Pulse, executor: Executor | None
) -> Sweep:
    """A sweep whose rows have an entry each."""
    if not entries:
        raise ValueError("values must not be empty.")
    n = np.shape(given[1])
    never = np.full((len(entries), *n), -1)
    empty = np.full(never.shape, np.nan)
    whole = Sweep({}, empty, empty.copy(), never, never.copy(), True)
    blocks = ((k, 1, (entry, *given)) for k, entry in enumerate(entries))
    for k, row in each(_row, blocks, len(entries), pulse, executor):
        for field in ("final_loss", "best_loss", "steps_to_target", "diverged_at"):
            getattr(whole, field)[k] = getattr(row, field)
    return dataclasses.replace(whole, finished=pulse.finished)


def _row(
    entry: Entry, objective: Objective, rates: Array, shared: dict[str, Any], pulse: Pulse
) -> Sweep:
    told = {"progress": pulse.tell, "cancelled": pulse.asked}
    return sweep(entry, objective, learning_rate=rates, **told, **shared)  # type: ignore[arg-type]


def best_cell(found: OutcomeMap) -> tuple[int, int] | None:
    """Column and row of the run that is first at the target; of equal ones, the lowest in the end.

    Where none gets there, the one with the lowest final loss; None where all diverged.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> found = outcome_map(lo.OPTIMIZERS["momentum"](), bowl, "momentum", start=bowl.start,
    ...                     learning_rates=np.array([0.01, 0.1]), values=np.array([0.0, 0.5]),
    ...                     target=0.01)
    >>> best_cell(found)
    (1, 1)
    """
    steps = np.where(found.steps_to_target < 0, np.inf, found.steps_to_target)
    ends = np.where(found.ends_higher | (found.diverged_at >= 0), np.inf, found.final_loss)
    if not (np.isfinite(ends) | np.isfinite(steps)).any():
        return None
    row, column = divmod(int(np.lexsort((ends.ravel(), steps.ravel()))[0]), ends.shape[1])
    return column, row


def telling_cells(found: OutcomeMap) -> dict[str, tuple[int, int]]:
    """Column and row of the best run, of one that is too slow and of one that explodes.

    Both others lie in the row of the best run, in the middle of their kind; where that row has
    none, they are left out. Where no run has diverged yet, those explode that end higher than they
    started.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> found = outcome_map(lo.OPTIMIZERS["momentum"](), bowl, "momentum", start=bowl.start,
    ...                     learning_rates=np.array([1e-4, 0.1, 1e9]), values=np.array([0.5]),
    ...                     target=0.01)
    >>> telling_cells(found)
    {'best': (1, 0), 'slow': (0, 0), 'explodes': (2, 0)}
    """
    best = best_cell(found)
    if best is None:
        return {}
    column, row = best
    diverged, higher = found.diverged_at[row] >= 0, found.ends_higher[row]
    explodes = diverged if diverged.any() else higher
    arrives = (found.steps_to_target[row] >= 0) | diverged | higher
    slow = ~arrives & (np.arange(len(arrives)) < column)
    kinds = {"slow": np.flatnonzero(slow), "explodes": np.flatnonzero(explodes)}
    others = {name: (int(each[len(each) // 2]), row) for name, each in kinds.items() if len(each)}
    return {"best": best, **others}


def count_first(found: OutcomeMap) -> int:
    """How many runs reach the target at the same step as the first one; 0 where none does."""
    steps = found.steps_to_target
    return int((steps == steps[steps >= 0].min()).sum()) if (steps >= 0).any() else 0


def neutral(given: Entry | Optimizer, name: str) -> Entry:
    """The entry with defaults where a map varies it: equal ones have equal maps.

    Examples
    --------
    >>> import lossopt as lo
    >>> neutral(lo.OPTIMIZERS["momentum"](0.3, 0.5), "momentum").optimizer.momentum
    0.9
    """
    entry = as_entry(given)
    usual = {field.name: field.default for field in params_of(entry.optimizer)}
    one_of("name", name, (*usual, BATCH_SIZE))
    if name == BATCH_SIZE:
        entry, name = dataclasses.replace(entry, batch_size=None), RATE
    return entry.with_fields(**{each: usual[each] for each in (RATE, name)})


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
    fields = params_of(optimizer)
    one_of("name", name, (*(field.name for field in fields), BATCH_SIZE))
    column = np.asarray(values, dtype=np.float64)[:, None]
    real = any(field.name == name and isinstance(field.default, float) for field in fields)
    rule = dataclasses.replace(optimizer, **{name: column}) if real else optimizer
    limit = rule.stability_limit()
    curvature = largest_curvature(objective)
    if limit is None or not curvature > 0.0:
        return None
    decay = np.asarray(getattr(rule, "weight_decay", 0.0))
    return np.asarray(np.broadcast_to(np.asarray(limit) / (curvature + decay), column.shape)[:, 0])
