"""PaddlePaddle's schedulers, stepped after every update: ``pip install paddlepaddle==3.3.1``."""

from __future__ import annotations

import paddle
from paddle.optimizer import lr

from benchmarks.libraries.schedules._probe import (
    EVERY,
    FALL,
    FIRST,
    GAMMA,
    GROWTH,
    PLANNED,
    RISING,
    WARMUP,
    probe,
    rates,
)


def asked(make, *given, **settings):
    """Steps of plain gradient descent under a scheduler."""

    def ask():
        weight = paddle.create_parameter([1], "float64", default_initializer=zero)
        scheduler, ready = make(*given, **settings), [True]
        optimizer = paddle.optimizer.SGD(scheduler, parameters=[weight])

        def update():
            if not ready[0]:
                scheduler.step()
            ready[0] = False
            weight.sum().backward()
            optimizer.step()
            optimizer.clear_grad()

        return rates(update, weight.item)

    return ask


def warmed(after):
    return lr.LinearWarmup(after, WARMUP, 0.0, 1.0)


zero = paddle.nn.initializer.Constant(0.0)
SCHEDULES = {
    "step": asked(lr.StepDecay, 1.0, EVERY, FALL),
    "boundaries": asked(lr.MultiStepDecay, 1.0, [4, 8], FALL),
    "exponential": asked(lr.ExponentialDecay, 1.0, GAMMA),
    "linear": asked(lr.LinearLR, 1.0, PLANNED, start_factor=1.0, end_factor=0.0),
    "cosine": asked(lr.CosineAnnealingDecay, 1.0, PLANNED),
    "warm_restarts": asked(lr.CosineAnnealingWarmRestarts, 1.0, FIRST, GROWTH),
    "one_cycle": asked(lr.OneCycleLR, 1.0, PLANNED, phase_pct=RISING),
    "one_cycle linear": asked(
        lr.OneCycleLR, 1.0, PLANNED, phase_pct=RISING, anneal_strategy="linear"
    ),
    "constant warmup": asked(lambda: warmed(1.0)),
    "cosine warmup": asked(lambda: warmed(lr.CosineAnnealingDecay(1.0, PLANNED - WARMUP))),
}

if __name__ == "__main__":
    paddle.set_device("cpu")
    probe("paddle", {"paddlepaddle": paddle.__version__}, SCHEDULES, "float64")
