"""What a page lays over the pictures of a stage."""

from __future__ import annotations

import dataclasses

from lossopt.figures.packing import Floats
from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True, kw_only=True)
class Arrow:
    """An arrow per frame on the contour.

    Attributes
    ----------
    color, dash, label
        Its look, and its name at the head.
    xy
        From x, y to x, y (frames × 4); NaN draws nothing.
    """

    color: Color
    dash: tuple[int, ...]
    xy: Floats
    label: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Dots:
    """A cloud of points on the contour.

    Attributes
    ----------
    color, marker
        Its look.
    n
        Number of points.
    xy
        Places (n × 2), or those of every frame (frames × n × 2).
    """

    color: Color
    marker: str
    n: int
    xy: Floats


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """A still line on the contour.

    Attributes
    ----------
    color, dash, label
        Its look, and its name at the first point.
    closed
        Whether the last point is joined to the first.
    xy
        Places (points × 2).
    """

    color: Color
    dash: tuple[int, ...]
    closed: bool
    xy: Floats
    label: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Band:
    """A spread on the loss curve.

    Attributes
    ----------
    color
        Of area and middle.
    low, middle, high
        One number per frame.
    """

    color: Color
    low: Floats
    middle: Floats
    high: Floats


@dataclasses.dataclass(frozen=True)
class Measured:
    """Whose numbers are told: the stage makes them anew where it draws another run.

    Attributes
    ----------
    run
        Number of the run.
    rate, decay
        The product told is `rate` × (sharpness + `decay`).
    """

    run: int
    rate: float
    decay: float


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A line below the transport whose numbers follow the step.

    Attributes
    ----------
    text
        ``{0}``, ``{1}`` … become numbers; tabs cut it into columns, and the first such line is
        their head.
    values
        The numbers (frames × numbers).
    of
        If they are its loss, the height of the surface below it and the product measured last. On
        the stage of a network such lines are columns of the table, but for the first column.
    """

    text: str
    values: Floats
    of: Measured | None = None


@dataclasses.dataclass(frozen=True)
class Path:
    """One of many descents: a thin line on the surface and on the loss curve, without a name.

    Attributes
    ----------
    color
    xy
        Places on the plane (frames × 2).
    loss
        One number per frame.
    """

    color: Color
    xy: Floats
    loss: Floats
