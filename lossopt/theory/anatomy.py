"""The anatomy of single steps: what a rule saw, what it remembered and what it made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.arguments import whole
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer, State
from lossopt.optimizers._anatomy import Steps, Term
from lossopt.params import Array
from lossopt.trajectories import checked_start, checked_steps

__all__ = ["Steps", "Term", "direction_arrows", "has_anatomy", "replay"]

REACH = 0.16
"""Length of an arrow that only shows a direction, as a share of the picture."""


def has_anatomy(rule: type[Optimizer]) -> bool:
    """Whether the lines of the rule's update are written down.

    Examples
    --------
    >>> import lossopt as lo
    >>> has_anatomy(lo.OPTIMIZERS["adam"]), has_anatomy(lo.OPTIMIZERS["lbfgs"])
    (True, False)
    """
    return rule.anatomy is not Optimizer.anatomy


def replay(
    optimizer: Optimizer,
    objective: Objective,
    *,
    start: Sequence[float] | Array | None = None,
    n_steps: int = 100,
) -> Steps:
    """Take full-batch steps and keep what each of them saw and left.

    Parameters
    ----------
    optimizer : Optimizer
        A rule with an anatomy.
    objective : Objective
    start : array (n_params,), optional
        The objective's own start by default.
    n_steps : int

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["momentum"](learning_rate=0.1)
    >>> steps = replay(rule, lo.OBJECTIVES["quadratic"](), start=[1.0, 0.0], n_steps=2)
    >>> steps.after["velocity"].round(6)
    array([[1. , 0. ],
           [1.8, 0. ]])
    >>> [f"{term.name} = {term.expression}" for term in rule.anatomy(steps)]
    ['v = μ·v + g', 'θ = θ − η·v']
    """
    whole("n_steps", checked_steps(n_steps), 1)
    params = checked_start(start, objective, optimizer)[None]
    state = optimizer.init(params)
    rows: list[tuple[Array, Array, Array, State, State]] = []
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            gradient = objective.gradient(params)
            moved, after = optimizer.step(gradient, objective, None, state, params)
            rows.append((gradient, params, moved, state, after))
            params, state = moved, after
    gradients, places, moves, befores, afters = zip(*rows, strict=True)
    seen, stood, moved = (np.concatenate(arrays) for arrays in (gradients, places, moves))
    return Steps(seen, stood, moved, before=_stacked(befores), after=_stacked(afters))


def _stacked(states: Sequence[State]) -> dict[str, Array]:
    """One array per entry of the state; NaN stands for what is not there yet."""
    rows = {key: [_row(state[key]) for state in states] for key in states[0]}
    return {key: np.stack(np.broadcast_arrays(*row)) for key, row in rows.items()}


def _row(value: Any) -> Array:
    return np.ravel(np.asarray(np.nan if value is None else value, dtype=np.float64))


def direction_arrows(steps: Steps, terms: Sequence[Term], sides: Array) -> dict[str, Array]:
    """Arrows for every step: the step itself, and directions that pulled at it.

    Parameters
    ----------
    steps : Steps
        Of two params.
    terms : list of Term
    sides : array (2,)
        Width and height of the picture.

    Returns
    -------
    dict of str to array (n_steps, 4)
        From x, y to x, y: ``step`` has its true length; ``gradient`` and the arrows that the terms
        name all have the same length on the picture.

    Examples
    --------
    >>> import lossopt as lo
    >>> rule = lo.OPTIMIZERS["momentum"](learning_rate=0.1)
    >>> steps = replay(rule, lo.OBJECTIVES["quadratic"](), start=[1.0, 0.0], n_steps=1)
    >>> direction_arrows(steps, rule.anatomy(steps), np.array([10.0, 10.0]))["gradient"].round(6)
    array([[ 1. ,  0. , -0.6,  0. ]])
    """
    pulls = {"gradient": steps.gradient}
    pulls |= {term.arrow: term.result for term in terms if term.arrow}
    with np.errstate(all="ignore"):
        arrows = {
            name: steps.params - REACH * pull / np.linalg.norm(pull / sides, axis=1, keepdims=True)
            for name, pull in pulls.items()
        }
    arrows["step"] = steps.moved
    return {name: np.hstack([steps.params, ends]) for name, ends in arrows.items()}
