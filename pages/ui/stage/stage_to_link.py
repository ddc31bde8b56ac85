"""From the stage to the link: what a hand does there becomes settings of the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from lossopt.figures.messages import Options, Scene, Start
from lossopt.figures.scene import Contestant
from lossopt.landscapes.surfaces import Box, Plane, usual_box
from lossopt.links.picture import Picture
from lossopt.links.race import Race
from lossopt.links.starts import FARTHEST, numbers_text, pointed
from lossopt.links.views import VIEW
from lossopt.objectives import Objective
from pages.ui.frame.component import heard
from pages.ui.frame.link import Link
from pages.ui.frame.memory import Memory
from pages.ui.runs.cache import picture, whole_picture

Pack = Callable[[Race, tuple[Contestant, ...], Picture], Scene]
EVERYWHERE = ((-FARTHEST, FARTHEST), (-FARTHEST, FARTHEST))


class Staged:
    """What a stage shows.

    Parameters
    ----------
    goal : Objective
    race : Race
    contestants : tuple of Contestant
    picture : Picture
        Of the race.
    pack : callable
        Makes the scene of such a race.
    """

    def __init__(
        self,
        goal: Objective,
        race: Race,
        contestants: tuple[Contestant, ...],
        picture: Picture,
        pack: Pack,
    ) -> None:
        self.goal, self.race, self.contestants, self.picture = goal, race, contestants, picture
        self._pack, self._scene = pack, pack(race, contestants, picture)
        self.options = self._scene.options

    def follow(self, race: Race, contestants: tuple[Contestant, ...]) -> None:
        """Take over another race, which the stage runs by itself."""
        self.race, self.contestants = race, contestants
        self._scene = None

    @property
    def follows(self) -> bool:
        """Whether the stage itself finds the plane and the region of the paths, or these stay."""
        return self.race.keeps_its_ground or self._finds_its_plane

    @property
    def _finds_its_plane(self) -> bool:
        return self.picture.scene.surface is None

    @property
    def free_box(self) -> Box | None:
        """Where another start changes nothing that the page has sent."""
        if self._finds_its_plane:
            return EVERYWHERE
        if not self.race.keeps_its_ground or self.goal.n_params > 2:
            return None
        assert self.race.axes
        box = usual_box(self.goal, *self.race.axes)
        return box if self._is_in(box, self.race.start) else None

    def is_free(self, start: Sequence[float]) -> bool:
        """Whether the same plane and region are drawn from this start."""
        box = self.free_box
        return box is not None and (self._finds_its_plane or self._is_in(box, start))

    def _is_in(self, box: Box, start: Sequence[float]) -> bool:
        (left, right), (low, high) = box
        x, y = self.picture.plane.project(start)
        return bool(left <= x <= right and low <= y <= high)

    def whole(self) -> tuple[Scene, Plane]:
        """All that the stage plays, run here, and the plane: for a page to keep."""
        shown = whole_picture(self.race, self.goal, self.contestants)
        scene = self._pack(self.race, self.contestants, shown)
        return dataclasses.replace(scene, options=self.options), shown.plane

    @property
    def scene(self) -> Scene:
        """All that the stage plays; made when it is asked for."""
        if self._scene is None:
            self.picture = picture(self.race, self.goal, self.contestants)
            self._scene = self._pack(self.race, self.contestants, self.picture)
        return dataclasses.replace(self._scene, options=self.options)


STAGED: Memory[Staged] = Memory("staged")
"""What every stage shows, by its name."""


def remember_view(link: Link, key: str) -> None:
    """Take over into the link what the person chose on the stage with this key."""
    options = heard(Options, "options", key)
    for name, accepted in VIEW.items() if options else ():
        value = getattr(options, name)
        text = value if isinstance(value, str) else f"{value:g}"
        if text in accepted:
            link.put(name, text)


def picked_start(key: str) -> list[float] | None:
    """Params of the point that was clicked on the stage with this key."""
    clicked = heard(Start, "start", key)
    staged = STAGED.of(key)
    if clicked is None or staged is None:
        return None
    shown = staged.picture
    if len(clicked.params or ()) == shown.plane.origin.size:
        return list(clicked.params or ())  # to the bit what the browser has run
    return [pointed(number) for number in shown.plane.at(clicked.x, clicked.y)]


def move_start(link: Link, name: str, key: str) -> None:
    """Put the point that was clicked on the stage with this key into the link, as this setting."""
    if params := picked_start(key):
        link.put(name, numbers_text(params, "_"))
