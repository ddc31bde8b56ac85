"""Coupled against decoupled weight decay."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup, Span
from lossopt.lessons._objectives import Ignored
from lossopt.optimizers import Optimizer
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.adamw import AdamW
from lossopt.params import param
from lossopt.trajectories import descend

FACTOR = 10.0


@final
@dataclasses.dataclass(frozen=True)
class WeightDecay(Lesson):
    """Ten times the weight decay in Adam: does an unused weight shrink faster? Not at all.

    Coupled decay λθ goes through the division by √v̂, which takes λ out again; decoupled decay
    shrinks θ by ηλ of itself in every step.

    References
    ----------
    I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2017.

    Examples
    --------
    >>> round(WeightDecay().answer(), 4), WeightDecay().theory()
    (1.0, 1.0)
    """

    name = "Weight decay, coupled or decoupled"
    order = 14
    level = "advanced"
    minutes = 7
    possible = (0.0, 1e3)
    span = Span(0.1, 20.0)
    tolerance = 0.1
    try_next = (
        "lab?problem=line&runs=adam-adamw&adam.learning_rate=0.05&adamw.learning_rate=0.05"
        "&adam.weight_decay=0.5&adamw.weight_decay=0.5&run.n_steps=400",
        "lessons?lesson=adam_rotation",
    )

    weight_decay: float = param(0.01, "weight decay λ", 0.001, 0.1, log=True)
    learning_rate: float = param(0.01, "learning rate η", 0.001, 0.1, log=True)

    def setup(self) -> Setup:
        entries = tuple(
            Entry(self._rule(kind, factor)) for kind in (Adam, AdamW) for factor in (1.0, FACTOR)
        )
        return Setup(Ignored(), entries, n_steps=150, told=("weight_decay",))

    def answer(self) -> float:
        return self._ratio(Adam)

    def theory(self) -> float:
        return 1.0

    def numbers(self) -> dict[str, float]:
        once, tenfold, once_w, tenfold_w = (run.iterates[-1, 1] for run in self.setup().descents())
        return {
            "lambda": self.weight_decay,
            "factor": FACTOR,
            "more": FACTOR * self.weight_decay,
            "decoupled": self._ratio(AdamW),
            "steps": 150,
            "start": float(Ignored().start[1]),
            "end": float(once),
            "end_more": float(tenfold),
            "end_w": float(once_w),
            "end_w_more": float(tenfold_w),
        }

    def _rule(self, kind: type[Adam] | type[AdamW], factor: float) -> Optimizer:
        return kind(learning_rate=self.learning_rate, weight_decay=factor * self.weight_decay)

    def _ratio(self, kind: type[Adam] | type[AdamW]) -> float:
        """First step of the unused weight with tenfold decay over that with the plain one."""
        first, second = (
            descend(self._rule(kind, factor), Ignored(), n_steps=1).iterates
            for factor in (1.0, FACTOR)
        )
        return float(np.diff(second[:, 1])[0] / np.diff(first[:, 1])[0])
