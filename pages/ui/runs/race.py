"""What a race is: who descends what, from where and for how long, and what of it is drawn."""

from __future__ import annotations

import dataclasses

from lossopt.comparisons import stopped
from lossopt.entries import Entry
from lossopt.landscapes.slices import Slice, slice_box, slice_plane
from lossopt.landscapes.surfaces import Box, Plane, axis_plane, drawn_box, pca_plane
from lossopt.objectives import Objective
from lossopt.trajectories import Trajectory, descend


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


def runs_of(race: Race, objective: Objective) -> list[Trajectory]:
    """Let the entries of a race descend."""
    runs = descend(
        list(race.entries), objective, start=race.start, n_steps=race.n_steps, seed=race.seed
    )
    if race.limits:
        return [stopped(run, limit) for run, limit in zip(runs, race.limits, strict=True)]
    return runs


def plane_of(race: Race, objective: Objective, runs: list[Trajectory]) -> tuple[Plane, Box]:
    """The plane that shows a race, and the region of it."""
    if race.slice:
        plane = slice_plane(race.slice, objective, runs, seed=race.slice_seed)
        return plane, slice_box(race.slice, plane, runs)
    plane = axis_plane(objective, *race.axes) if race.axes else pca_plane(objective, runs)
    return plane, drawn_box(objective, plane, runs, axes=race.axes, follow=race.follow)
