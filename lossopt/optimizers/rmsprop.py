"""RMSprop."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term, stepped
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._eps import eps_place, rooted, rooted_text
from lossopt.optimizers._weight_decay import penalized, penalized_terms, weight_decay
from lossopt.params import Array, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class RMSprop(Optimizer):
    """Divide the gradient by its running size: s ← ρs + (1 − ρ)g², θ ← θ − ηg/(√s + ε).

    With momentum, v ← μv + g/(√s + ε) and θ ← θ − ηv. Centered, s loses the square of the running
    mean of g and becomes a variance.

    Notes
    -----
    Equal to ``torch.optim.RMSprop``, whose alpha is ρ. Keras and optax put ε (1e-7, 1e-8) inside
    the root (`eps_place`) and default to ρ = 0.9, as the lecture does. There is no bias
    correction, so the first step is η/√(1 − ρ), ten times η.

    References
    ----------
    T. Tieleman, G. Hinton, "Lecture 6.5: rmsprop", Neural Networks for Machine Learning, 2012.

    Examples
    --------
    >>> rule = RMSprop(learning_rate=0.1, decay=0.99)
    >>> theta = np.array([[1.0, 1.0]])
    >>> rule.update(np.array([[4.0, -0.5]]), rule.init(theta), theta)[0].round(5)
    array([[0., 2.]])
    """

    name = "RMSprop"
    year = 2012
    parents = ("adagrad", "rprop")
    formula = (
        r"s \leftarrow \rho s + (1-\rho) g^2,\qquad "
        r"\theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{s} + \varepsilon}"
    )

    paper = {"decay": 0.9, "eps": 0.0}

    learning_rate: Number = learning_rate(0.01)
    decay: Number = param(0.99, "decay ρ", 0.0, 0.999, limits=(0.0, 1.0))
    eps: Number = param(1e-8, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    eps_place: str = eps_place()
    momentum: Number = param(0.0, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    centered: bool = param(False, "centered", minor=True)
    weight_decay: Number = weight_decay(0.0)

    def init(self, params: Array) -> State:
        return dict.fromkeys(("squares", "mean", "velocity"), np.zeros_like(params))

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        squares = self.decay * state["squares"] + (1.0 - self.decay) * gradient * gradient
        mean, spread = state["mean"], squares
        if self.centered:
            mean = self.decay * mean + (1.0 - self.decay) * gradient
            spread = squares - mean * mean
        scaled = gradient / rooted(spread, self.eps, self.eps_place)
        velocity = self.momentum * state["velocity"] + scaled
        params = params - self.learning_rate * velocity
        return params, {"squares": squares, "mean": mean, "velocity": velocity}

    def anatomy(self, steps: Steps) -> list[Term]:
        gradient, lines = penalized_terms(steps, self.weight_decay)
        squares, mean = steps.after["squares"], steps.after["mean"]
        common = {"ρ": self.decay, "(1−ρ)": 1.0 - self.decay, "g": gradient, "ε": self.eps}
        old = {**common, "s": steps.before["squares"], "m": steps.before["mean"]}
        lines.append(Term("s", "ρ·s + (1−ρ)·g²", old, squares))
        spread = squares
        if self.centered:
            spread = squares - mean * mean
            lines.append(Term("m", "ρ·m + (1−ρ)·g", old, mean))
            lines.append(Term("c", "s − m²", {"s": squares, "m": mean}, spread))
        name = "c" if self.centered else "s"
        scaled = gradient / rooted(spread, self.eps, self.eps_place)
        symbols = {"g": gradient, name: spread, "ε": self.eps}
        place = rooted_text(name, self.eps_place)
        lines.append(Term("d", f"g / {place}", symbols, scaled, "scaled"))
        if np.all(np.asarray(self.momentum) == 0.0):
            return [*lines, stepped(self.learning_rate, scaled, steps)]
        velocity = steps.after["velocity"]
        symbols = {"μ": self.momentum, "v": steps.before["velocity"], "d": scaled}
        lines.append(Term("v", "μ·v + d", symbols, velocity, "momentum"))
        symbols = {"θ": steps.params, "η": self.learning_rate, "v": velocity}
        return [*lines, Term("θ", "θ − η·v", symbols, steps.moved)]
