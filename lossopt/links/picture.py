"""What is drawn of a race: its runs on a surface."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from lossopt.figures.messages import Descents, Grid
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import Box, Plane, evaluate_surface, movement_shown
from lossopt.links.race import Race, plane_of
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.trajectories import Trajectory

RESOLUTION, NETWORK_RESOLUTION = 100, 64
"""Points a side of a surface's grid."""


@dataclasses.dataclass(frozen=True)
class Picture:
    """What the page shows of a race.

    Attributes
    ----------
    scene : Descents
    plane : Plane
    share : float or None
        Of the movement that the plane shows; None where the browser makes the runs.
    """

    scene: Descents
    plane: Plane
    share: float | None


def side_of(objective: Objective) -> int:
    """Points along each side of a surface."""
    return NETWORK_RESOLUTION if is_network(objective) else RESOLUTION


def is_network(objective: Objective) -> bool:
    """Whether a network has to be run for every loss."""
    if not isinstance(objective, EmpiricalRisk):
        return False
    return not isinstance(objective.model, LinearInParams)


def ground_of(plane: Plane, bounds: Box, objective: Objective) -> Grid:
    """The surface of a region, more coarsely where a network has to be run for every point."""
    side = side_of(objective)
    surface = evaluate_surface(objective, plane=plane, bounds=bounds, resolution=side)
    return surface_message(surface, objective.minimum)


def picture_of(
    race: Race,
    objective: Objective,
    contestants: tuple[Contestant, ...],
    runs: list[Trajectory],
    ground: Callable[[Plane, Box, Objective], Grid] = ground_of,
) -> Picture:
    """Draw a race with all that a page without a server needs.

    Parameters
    ----------
    race : Race
    objective : Objective
    contestants : tuple of Contestant
    runs : list of Trajectory
        Of the race.
    ground : callable, optional
        Evaluates the surface; a page has those that it keeps.
    """
    plane, bounds = plane_of(race, objective, runs)
    scene = stage_scene(objective, plane, runs, contestants, ground(plane, bounds, objective))
    return Picture(scene, plane, movement_shown(plane, runs))
