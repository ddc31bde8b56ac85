"""What a race is: who descends what, from where and for how long, and what of it is drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import combinations

from lossopt.comparisons import stopped
from lossopt.entries import Entry
from lossopt.landscapes.slices import Slice, slice_box, slice_plane
from lossopt.landscapes.surfaces import Box, Plane, axis_plane, drawn_box, fixed_box, pca_plane
from lossopt.links.contestants import Slot
from lossopt.links.rule import entry_of
from lossopt.links.settings import Settings
from lossopt.objectives import Objective
from lossopt.params import Spec, param
from lossopt.trajectories import Planned, Trajectory, affordable_steps, descend, planned

MAX_AXES = 40
"""Params that are offered as axes; of more, a menu of all pairs would be endless."""


@dataclasses.dataclass(frozen=True)
class SampleOrder(Spec):
    """The order in which samples are drawn, the same for all contestants."""

    name = "Sample order"

    batch_seed: int = param(0, "batch seed", 0, 9999)


@dataclasses.dataclass(frozen=True)
class RunChoice:
    """How long, in which order of samples, from where, and what is drawn."""

    n_steps: int
    seed: int
    start: tuple[float, ...]
    axes: tuple[int, int] | None


@dataclasses.dataclass(frozen=True)
class Race:
    """What decides a picture, besides what is descended.

    With `limits`, each run rests after so many steps of its own.
    """

    entries: tuple[Entry, ...]
    n_steps: int
    start: tuple[float, ...]
    seed: int = 0
    axes: tuple[int, int] | None = (0, 1)
    follow: bool = False
    limits: tuple[int, ...] = ()
    slice: Slice | None = None
    slice_seed: int = 0

    @property
    def paths(self) -> Race:
        """What decides the paths, whatever slice they are drawn on."""
        return dataclasses.replace(self, slice=None, slice_seed=0)

    @property
    def keeps_its_ground(self) -> bool:
        """Whether the same plane and region are drawn however the paths run."""
        return self.axes is not None and not (self.follow or self.slice)

    def only(self, which: Sequence[int]) -> Race:
        """The same race of some entries."""
        limits = tuple(self.limits[k] for k in which) if self.limits else ()
        return dataclasses.replace(
            self, entries=tuple(self.entries[k] for k in which), limits=limits
        )


def plan_of(race: Race, objective: Objective) -> list[Planned]:
    """What the entries of a race are to do."""
    return planned(race.entries, objective, start=race.start, n_steps=race.n_steps, seed=race.seed)


def runs_of(race: Race, objective: Objective) -> list[Trajectory]:
    """Let the entries of a race descend."""
    runs = descend(
        list(race.entries), objective, start=race.start, n_steps=race.n_steps, seed=race.seed
    )
    if race.limits:
        return [stopped(run, limit) for run, limit in zip(runs, race.limits, strict=True)]
    return runs


def ground_of(race: Race, objective: Objective) -> tuple[Plane, Box]:
    """The plane that shows a race that keeps its ground, and the region of it."""
    assert race.axes
    plane = axis_plane(objective, *race.axes)
    return plane, fixed_box(objective, plane, race.start, race.axes)


def plane_of(race: Race, objective: Objective, runs: list[Trajectory]) -> tuple[Plane, Box]:
    """The plane that shows a race, and the region of it."""
    if race.slice:
        plane = slice_plane(race.slice, objective, runs, seed=race.slice_seed)
        return plane, slice_box(race.slice, plane, runs)
    plane = axis_plane(objective, *race.axes) if race.axes else pca_plane(objective, runs)
    return plane, drawn_box(objective, plane, runs, axes=race.axes, follow=race.follow)


def pairs_of(goal: Objective) -> dict[str, tuple[int, int]]:
    """Pairs of params that a plane can show, by their names in a link.

    >>> from lossopt.objectives import OBJECTIVES
    >>> pairs_of(OBJECTIVES["booth"]())
    {'0-1': (0, 1)}
    """
    shown = range(min(len(goal.param_names), MAX_AXES))
    return {f"{i}-{j}": (i, j) for i, j in combinations(shown, 2)}


def race_of(
    link: Settings,
    slots: Sequence[Slot],
    goal: Objective,
    run: RunChoice,
    *,
    follow: bool = False,
    with_outside: bool = True,
) -> Race:
    """The race of these contestants with the settings of the link.

    Parameters
    ----------
    with_outside : bool
        Whether schedule, clipping and averaging act.
    """
    return Race(
        entries=tuple(entry_of(link, slot, goal, with_outside=with_outside) for slot in slots),
        n_steps=min(run.n_steps, affordable_steps(goal, len(slots))),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=follow,
    )
