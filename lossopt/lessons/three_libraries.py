"""Three libraries, one name."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.entries import Entry
from lossopt.lessons._base import Lesson, Setup
from lossopt.lessons._measure import step_lengths
from lossopt.lessons._objectives import Ramp
from lossopt.libraries import LIBRARIES
from lossopt.optimizers import Optimizer
from lossopt.params import param

RULE = "rmsprop"


@final
@dataclasses.dataclass(frozen=True)
class ThreeLibraries(Lesson):
    """RMSprop of three libraries, one learning rate: which goes farthest? They are three rules.

    Examples
    --------
    >>> ThreeLibraries().answer(), ThreeLibraries().theory()
    ('pytorch', 'pytorch')
    """

    name = "Three libraries, one name"
    order = 16
    level = "intermediate"
    minutes = 6
    choices = ("pytorch", "keras", "heavyball")
    try_next = (
        "optimizers?part=libraries&optimizer=rmsprop",
        "lessons?lesson=bias_correction",
    )

    step: int = param(10, "steps", 1, 1000, log=True)
    learning_rate: float = param(0.1, "learning rate η", 0.01, 1.0, log=True)

    def setup(self) -> Setup:
        entries = {Entry(rule): name for name, rule in self._rules().items()}
        return Setup(
            Ramp(), tuple(entries), n_steps=self.step, linear=True, follow=True, names=entries
        )

    def opening(self) -> Setup:
        whole = super().opening()
        return dataclasses.replace(whole, n_steps=1, entries=whole.entries[-1:])

    def answer(self) -> str:
        distances = {name: lengths.sum() for name, lengths in self._lengths().items()}
        return max(distances, key=lambda name: distances[name])

    def theory(self) -> str:
        """On a constant slope the average after t steps is 1 − ρᵗ of the square, or corrected 1."""
        t = np.arange(1.0, self.step + 1.0)
        decays = {name: getattr(rule, "decay", 0.0) for name, rule in self._rules().items()}
        sums = {name: float((1.0 / np.sqrt(1.0 - rho**t)).sum()) for name, rho in decays.items()}
        return max(sums, key=lambda name: sums[name])

    def numbers(self) -> dict[str, float]:
        found = self._lengths()
        first = {f"{name}_first": float(lengths[0]) for name, lengths in found.items()}
        whole = {f"{name}_whole": float(lengths.sum()) for name, lengths in found.items()}
        rules = self._rules()
        decays = {f"{name}_decay": getattr(rules[name], "decay", 0.0) for name in self.choices[:2]}
        return {"step": self.step, "eta": self.learning_rate, **first, **whole, **decays}

    def _rules(self) -> dict[str, Optimizer]:
        made = {
            name: LIBRARIES[name].rule(RULE, learning_rate=self.learning_rate)
            for name in self.choices
        }
        return {name: rule for name, rule in made.items() if rule is not None}

    def _lengths(self) -> dict[str, np.ndarray]:
        """Lengths of the steps on the first param, in learning rates."""
        return {
            name: step_lengths(rule, Ramp(), self.step) / self.learning_rate
            for name, rule in self._rules().items()
        }
