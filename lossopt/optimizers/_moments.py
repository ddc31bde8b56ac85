"""What the Adam family shares: two running averages, bias correction and the place of ε."""

from __future__ import annotations

import dataclasses

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import Optimizer, State
from lossopt.optimizers._eps import eps_place, rooted, rooted_text
from lossopt.optimizers._weight_decay import weight_decay
from lossopt.params import Array, Number, learning_rate, param


@dataclasses.dataclass(frozen=True)
class MomentOptimizer(Optimizer):
    """A rule built on m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)g².

    The state holds m as ``first``, v as ``second``, and β₁ᵗ and β₂ᵗ as ``power1`` and ``power2``.
    The powers are running products because a number and a column of numbers multiply to the same
    bits everywhere, which ``**`` does not promise. Without bias correction they stay 0.
    """

    learning_rate: Number = learning_rate(0.001)
    beta1: Number = param(0.9, "β₁ (first moment)", 0.0, 0.999, limits=(0.0, 0.999999))
    beta2: Number = param(0.999, "β₂ (second moment)", 0.0, 0.9999, limits=(0.0, 0.999999))
    eps: Number = param(1e-8, "ε", 1e-12, 1e-1, log=True, limits=(0.0, 1e308), minor=True)
    weight_decay: Number = weight_decay(0.0)
    bias_correction: bool = param(True, "bias correction", minor=True)

    def init(self, params: Array) -> State:
        power = 1.0 if self.bias_correction else 0.0
        zeros = np.zeros_like(params)
        return {"power1": power, "power2": power, "first": zeros, "second": zeros}

    def averaged(self, gradient: Array, state: State) -> State:
        """State after one more gradient."""
        return {
            "power1": self.beta1 * state["power1"],
            "power2": self.beta2 * state["power2"],
            "first": self.beta1 * state["first"] + (1.0 - self.beta1) * gradient,
            "second": self.beta2 * state["second"] + (1.0 - self.beta2) * gradient * gradient,
        }

    def scale(self, second: Array, state: State) -> Array:
        """Denominator of the step, √v̂ + ε."""
        return np.sqrt(second / (1.0 - state["power2"])) + self.eps

    def adam_step(self, state: State, second: Array) -> Array:
        """Step of Adam, η m̂/(√v̂ + ε), with `second` as v."""
        rate = self.learning_rate / (1.0 - state["power1"])
        return rate * state["first"] / self.scale(second, state)

    def first_terms(self, gradient: Array, steps: Steps) -> list[Term]:
        """Lines of m, and of m̂ where bias is corrected."""
        symbols = {"β₁": self.beta1, "(1−β₁)": 1.0 - self.beta1, "g": gradient}
        old, new = steps.before["first"], steps.after["first"]
        line = Term("m", "β₁·m + (1−β₁)·g", {**symbols, "m": old}, new, "momentum")
        return [line, *self.corrected("m", "(1−β₁ᵗ)", new, steps.after["power1"])]

    def second_terms(self, gradient: Array, steps: Steps) -> list[Term]:
        """Line of v."""
        symbols = {"β₂": self.beta2, "(1−β₂)": 1.0 - self.beta2, "g": gradient}
        symbols["v"] = steps.before["second"]
        return [Term("v", "β₂·v + (1−β₂)·g²", symbols, steps.after["second"])]

    def scaled_terms(self, name: str, second: Array, steps: Steps) -> list[Term]:
        """Lines of v̂ and of the direction d = m̂/(√v̂ + ε), with `second` as v."""
        state = steps.after
        lines = self.corrected(name, "(1−β₂ᵗ)", second, state["power2"])
        first = state["first"] / (1.0 - state["power1"])
        direction = first / self.scale(second, dict(state))
        hat = "\u0302" if self.bias_correction else ""
        symbols = {
            f"m{hat}": first,
            f"{name}{hat}": second / (1.0 - state["power2"]),
            "ε": self.eps,
            f"{name}₀": second,
            "(1−β₂ᵗ)": 1.0 - state["power2"],
        }
        expression = f"m{hat} / {self.scale_text(f'{name}{hat}', f'{name}₀')}"
        return [*lines, Term("d", expression, symbols, direction, "scaled")]

    def scale_text(self, second: str, raw: str) -> str:
        """How `scale` reads for a second moment of these names, corrected and not."""
        return rooted_text(second, "outside")

    def corrected(self, name: str, correction: str, raw: Array, power: Array) -> list[Term]:
        """Line of a moment with its bias corrected, where it is."""
        if not self.bias_correction:
            return []
        symbols = {name: raw, correction: 1.0 - power}
        return [Term(f"{name}\u0302", f"{name} / {correction}", symbols, raw / (1.0 - power))]


@dataclasses.dataclass(frozen=True)
class PlacedEps(MomentOptimizer):
    """A rule whose ε may stand inside the root, or beside the uncorrected √v ("epsilon hat")."""

    eps_place: str = eps_place("uncorrected")

    def scale(self, second: Array, state: State) -> Array:
        correction = 1.0 - state["power2"]
        if self.eps_place == "uncorrected":
            return (np.sqrt(second) + self.eps) / np.sqrt(correction)
        return rooted(second / correction, self.eps, self.eps_place)

    def scale_text(self, second: str, raw: str) -> str:
        if self.eps_place == "uncorrected" and self.bias_correction:
            return f"((√{raw} + ε) / √(1−β₂ᵗ))"
        return rooted_text(second, self.eps_place)
