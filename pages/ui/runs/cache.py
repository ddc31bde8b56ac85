"""What is computed for a page, kept for the next one who asks for the same.

Streamlit hashes a dataclass by its class name and plain values, so that nested specs of different
classes collide. Every function therefore takes the specs' ``repr`` as its key and the specs
themselves as arguments that are not hashed (leading underscore).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import streamlit as st

from lossopt.comparisons import stopped, usual_rate
from lossopt.fans import Row
from lossopt.figures.anatomy import anatomy_overlays
from lossopt.figures.fan import fan_message
from lossopt.figures.messages import Descents, Extras, Grid, Sentence
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.figures.slices import Edge, edge_message, edge_of, slice_lines
from lossopt.landscapes.slices import Slice, hidden_slope, lowest_point, slice_box, slice_plane
from lossopt.landscapes.surfaces import (
    Box,
    Plane,
    Surface,
    axis_plane,
    drawn_box,
    evaluate_surface,
    movement_shown,
    pca_plane,
)
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.optimizers import Optimizer
from lossopt.schedules import SCHEDULES, Schedule
from lossopt.theory.diagnostics import excess_loss, largest_curvature
from lossopt.trajectories import Ending, Trajectory, descend

RESOLUTION, NETWORK_RESOLUTION = 100, 64
"""Points a side of a surface's grid."""


@dataclasses.dataclass(frozen=True)
class Race:
    """What decides a picture; its ``repr`` is the key of the cache.

    With `limits`, each run rests after so many steps of its own.
    """

    problem: str
    optimizers: tuple[Optimizer, ...]
    batch_sizes: tuple[int | None, ...]
    schedules: tuple[Schedule, ...]
    clip_norms: tuple[float | None, ...]
    averages: tuple[bool, ...]
    n_steps: int
    seed: int
    start: tuple[float, ...]
    axes: tuple[int, int] | None
    follow: bool
    limits: tuple[int, ...] = ()
    slice: Slice | None = None
    slice_seed: int = 0

    @classmethod
    def plain(
        cls,
        problem: str,
        optimizers: Sequence[Optimizer],
        *,
        batch_sizes: Sequence[int | None] | None = None,
        n_steps: int,
        seed: int = 0,
        start: tuple[float, ...],
        axes: tuple[int, int] | None = (0, 1),
        follow: bool = False,
    ) -> Race:
        """Race of bare rules: constant rates, nothing clipped or averaged, all samples per step."""
        every = range(len(optimizers))
        constant = next(iter(SCHEDULES.values()))()
        return cls(
            problem=problem,
            optimizers=tuple(optimizers),
            batch_sizes=tuple(batch_sizes or [None for _ in every]),
            schedules=tuple(constant for _ in every),
            clip_norms=tuple(None for _ in every),
            averages=tuple(False for _ in every),
            n_steps=n_steps,
            seed=seed,
            start=start,
            axes=axes,
            follow=follow,
        )


@dataclasses.dataclass(frozen=True)
class Picture:
    """What the page shows of a race."""

    scene: Descents
    plane: Plane
    diverged_at: tuple[int | None, ...]
    endings: tuple[Ending | None, ...]
    still: tuple[bool, ...]
    share: float


@st.cache_resource(max_entries=64, show_spinner=False)
def objective(key: str, _make: Any) -> Objective:
    """Keep an objective, with its data and its minimizer."""
    made: Objective = _make()
    return made


@st.cache_data(max_entries=256, show_spinner=False)
def curvature(key: str, _objective: Objective) -> float:
    """Largest curvature at the minimizer or the best point known."""
    return largest_curvature(_objective)


@st.cache_data(max_entries=1024, show_spinner=False)
def rate_for(key: str, _rule: Optimizer, _batch_size: int | None, _objective: Objective) -> float:
    """Learning rate with which a rule descends an objective."""
    return usual_rate(_rule, _objective, batch_size=_batch_size)


@st.cache_data(max_entries=128, show_spinner=False)
def picture(
    key: str, _race: Race, _objective: Objective, _contestants: tuple[Contestant, ...]
) -> Picture:
    """Run a race and pack it for the stage."""
    race, runs = _race, _paths(_race, _objective)
    plane, bounds = _drawn(race, _objective, runs)
    where = _place(race, plane, bounds)
    ground = surface(where, plane, bounds, _objective)
    scene = stage_scene(_objective, plane, runs, _contestants, ground, race.limits)
    ends = tuple(run.lost_at for run in runs)
    endings = tuple(run.ending for run in runs)
    still = tuple(bool((run.iterates == run.iterates[0]).all()) for run in runs)
    return Picture(scene, plane, ends, endings, still, movement_shown(plane, runs))


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept_runs(key: str, _race: Race, _objective: Objective) -> list[Trajectory]:
    return runs_of(_race, _objective)


def _paths(race: Race, objective: Objective) -> list[Trajectory]:
    """Runs that are drawn on one slice after the other: the same for all of them."""
    bare = dataclasses.replace(race, slice=None, slice_seed=0)
    return _kept_runs(repr(bare), bare, objective) if race.slice else runs_of(race, objective)


