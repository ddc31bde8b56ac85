"""What a learning-rate schedule is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import ClassVar

import numpy as np

from lossopt.params import Array, Spec, param


@dataclasses.dataclass(frozen=True)
class Schedule(Spec):
    """Factor on the learning rate at every step, with an optional warm-up in front.

    During warm-up the factor rises linearly to where the schedule begins; the schedule itself
    then runs over the steps that are left.

    Attributes
    ----------
    formula : str
        LaTeX of the factor at step t of T, t from 0.
    """

    formula: ClassVar[str]

    warmup: int = param(0, "warm-up steps", 0, 500, limits=(0, 1_000_000))

    def factors(self, n_steps: int) -> Array:
        """Factor of every step, ``(n_steps,)``."""
        rising = min(self.warmup, n_steps)
        main = self.after_warmup(np.arange(float(n_steps - rising)), n_steps - rising)
        first = main[0] if len(main) else 1.0
        return np.concatenate([first * np.arange(1, rising + 1) / max(rising, 1), main])

    @abstractmethod
    def after_warmup(self, t: Array, n_steps: int) -> Array:
        """Factor at steps `t` (0 … n_steps − 1) of the part after warm-up, shaped like `t`."""
