"""From the stage to the link: what a hand does there becomes settings of the page."""

from __future__ import annotations

import dataclasses

from lossopt.figures.messages import Options, Start
from lossopt.figures.scene import Contestant
from lossopt.landscapes.surfaces import falls_below_zero
from lossopt.objectives import Objective
from pages.ui.controls.starts import numbers_text
from pages.ui.frame.component import heard, pointed
from pages.ui.frame.link import Link, one_of
from pages.ui.frame.memory import Memory
from pages.ui.runs.cache import Picture
from pages.ui.runs.race import Race

VIEW = {
    "view": ("2d", "3d"),
    "scale": ("log", "linear"),
    "axis": ("steps", "epochs", "gradients"),
    "follow": ("0", "1"),
    "speed": ("1", "0.25", "0.5", "2", "4", "8"),
    "loop": ("0", "1"),
}
"""View options in the link: accepted values, the default first."""


@dataclasses.dataclass(frozen=True)
class Drawn:
    """What a stage shows."""

    picture: Picture
    race: Race
    goal: Objective
    contestants: tuple[Contestant, ...]


DRAWN: Memory[Drawn] = Memory("drawn")
"""What is drawn on every stage, by its name."""


def view_options(link: Link, goal: Objective | None = None, **usual: str) -> Options:
    """View options of the link, as the stage takes them; `usual` replaces defaults.

    Negative losses of `goal` are at first drawn on a linear scale.
    """
    if goal and falls_below_zero(goal):
        usual = {"scale": "linear", **usual}
    defaults = {name: options[0] for name, options in VIEW.items()} | usual
    chosen = {
        name: link.read(name, defaults[name], one_of(options)) for name, options in VIEW.items()
    }
    for name, text in chosen.items():
        link.write(name, text, defaults[name])
    return Options(
        view=chosen["view"],
        scale=chosen["scale"],
        axis=chosen["axis"],
        follow=chosen["follow"] == "1",
        speed=float(chosen["speed"]),
        loop=chosen["loop"] == "1",
        autoplay=True,
    )


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
    drawn = DRAWN.of(key)
    if clicked is None or drawn is None:
        return None
    shown = drawn.picture
    if len(clicked.params or ()) == shown.plane.origin.size:
        return list(clicked.params or ())  # to the bit what the browser has run
    return [pointed(number) for number in shown.plane.at(clicked.x, clicked.y)]


def move_start(link: Link, name: str, key: str) -> None:
    """Put the point that was clicked on the stage with this key into the link, as this setting."""
    if params := picked_start(key):
        link.put(name, numbers_text(params, "_"))
