"""Newton's method."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.curvatures import solve, solve_root, spectrum
from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.params import Array, IntArray, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class Newton(Optimizer):
    """Jump to the minimizer of the local parabola: θ ← θ − η(H + δI)⁻¹g, H the second derivatives.

    With `absolute`, negative curvatures count by their size, so that saddles repel.

    Notes
    -----
    On a quadratic one step of η = 1 arrives, whatever the units of the params. Elsewhere plain
    Newton goes to the nearest stationary point, be it a saddle or a maximum. Directions without
    curvature (softmax has some) get no step, as in a least-squares solution: those that rounding
    hides even where every parameter has its own unit. `update` uses the Hessian in the state, the
    identity at first, or its root R, H = RᵀR, where the objective knows one: it has twice the
    digits. H uses all samples, so the batch size does not matter, and
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
    paper = {}
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
        roots = [objective.curvature_root(point) for point in params]
        known = [root for root in roots if root is not None]
        if len(known) == len(roots):
            return self.update(gradient, {"root": np.stack(known)}, params)
        hessian = np.stack([objective.hessian(point) for point in params])
        return self.update(gradient, {"hessian": hessian}, params)

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        matrix = next(iter(state.values()))
        known = np.isfinite(matrix).all(axis=(-2, -1))
        matrix = np.where(known[:, None, None], matrix, 0.0)
        with np.errstate(all="ignore"):
            if "root" in state:
                direction = solve_root(self._damped_root(matrix), gradient)
            else:
                direction = solve(self._damped(matrix), gradient)
        direction = np.where(known[:, None], direction, np.nan)
        return params - self.learning_rate * direction, state

    def _damped(self, hessian: Array) -> Array:
        """H + δI; with `absolute`, negative curvatures turned around."""
        size = np.eye(hessian.shape[-1])
        if self.absolute and (spectrum(hessian)[1] < 0.0).any():
            curvatures, axes = np.linalg.eigh(hessian)
            downward = axes * np.minimum(curvatures, 0.0)[:, None, :]
            hessian = hessian - 2.0 * downward @ axes.swapaxes(-1, -2)
        return np.asarray(hessian + np.asarray(self.damping)[..., None] * size)

    def _damped_root(self, root: Array) -> Array:
        """Root of RᵀR + δI, where no curvature is negative."""
        if not np.any(self.damping):
            return root
        size = np.eye(root.shape[-1]) + np.zeros((len(root), 1, 1))
        return np.concatenate([root, np.sqrt(np.asarray(self.damping))[..., None] * size], axis=1)

    def cost(self, state: State) -> Number:
        return 1.0 + 2.0 * float(next(iter(state.values())).shape[-1])
