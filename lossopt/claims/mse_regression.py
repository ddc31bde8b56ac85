"""The squared error is the loss of regression."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import squares
from lossopt.datasets.line import Line
from lossopt.datasets.line_outliers import LineOutliers
from lossopt.losses.mae import MAE
from lossopt.models.linear import Linear
from lossopt.objectives import EmpiricalRisk


@final
class MseRegression(Claim):
    """The squared error is the loss of regression, if no error is far larger than the others.

    References
    ----------
    P. J. Huber, "Robust Estimation of a Location Parameter", 1964.
    """

    order = 3
    part = "mse"
    verdict = "right_if"
    shown = "lab?problem=line_outliers&runs=batch&batch.learning_rate=0.2&run.n_steps=80"

    def measured(self) -> dict[str, float]:
        clean, spoiled = Line(), LineOutliers()
        absolute = EmpiricalRisk(spoiled, Linear(), MAE())
        return {
            "truth": 2.0,
            "outliers": 100.0 * spoiled.outliers,
            "clean": squares(clean).reference.params[0],
            "squared": squares(spoiled).reference.params[0],
            "absolute": absolute.reference.params[0],
        }

    def holds(self) -> bool:
        numbers = self.numbers
        off = {
            name: abs(numbers[name] - numbers["truth"]) for name in ("clean", "squared", "absolute")
        }
        return off["clean"] < 0.1 and off["absolute"] < 0.1 and off["squared"] > 0.5
