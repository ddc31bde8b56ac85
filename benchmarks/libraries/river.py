"""River: ``pip install river==0.26.1``."""

from __future__ import annotations

from functools import partial

import river
from river import optim

from benchmarks.libraries._probe import Asked, probe


class Now(optim.base.Scheduler):
    """A learning rate that is told."""

    rate = 0.0

    def get(self, t):
        return self.rate


def begin(make, settings, start):
    """Step as River's linear models take it: look ahead where the rule does, then step."""
    now = Now()
    if "lr" in settings:
        settings = {**settings, "lr": now}
    optimizer, weights = make(**settings), dict(enumerate(map(float, start)))

    def step(gradient, rate):
        nonlocal weights
        now.rate = rate
        weights = optimizer.look_ahead(weights)
        weights = optimizer.step(weights, dict(enumerate(gradient)))
        return list(weights.values())

    return step


asked = partial(Asked, rate="lr", decay=None)
OPTIMIZERS = {
    "gradient_descent": asked(optim.SGD),
    "momentum": asked(optim.Momentum),
    "nesterov": asked(optim.NesterovMomentum),
    "adagrad": asked(optim.AdaGrad),
    "adadelta": Asked(optim.AdaDelta, None, None),
    "rmsprop": asked(optim.RMSProp),
    "adam": asked(optim.Adam),
    "adamax": asked(optim.AdaMax),
    "nadam": asked(optim.Nadam),
    "amsgrad": asked(optim.AMSGrad),
}

if __name__ == "__main__":
    probe("river", {"river": river.__version__}, begin, OPTIMIZERS)
