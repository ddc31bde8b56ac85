"""Muon."""

from __future__ import annotations

import dataclasses
from typing import final

import numpy as np

from lossopt.optimizers._base import State
from lossopt.optimizers._matrices import MatrixRule, each_matrix
from lossopt.optimizers._weight_decay import shrunk, weight_decay
from lossopt.params import Array, Number, learning_rate, param

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
SMALLEST_NORM = 1e-7


@final
@dataclasses.dataclass(frozen=True)
class Muon(MatrixRule):
    """Momentum made orthogonal: every direction of the matrix moves by about the same length.

    With m = USVᵀ the step is nearly UVᵀ, found without the decomposition by a few iterations of
    X ← aX + (bXXᵀ + c(XXᵀ)²)X on m/‖m‖.

    Notes
    -----
    Equal to ``torch.optim.Muon`` with its iterations in float64; PyTorch does them in bfloat16, two
    to three digits. The coefficients make small singular values grow fast and leave all of them
    between 0.68 and 1.13, not at 1. η is multiplied by √max(1, rows/columns), or by
    0.2 √max(rows, columns), which makes steps as long as AdamW's. Weight decay is decoupled. On a
    vector the rule would only normalize, so it asks for matrices; `update` alone takes all params
    as one row.

    References
    ----------
    K. Jordan, Y. Jin, V. Boza, J. You, F. Cesista, L. Newhouse, J. Bernstein, "Muon: An optimizer
    for hidden layers in neural networks", 2024.

    Examples
    --------
    >>> rule = Muon(learning_rate=1.0, iterations=1, weight_decay=0.0)
    >>> theta = np.array([[0.0, 0.0]])  # as a row: its direction, times a + b + c = 0.701
    >>> rule.update(np.array([[-30.0, 40.0]]), rule.init(theta), theta)[0].round(12)
    array([[ 0.4206, -0.5608]])
    """

    name = "Muon"
    year = 2024
    parents = ("momentum",)
    formula = (
        r"m \leftarrow \mu m + (1-\mu)\, g,\quad"
        r" O = \operatorname{orthogonal}\bigl((1-\mu)\, g + \mu m\bigr) \approx UV^\top,\quad"
        r" \theta \leftarrow (1-\eta\lambda)\,\theta"
        r" - \eta \sqrt{\max(1, \tfrac{\text{rows}}{\text{columns}})}\; O"
    )

    learning_rate: Number = learning_rate(0.001)
    momentum: Number = param(0.95, "momentum μ", 0.0, 0.999, limits=(0.0, 1.0))
    nesterov: bool = param(True, "look ahead (Nesterov)", minor=True)
    iterations: int = param(5, "iterations", 0, 20, minor=True)
    rate_scale: str = param(
        "original", "η by shape", choices=("original", "match_rms_adamw"), minor=True
    )
    weight_decay: Number = weight_decay(0.1)

    def init(self, params: Array) -> State:
        return {"velocity": np.zeros_like(params), "shapes": ((1, params.shape[1]),)}

    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        shapes, velocity = state["shapes"], state["velocity"]
        velocity = velocity + (1.0 - self.momentum) * (gradient - velocity)
        ahead = gradient + self.momentum * (velocity - gradient) if self.nesterov else velocity
        move = each_matrix(self._orthogonal, ahead, shapes)
        params = shrunk(params, self.learning_rate, self.weight_decay) - self.learning_rate * move
        return params, {"velocity": velocity, "shapes": shapes}

    def _orthogonal(self, matrices: Array) -> Array:
        """Nearly orthogonal matrices with the same singular vectors, scaled by their shape."""
        rows, columns = matrices.shape[1:]
        a, b, c = NEWTON_SCHULZ
        norms = np.sqrt(np.square(matrices).reshape(len(matrices), -1).sum(axis=1))
        scaled = matrices / np.maximum(norms, SMALLEST_NORM)[:, None, None]
        wide = scaled if rows <= columns else np.copy(scaled.swapaxes(1, 2), order="C")
        for _ in range(self.iterations):
            gram = wide @ wide.swapaxes(1, 2)
            wide = a * wide + (b * gram + c * (gram @ gram)) @ wide
        found = wide if rows <= columns else wide.swapaxes(1, 2)
        if self.rate_scale == "match_rms_adamw":
            return 0.2 * np.sqrt(max(rows, columns)) * found
        return np.sqrt(max(1.0, rows / columns)) * found
