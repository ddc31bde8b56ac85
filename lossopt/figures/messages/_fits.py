"""The data view of a stage."""

from __future__ import annotations

import dataclasses
from typing import Literal

from lossopt.figures.packing import Floats


@dataclasses.dataclass(frozen=True, kw_only=True)
class Marks:
    """What a page draws on the data view.

    Attributes
    ----------
    batches
        Rows of the samples that are ringed (frames × `batch_size`); −1 rings nothing.
    batch_size
        Rows per frame.
    residuals
        What every sample costs the focused or only run: a square or a bar from the point to its
        prediction, or a disc whose area is its loss.
    residual_values
        Predictions, or losses where there are discs (frames × samples).
    residual_unit
        The loss of a usual disc.
    draggable
        Whether points can be dragged (curves and regions).
    reach
        How far from 0 they can be dragged in either direction, where that is bounded.
    """

    batches: Floats | None = None
    batch_size: int | None = None
    residuals: Literal["square", "bar", "disc"] | None = None
    residual_values: Floats | None = None
    residual_unit: float | None = None
    draggable: bool = False
    reach: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fit(Marks):
    """What all data views have in common.

    Attributes
    ----------
    basis
        What predictions are made of (points × `d1`): they are it times params where a model is
        linear in these, else the browser's program makes them.
    d1
        Columns of the basis.
    monomials, others
        How the basis is made of a grid, where it is not sent: of each point the products of these
        features, and a 1; features that the grid does not span are held at `others`.
    key_frames
        The frames whose predictions a run brings as `Run.outputs` that the browser does not make,
        or of a network the params as `Run.weights`.
    """

    basis: Floats | None = None
    d1: int | None = None
    monomials: tuple[tuple[int, ...], ...] | None = None
    others: tuple[float, ...] = ()
    key_frames: tuple[int, ...] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ParamsFit(Fit):
    """Params over the steps, where there are no data to draw.

    Attributes
    ----------
    kind
    """

    kind: Literal["params"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class CurveFit(Fit):
    """Predictions over one feature.

    Attributes
    ----------
    kind
    x, y
        The samples.
    grid
        Where predictions are drawn.
    link
        What turns the model's output into a prediction.
    labels
        Names of the feature and the target.
    """

    kind: Literal["curve"]
    x: Floats
    y: Floats
    grid: Floats
    link: Literal["sigmoid", "identity"]
    labels: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScatterFit(Fit):
    """Predictions over what they should be.

    Attributes
    ----------
    kind
    y
        Targets.
    labels
        Names of target and prediction.
    """

    kind: Literal["scatter"]
    y: Floats
    labels: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Neurons:
    """A network, whose params are W row by row and then b, layer by layer.

    Attributes
    ----------
    activation
        Of the hidden layers.
    sizes
        Inputs and outputs of every layer.
    """

    activation: Literal["tanh", "relu", "sigmoid"]
    sizes: tuple[tuple[int, int], ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class RegionsFit(Fit):
    """Classes over two features.

    Attributes
    ----------
    kind
    x1, x2
        The samples.
    y
        Their classes, from 0.
    n_classes
        Two classes share one logit.
    grid_x, grid_y
        Columns and rows of the points that are classified.
    class_names, labels
        Names of the classes and of the two features.
    network
        Where the model is one: what its neurons say is made of params and `basis`.
    """

    kind: Literal["regions"]
    x1: Floats
    x2: Floats
    y: Floats
    n_classes: int
    grid_x: Floats
    grid_y: Floats
    class_names: tuple[str, ...]
    labels: tuple[str, ...]
    network: Neurons | None = None


AnyFit = ParamsFit | CurveFit | ScatterFit | RegionsFit