def _place(race: Race, plane: Plane, bounds: Box) -> str:
    return repr((race.problem, plane.origin.tolist(), plane.directions.tolist(), bounds))


def _drawn(race: Race, objective: Objective, runs: list[Trajectory]) -> tuple[Plane, Box]:
    """The plane that shows a race, and the region of it."""
    if race.slice:
        plane = slice_plane(race.slice, objective, runs, seed=race.slice_seed)
        return plane, slice_box(race.slice, plane, runs)
    plane = axis_plane(objective, *race.axes) if race.axes else pca_plane(objective, runs)
    return plane, drawn_box(objective, plane, runs, axes=race.axes, follow=race.follow)


@st.cache_data(max_entries=16, show_spinner=False)
def fan_picture(
    key: str, _rows: list[Row], _race: Race, _objective: Objective, _plane: Plane
) -> dict[str, Any]:
    """Run a race at every value of a dial and pack it for the stage."""
    runs = _descend(_race, _rows, _objective)
    size = len(_race.optimizers)
    by_value = [runs[k : k + size] for k in range(0, len(runs), size)]
    return fan_message(_objective, _plane, by_value)


def runs_of(race: Race, objective: Objective) -> list[Trajectory]:
    """Let the optimizers of a race descend."""
    return _descend(race, [race.optimizers], objective)


def _descend(race: Race, rows: list[Row], objective: Objective) -> list[Trajectory]:
    """Run a race once for each row of optimizers, all in one batch."""
    each = len(rows)
    runs = descend(
        [rule for row in rows for rule in row],
        objective,
        start=race.start,
        n_steps=race.n_steps,
        batch_size=[size for _ in range(each) for size in race.batch_sizes],
        seed=race.seed,
        schedule=[plan for _ in range(each) for plan in race.schedules],
        clip_norm=[norm for _ in range(each) for norm in race.clip_norms],
        average=[average for _ in range(each) for average in race.averages],
    )
    if race.limits:
        limits = cycle(race.limits)
        return [stopped(run, limit) for run, limit in zip(runs, limits, strict=False)]
    return runs


@st.cache_data(max_entries=64, show_spinner=False)
def surface(key: str, _plane: Plane, _bounds: Box, _objective: Objective) -> Grid:
    """Evaluate and pack a surface."""
    return surface_message(grid(key, _plane, _bounds, _objective), _objective.minimum)


@st.cache_resource(max_entries=32, show_spinner=False)
def grid(key: str, _plane: Plane, _bounds: Box, _objective: Objective) -> Surface:
    """Evaluate a surface, more coarsely where a network has to be run for every point."""
    network = isinstance(_objective, EmpiricalRisk) and not isinstance(
        _objective.model, LinearInParams
    )
    resolution = NETWORK_RESOLUTION if network else RESOLUTION
    return evaluate_surface(_objective, plane=_plane, bounds=_bounds, resolution=resolution)


@st.cache_data(max_entries=128, show_spinner=False)
def outcome(key: str, _race: Race, _objective: Objective) -> tuple[float, ...]:
    """Run a race and tell how far above the minimum every run ends."""
    return tuple(excess_loss(_objective, run) for run in runs_of(_race, _objective))


@st.cache_data(max_entries=64, show_spinner=False)
def dissection(key: str, _race: Race, _head: str, _objective: Objective) -> Extras:
    """Take the steps of a race's only optimizer apart."""
    race = _race
    return anatomy_overlays(race.optimizers[0], _objective, race.start, race.n_steps, _head)


@st.cache_data(max_entries=64, show_spinner=False)
def edges_of(key: str, _race: Race, _objective: Objective) -> tuple[Edge | None, ...]:
    """Measure the edge of stability of every run of a race."""
    runs = _paths(_race, _objective)
    rules = _race.optimizers
    return tuple(edge_of(rule, _objective, run) for rule, run in zip(rules, runs, strict=True))


@st.cache_data(max_entries=64, show_spinner=False)
def edge_picture(
    key: str,
    _edges: tuple[Edge | None, ...],
    _contestants: tuple[Contestant, ...],
    _last_step: int,
) -> dict[str, Any]:
    """Pack the edges of stability for their chart."""
    return edge_message(_edges, _contestants, _last_step)


@st.cache_data(max_entries=64, show_spinner=False)
def slice_facts(
    key: str,
    _race: Race,
    _objective: Objective,
    _edges: tuple[Edge | None, ...],
    _texts: tuple[tuple[str, str, str], ...],
    _head: str,
) -> tuple[Sentence, ...]:
    """What a slice hides of the runs of a race, as lines for the stage."""
    runs = _paths(_race, _objective)
    plane, _ = _drawn(_race, _objective, runs)
    return slice_lines(_objective, plane, runs, _edges, _texts, _head)


@st.cache_data(max_entries=64, show_spinner=False)
def lowest_of(key: str, _race: Race, _objective: Objective) -> tuple[float, float]:
    """Loss, and slope across the slice that shows a race, at the lowest point of the slice."""
    plane, bounds = _drawn(_race, _objective, _paths(_race, _objective))
    where = _place(_race, plane, bounds)
    point = lowest_point(grid(where, plane, bounds, _objective))
    return float(_objective.value(point)), hidden_slope(_objective, plane, point)
