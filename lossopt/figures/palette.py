"""The only place for colors, dashes and markers: one look per optimizer, the same everywhere."""

from __future__ import annotations

import dataclasses

from lossopt.optimizers import OPTIMIZERS


@dataclasses.dataclass(frozen=True)
class Color:
    """A color on a light and on a dark page.

    Attributes
    ----------
    light, dark
        As in style sheets.
    """

    light: str
    dark: str


COLORS = (
    ("#0072b2", "#4aa8e0"),
    ("#d55e00", "#f08040"),
    ("#aa3377", "#e07ab0"),
    ("#117733", "#4cb872"),
    ("#808000", "#c2c24a"),
    ("#7a45b5", "#b48be8"),
    ("#d69a00", "#f2bd3a"),
    ("#882255", "#d06a98"),
    ("#5b6b7a", "#a3b3c2"),
    ("#8c564b", "#c49a90"),
    ("#00868b", "#3cc4c8"),
)
"""Color on a light and on a dark page; neighbors differ in hue and in lightness."""
FAMILIAR = (
    "gradient_descent",
    "momentum",
    "nesterov",
    "adagrad",
    "adadelta",
    "rmsprop",
    "adam",
    "nadam",
    "adamw",
    "amsgrad",
    "adafactor",
)
"""These keep their looks whatever is added; all others follow in teaching order."""
FULL_GRADIENT = Color("#1d2730", "#f4f7fa")
PREDICTED = Color("#1d2730", "#1d2730")
"""Of the gradient over all samples, beside that of a batch."""
DASHES = ((), (7, 3), (2, 3), (10, 3, 2, 3), (12, 4))
MARKERS = ("circle", "square", "diamond", "triangle", "cross", "plus", "triangle_down", "hexagon")
MINIMIZER = "star"
"""Marks where a minimizer is: no run wears it."""

RELIEF = {
    "light": ("#2b5876", "#4c7f93", "#7ea6a8", "#b2c6b9", "#dcdcc9", "#f3efe2"),
    "dark": ("#0f2f4a", "#1f4d66", "#3b6b78", "#5f8683", "#868f82", "#a39d8a"),
}
"""Loss from low to high, as static/stage/theme.js has it."""

FATES = {
    "diverged": Color("#8f1d2c", "#b8323f"),
    "ends_higher": Color("#e39a84", "#d98a70"),
    "not_arrived": Color("#aab2b9", "#59646e"),
    "line": Color("#1d2730", "#f2f4f6"),
}
"""What becomes of a run, on a map of many runs; and the line that theory draws there."""
VALLEYS = tuple(
    Color(light, dark)
    for light, dark in (
        ("#4c86b0", "#3f79a3"),
        ("#e0b13c", "#c49a2e"),
        ("#5fa463", "#4f9354"),
        ("#b98ac4", "#9a6ba6"),
        ("#58b7b3", "#3f9a97"),
        ("#d9825b", "#bd6a45"),
        ("#8b8fc9", "#7175b3"),
        ("#c9cf7a", "#a7ad56"),
    )
)
"""One color per minimizer on a map of basins."""


@dataclasses.dataclass(frozen=True)
class Look:
    """How one run is drawn.

    Attributes
    ----------
    light, dark : str
        Color on a light and on a dark page.
    dash : tuple of int
        Canvas dash pattern; empty for a solid line.
    marker : str
        Shape of the head.
    """

    light: str
    dark: str
    dash: tuple[int, ...]
    marker: str

    @property
    def color(self) -> Color:
        """Color on a light and on a dark page."""
        return Color(self.light, self.dark)


def numbered_look(place: int) -> Look:
    """Look of one of several things that are compared and are told apart by no optimizer."""
    dash, marker = DASHES[place % len(DASHES)], MARKERS[3 * place % len(MARKERS)]
    return Look(*COLORS[place % len(COLORS)], dash, marker)


def look_of(optimizer: str, variant: int = 0) -> Look:
    """Look of an optimizer id; variants share its color and differ in dash and marker.

    >>> look_of("adam").light == look_of("adam", 1).light
    True
    """
    places = [*FAMILIAR, *(name for name in OPTIMIZERS if name not in FAMILIAR)]
    place = places.index(optimizer) if optimizer in places else len(places)
    # Batch, stochastic and mini-batch descent are compared more than anything: colors differ too.
    light, dark = COLORS[-variant if optimizer == "gradient_descent" else place % len(COLORS)]
    dash = DASHES[(place // len(COLORS) + variant) % len(DASHES)]
    return Look(light, dark, dash, MARKERS[(place + 3 * variant) % len(MARKERS)])


ARROWS = {
    "gradient": (Color("#5b6b7a", "#a3b3c2"), (4, 3)),
    "momentum": (Color("#d55e00", "#f08040"), (4, 3)),
    "ahead": (Color("#7a45b5", "#b48be8"), (4, 3)),
    "scaled": (Color("#117733", "#4cb872"), (4, 3)),
    "step": (Color("#0072b2", "#4aa8e0"), ()),
}
"""Arrows of the anatomy of a step: color and dash."""


def relief_color(share: float, mode: str) -> str:
    """Color of a height, from the lowest (0) to the highest (1), on a light or a dark page.

    >>> relief_color(0.0, "light"), relief_color(0.9, "light")
    ('#2b5876', '#e8e6d6')
    """
    colors = RELIEF[mode]
    place = min(max(share, 0.0), 1.0) * (len(colors) - 1)
    k = min(int(place), len(colors) - 2)
    pairs = [(int(colors[k][i : i + 2], 16), int(colors[k + 1][i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * (place - k)):02x}" for a, b in pairs)


def shade(strength: float, mode: str) -> str:
    """Background of a table cell, from none (0) to strong (1); one hue, readable text on it.

    >>> shade(1.0, "light")
    'rgba(0,114,178,0.45)'
    """
    color = COLORS[0][mode == "dark"]
    red, green, blue = (int(color[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{0.45 * min(max(strength, 0.0), 1.0):.2f})"
