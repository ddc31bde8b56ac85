"""PyTorch's schedulers, stepped after every update: ``pip install torch==2.13.0``."""

from __future__ import annotations

import warnings
from functools import partial

import torch
from torch.optim import lr_scheduler as lr

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

warnings.simplefilter("ignore")


def asked(make):
    """Steps of plain gradient descent under a scheduler."""

    def ask():
        weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=1.0)
        scheduler, ready = make(optimizer), [True]

        def update():
            if not ready[0]:
                scheduler.step()
            ready[0] = False
            weight.grad = torch.ones(1, dtype=torch.float64)
            optimizer.step()

        return rates(update, weight.item)

    return ask


def warmed(optimizer, after):
    rise = lr.LinearLR(optimizer, start_factor=1 / WARMUP, total_iters=WARMUP - 1)
    return lr.SequentialLR(optimizer, [rise, after(optimizer)], [WARMUP])


def chained(optimizer):
    rise = lr.LinearLR(optimizer, start_factor=1 / WARMUP, total_iters=WARMUP - 1)
    return lr.ChainedScheduler([rise, lr.CosineAnnealingLR(optimizer, PLANNED)])


one_cycle = partial(lr.OneCycleLR, max_lr=1.0, total_steps=PLANNED, pct_start=RISING)
SCHEDULES = {
    "step": asked(partial(lr.StepLR, step_size=EVERY, gamma=FALL)),
    "boundaries": asked(partial(lr.MultiStepLR, milestones=[4, 8], gamma=FALL)),
    "exponential": asked(partial(lr.ExponentialLR, gamma=GAMMA)),
    "linear": asked(partial(lr.LinearLR, start_factor=1.0, end_factor=0.0, total_iters=PLANNED)),
    "cosine": asked(partial(lr.CosineAnnealingLR, T_max=PLANNED)),
    "warm_restarts": asked(partial(lr.CosineAnnealingWarmRestarts, T_0=FIRST, T_mult=GROWTH)),
    "one_cycle": asked(partial(one_cycle, cycle_momentum=False)),
    "one_cycle default": asked(one_cycle),
    "one_cycle linear": asked(partial(one_cycle, cycle_momentum=False, anneal_strategy="linear")),
    "constant warmup": asked(partial(lr.LinearLR, start_factor=1 / WARMUP, total_iters=WARMUP - 1)),
    "constant warmup default": asked(partial(lr.LinearLR, total_iters=WARMUP)),
    "cosine warmup": asked(
        partial(warmed, after=partial(lr.CosineAnnealingLR, T_max=PLANNED - WARMUP))
    ),
    "cosine warmup chained": asked(chained),
}

if __name__ == "__main__":
    probe("pytorch", {"torch": torch.__version__}, SCHEDULES, "float64")
