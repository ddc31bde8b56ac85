"""A race that the browser runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from lossopt.figures.packing import Doubles


@dataclasses.dataclass(frozen=True, kw_only=True)
class LiveRun:
    """How the browser runs one contestant.

    Attributes
    ----------
    function
        Which of the module's ``runs`` it is.
    learning_rate
    settings
        Hyperparameters besides it, in the order in which the function takes them.
    cost
        Passes over the batch of each step.
    direct
        Whether gradients are taken at the iterates themselves.
    batch_size, seed
        Samples per step, and their order; a seed may be too large for a number.
    factors
        On the learning rate, one per step.
    clip_norm, average
        As in ``lossopt.Entry``.
    rests_at
        The step after which it moves no more.
    """

    function: int
    learning_rate: float
    settings: Mapping[str, float]
    cost: float
    direct: bool
    batch_size: int
    seed: str
    factors: Doubles | None = None
    clip_norm: float | None = None
    average: bool = False
    rests_at: int | None = None


@dataclasses.dataclass(frozen=True)
class Goals:
    """Minimizers, and how the distance to them is measured.

    Attributes
    ----------
    places
        Params (m × n_params).
    directions
        In which the distance counts (r × n_params).
    """

    places: Doubles
    directions: Doubles


@dataclasses.dataclass(frozen=True)
class Moving:
    """How a sample is put elsewhere: see `lossopt.datasets.move_points`.

    Attributes
    ----------
    monomials
        Numbers of the features that each input is the product of, but the last one, which is 1.
    up
        What the height of a sample in the picture is; a class is the nearest of 0 and 1.
    """

    monomials: tuple[tuple[int, ...], ...]
    up: Literal["target", "class", "feature"]


@dataclasses.dataclass(frozen=True)
class Samples:
    """Data of a mean loss.

    Attributes
    ----------
    inputs, labels
        What the model predicts from (n × inputs), and what it should (n); of many samples nothing,
        where the triangle is enough.
    triangle
        R of the QR factorization of [inputs, labels], of a squared error.
    weights
        How much each sample counts, where they differ.
    test_inputs, test_labels
        Of samples that are never learned from.
    moving
        Where samples can be moved.
    """

    inputs: Doubles | None = None
    labels: Doubles | None = None
    triangle: Doubles | None = None
    weights: Doubles | None = None
    test_inputs: Doubles | None = None
    test_labels: Doubles | None = None
    moving: Moving | None = None


@dataclasses.dataclass(frozen=True)
class Principal:
    """How the browser finds the plane in which the runs move most, and the region that holds them.

    Attributes
    ----------
    origin
        Params through which it passes.
    through_end
        Whether it passes through the end of the run that ends lowest instead, where one ends.
    minimizers
        Params (m × n_params).
    side
        Points of the surface along each axis.
    lowest
        Minimum of the loss, where one is known.
    """

    origin: Doubles
    through_end: bool
    minimizers: Doubles
    side: int
    lowest: float | None = None


@dataclasses.dataclass(frozen=True)
class Region:
    """The part of the plane whose surface the browser evaluates, where none is sent.

    Attributes
    ----------
    x, y
        Ends of its sides.
    side
        Points of the surface along each axis.
    lowest
        Minimum of the loss, where one is known.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    side: int
    lowest: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Live:
    """The race for the browser to run: `lossopt.figures.live` packs it.

    Attributes
    ----------
    text
        A module, see ``lossopt.programs.Script``.
    start
        Params of the start.
    origin, directions
        Of the plane, as in `Axes`.
    n_samples
        1 where there are no data.
    runs
        In the order of the scene's; null for a rule that has no program.
    goals
        Where minimizers are known.
    data
        Nothing for a function.
    principal
        Where the runs decide the plane.
    region
        Where the plane is known and its surface is not.
    """

    text: str
    start: Doubles
    origin: Doubles
    directions: Doubles
    n_samples: int
    runs: tuple[LiveRun | None, ...]
    goals: Goals | None = None
    data: Samples | None = None
    principal: Principal | None = None
    region: Region | None = None
