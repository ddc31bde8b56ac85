"""Optax's schedules: ``pip install optax==0.2.8 jax==0.10.2``."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import optax

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

jax.config.update("jax_enable_x64", True)


def asked(schedule):
    """Steps of plain gradient descent under a schedule."""

    def ask():
        optimizer = optax.sgd(schedule)
        now = {"params": jnp.zeros(1, dtype=jnp.float64)}
        now["state"] = optimizer.init(now["params"])

        def update():
            moves, now["state"] = optimizer.update(jnp.ones(1), now["state"], now["params"])
            now["params"] = optax.apply_updates(now["params"], moves)

        return rates(update, lambda: float(now["params"][0]))

    return ask


ROUNDS = [
    {"init_value": 1.0, "peak_value": 1.0, "decay_steps": FIRST * GROWTH**k, "warmup_steps": 0}
    for k in range(2)
]
SCHEDULES = {
    "step": asked(optax.exponential_decay(1.0, EVERY, FALL, staircase=True)),
    "boundaries": asked(optax.piecewise_constant_schedule(1.0, {4: FALL, 8: FALL})),
    "exponential": asked(optax.exponential_decay(1.0, 1, GAMMA)),
    "linear": asked(optax.linear_schedule(1.0, 0.0, PLANNED)),
    "cosine": asked(optax.cosine_decay_schedule(1.0, PLANNED)),
    "warm_restarts": asked(optax.sgdr_schedule(ROUNDS)),
    "one_cycle": asked(optax.cosine_onecycle_schedule(PLANNED, 1.0, RISING)),
    "one_cycle linear": asked(optax.linear_onecycle_schedule(PLANNED, 1.0, RISING)),
    "constant warmup": asked(optax.warmup_constant_schedule(0.0, 1.0, WARMUP)),
    "cosine warmup": asked(optax.warmup_cosine_decay_schedule(0.0, 1.0, WARMUP, PLANNED)),
}

if __name__ == "__main__":
    probe("optax", {"optax": optax.__version__, "jax": jax.__version__}, SCHEDULES, "float64")
