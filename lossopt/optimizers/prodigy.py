"""Prodigy."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._anatomy import Steps, Term
from lossopt.optimizers._base import State
from lossopt.optimizers._moments import MomentOptimizer
from lossopt.optimizers._weight_decay import (
    decoupled_weight_decay,
    penalized,
    penalized_terms,
    shrunk,
)
from lossopt.params import Array, Number, param


@final
@dataclasses.dataclass(frozen=True)
class Prodigy(MomentOptimizer):
    """Adam that finds its own learning rate d, an estimate of the distance to the solution.

    d only grows: d ← max(d, r/‖s‖₁), where r and s average ⟨g, θ₀ − θ⟩ and g, weighted by d².

    Notes
    -----
    Equal to the authors' ``prodigyopt.Prodigy``: η stays at 1, d starts at 1e-6, β₃ = √β₂, weight
    decay is decoupled and bias is not corrected unless `bias_correction`. d is one number for all
    params, shared across them, and grows within a few dozen steps to the scale of ‖θ* − θ₀‖∞.

    References
    ----------
    K. Mishchenko, A. Defazio, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner", 2023.

    Examples
    --------
    >>> rule = Prodigy(initial_distance=0.01)
    >>> theta, state = np.array([[1.0, 1.0]]), rule.init(np.array([[1.0, 1.0]]))
    >>> theta, state = rule.update(np.array([[2.0, -2.0]]), state, theta)
    >>> theta.round(5), state["distance"]
    (array([[0.96838, 1.03162]]), array([[0.01]]))
    >>> rule.update(np.array([[2.0, -2.0]]), state, theta)[1]["distance"].round(6)
    array([[0.015815]])
    """

    name = "Prodigy"
    year = 2023
    parents = ("adam",)
    formula = (
        r"r \leftarrow \beta_3 r + \tfrac{\eta d^2}{d_0}\langle g, \theta_0 - \theta\rangle,\quad"
        r" s \leftarrow \beta_3 s + \tfrac{\eta d^2}{d_0}\, g,\quad"
        r" m \leftarrow \beta_1 m + (1-\beta_1)\, d g,\quad"
        r" v \leftarrow \beta_2 v + (1-\beta_2)\, d^2 g^2,\quad"
        r" \theta \leftarrow \theta - \eta d\,\frac{m}{\sqrt{v} + d\varepsilon},\quad"
        r" d \leftarrow \max\bigl(d, \tfrac{r}{\|s\|_1}\bigr)"
    )
    paper = {}

    learning_rate: Number = param(1.0, "learning rate", 0.01, 2.0, log=True, limits=(0.0, 1e308))
    bias_correction: bool = param(False, "bias correction", minor=True)
    initial_distance: Number = param(
        1e-6, "starting distance d₀", 1e-9, 1.0, log=True, limits=(1e-12, 1e6), minor=True
    )
    decoupled_weight_decay: bool = decoupled_weight_decay(True)

    def init(self, params: Array) -> State:
        zeros, column = np.zeros_like(params), np.zeros_like(params, shape=(len(params), 1))
        sums = {"start": params, "numerator": column, "slopes": zeros}
        return super().init(params) | sums | {"distance": column + self.initial_distance}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        if not self.decoupled_weight_decay:
            gradient = penalized(gradient, params, self.weight_decay)
        distance, memory = state["distance"], np.sqrt(self.beta2)
        averages = self.averaged(distance * gradient, state)
        correction = np.sqrt(1.0 - averages["power2"]) / (1.0 - averages["power1"])
        rate = distance * self.learning_rate * correction
        weight = distance / self.initial_distance * rate
        progress = (gradient * (state["start"] - params)).sum(axis=-1, keepdims=True)
        numerator = memory * state["numerator"] + weight * progress
        slopes = memory * state["slopes"] + weight * gradient
        size = np.abs(slopes).sum(axis=-1, keepdims=True)
        estimate = np.divide(numerator, size, out=np.zeros_like(size), where=size > 0.0)
        grown = np.maximum(distance, estimate)
        if self.decoupled_weight_decay:
            params = shrunk(params, rate, self.weight_decay)
        move = rate * averages["first"] / (np.sqrt(averages["second"]) + grown * self.eps)
        sums = {"numerator": numerator, "slopes": slopes, "distance": grown}
        return params - move, averages | sums | {"start": state["start"]}

    def anatomy(self, steps: Steps) -> list[Term]:
        coupled = 0.0 if self.decoupled_weight_decay else self.weight_decay
        decay = self.weight_decay if self.decoupled_weight_decay else 0.0
        gradient, lines = penalized_terms(steps, coupled)
        old, new = steps.before, steps.after
        shown = np.ones_like(gradient)
        correction = np.sqrt(1.0 - new["power2"]) / (1.0 - new["power1"])
        rate = old["distance"] * self.learning_rate * correction
        size = np.abs(new["slopes"]).sum(axis=-1, keepdims=True)
        scaled = new["first"] / (np.sqrt(new["second"]) + new["distance"] * self.eps)
        symbols = {"β₁": self.beta1, "(1−β₁)": 1.0 - self.beta1, "m": old["first"]}
        symbols |= {"β₂": self.beta2, "(1−β₂)": 1.0 - self.beta2, "v": old["second"]}
        symbols |= {"D": old["distance"], "g": gradient, "r": new["numerator"], "‖s‖": size}
        step = {"m": new["first"], "v": new["second"], "D": new["distance"], "ε": self.eps}
        last = {"ηₜ": rate, "λ": decay, "θ": steps.params, "d": scaled}
        return [
            *lines,
            Term("m", "β₁·m + (1−β₁)·D·g", symbols, new["first"], "momentum"),
            Term("v", "β₂·v + (1−β₂)·(D·g)²", symbols, new["second"]),
            Term("D", "max(D, r / ‖s‖)", symbols, shown * new["distance"]),
            Term("d", "m / (√v + D·ε)", step, scaled, "scaled"),
            Term("θ", "(1 − ηₜ·λ)·θ − ηₜ·d", last, steps.moved),
        ]
