"""How a stage is looked at, as a link says."""

from __future__ import annotations

from typing import Any

from lossopt.figures.messages import Options
from lossopt.landscapes.surfaces import falls_below_zero
from lossopt.links.settings import Settings, one_of
from lossopt.objectives import Objective

VIEW = {
    "view": ("2d", "3d"),
    "scale": ("log", "linear"),
    "axis": ("steps", "epochs", "gradients"),
    "follow": ("0", "1"),
    "speed": ("1", "0.25", "0.5", "2", "4", "8"),
    "loop": ("0", "1"),
    "heights": ("auto", "loss", "log"),
}
"""View options in the link: accepted values, the default first."""


def view_options(link: Settings, goal: Objective | None = None, **usual: str) -> Options:
    """View options of the link, as the stage takes them; `usual` replaces defaults.

    Negative losses of `goal` are at first drawn on a linear scale.
    """
    if goal and falls_below_zero(goal):
        usual = {"scale": "linear", **usual}
    defaults = {name: options[0] for name, options in VIEW.items()} | usual
    chosen: dict[str, Any] = {
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
        heights=chosen["heights"],
    )
