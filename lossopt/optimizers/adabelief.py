"""AdaBelief."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import penalized, penalized_terms
from lossopt.params import Array


@final
@dataclasses.dataclass(frozen=True)
class AdaBelief(MomentOptimizer):
    """Adam with the surprise (g − m)² in place of g²: bold where gradients come as expected.

    s ← β₂s + (1 − β₂)(g − m)² + ε, θ ← θ − η m̂/(√ŝ + ε); m already contains g.

    Notes
    -----
    The paper's algorithm, equal to the package ``adabelief_pytorch`` with rectify=False and coupled
    decay; its own defaults are ε = 1e-16, RAdam's rectification and decoupled decay, optax's ε is
    1e-16. ε joins s at every step. On a constant gradient s falls toward that of ε alone, so steps
    keep growing far beyond η, unlike Adam's.

    References
    ----------
    J. Zhuang, T. Tang, Y. Ding, S. Tatikonda, N. Dvornek, X. Papademetris, J. S. Duncan,
    "AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients", 2020.

    Examples
    --------
    >>> import numpy as np
    >>> rule = AdaBelief(learning_rate=0.09, eps=0.0)
    >>> theta = np.array([[1.0, 1.0]])
    >>> rule.update(np.array([[4.0, -0.5]]), rule.init(theta), theta)[0].round(6)
    array([[0.9, 1.1]])
    """

    name = "AdaBelief"
    year = 2020
    parents = ("adam",)
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g,\quad"
        r" s \leftarrow \beta_2 s + (1-\beta_2)(g - m)^2 + \varepsilon,\quad"
        r" \theta \leftarrow \theta - \eta\,"
        r"\frac{m/(1-\beta_1^t)}{\sqrt{s/(1-\beta_2^t)} + \varepsilon}"
    )
    paper = {}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        averages = self.averaged(gradient, state)
        surprise = gradient - averages["first"]
        spread = self.beta2 * state["second"] + (1.0 - self.beta2) * surprise * surprise
        averages |= {"second": spread + self.eps}
        return params - self.adam_step(averages, averages["second"]), averages

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        symbols = {"β₂": self.beta2, "s": steps.before["second"], "(1−β₂)": 1.0 - self.beta2}
        symbols |= {"g": gradient, "m": steps.after["first"], "ε": self.eps}
        second = steps.after["second"]
        scaled = self.scaled_terms("s", second, steps)
        return [
            *lines,
            *self.first_terms(gradient, steps),
            Term("s", "β₂·s + (1−β₂)·(g − m)² + ε", symbols, second),
            *scaled,
            stepped(self.learning_rate, scaled[-1].result, steps),
        ]
