"""A good point near a start, for objectives whose minimizer cannot be computed."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.objectives._base import Objective
from lossopt.params import Array, IntArray

MEMORY = 10
"""Steps that the estimate of the curvature remembers."""
PULL = 1e-4
"""Pull toward the start, relative to the value there."""


@dataclasses.dataclass(frozen=True, eq=False)
class _Anchored(Objective):
    """An objective + ½ pull · squared distance to the start.

    Weights that separate classes could otherwise grow without end.
    """

    checks = {}  # the objective itself checks

    objective: Objective
    anchor: Array
    pull: float

    def value(self, params: Array) -> Array:
        far = np.square(params - self.anchor).sum(axis=-1)
        return np.asarray(self.objective.value(params) + 0.5 * self.pull * far)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return self.objective.gradient(params, rows) + self.pull * (params - self.anchor)


def search(objective: Objective, start: Array, n_steps: int) -> Array:
    """Good point that at most `n_steps` steps of L-BFGS reach; never higher than the start.

    References
    ----------
    D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", 1989.

    Examples
    --------
    >>> from lossopt.objectives import OBJECTIVES
    >>> search(OBJECTIVES["rosenbrock"](), np.array([-1.5, 2.0]), 100).round(2)
    array([1., 1.])
    """
    objective = _Anchored(objective, start, PULL * abs(float(objective.value(start))))
    params, value, gradient = start, float(objective.value(start)), objective.gradient(start)
    steps: list[Array] = []
    turns: list[Array] = []
    for _ in range(n_steps):
        direction = -_uncurved(gradient, steps, turns)
        if not steps:
            direction /= max(float(np.linalg.norm(gradient)), 1.0)
        moved, lower = _lower_point(objective, params, value, gradient, direction)
        if not lower < value:
            if not steps:
                break
            steps, turns = [], []
            continue
        slopes = objective.gradient(moved)
        step, turn = moved - params, slopes - gradient
        lengths = float(np.linalg.norm(step) * np.linalg.norm(turn))
        if float(step @ turn) > 1e-12 * lengths > 0.0:
            steps, turns = [*steps[1 - MEMORY :], step], [*turns[1 - MEMORY :], turn]
        params, value, gradient = moved, lower, slopes
    return params


def _uncurved(gradient: Array, steps: list[Array], turns: list[Array]) -> Array:
    """Estimate of the inverse Hessian times the gradient (the two-loop recursion)."""
    direction, shares = gradient.copy(), []
    for step, turn in zip(reversed(steps), reversed(turns), strict=True):
        shares.append(float(step @ direction) / float(step @ turn))
        direction -= shares[-1] * turn
    if steps:
        direction *= float(steps[-1] @ turns[-1]) / float(turns[-1] @ turns[-1])
    for step, turn, share in zip(steps, turns, reversed(shares), strict=True):
        direction += (share - float(turn @ direction) / float(step @ turn)) * step
    return direction


def _lower_point(
    objective: Objective, params: Array, value: float, gradient: Array, direction: Array
) -> tuple[Array, float]:
    """First point along the direction that is low enough, each try half as far as the last."""
    slope = float(gradient @ direction)
    for halvings in range(30):
        share = 0.5**halvings
        moved = params + share * direction
        lower = float(objective.value(moved))
        if lower <= value + 1e-4 * share * slope:
            return moved, lower
    return params, value
