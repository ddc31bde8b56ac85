"""What a learning-rate schedule is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from lossopt.arguments import numbers, whole
from lossopt.params import Array, Spec, param

LONG = 1_000_000
"""Most steps; the schedule that a warm-up heads for has so many when none is left after it."""


def _checked_steps(schedule: Schedule, t: Any, n_steps: Any) -> tuple[Array, int]:
    return numbers("t", t), whole("n_steps", n_steps, 0, LONG)


@dataclasses.dataclass(frozen=True)
class Schedule(Spec):
    """Factor on the learning rate at every step, with an optional warm-up in front.

    During warm-up the factor rises linearly to where the schedule begins: at step t, from 0, it is
    (t + 1)/warmup of that. The schedule itself then runs over the steps that are left. A run that
    ends within the warm-up ends on the way up.

    Notes
    -----
    Equal to ``torch.optim.lr_scheduler.SequentialLR`` of ``LinearLR(start_factor=1/w,
    end_factor=1, total_iters=w−1)`` and the schedule, with the milestone w = warmup. A one cycle
    cannot stand in such a sequence, because it sets the learning rate of the phase before it; here
    the warm-up rises to where the cycle begins.

    Attributes
    ----------
    formula : str
        LaTeX of the factor at step t of T, t from 0.
    """

    checks = {
        "factors": lambda self, n_steps: (whole("n_steps", n_steps, 0, LONG),),
        "after_warmup": _checked_steps,
    }
    formula: ClassVar[str]

    warmup: int = param(0, "warm-up steps", 0, 500, limits=(0, 1_000_000))

    def factors(self, n_steps: int) -> Array:
        """Factor of every step, ``(n_steps,)``."""
        rising = min(self.warmup, n_steps)
        left = n_steps - rising
        main = self.after_warmup(np.arange(float(left)), left)
        first = main[0] if left else self.after_warmup(np.zeros(1), LONG)[0]
        return np.concatenate([first * np.arange(1.0, rising + 1.0) / max(self.warmup, 1), main])

    @abstractmethod
    def after_warmup(self, t: Array, n_steps: int) -> Array:
        """Factor at steps `t` (0 … n_steps − 1) of the part after warm-up, shaped like `t`."""
