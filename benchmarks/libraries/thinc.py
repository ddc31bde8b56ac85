"""Thinc, spaCy's, without its clipping: ``pip install thinc==9.1.1``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import numpy as np
from thinc.api import SGD, Adam, RAdam
from thinc.schedules import Schedule

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Thinc optimizer whose learning rate is a schedule."""
    now, rate = {}, settings.get("learn_rate")
    if rate is not None:
        settings = {**settings, "learn_rate": Schedule("now", lambda *_, **__: now["rate"])}
    optimizer, weights = make(**settings), np.array(start, dtype="float32")

    def step(gradient, rate):
        nonlocal weights
        now["rate"] = rate
        weights, _ = optimizer((0, "w"), weights.copy(), np.array(gradient, dtype="float32"))
        optimizer.step_schedules()
        return weights

    return step


UNCLIPPED = {"grad_clip": 0.0}
OPTIMIZERS = {
    "gradient_descent": Asked(partial(SGD, **UNCLIPPED), "learn_rate", "L2", asks_rate=True),
    "adam": Asked(partial(Adam, **UNCLIPPED), "learn_rate", "L2", "float32 powers"),
    "radam": Asked(partial(RAdam, **UNCLIPPED), "learn_rate", "L2"),
}

if __name__ == "__main__":
    probe("thinc", {"thinc": version("thinc")}, begin, OPTIMIZERS, "float32")
