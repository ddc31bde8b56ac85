"""A mini-batch joins the advantages of both: less noise than one sample, less work than all."""

from __future__ import annotations

from itertools import pairwise
from typing import final

import numpy as np

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.theory.gradient_noise import gradient_variance, possible_gradients, sample_gradients


@final
class MiniBatch(Claim):
    """A mini-batch joins the advantages of both: less noise than one sample, less work than all.

    References
    ----------
    S. McCandlish, J. Kaplan, D. Amodei, "An Empirical Model of Large-Batch Training", 2018.
    """

    order = 20
    part = "sgd"
    verdict = "right"
    shown = (
        "lab?problem=line&runs=batch-mini_batch-sgd&line.start=3.9_2.3&batch.learning_rate=0.1"
        "&mini_batch.learning_rate=0.1&sgd.learning_rate=0.1&run.n_steps=200&axis=gradients"
    )

    def measured(self) -> dict[str, float]:
        risk, point = line(), np.array(START)
        single, full = sample_gradients(risk, point), risk.gradient(point)
        numbers = {"draws": 4000.0}
        for size in (1, 4, 16, 64):
            drawn = possible_gradients(single, size, 4000)
            off = np.sqrt(np.square(drawn - full).sum(axis=-1).mean())
            numbers[f"noise_{size}"] = 100.0 * float(off) / float(np.linalg.norm(full))
            stated = np.sqrt(gradient_variance(single, size))
            numbers[f"formula_{size}"] = 100.0 * float(stated) / float(np.linalg.norm(full))
        return numbers

    def holds(self) -> bool:
        noise = [self.numbers[f"noise_{size}"] for size in (1, 4, 16, 64)]
        return all(0.2 < less / more < 0.55 for more, less in pairwise(noise))
