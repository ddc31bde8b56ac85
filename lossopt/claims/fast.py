"""One sample at a time takes little memory, and less time only up to a rough answer."""

from __future__ import annotations

from typing import final

from lossopt.claims._base import Claim
from lossopt.claims._ground import START, line
from lossopt.lessons._measure import steps_until
from lossopt.optimizers.gradient_descent import GradientDescent
from lossopt.sweeps import seed_bands
from lossopt.theory.gradient_noise import bytes_held
from lossopt.trajectories import descend

ROUGH, EXACT = 1.5, 1.0001
"""How often the lowest loss may be left over."""
PASSES = 30


@final
class Fast(Claim):
    """One sample at a time takes little memory, and less time only up to a rough answer.

    References
    ----------
    L. Bottou, O. Bousquet, "The Tradeoffs of Large Scale Learning", 2008.
    """

    order = 19
    part = "sgd"
    verdict = "misleading"

    def measured(self) -> dict[str, float]:
        risk, n = line(), line().n_samples
        lowest, rule = risk.minimum or 0.0, GradientDescent(learning_rate=0.05)
        bands = seed_bands(rule, risk, start=START, seeds=60, n_steps=PASSES * n, quantiles=(0.5,))
        whole = descend(GradientDescent(learning_rate=0.25), risk, start=START, n_steps=100).losses
        near = (bands.losses[:, -n:] < EXACT * lowest).mean()
        return {
            "rough": 100.0 * (ROUGH - 1.0),
            "exact": 100.0 * (EXACT - 1.0),
            "passes": PASSES,
            "sgd_rough": steps_until(bands.bands[0] < ROUGH * lowest),
            "batch_rough": n * steps_until(whole < ROUGH * lowest),
            "batch_exact": n * steps_until(whole < EXACT * lowest),
            "sgd_exact": 100.0 * near,
            "bytes_one": bytes_held(risk, 1),
            "bytes_all": bytes_held(risk, n),
        }

    def holds(self) -> bool:
        numbers = self.numbers
        return numbers["sgd_rough"] < numbers["batch_rough"] and numbers["sgd_exact"] < 5.0
