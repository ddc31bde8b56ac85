"""MLX's schedules on a CPU: ``pip install "mlx[cpu]==0.32.4"``."""

from __future__ import annotations

from importlib.metadata import version

import mlx.core as mx
import mlx.optimizers as optim

from benchmarks.libraries.schedules._probe import (
    EVERY,
    FALL,
    GAMMA,
    PLANNED,
    WARMUP,
    probe,
    rates,
)


def asked(schedule):
    """Steps of plain gradient descent under a schedule."""

    def ask():
        optimizer, now = optim.SGD(schedule), {"w": mx.zeros(1)}

        def update():
            now.update(optimizer.apply_gradients({"w": mx.ones(1)}, now))
            mx.eval(now)

        def place():
            return now["w"].item()

        return rates(update, place)

    return ask


rise = optim.linear_schedule(0.0, 1.0, WARMUP)
fall = optim.cosine_decay(1.0, PLANNED - WARMUP)
SCHEDULES = {
    "step": asked(optim.step_decay(1.0, FALL, EVERY)),
    "exponential": asked(optim.exponential_decay(1.0, GAMMA)),
    "linear": asked(optim.linear_schedule(1.0, 0.0, PLANNED)),
    "cosine": asked(optim.cosine_decay(1.0, PLANNED)),
    "constant warmup": asked(rise),
    "cosine warmup": asked(optim.join_schedules([rise, fall], [WARMUP])),
}

if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    probe("mlx", {"mlx": version("mlx")}, SCHEDULES, "float32")
