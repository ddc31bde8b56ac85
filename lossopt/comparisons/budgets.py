"""What everybody may spend, whatever a step of theirs costs."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.comparisons.entries import Entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, Spec, param
from lossopt.trajectories import affordable_steps, descend

UNITS = ("steps", "epochs", "evaluations", "samples")
"""Steps, passes over the samples, gradients of single samples, samples drawn."""


@dataclasses.dataclass(frozen=True)
class Budget(Spec):
    """A budget that converts into steps for each optimizer.

    Attributes
    ----------
    amount : float
    unit : str
        ``"steps"``; ``"epochs"``, passes over the samples; ``"evaluations"``, gradients of single
        samples, of which a rule like SAM takes several per sample and step; ``"samples"``, samples
        drawn.

    Examples
    --------
    >>> import lossopt as lo
    >>> risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> sam = Entry(lo.OPTIMIZERS["sam"](), batch_size=10)
    >>> [Budget(2000, unit).n_steps(sam, risk) for unit in ("steps", "evaluations", "samples")]
    [2000, 100, 200]
    """

    name = "Budget"

    amount: float = param(100.0, "budget", 1.0, 1e6, log=True, limits=(0.0, 1e12))
    unit: str = param("steps", "unit of the budget", choices=UNITS)

    def n_steps(
        self, entry: Entry, objective: Objective, start: tuple[float, ...] | None = None
    ) -> int:
        """Count the steps of `entry` that the budget pays for; the last one is paid in full.

        What a rule with a line search pays depends on its way; the way at its own settings counts.
        """
        most = affordable_steps(objective, 1)
        if self.unit == "steps":
            return min(int(self.amount), most)
        drawn = _drawn(entry, objective)
        if self.unit == "epochs":
            return min(int(self.amount * len(drawn) + 1e-9), most)
        passes, rest = divmod(self.amount, objective.n_samples)
        whole = int(passes) * len(drawn)
        steps = min(whole + int(np.searchsorted(np.cumsum(drawn), rest, side="right")), most)
        if self.unit == "samples" or type(entry.optimizer).cost is Optimizer.cost:
            return steps
        run = descend(entry.optimizer, objective, start=start, n_steps=steps, **entry.outside)
        return int(np.searchsorted(run.gradient_evaluations, self.amount, side="right")) - 1


def _drawn(entry: Entry, objective: Objective) -> Array:
    """Samples of each step of one epoch."""
    size, n_samples = entry.size(objective), objective.n_samples
    return np.asarray(np.minimum(size, n_samples - np.arange(0.0, n_samples, size)))
