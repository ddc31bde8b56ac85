"""What the pictures beside a stage draw: stability, shapes of losses, maps of many runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lossopt.figures.messages._overlays import Measured
from lossopt.figures.packing import Bytes, Floats
from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True, kw_only=True)
class EdgeRun:
    """Learning rate times sharpness of one run.

    Attributes
    ----------
    label, color, dash, marker
        Its name and look.
    steps, products
        Where the sharpness was measured, and the product there.
    limit
        Of the rule's stability.
    of
    """

    label: str
    color: Color
    dash: tuple[int, ...]
    marker: str
    steps: Floats
    products: Floats
    limit: float
    of: Measured


@dataclasses.dataclass(frozen=True)
class Edges:
    """The edge of stability of all runs.

    Attributes
    ----------
    last_step
        Of the runs.
    runs
        Those whose rule has a limit.
    """

    last_step: int
    runs: tuple[EdgeRun, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shape:
    """One loss over the prediction, with its samples.

    Attributes
    ----------
    color, dash, marker
        Its look.
    curves
        For every target the loss and its slope over the grid.
    targets
        That the curves belong to.
    n
        Number of samples.
    places
        Of the samples on the axis (frames × n).
    dots
        Their losses and slopes (frames × n).
    """

    color: Color
    dash: tuple[int, ...]
    marker: str
    curves: tuple[tuple[Floats, Floats], ...]
    targets: tuple[float, ...]
    n: int
    places: Floats
    dots: tuple[Floats, Floats]


@dataclasses.dataclass(frozen=True)
class Pace:
    """Frames of a chart that follows a stage.

    Attributes
    ----------
    count, last_step
        How many frames there are, and the step of the last one.
    """

    count: int
    last_step: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shapes:
    """Losses over the prediction: the value above, the slope below.

    Attributes
    ----------
    x, panels
        From where to where the axes go.
    grid
        Where the curves are known.
    frames
        Of the samples.
    losses
        One shape each.
    labels
        Of the axis below, and of both upright ones.
    description
        The picture in words.
    """

    x: tuple[float, float]
    panels: tuple[tuple[float, float], tuple[float, float]]
    grid: Floats
    frames: Pace
    losses: tuple[Shape, ...]
    labels: tuple[str, ...] = ()
    description: str = ""


@dataclasses.dataclass(frozen=True)
class MapAxis:
    """An axis of a map.

    Attributes
    ----------
    values
        In the middle of the cells; a cell reaches halfway to its neighbors.
    log
        Whether the axis is logarithmic.
    label
        Its name in words.
    """

    values: Floats
    log: bool
    label: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Layer:
    """A coloring of the cells by a number.

    Attributes
    ----------
    id
        Name in links.
    values
        Cell by cell, row by row from the bottom.
    log, floor
        Whether colors follow the logarithm of what lies above the floor.
    signed
        The unit of a scale that is logarithmic on both sides of zero.
    lowest
        The loss that was taken off the values.
    name, label, missing
        Words on the switch, at the color bar, and for cells without a number.
    """

    id: str
    values: Floats
    log: bool
    floor: float
    signed: float | None = None
    lowest: float | None = None
    name: str = ""
    label: str = ""
    missing: str = ""


@dataclasses.dataclass(frozen=True)
class Fate:
    """What became of the runs of some cells.

    Attributes
    ----------
    id
        Name of this kind.
    color
        Of its cells.
    label
        Its name in words.
    """

    id: str
    color: Color
    label: str = ""


@dataclasses.dataclass(frozen=True)
class Fact:
    """A number that is read out for a cell, where it is not NaN.

    Attributes
    ----------
    id
        Name of the number.
    values
        Cell by cell.
    text
        Words, with ``{value}`` for the number.
    """

    id: str
    values: Floats
    text: str = ""


@dataclasses.dataclass(frozen=True)
class MapLine:
    """A line across a map.

    Attributes
    ----------
    color, dash
        Its look.
    xy
        Places (points × 2).
    label
        Its name in words.
    """

    color: Color
    dash: tuple[int, ...]
    xy: Floats
    label: str = ""


@dataclasses.dataclass(frozen=True)
class Mark:
    """A spot on a map.

    Attributes
    ----------
    marker, color
        Its look.
    xy
        Its place.
    label
        Its name in words.
    """

    marker: str
    color: Color
    xy: tuple[float, float]
    label: str = ""


@dataclasses.dataclass(frozen=True)
class Preview:
    """Which stage runs the cell that is being pointed at.

    Attributes
    ----------
    stage
        Its name.
    run, x, y
        Id of the run, and its settings along both axes; empty where the map is one of starts.
    """

    stage: str
    run: str = ""
    x: str = ""
    y: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class HeatMap:
    """A map of many runs.

    Attributes
    ----------
    x, y, layers, facts, lines, marks
    codes, classes
        A cell with code k > 0 has color and label of class k − 1, whatever the layer.
    missing
        Color of cells without a class and without a number.
    faded
        1 where a cell is to stand back.
    layer
        Id of the layer that is shown.
    cell, between
        The chosen column and row; whether what is played lies beside its middle.
    compact, legend
        Whether the map is to be low; whether the legend is its own.
    preview
    title, label, texts, lang
        Words of the reader's language.
    """

    x: MapAxis
    y: MapAxis
    layers: tuple[Layer, ...]
    codes: Bytes
    classes: tuple[Fate, ...]
    facts: tuple[Fact, ...]
    missing: Color | None = None
    faded: Bytes | None = None
    lines: tuple[MapLine, ...] = ()
    marks: tuple[Mark, ...] = ()
    layer: str | None = None
    cell: tuple[int, int] | None = None
    between: bool = False
    compact: bool = False
    legend: bool = True
    preview: Preview | None = None
    title: str = ""
    label: str = ""
    texts: Mapping[str, str] | None = None
    lang: str = "en"
