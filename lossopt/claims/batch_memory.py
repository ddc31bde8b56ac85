"""All data at once need much memory; the same gradient in pieces does not."""

from __future__ import annotations

from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import peak_bytes
from lossopt.datasets.overlapping import Overlapping
from lossopt.losses.binary_cross_entropy import BinaryCrossEntropy
from lossopt.models.logistic import Logistic
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array

SAMPLES, PIECE = 100_000, 1000


@final
class BatchMemory(Claim):
    """All data at once need much memory; the same gradient in pieces does not."""

    order = 16
    part = "batch"
    verdict = "misleading"

    def measured(self) -> dict[str, float]:
        data = Overlapping(n_samples=1000).make()
        risk = EmpiricalRisk(data, Logistic(), BinaryCrossEntropy())
        every = np.arange(SAMPLES) % risk.n_samples
        params = np.array([0.3, -0.2, 0.1])

        def at_once() -> Array:
            return risk.gradient(params, every)

        def in_pieces() -> Array:
            total = np.zeros(3)
            for first in range(0, SAMPLES, PIECE):
                total += PIECE * risk.gradient(params, every[first : first + PIECE])
            return total / SAMPLES

        whole, parts = at_once(), in_pieces()
        return {
            "samples": SAMPLES,
            "piece": PIECE,
            "whole_kilobytes": peak_bytes(at_once) / 1000.0,
            "pieces_kilobytes": peak_bytes(in_pieces) / 1000.0,
            "difference": np.abs(parts / whole - 1.0).max(),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        smaller = 20.0 * numbers["pieces_kilobytes"] < numbers["whole_kilobytes"]
        return smaller and numbers["difference"] < 1e-9
