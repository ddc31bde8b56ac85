"""Which rates a library's schedule gives, measured at a param.

Gradient descent with gradient 1 and rate 1 is run for `PLANNED` updates and some more. Names are
ids of our schedules; words behind them say what else was asked. Where a library raises an error
or stops, the rates end.

    python -m benchmarks.libraries.schedules.keras            # compares with what is kept
    python -m benchmarks.libraries.schedules.keras --write    # keeps
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from benchmarks.libraries.losses._probe import number, settle

PLANNED = 10
UPDATES = 16
"""Updates that are asked for: some after the last planned one."""
GAMMA, EVERY, FALL = 0.9, 4, 0.5
"""Of the exponential, and of the steps."""
FIRST, GROWTH, WARMUP, RISING = 4, 2, 3, 0.3
"""Of warm restarts, of a warm-up, of one cycle."""


def rates(update: Callable[[], Any], place: Callable[[], float]) -> list[Any]:
    """Steps downhill of a param, until an update raises an error."""
    found, before = [], place()
    for _ in range(UPDATES):
        try:
            update()
        except (ValueError, IndexError, RuntimeError) as error:
            return [*found, type(error).__name__]
        found.append(number(before - place()))
        before = place()
    return found


def probe(
    library: str,
    versions: Mapping[str, str],
    schedules: Mapping[str, Callable[[], list[Any]]],
    precision: str,
) -> None:
    """Ask every schedule; compare with what is kept, or keep it with ``--write``."""
    answers = {name: {"rates": ask()} for name, ask in schedules.items()}
    about = {"library": library, "version": next(iter(versions.values())).partition("+")[0]}
    about |= {"versions": dict(versions), "measured": date.today().isoformat()}
    settle("schedules", about | {"precision": precision}, answers)
