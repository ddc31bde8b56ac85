"""A learning rate to begin with, found on the objective: everybody descends and nobody is tuned."""

from __future__ import annotations

from functools import partial

import numpy as np

from lossopt.arguments import kind_of
from lossopt.entries import Entry, as_entry
from lossopt.landscapes.surfaces import evaluate_surface
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, params_of
from lossopt.sweeps import loss_curves
from lossopt.trajectories import affordable_steps, checked_seed, checked_start

RATES = tuple(float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 2, 5))
"""Rates that are tried besides the default of the rule: 10⁻⁵ … 5."""
STEPS, RACE = 100, 300
"""Steps in which a run is to arrive, and those of the race that it is meant for."""
NEAR = 0.999
"""Share of the way down that counts as arrived."""
RISE = 0.01
"""A run that ever climbs above its start by more than this share of the way down is no descent."""
DEPTH = 10.0
"""Where nothing bounds the objective below, a run that falls deeper than this many times the height
of the usual picture shows nothing but its end."""
SHARE = 0.1
"""Share of what `descend` can afford that the search may cost."""


def usual_rate(
    optimizer: Entry | Optimizer,
    objective: Objective,
    *,
    batch_size: int | None = None,
    seed: int = 0,
) -> float:
    """Find a learning rate with which a rule descends an objective from its own start.

    It is the rule's own rate if within 100 steps it gets 99.9 % as far down as the best of the
    rates 1, 2, 5 · 10ᵏ, else the smallest of these that does: it is calm and far from divergence.
    How far down a run gets is the highest loss of its last ten steps, so that luck does not count.
    A rule that finds its step sizes by itself keeps its rate of 1 wherever it descends with it.
    This is a rate to begin with, not a tuned one.

    Parameters
    ----------
    optimizer : Optimizer or Entry
        Its other hyperparameters are used as they are.
    objective : Objective
    batch_size : int, optional
        All samples by default.
    seed : int
        Order of the samples.

    Returns
    -------
    float
        The rule's own rate where none descends: at a minimum, on a plateau, or where a rule climbs.

    Examples
    --------
    >>> import lossopt as lo
    >>> valley = lo.OBJECTIVES["rosenbrock"]()
    >>> [usual_rate(lo.OPTIMIZERS[name](), valley) for name in ("gradient_descent", "adam")]
    [0.001, 0.1]
    """
    entry = as_entry(optimizer, "optimizer", batch_size=batch_size)
    checked_start(None, objective, entry.optimizer)
    checked_seed("seed", seed)
    own = default_rate(entry)
    others = [rate for rate in RATES if rate != own]
    n_steps, floor = search_limits(objective)
    try_out = partial(
        loss_curves,
        entry,
        objective,
        n_steps=n_steps,
        seed=seed,
    )
    losses = try_out(rates=[own])
    if own == 1.0 and _descents(losses, floor)[0] < losses[0, 0]:
        return own
    losses = np.concatenate([losses, try_out(rates=others)])
    ends, first = _descents(losses, floor), losses[0, 0]
    arrived = first - ends >= NEAR * (first - ends.min())
    return [own, *others][int(np.argmax(arrived))] if ends.min() < first else own


def search_limits(objective: Objective) -> tuple[int, float]:
    """Steps of each run of a search, and the loss below which a run shows nothing but its end.

    Examples
    --------
    >>> import lossopt as lo
    >>> search_limits(lo.OBJECTIVES["rosenbrock"]())
    (300, -inf)
    """
    kind_of("objective", objective, Objective)
    affordable = max(1, int(SHARE * affordable_steps(objective, len(RATES))))
    return min(RACE, affordable), _floor(objective)


def default_rate(entry: Entry) -> float:
    """Learning rate that the optimizer has if nobody chooses one."""
    kind_of("entry", entry, Entry)
    fields = params_of(entry.optimizer)
    return next(float(field.default) for field in fields if field.name == "learning_rate")


def _descents(losses: Array, floor: float) -> Array:
    """How far down each run gets; infinite for one that diverges, climbs or falls without end."""
    first = losses[0, 0]
    until = losses[:, : STEPS + 1]
    ends = until[:, -max(1, until.shape[1] // 10) :].max(axis=1)
    calm = losses.max(axis=1) <= first + RISE * (first - ends)  # NaN compares false
    return np.asarray(np.where(calm & (losses.min(axis=1) >= floor), ends, np.inf))


def _floor(objective: Objective) -> float:
    """Losses below which a run has left what is worth drawing; −∞ where a minimum bounds them."""
    if isinstance(objective, EmpiricalRisk) or objective.minimum is not None:
        return -np.inf
    heights = evaluate_surface(objective, resolution=16).z
    heights = heights[np.isfinite(heights)]
    return float(heights.min() - DEPTH * np.ptp(heights)) if heights.size else -np.inf
