"""How the benchmarks measure: alternating, medians of ratios, peak memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

ROUNDS = 7
LONG = 0.5
"""Seconds from which on a call is measured once, time and memory together."""

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(fast: Work, plain: Work, rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of `fast`, and median of plain/fast over alternating rounds.

    `fast` goes several times per round, and the middle one counts: once is too short to trust.
    """
    fast()
    repeats = int(np.clip(0.01 / seconds(fast), 1, 50))
    pairs = [
        (float(np.median([seconds(fast) for _ in range(repeats)])), seconds(plain))
        for _ in range(rounds)
    ]
    return (
        float(np.median([quick for quick, _ in pairs])),
        float(np.median([slow / quick for quick, slow in pairs])),
    )


def report(what: str, measured: tuple[float, float], target: float | None) -> None:
    """Print one ratio beside its target."""
    spent, times = measured
    wanted = "" if target is None else f"   (target {target:g} ×)"
    print(f"  {what:50s} {1e3 * spent:9.2f} ms   {times:7.1f} ×{wanted}", flush=True)


def grown(what: str, work: Work) -> None:
    """Print the seconds of one call and its peak memory."""
    tracemalloc.start()
    spent = seconds(work)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if spent < LONG:
        spent = seconds(work)
    print(f"  {what:50s} {spent:9.4f} s   {peak / 2**20:8.1f} MiB", flush=True)
