"""Learning rates of a run as lines of NumPy."""

from __future__ import annotations

from collections.abc import Mapping

from lossopt.params import Array
from lossopt.registry import fields_of, id_of, is_shipped
from lossopt.schedules import Schedule

FORMULAS: Mapping[str, str] = {
    "constant": "factors = np.ones(n)",
    "cosine": "factors = {final} + {rest} * 0.5 * (1 + np.cos(np.pi * t / n))",
    "exponential": "factors = {gamma} ** t",
    "inverse_sqrt": "factors = 1 / np.sqrt(1 + t / {timescale})",
    "linear": "factors = 1 - {rest} * t / n",
    "step": "factors = {gamma} ** (t // {every})",
    "one_cycle": """top = {rising} * n - 1
start, end = 1 / {divisor}, 1e-4 / {divisor}
up = 1 + 0.5 * (start - 1) * (1 + np.cos(np.pi * np.minimum(t, top) / (top or 1)))
down = end + 0.5 * (1 - end) * (1 + np.cos(np.pi * (t - top) / (n - 1 - top)))
factors = np.where((t <= top) & (top > 0), up, np.where(t == top, 1.0, down))""",
    "warm_restarts": """since, length = [], {first}
while len(since) < n:
    since += [step / length for step in range(length)]
    length *= {growth}
factors = 0.5 * (1 + np.cos(np.pi * np.array(since[:n])))""",
}
"""Factor on the learning rate at steps t of n after the warm-up."""


def rates_code(schedule: Schedule, factors: Array, learning_rate: float, turned: str) -> str:
    """Lines that make ``rates``, the learning rate of every step.

    Parameters
    ----------
    schedule : Schedule
    factors : array (n_steps,)
        Its factors.
    learning_rate : float
    turned : str
        How the library writes an array made of ``factors``.
    """
    left = len(factors) - schedule.warmup
    if not is_shipped(schedule):
        lines = [f"factors = np.array({factors.tolist()})"]
    elif left < 1:
        end = float(schedule.factors(schedule.warmup)[-1])
        lines = [f"factors = {end!r} * np.arange(1, {len(factors) + 1}) / {schedule.warmup}"]
    else:
        values = fields_of(schedule)
        values["rest"] = repr(1.0 - values.get("final", 0.0))
        lines = [f"t, n = np.arange({float(left)!r}), {left}"]
        lines.append(FORMULAS[id_of(schedule)].format(**values))
        if schedule.warmup:
            lines.append(
                f"rising = factors[0] * np.arange(1, {schedule.warmup + 1}) / {schedule.warmup}\n"
                "factors = np.concatenate([rising, factors])  # warm-up"
            )
    return "\n".join([*lines, f"rates = {learning_rate!r} * {turned}"])
