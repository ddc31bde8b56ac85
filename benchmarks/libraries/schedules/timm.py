"""Schedulers of timm, one update an epoch: ``pip install timm==1.0.31 torch``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import torch
from timm import scheduler as given

from benchmarks.libraries.schedules._probe import (
    EVERY,
    FALL,
    FIRST,
    GROWTH,
    PLANNED,
    WARMUP,
    probe,
    rates,
)


def asked(make):
    """Steps of plain gradient descent under a scheduler, which is told the next epoch."""

    def ask():
        weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=1.0)
        scheduler, epoch = make(optimizer), [0]

        def update():
            if epoch[0]:
                scheduler.step(epoch[0])
            epoch[0] += 1
            weight.grad = torch.ones(1, dtype=torch.float64)
            optimizer.step()

        return rates(update, weight.item)

    return ask


warm = {"warmup_t": WARMUP, "warmup_lr_init": 0.0}
cosine = partial(given.CosineLRScheduler, t_initial=PLANNED)
SCHEDULES = {
    "step": asked(partial(given.StepLRScheduler, decay_t=EVERY, decay_rate=FALL)),
    "boundaries": asked(partial(given.MultiStepLRScheduler, decay_t=[4, 8], decay_rate=FALL)),
    "linear": asked(partial(given.PolyLRScheduler, t_initial=PLANNED, power=1.0)),
    "cosine": asked(cosine),
    "warm_restarts": asked(
        partial(cosine, t_initial=FIRST, cycle_mul=float(GROWTH), cycle_limit=9)
    ),
    "constant warmup": asked(partial(given.StepLRScheduler, decay_t=1000, decay_rate=1.0, **warm)),
    "cosine warmup": asked(partial(cosine, **warm)),
    "cosine warmup prefix": asked(partial(cosine, warmup_prefix=True, **warm)),
}

if __name__ == "__main__":
    versions = {"timm": version("timm"), "torch": torch.__version__}
    probe("timm", versions, SCHEDULES, "float64")
