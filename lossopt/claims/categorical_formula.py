"""The mean of the logarithms of the true classes' probabilities, with the opposite sign."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.datasets import DATASETS
from lossopt.losses.categorical_cross_entropy import CategoricalCrossEntropy, softmax
from lossopt.models.softmax import Softmax
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.theory.loss_facts import ignorance
from lossopt.trajectories import descend


@final
class CategoricalFormula(Claim):
    """The mean of the logarithms of the true classes' probabilities, with the opposite sign."""

    order = 11
    part = "categorical"
    verdict = "right"
    formula = r"\mathrm{cost} = -\frac1n \sum_{i=1}^{n} \sum_{j=1}^{k} y_{ij} \log p_{ij}"
    shown = "lab?problem=three_blobs&runs=batch&batch.learning_rate=0.5&run.n_steps=100"

    def measured(self) -> dict[str, float]:
        risk = EmpiricalRisk(DATASETS["three_blobs"](), Softmax(), CategoricalCrossEntropy())
        run = descend(GradientDescent(learning_rate=0.5), risk, n_steps=100)
        W, b = run.iterates[-1][:6].reshape(2, 3), run.iterates[-1][6:]
        p = softmax(risk.dataset.X @ W + b)
        hot = np.eye(3)[risk.y.astype(int)]
        by_hand = -(hot * np.log(p)).sum(axis=1).mean()
        return {
            "classes": 3,
            "steps": 100,
            "first": run.losses[0],
            "ignorance": ignorance(3),
            "end_batch": run.losses[-1],
            "difference": abs(by_hand - run.losses[-1]),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        untrained = abs(numbers["first"] - numbers["ignorance"])
        return max(untrained, numbers["difference"]) < 1e-12
