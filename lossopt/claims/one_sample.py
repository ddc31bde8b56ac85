"""One random sample costs far less than all, and its gradient is right on average."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.theory.gradient_noise import multiply_adds, sample_gradients


@final
class OneSample(Claim):
    """One random sample costs far less than all, and its gradient is right on average.

    References
    ----------
    H. Robbins, S. Monro, "A Stochastic Approximation Method", 1951.
    """

    order = 17
    part = "sgd"
    verdict = "right"
    shown = "batches?watch=sgd"

    def measured(self) -> dict[str, float]:
        risk, point = line(), np.array(START)
        single, full = sample_gradients(risk, point), risk.gradient(point)
        apart = np.linalg.norm(single - full, axis=1) / np.linalg.norm(full)
        return {
            "n": risk.n_samples,
            "work_one": multiply_adds(risk, 1),
            "work_all": multiply_adds(risk, risk.n_samples),
            "mean_off": np.abs(single.mean(axis=0) / full - 1.0).max(),
            "one_off": 100.0 * np.sqrt(np.square(apart).mean()),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["work_all"] > 50.0 * numbers["work_one"] and numbers["mean_off"] < 1e-12
