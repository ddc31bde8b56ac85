"""What is computed for a page, kept for the next one who asks for the same."""

from __future__ import annotations

import dataclasses
from typing import TypeVar

from lossopt.comparisons import usual_rate
from lossopt.datasets import Dataset, DatasetSpec
from lossopt.entries import Entry
from lossopt.figures.anatomy import anatomy_overlays
from lossopt.figures.live import live_message, principal_message
from lossopt.figures.messages import Edges, Extras, Grid, Sentence
from lossopt.figures.scene import MAX_PARAMS, Contestant, stage_scene, surface_message
from lossopt.figures.slices import Edge, edge_message, edge_of, slice_lines
from lossopt.landscapes.slices import hidden_slope, lowest_point
from lossopt.landscapes.surfaces import (
    PRINCIPAL,
    Box,
    Plane,
    Surface,
    axis_plane,
    evaluate_surface,
    movement_shown,
)
from lossopt.links.picture import Picture, picture_of, side_of
from lossopt.links.race import Race, ground_of, plan_of, plane_of, runs_of
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.theory.diagnostics import excess_loss, largest_curvature, largest_stable_learning_rate
from lossopt.trajectories import Planned, Trajectory
from pages.ui.frame.result_cache import kept

Goal = TypeVar("Goal", bound=Objective)
MOST_SAMPLES = 2000
"""Of which a browser sums the losses for every point of a surface."""


@kept(64, shared=True)
def objective(given: Goal) -> Goal:
    """One objective for all who have an equal one, with its data and its minimizer."""
    return given


@kept(32, shared=True)
def made(data: DatasetSpec) -> Dataset:
    """Keep the samples of a dataset."""
    return data.make()


@kept(256)
def curvature(objective: Objective) -> float:
    """Largest curvature at the minimizer or the best point known."""
    return largest_curvature(objective)


@kept(1024)
def stable_rate(optimizer: Optimizer, objective: Objective) -> float | None:
    """Largest learning rate with which a rule stays near the minimizer."""
    return largest_stable_learning_rate(optimizer, objective)


@kept(1024)
def rate_for(entry: Entry, objective: Objective) -> float:
    """Learning rate with which an entry descends an objective."""
    return usual_rate(entry, objective)


@kept(128)
def picture(race: Race, objective: Objective, contestants: tuple[Contestant, ...]) -> Picture:
    """Pack a race for the stage, and run what the browser does not run by itself."""
    if race.limits or race.slice:
        return _whole(race, objective, contestants)
    if race.keeps_its_ground:
        return _on_fixed_ground(race, objective, contestants)
    return _found_in_the_browser(race, objective, contestants) or _whole(
        race, objective, contestants
    )


@kept(8)
def whole_picture(race: Race, objective: Objective, contestants: tuple[Contestant, ...]) -> Picture:
    """Pack a race with all that a page to keep needs."""
    return _whole(race, objective, contestants)


def _whole(race: Race, objective: Objective, contestants: tuple[Contestant, ...]) -> Picture:
    return picture_of(race, objective, contestants, _paths(race, objective), surface)


def _on_fixed_ground(
    race: Race, objective: Objective, contestants: tuple[Contestant, ...]
) -> Picture:
    plane, bounds = ground_of(race, objective)
    runs: list[Trajectory | Planned] = [*plan_of(race, objective)]
    live = live_message(objective, plane, runs)
    here = [k for k in range(len(runs)) if live is None or live.runs[k] is None]
    made = runs_of(race.only(here), objective) if here else []
    for k, run in zip(here, made, strict=True):
        runs[k] = run
    ground = surface(plane, bounds, objective)
    scene = stage_scene(objective, plane, runs, contestants, ground, live)
    return Picture(scene, plane, movement_shown(plane, made) if len(made) == len(runs) else None)


def _found_in_the_browser(
    race: Race, objective: Objective, contestants: tuple[Contestant, ...]
) -> Picture | None:
    """The picture of runs that decide the plane, where the browser makes all of them."""
    if race.axes is not None or not 2 < objective.n_params <= MAX_PARAMS:
        return None
    if objective.n_samples > MOST_SAMPLES:
        return None
    unknown = axis_plane(objective)
    plane = dataclasses.replace(unknown, labels=PRINCIPAL)
    runs = plan_of(race, objective)
    live = live_message(objective, plane, runs)
    if live is None or not all(live.runs):
        return None
    live = dataclasses.replace(live, principal=principal_message(objective, side_of(objective)))
    return Picture(stage_scene(objective, plane, runs, contestants, None, live), plane, None)


@kept(8, shared=True)
def _kept_runs(race: Race, objective: Objective) -> list[Trajectory]:
    return runs_of(race, objective)


def _paths(race: Race, objective: Objective) -> list[Trajectory]:
    """Runs that are drawn on one slice after the other: the same for all of them."""
    return _kept_runs(race.paths, objective) if race.slice else runs_of(race, objective)


@kept(64)
def surface(plane: Plane, bounds: Box, objective: Objective) -> Grid:
    """Evaluate and pack a surface."""
    return surface_message(grid(plane, bounds, objective), objective.minimum)


@kept(32, shared=True)
def grid(plane: Plane, bounds: Box, objective: Objective) -> Surface:
    """Evaluate a surface, more coarsely where a network has to be run for every point."""
    return evaluate_surface(objective, plane=plane, bounds=bounds, resolution=side_of(objective))


@kept(128)
def outcome(race: Race, objective: Objective) -> tuple[float, ...]:
    """Run a race and tell how far above the minimum every run ends."""
    return tuple(excess_loss(objective, run) for run in runs_of(race, objective))


@kept(64)
def dissection(race: Race, head: str, objective: Objective) -> Extras:
    """Take the steps of a race's only optimizer apart."""
    return anatomy_overlays(race.entries[0].optimizer, objective, race.start, race.n_steps, head)


@kept(64)
def edges_of(race: Race, objective: Objective) -> tuple[Edge | None, ...]:
    """Measure the edge of stability of every run of a race."""
    runs = zip(race.entries, _paths(race, objective), strict=True)
    return tuple(edge_of(entry.optimizer, objective, run) for entry, run in runs)


@kept(64)
def edge_picture(
    edges: tuple[Edge | None, ...], contestants: tuple[Contestant, ...], last_step: int
) -> Edges:
    """Pack the edges of stability for their chart."""
    return edge_message(edges, contestants, last_step)


@kept(64)
def slice_facts(
    race: Race,
    objective: Objective,
    edges: tuple[Edge | None, ...],
    texts: tuple[tuple[str, str, str], ...],
    head: str,
) -> tuple[Sentence, ...]:
    """What a slice hides of the runs of a race, as lines for the stage."""
    runs = _paths(race, objective)
    plane, _ = plane_of(race, objective, runs)
    return slice_lines(objective, plane, runs, edges, texts, head)


@kept(64)
def lowest_of(race: Race, objective: Objective) -> tuple[float, float]:
    """Loss, and slope across the slice that shows a race, at the lowest point of the slice."""
    plane, bounds = plane_of(race, objective, _paths(race, objective))
    point = lowest_point(grid(plane, bounds, objective))
    return float(objective.value(point)), hidden_slope(objective, plane, point)
