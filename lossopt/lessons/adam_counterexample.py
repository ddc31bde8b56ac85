"""Where Adam walks the wrong way, and AMSGrad does not."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup
from lossopt.lessons._objectives import RareSpike
from lossopt.optimizers import Optimizer
from lossopt.optimizers.adam import Adam
from lossopt.optimizers.amsgrad import AMSGrad
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.params import param
from lossopt.trajectories import descend


@final
@dataclasses.dataclass(frozen=True)
class AdamCounterexample(Lesson):
    """A rare large gradient against many small ones: with a short memory Adam goes the wrong way.

    The samples say C, −1, −1, one at a time. Their mean points to negative x, but Adam makes
    the large one as short as the small ones, of which there are two. As in the paper β₁ = 0 and
    β₂ = 1/(1 + C²) by default.

    References
    ----------
    S. J. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", 2018.

    Examples
    --------
    >>> AdamCounterexample().answer(), AdamCounterexample().theory()
    ('wrong_wall', 'wrong_wall')
    """

    name = "Where Adam walks the wrong way"
    order = 13
    level = "advanced"
    minutes = 9
    choices = ("minimizer", "middle", "wrong_wall")
    try_next = (
        "lab?problem=line&runs=adam-amsgrad-sgd&adam.batch_size=1&amsgrad.batch_size=1"
        "&adam.learning_rate=0.1&amsgrad.learning_rate=0.1&sgd.learning_rate=0.02",
        "lessons?lesson=weight_decay",
    )

    spike: float = param(4.0, "rare gradient C", 2.5, 8.0)
    beta2: float = param(0.06, "β₂ (second moment)", 0.0, 0.999)

    def setup(self) -> Setup:
        sgd = Entry(GradientDescent(learning_rate=0.01), 1)
        return Setup(
            self._goal(),
            (Entry(self._adam(), 1), Entry(self._amsgrad(), 1), sgd),
            n_steps=900,
            linear=True,
            told=("beta2",),
            names={sgd: "sgd"},
        )

    def opening(self) -> Setup:
        whole = self.setup()
        return dataclasses.replace(whole, entries=whole.entries[2:])

    def answer(self) -> str:
        end = self._end(self._adam())
        if abs(end) < 0.5:
            return "middle"
        return "wrong_wall" if end > 0.0 else "minimizer"

    def theory(self) -> str:
        return "wrong_wall" if self._drift() > 0.0 else "minimizer"

    def spots(self) -> dict[str, tuple[float, float]]:
        return {
            "minimizer": (float(self._goal().minimizers[0, 0]), 0.0),
            "middle": (0.0, 0.0),
            "wrong_wall": (1.1, 0.0),
        }

    def numbers(self) -> dict[str, float]:
        return {
            "spike": self.spike,
            "slope": (2.0 - self.spike) / 3.0,
            "beta2": self.beta2,
            "minimizer": float(self._goal().minimizers[0, 0]),
            "adam_end": self._end(self._adam()),
            "amsgrad_end": self._end(self._amsgrad()),
            "drift": self._drift(),
            "steps": 900,
        }

    def _drift(self) -> float:
        """Way of Adam in one round C, −1, −1, in learning rates, once v repeats itself."""
        decay = self.beta2
        weights = np.array([1.0, decay, decay * decay]) * (1.0 - decay) / (1.0 - decay**3)
        squares = np.array([self.spike**2, 1.0, 1.0])
        # v after a sample holds it in full, the one before once decayed, the one before that twice.
        seconds = [float(weights @ np.roll(squares[::-1], k + 1)) for k in range(3)]
        gradients = np.array([self.spike, -1.0, -1.0])
        return float(-(gradients / np.sqrt(seconds)).sum())

    def _goal(self) -> RareSpike:
        return RareSpike(spike=self.spike)

    def _adam(self) -> Adam:
        return Adam(learning_rate=0.01, beta1=0.0, beta2=self.beta2)

    def _amsgrad(self) -> AMSGrad:
        return AMSGrad(learning_rate=0.01, beta1=0.0, beta2=self.beta2)

    def _end(self, rule: Optimizer) -> float:
        run = descend(rule, self._goal(), n_steps=900, batch_size=1)
        return float(run.iterates[-1, 0])
