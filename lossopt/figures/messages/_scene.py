"""What a stage plays."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from lossopt.figures.messages._charts import Edges
from lossopt.figures.messages._fits import AnyFit
from lossopt.figures.messages._live import Live
from lossopt.figures.messages._overlays import Arrow, Band, Dots, Line, Path, Sentence
from lossopt.figures.packing import Bytes, Floats
from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True)
class Grid:
    """The surface under the paths.

    Attributes
    ----------
    id
        Changes with the numbers.
    x, y
        Places of the columns (nx) and of the rows (ny).
    z
        Losses (ny × nx).
    log
        Whether heights are log₁₀(loss − `floor`); else they are the losses.
    floor
        Lies below every loss.
    """

    id: str
    x: Floats
    y: Floats
    z: Floats
    log: bool
    floor: float


@dataclasses.dataclass(frozen=True)
class Axes:
    """The plane of params that is drawn.

    Attributes
    ----------
    labels
        Names of its two axes.
    origin
        Params (n_params) at its origin.
    directions
        Params (2 × n_params) that its axes run along.
    note
        Which plane it is and what it does not show, in words.
    """

    labels: tuple[str, ...]
    origin: Floats
    directions: Floats
    note: str | None = None


@dataclasses.dataclass(frozen=True)
class Frames:
    """Steps of which something was sent.

    Attributes
    ----------
    count
        How many there are.
    stride
        Steps between two of them; the last one may be nearer.
    """

    count: int
    stride: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Run:
    """One descent, frame by frame.

    Attributes
    ----------
    id, label
        Name in links and in words.
    detail
        Its settings in a few signs.
    color, dash, marker
        How it is drawn; dashes are lengths in pixels.
    loss
        One number per frame; left out where nobody has made the run yet.
    gradient_norm, distance, test_loss, evaluations
        The same, of a run that the browser does not make again: distance where there is a
        minimizer, test loss where data were held out, and gradients of single samples so far.
    batch_size, steps_per_epoch
        Samples of a step, and steps of one pass over the samples.
    learning_rate
        Where it is known how it was made.
    diverged_at, ending
        The step at which it is lost, and why.
    params
        Iterates (frames × n_params) of a run that the browser does not make again, of models with
        few params.
    xy
        Their places on the plane (frames × 2), of all others.
    outputs
        Predictions at the key frames of `Fit`: bytes for classes, else floats.
    weights
        Params (key frames × n_params) of a network whose regions are drawn.
    rests_at
        The step after which it waits for the others.
    """

    id: str
    label: str
    detail: str
    color: Color
    dash: tuple[int, ...]
    marker: str
    batch_size: int
    steps_per_epoch: int
    diverged_at: int | None
    loss: Floats | None = None
    learning_rate: float | None = None
    ending: Literal["too_large", "no_value", "no_gradient", "no_step"] | None = None
    gradient_norm: Floats | None = None
    distance: Floats | None = None
    test_loss: Floats | None = None
    evaluations: Floats | None = None
    params: Floats | None = None
    xy: Floats | None = None
    outputs: Floats | Bytes | None = None
    weights: Floats | None = None
    rests_at: int | None = None


@dataclasses.dataclass(frozen=True)
class Limit:
    """Up to which learning rate a run is stable.

    Attributes
    ----------
    rate
    text
        What is said of a run above it, with ``{name}`` and ``{rate}`` in the place of its own.
    exact
        Whether it holds everywhere; else it explains runs that diverge.
    """

    rate: float
    text: str
    exact: bool


@dataclasses.dataclass(frozen=True)
class Options:
    """How a person looks at a scene.

    Attributes
    ----------
    view
        The surface from above or as a landscape.
    scale, axis
        Of the loss curve.
    follow
        Whether the surface reaches as far as the runs.
    speed, loop
        Of the clock.
    autoplay
        Whether the run plays as soon as it is drawn.
    heights
        Of a landscape: losses, their logarithms, or losses as long as they show more than the rim.
    """

    view: Literal["2d", "3d"]
    scale: Literal["log", "linear"]
    axis: Literal["steps", "epochs", "gradients"]
    follow: bool
    speed: float
    loop: bool
    autoplay: bool
    heights: Literal["auto", "loss", "log"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Descents:
    """What trajectories give: `lossopt.figures.scene.stage_scene` packs it.

    Attributes
    ----------
    plane, runs, fit
    surface
        Left out where the browser finds the plane, see `Principal`.
    minimizers, start
        Places on the plane.
    n_params, param_names
        Number and names of the params.
    n_samples
        1 where there are no data.
    frames, last_step
        Which steps were sent.
    live
        The race, where the browser can run it.
    """

    plane: Axes
    minimizers: tuple[tuple[float, float], ...]
    start: tuple[float, float]
    n_params: int
    n_samples: int
    param_names: tuple[str, ...]
    frames: Frames
    last_step: int
    runs: tuple[Run, ...]
    fit: AnyFit
    surface: Grid | None = None
    live: Live | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extras:
    """What a page may add.

    Attributes
    ----------
    arrows, dots, lines, bands, sentences
    crowd
        Descents that are drawn thin and without names, beside or instead of `runs`.
    play
        When it changes, the run plays from its start.
    unnamed
        Whether paths carry no names, where arrows and dots need the room.
    layout
        One picture below the other without a scale of colors, for stages side by side; or a
        network: regions of every run in a square of its own, neurons and weights of one of them.
    edge
        Learning rate times sharpness, drawn beside the loss curve.
    """

    arrows: tuple[Arrow, ...] = ()
    dots: tuple[Dots, ...] = ()
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    crowd: tuple[Path, ...] = ()
    play: int | None = None
    unnamed: bool = False
    layout: Literal["column", "network"] | None = None
    edge: Edges | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene(Descents, Extras):
    """All that a stage plays.

    Attributes
    ----------
    options
        Counts where it differs from that of the scene before.
    lang, texts
        ``en`` or ``ko``, and the words of the stage in it.
    messages
        Sentences about what is descended.
    limits
        What theory says about each run as it was sent.
    """

    options: Options
    lang: str
    texts: Mapping[str, str]
    messages: tuple[str, ...]
    limits: tuple[Limit | None, ...] = ()
