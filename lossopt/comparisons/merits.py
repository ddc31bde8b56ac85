"""What counts: the figure of merit of a run; lower is better."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from lossopt.arguments import kind_of, number, real_array, shown
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Array, Spec, param
from lossopt.trajectories import checked_start

EQUAL = 1e-9
"""Results nearer than this share of the way from the start to the lowest loss count as equal."""


MARGIN = 0.01
"""Two results tie unless one is better by more than this share of what is left of the loss."""


def lowest(objective: Objective) -> float | None:
    """Lowest loss known: the minimum, else that of the best point found; None if there is none.

    Examples
    --------
    >>> import lossopt as lo
    >>> lowest(lo.OBJECTIVES["rosenbrock"]()), lowest(lo.OBJECTIVES["saddle"]())
    (0.0, None)
    """
    kind_of("objective", objective, Objective)
    if objective.minimum is None and isinstance(objective, EmpiricalRisk):
        return float(objective.value(objective.reference.params))
    return objective.minimum


def first_loss(objective: Objective, start: tuple[float, ...] | None = None) -> float:
    """Loss before the first step; from the objective's own start by default.

    Examples
    --------
    >>> import lossopt as lo
    >>> first_loss(lo.OBJECTIVES["rosenbrock"](), (1.0, 2.0))
    100.0
    """
    params = checked_start(start, objective)
    return float(objective.value(params))


def _goal(objective: Any) -> Objective:
    return kind_of("objective", objective, Objective)


def _loss(first: Any) -> float:
    """A loss, which may be infinite."""
    found = real_array("first", first)
    if found.ndim:
        raise ValueError(f"first must be one number, but is {shown(first)}.")
    return float(found)


def _curves(losses: Any) -> Array:
    found = real_array("losses", losses)
    if found.ndim == 0 or found.size == 0:
        raise ValueError(f"losses must be shaped (..., n_steps + 1), but are {shown(losses)}.")
    return found


@dataclasses.dataclass(frozen=True)
class Merit(Spec):
    """A figure of merit of a loss curve. A run that diverges is infinitely bad in all of them.

    Attributes
    ----------
    kind : str
        ``"final"``, the loss after the last step; ``"best"``, the lowest loss on the way;
        ``"target"``, what of the budget is spent when the target is reached (infinite if it never
        is); ``"area"``, the area under the logarithmic loss curve, as the mean over the budget of
        log₁₀ of the loss above the lowest known (of the loss itself where none is known).
    share : float
        Target: this share of the way from the first loss to the lowest is left
        (J. J. Moré, S. M. Wild, "Benchmarking Derivative-Free Optimization Algorithms", 2009).
    """

    name = "Merit"

    checks = {
        "target": lambda self, objective, first: (_goal(objective), _loss(first)),
        "equal": lambda self, objective, first, amount: (
            *(_goal(objective), _loss(first)),
            number("amount", amount, 0.0),
        ),
        "tie": lambda self, values, objective, first, amount: (
            *(real_array("values", values), _goal(objective), _loss(first)),
            number("amount", amount, 0.0),
        ),
        "of_curves": lambda self, losses, objective, amount: (
            *(_curves(losses), _goal(objective)),
            number("amount", amount, 0.0),
        ),
    }
    kind: str = param("final", "rank by", choices=("final", "best", "target", "area"))
    share: float = param(0.001, "part of the loss left", 1e-6, 0.5, log=True)

    def target(self, objective: Objective, first: float) -> float | None:
        """Loss to reach from the loss `first`; None for other figures of merit.

        Raises
        ------
        ValueError
            If no lowest loss is known.
        """
        if self.kind != "target":
            return None
        low = lowest(objective)
        if low is None:
            raise ValueError("Without a lowest loss there is no target to reach.")
        return low + self.share * (first - low)

    def equal(self, objective: Objective, first: float, amount: float) -> float:
        """Largest difference of two values that counts as none."""
        if self.kind in ("target", "area"):
            return EQUAL * amount if self.kind == "target" else 1e-6
        low = lowest(objective)
        return EQUAL * abs(first - low if low is not None else first)

    def tie(self, values: Array, objective: Objective, first: float, amount: float) -> Array:
        """By how much each value has to be undercut, so that the difference counts.

        It is 1 % of what is left: of a loss, its height above the minimum; above 0 where a mean of
        losses attains no minimum; and where nothing bounds it, its distance from the first loss. Of
        a budget it is 1 % of what was spent, of a mean of log₁₀ the step that is 1 % in the loss.
        What counts as equal is never less than `equal`.

        Parameters
        ----------
        values : array (...)
        objective : Objective
        first : float
            Loss before the first step.
        amount : float
            The budget.

        Returns
        -------
        array (...)

        Examples
        --------
        >>> import lossopt as lo
        >>> Merit().tie(np.array([2.0, 0.0]), lo.OBJECTIVES["rosenbrock"](), 12.5, 100.0)
        array([2.00e-02, 1.25e-08])
        """
        least = self.equal(objective, first, amount)
        if self.kind == "area":
            return np.full(values.shape, np.log10(1.0 + MARGIN))
        if self.kind == "target":
            left = values
        elif objective.minimum is not None:
            left = values - objective.minimum
        else:
            left = values if isinstance(objective, EmpiricalRisk) else np.abs(first - values)
        return np.asarray(np.where(np.isfinite(left), np.maximum(MARGIN * left, least), 0.0))

    def of_curves(self, losses: Array, objective: Objective, amount: float) -> Array:
        """Value of every loss curve.

        Parameters
        ----------
        losses : array (..., n_steps + 1)
            NaN after a divergence.
        objective : Objective
        amount : float
            The budget that the whole curve spends.

        Returns
        -------
        array (...)

        Examples
        --------
        >>> import lossopt as lo
        >>> curve = np.array([12.5, 3.0, 0.1, 0.2])
        >>> bowl = lo.OBJECTIVES["rosenbrock"]()
        >>> [Merit(kind, share=0.01).of_curves(curve, bowl, 30.0).round(2).item()
        ...  for kind in ("final", "best", "target", "area")]
        [0.2, 0.1, 20.0, -0.11]
        """
        first = float(losses[..., 0].flat[0])
        with np.errstate(all="ignore"):
            values = self._values(losses, objective, first, amount)
        return np.asarray(np.where(np.isfinite(losses[..., -1]), values, np.inf))

    def _values(self, losses: Array, objective: Objective, first: float, amount: float) -> Array:
        if self.kind == "final":
            return losses[..., -1]
        if self.kind == "best":
            return np.asarray(np.fmin.reduce(losses, axis=-1))
        if self.kind == "target":
            there = losses <= (self.target(objective, first) or 0.0)
            step = np.where(there.any(axis=-1), there.argmax(axis=-1), np.inf)
            return np.asarray(step * amount / max(losses.shape[-1] - 1, 1))
        low = lowest(objective)
        heights = losses
        if low is not None:
            heights = np.log10(np.maximum(losses - low, 1e-15 * max(abs(first - low), 1e-300)))
        middles = 0.5 * (heights[..., 1:] + heights[..., :-1])
        return np.asarray(middles.mean(axis=-1) if middles.shape[-1] else heights[..., 0])
