"""What is computed for a page, kept for the next one who asks for the same.

Streamlit hashes a dataclass by its class name and plain values, so that nested specs of different
classes collide. Every function therefore takes the specs' ``repr`` as its key and the specs
themselves as arguments that are not hashed (leading underscore).
"""

from __future__ import annotations

import dataclasses
from typing import Any

import streamlit as st

from lossopt.comparisons import usual_rate
from lossopt.datasets import Dataset, DatasetSpec
from lossopt.entries import Entry
from lossopt.fans import Row
from lossopt.figures.anatomy import anatomy_overlays
from lossopt.figures.fan import fan_message
from lossopt.figures.messages import Descents, Extras, Grid, Sentence
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.figures.slices import Edge, edge_message, edge_of, slice_lines
from lossopt.landscapes.slices import hidden_slope, lowest_point
from lossopt.landscapes.surfaces import Box, Plane, Surface, evaluate_surface, movement_shown
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.theory.diagnostics import excess_loss, largest_curvature
from lossopt.trajectories import Ending, Trajectory
from pages.ui.runs.race import Race, plane_of, runs_of, runs_of_rows

RESOLUTION, NETWORK_RESOLUTION = 100, 64
"""Points a side of a surface's grid."""


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


@st.cache_resource(max_entries=32, show_spinner=False)
def made(key: str, _data: DatasetSpec) -> Dataset:
    """Keep the samples of a dataset."""
    return _data.make()


@st.cache_data(max_entries=256, show_spinner=False)
def curvature(key: str, _objective: Objective) -> float:
    """Largest curvature at the minimizer or the best point known."""
    return largest_curvature(_objective)


@st.cache_data(max_entries=1024, show_spinner=False)
def rate_for(key: str, _entry: Entry, _objective: Objective) -> float:
    """Learning rate with which an entry descends an objective."""
    return usual_rate(_entry, _objective)


@st.cache_data(max_entries=128, show_spinner=False)
def picture(
    key: str, _race: Race, _objective: Objective, _contestants: tuple[Contestant, ...]
) -> Picture:
    """Run a race and pack it for the stage."""
    race, runs = _race, _paths(_race, _objective)
    plane, bounds = plane_of(race, _objective, runs)
    where = _place(race, plane, bounds)
    ground = surface(where, plane, bounds, _objective)
    scene = stage_scene(_objective, plane, runs, _contestants, ground)
    ends = tuple(run.lost_at for run in runs)
    endings = tuple(run.ending for run in runs)
    still = tuple(bool((run.iterates == run.iterates[0]).all()) for run in runs)
    return Picture(scene, plane, ends, endings, still, movement_shown(plane, runs))


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept_runs(key: str, _race: Race, _objective: Objective) -> list[Trajectory]:
    return runs_of(_race, _objective)


def _paths(race: Race, objective: Objective) -> list[Trajectory]:
    """Runs that are drawn on one slice after the other: the same for all of them."""
    if race.slice is None:
        return runs_of(race, objective)
    return _kept_runs(repr(race.paths), race.paths, objective)


def _place(race: Race, plane: Plane, bounds: Box) -> str:
    return repr((race.problem, plane.origin.tolist(), plane.directions.tolist(), bounds))


@st.cache_data(max_entries=16, show_spinner=False)
def fan_picture(
    key: str, _rows: list[Row], _race: Race, _objective: Objective, _plane: Plane
) -> dict[str, Any]:
    """Run a race at every value of a dial and pack it for the stage."""
    runs = runs_of_rows(_race, _rows, _objective)
    size = len(_race.entries)
    by_value = [runs[k : k + size] for k in range(0, len(runs), size)]
    return fan_message(_objective, _plane, by_value)


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
    return anatomy_overlays(race.entries[0].optimizer, _objective, race.start, race.n_steps, _head)


@st.cache_data(max_entries=64, show_spinner=False)
def edges_of(key: str, _race: Race, _objective: Objective) -> tuple[Edge | None, ...]:
    """Measure the edge of stability of every run of a race."""
    runs = zip(_race.entries, _paths(_race, _objective), strict=True)
    return tuple(edge_of(entry.optimizer, _objective, run) for entry, run in runs)


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
    plane, _ = plane_of(_race, _objective, runs)
    return slice_lines(_objective, plane, runs, _edges, _texts, _head)


@st.cache_data(max_entries=64, show_spinner=False)
def lowest_of(key: str, _race: Race, _objective: Objective) -> tuple[float, float]:
    """Loss, and slope across the slice that shows a race, at the lowest point of the slice."""
    plane, bounds = plane_of(_race, _objective, _paths(_race, _objective))
    where = _place(_race, plane, bounds)
    point = lowest_point(grid(where, plane, bounds, _objective))
    return float(_objective.value(point)), hidden_slope(_objective, plane, point)
