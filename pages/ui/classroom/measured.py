"""Answers measured by running what is asked for, kept for the next class that asks the same."""

from __future__ import annotations

from lossopt.entries import Entry
from lossopt.landscapes.surfaces import Box, Plane
from lossopt.links.race import Race, ground_of
from lossopt.objectives import Objective
from lossopt.sweeps import Basins, basins
from lossopt.sweeps.limits import largest_rate
from lossopt.sweeps.maps import affordable_map_steps
from pages.ui.frame.result_cache import kept

SIDE, STARTS = 48, 2304
"""Starts along each side of a region, and in all."""


def limit_of_run(race: Race, goal: Objective, k: int) -> tuple[float, float] | None:
    """Largest learning rate with which a run of a race ends lower than it starts, and one above."""
    return _limit(race.entries[k], race.n_steps, race.start, race.seed, goal)


@kept(256)
def _limit(
    entry: Entry, n_steps: int, start: tuple[float, ...], seed: int, goal: Objective
) -> tuple[float, float] | None:
    if not entry.is_plain or affordable_map_steps(goal, 100) < n_steps:
        return None
    return largest_rate(entry, goal, start=start, n_steps=n_steps, seed=seed)


def basins_of_run(race: Race, goal: Objective, k: int) -> Basins:
    """Where a run of a race ends from every start of its region."""
    plane, region = ground_of(race, goal)
    return _basins(race.entries[k], race.n_steps, race.seed, plane, region, goal)


@kept(32, shared=True)
def _basins(
    entry: Entry, n_steps: int, seed: int, plane: Plane, region: Box, goal: Objective
) -> Basins:
    steps = min(n_steps, affordable_map_steps(goal, STARTS))
    return basins(
        entry, goal, plane=plane, bounds=region, resolution=SIDE, n_steps=steps, seed=seed
    )
