"""L-BFGS."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np
from numpy.typing import NDArray

from lossopt.optimizers._base import Landscape, Optimizer, State
from lossopt.optimizers._line_search import strong_wolfe
from lossopt.params import Array, IntArray, Number, learning_rate, param


@final
@dataclasses.dataclass(frozen=True)
class LBFGS(Optimizer):
    """Newton's method without second derivatives: curvature from the last steps and gradients.

    Each pair of a step s and the change y of the gradient along it corrects the direction d.

    Notes
    -----
    A step equals ``torch.optim.LBFGS(max_iter=1)`` with its tolerances at 0, so that it stops for
    nothing: η times d, but the first step is η/max(1, ‖g‖₁). Pairs with yᵀs ≤ 1e-10 are left out.
    With `line_search` "strong_wolfe" the length of the step is searched from η on, which takes one
    gradient for each try and steps back from where the objective has no value. All samples are
    used, so the batch size does not matter.

    References
    ----------
    D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", 1989.

    Examples
    --------
    >>> rule = LBFGS()
    >>> theta, state = np.array([[4.0]]), rule.init(np.array([[4.0]]))
    >>> for _ in range(2):  # on θ², whose gradient is 2θ
    ...     theta, state = rule.update(2.0 * theta, state, theta)
    ...     print(theta)
    [[3.]]
    [[0.]]
    """

    name = "L-BFGS"
    year = 1989
    parents = ("newton",)
    formula = (
        r"\theta \leftarrow \theta - \eta B g,\qquad B \leftarrow"
        r" \Bigl(I - \frac{s y^\top}{y^\top s}\Bigr) B \Bigl(I - \frac{y s^\top}{y^\top s}\Bigr)"
        r" + \frac{s s^\top}{y^\top s}"
    )
    full_batch = True

    learning_rate: Number = learning_rate(1.0)
    history_size: int = param(100, "pairs remembered", 1, 100, log=True)
    line_search: str = param("none", "line search", choices=("none", "strong_wolfe"))

    def init(self, params: Array) -> State:
        zeros, ones = np.zeros_like(params), np.ones_like(params[:, :1])
        empty = dict.fromkeys(("moves", "changes", "weights"), np.zeros((0, *params.shape)))
        last = {"step": 0, "move": zeros, "gradient": zeros, "scale": ones, "tries": ones}
        return empty | {"weights": np.zeros((0, len(params), 1))} | last

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        direction, rate, state = self._toward(gradient, state)
        return params + rate * direction, state | {"move": rate * direction}

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        if self.line_search == "none":
            return self.update(gradient, state, params)
        direction, rate, state = self._toward(gradient, state)
        found = [
            strong_wolfe(objective, point, toward, slope, float(first))
            for point, toward, slope, first in zip(
                params, direction, gradient, rate[:, 0], strict=True
            )
        ]
        rate, tries = (np.array(column)[:, None] for column in zip(*found, strict=True))
        return params + rate * direction, state | {"move": rate * direction, "tries": 1.0 + tries}

    def _toward(self, gradient: Array, state: State) -> tuple[Array, Array, State]:
        """Direction, first length of the step along it, and the state with the new pair."""
        move, change = state["move"], gradient - state["gradient"]
        product = _dot(change, move)
        fits = product > 1e-10
        weight = np.divide(1.0, product, out=np.zeros_like(product), where=fits)
        spread = np.where(fits, _dot(change, change), 1.0)
        scale = np.where(fits, product / spread, state["scale"])
        pairs = {"moves": move, "changes": change, "weights": weight}
        pairs = {name: self._kept(state[name], entry, fits) for name, entry in pairs.items()}
        direction = _applied(-gradient, scale, **pairs)
        rate = np.zeros_like(product) + self.learning_rate
        if state["step"] == 0:
            rate = rate / np.maximum(1.0, np.abs(gradient).sum(axis=-1, keepdims=True))
        after = {"step": state["step"] + 1, "gradient": gradient, "scale": scale}
        return direction, rate, state | pairs | after

    def _kept(self, memory: Array, entry: Array, fits: NDArray[np.bool_]) -> Array:
        """Memory with one more entry in the runs it `fits`, shifted so that all end alike."""
        if not fits.any():
            return memory
        longer = np.concatenate([memory, entry[None]])
        padded = np.concatenate([np.zeros_like(entry)[None], memory])
        return np.where(fits, longer, padded)[-self.history_size :]

    def cost(self, state: State) -> Number:
        return np.asarray(state["tries"])


def _dot(left: Array, right: Array) -> Array:
    return np.asarray((left * right).sum(axis=-1, keepdims=True))


def _applied(vector: Array, scale: Array, moves: Array, changes: Array, weights: Array) -> Array:
    """Inverse Hessian times `vector` by the two-loop recursion; pairs of weight 0 do nothing."""
    shares = np.zeros_like(weights)
    for k in reversed(range(len(weights))):
        shares[k] = weights[k] * _dot(moves[k], vector)
        vector = vector - shares[k] * changes[k]
    vector = vector * scale
    for k in range(len(weights)):
        vector = vector + (shares[k] - weights[k] * _dot(changes[k], vector)) * moves[k]
    return vector
