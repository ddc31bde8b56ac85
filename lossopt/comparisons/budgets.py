"""What everybody may spend, whatever a step of theirs costs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from lossopt.arguments import kind_of, kinds_of, numbers, whole
from lossopt.entries import Entry
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, Spec, param
from lossopt.trajectories import Trajectory, affordable_steps, descend

UNITS = ("steps", "epochs", "evaluations", "samples", "passes")
"""Steps, epochs, gradients of single samples, samples drawn, gradients of all samples."""


@dataclasses.dataclass(frozen=True)
class Budget(Spec):
    """A budget that converts into steps for each optimizer.

    Attributes
    ----------
    amount : float
    unit : str
        ``"steps"``; ``"epochs"``, passes over the samples; ``"evaluations"``, gradients of single
        samples, of which a rule like SAM takes several per sample and step; ``"samples"``, samples
        drawn; ``"passes"``, gradient evaluations in units of one gradient over all samples.

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
        kind_of("entry", entry, Entry)
        kind_of("objective", objective, Objective)
        if start is not None:
            numbers("start", start, (objective.n_params,))
        most = affordable_steps(objective, 1)
        if self.unit == "steps":
            return min(int(self.amount), most)
        drawn = _drawn(entry, objective)
        if self.unit == "epochs":
            return min(int(self.amount * len(drawn) + 1e-9), most)
        amount = self.amount * (objective.n_samples if self.unit == "passes" else 1.0)
        passes, rest = divmod(amount, objective.n_samples)
        whole = int(passes) * len(drawn)
        steps = min(whole + int(np.searchsorted(np.cumsum(drawn), rest, side="right")), most)
        if self.unit == "samples" or type(entry.optimizer).cost is Optimizer.cost:
            return steps
        run = descend(entry, objective, start=start, n_steps=steps)
        return int(np.searchsorted(run.gradient_evaluations, amount, side="right")) - 1

    def within(
        self,
        most: int,
        entries: Sequence[Entry],
        objective: Objective,
        start: tuple[float, ...] | None = None,
    ) -> Budget:
        """Cut the budget for all, so that nobody takes more than `most` steps."""
        whole("most", most, 1)
        entries = kinds_of("entries", entries, Entry)
        steps = max(self.n_steps(entry, objective, start) for entry in entries)
        if steps <= most:
            return self
        return dataclasses.replace(self, amount=float(f"{0.999 * self.amount * most / steps:.3g}"))


def stopped(run: Trajectory, n_steps: int) -> Trajectory:
    """Let a run rest where its budget is spent: after `n_steps` it moves no more and pays no more.

    Examples
    --------
    >>> import lossopt as lo
    >>> run = descend(lo.OPTIMIZERS["gradient_descent"](), lo.OBJECTIVES["booth"](), n_steps=9)
    >>> stopped(run, 4).gradient_evaluations
    array([0., 1., 2., 3., 4., 4., 4., 4., 4., 4.])
    """
    kind_of("run", run, Trajectory)
    steps = np.minimum(np.arange(run.n_steps + 1), whole("n_steps", n_steps, 0))
    ended, lost = (at is not None and at <= n_steps for at in (run.diverged_at, run.lost_at))
    return dataclasses.replace(
        run,
        iterates=run.iterates[steps],
        losses=run.losses[steps],
        diverged_at=run.diverged_at if ended else None,
        ending=run.ending if lost else None,
        gradient_evaluations=run.gradient_evaluations[steps],
        rests_at=n_steps,
    )


def _drawn(entry: Entry, objective: Objective) -> Array:
    """Samples of each step of one epoch."""
    size, n_samples = entry.size(objective), objective.n_samples
    return np.asarray(np.minimum(size, n_samples - np.arange(0.0, n_samples, size)))
