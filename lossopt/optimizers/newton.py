"""Newton's method."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.params import Array, IntArray, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Newton(Optimizer):
    """Jump to the minimizer of the local parabola: θ ← θ − η(H + δI)⁻¹g, H the second derivatives.

    With `absolute`, negative curvatures count by their size, so that saddles repel.

    Notes
    -----
    On a quadratic one step of η = 1 arrives. Elsewhere plain Newton goes to the nearest stationary
    point, be it a saddle or a maximum. Directions without curvature (softmax has some) get no step,
    as in a least-squares solution: those below 1e-12 of the largest. `update` uses the Hessian in
    the state, the identity at first. H uses all samples, so the batch size does not matter, and
    counts as 2 gradients per parameter, the price of central differences. Newton (1669) solved
    equations; Simpson (1740) maximised with it, Kantorovich proved its convergence in many
    variables. `absolute` is the saddle-free form of Dauphin et al. (2014).

    References
    ----------
    L. V. Kantorovich, "Functional analysis and applied mathematics", 1948.

    Examples
    --------
    >>> import lossopt as lo
    >>> valley = lo.OBJECTIVES["rosenbrock"]()
    >>> theta, rule = np.array([[-1.0, 1.0]]), Newton()
    >>> slope = valley.gradient(theta)
    >>> rule.step(slope, valley, None, rule.init(theta), theta)[0].round(6)
    array([[ 1., -3.]])
    """

    name = "Newton"
    year = 1948
    formula = (
        r"\theta \leftarrow \theta - \eta\,(H + \delta I)^{-1} g,\qquad H = \nabla^2 f(\theta)"
    )
    presets = {"paper": {}}
    full_batch = True

    learning_rate: Number = learning_rate(1.0)
    damping: Number = param(0.0, "damping δ", 0.0, 10.0, limits=(0.0, 1e308))
    absolute: bool = param(False, "saddle-free", minor=True)

    def init(self, params: Array) -> State:
        return {"hessian": np.zeros((*params.shape, params.shape[-1])) + np.eye(params.shape[-1])}

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        hessian = np.stack([objective.hessian(point) for point in params])
        return self.update(gradient, {"hessian": hessian}, params)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        known = np.isfinite(state["hessian"]).all(axis=(-2, -1))
        curvatures, axes = np.linalg.eigh(np.where(known[:, None, None], state["hessian"], 0.0))
        curvatures = (np.abs(curvatures) if self.absolute else curvatures) + self.damping
        least = 1e-12 * np.abs(curvatures).max(axis=-1, keepdims=True)
        curvatures = np.where(np.abs(curvatures) > least, curvatures, np.inf)
        slopes = (axes * gradient[:, :, None]).sum(axis=-2) / curvatures
        direction = np.where(known[:, None], (axes * slopes[:, None, :]).sum(axis=-1), np.nan)
        return params - self.learning_rate * direction, state

    def cost(self, state: State) -> Number:
        return 1.0 + 2.0 * float(state["hessian"].shape[-1])
