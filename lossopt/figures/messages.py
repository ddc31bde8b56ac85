"""What Python tells the stage and what it hears back; `as_json` and `read` are the only edge.

The types of JavaScript (``static/stage/messages.d.ts``) and the tables of ``docs/stage.md`` are
written from these classes: ``python -m benchmarks.messages``.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from lossopt.figures.packing import Bytes, Doubles, Floats
from lossopt.figures.palette import Color

Kind = TypeVar("Kind")


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
        One number per frame.
    gradient_norm, distance, test_loss, evaluations
        The same, of a run that the browser does not make again: distance where there is a
        minimizer, test loss where data were held out, and gradients of single samples so far.
    steps_per_epoch
        Steps of one pass over the samples.
    diverged_at
        The step at which it is lost.
    params
        Iterates (frames × n_params) of a run that the browser does not make again, of models with
        few params.
    xy
        Their places on the plane (frames × 2), of all others.
    outputs
        Predictions at the key frames of `Fit`: bytes for classes, else floats.
    rests_at
        The step after which it waits for the others.
    """

    id: str
    label: str
    detail: str
    color: Color
    dash: tuple[int, ...]
    marker: str
    loss: Floats
    steps_per_epoch: int
    diverged_at: int | None
    gradient_norm: Floats | None = None
    distance: Floats | None = None
    test_loss: Floats | None = None
    evaluations: Floats | None = None
    params: Floats | None = None
    xy: Floats | None = None
    outputs: Floats | Bytes | None = None
    rests_at: int | None = None


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
    """

    batches: Floats | None = None
    batch_size: int | None = None
    residuals: Literal["square", "bar", "disc"] | None = None
    residual_values: Floats | None = None
    residual_unit: float | None = None
    draggable: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fit(Marks):
    """What all data views have in common.

    Attributes
    ----------
    basis
        Of a model that is linear in its params: predictions (points × `d1`) are it times params.
    d1
        Columns of the basis.
    key_frames
        Of any other model: the frames whose predictions every run brings as `Run.outputs`.
    """

    basis: Floats | None = None
    d1: int | None = None
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


AnyFit = ParamsFit | CurveFit | ScatterFit | RegionsFit


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
class Sentence:
    """A line below the transport whose numbers follow the step.

    Attributes
    ----------
    text
        ``{0}``, ``{1}`` … become numbers; tabs cut it into columns, and the first such line is
        their head.
    values
        The numbers (frames × numbers).
    """

    text: str
    values: Floats


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
class Samples:
    """Data of a mean loss.

    Attributes
    ----------
    inputs, labels
        What the model predicts from (n × inputs), and what it should (n); of many samples nothing,
        where the triangle is enough.
    triangle
        R of the QR factorization of [inputs, labels], of a squared error.
    test_inputs, test_labels
        Of samples that are never learned from.
    """

    inputs: Doubles | None = None
    labels: Doubles | None = None
    triangle: Doubles | None = None
    test_inputs: Doubles | None = None
    test_labels: Doubles | None = None


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
    """

    text: str
    start: Doubles
    origin: Doubles
    directions: Doubles
    n_samples: int
    runs: tuple[LiveRun | None, ...]
    goals: Goals | None = None
    data: Samples | None = None


@dataclasses.dataclass(frozen=True)
class Turns:
    """What a dial makes of a race that the browser runs.

    Attributes
    ----------
    texts
        What each value means.
    details
        What the contestants say of themselves at each value.
    fields
        Their hyperparameters there.
    """

    texts: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
    fields: tuple[tuple[Mapping[str, float], ...], ...]


@dataclasses.dataclass(frozen=True)
class Choice:
    """A choice of the dial.

    Attributes
    ----------
    id, label
        Name in links and in words.
    """

    id: str
    label: str


@dataclasses.dataclass(frozen=True)
class Dial:
    """What a dial turns.

    Attributes
    ----------
    chosen
        Id of a choice.
    choices
        What can be chosen.
    fan
        Id of the fan that holds the race at every value.
    index
        The value that is the race as it was sent.
    note
        Words in the place of a value, where there is none.
    rows
        The values, where the browser runs the race and needs no fan.
    """

    chosen: str
    choices: tuple[Choice, ...]
    fan: str
    index: int
    note: str | None
    rows: Turns | None = None


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
    """

    view: Literal["2d", "3d"]
    scale: Literal["log", "linear"]
    axis: Literal["steps", "epochs", "gradients"]
    follow: bool
    speed: float
    loop: bool
    autoplay: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Descents:
    """What trajectories give: `lossopt.figures.scene.stage_scene` packs it.

    Attributes
    ----------
    plane, surface, runs, fit
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
    surface: Grid
    minimizers: tuple[tuple[float, float], ...]
    start: tuple[float, float]
    n_params: int
    n_samples: int
    param_names: tuple[str, ...]
    frames: Frames
    last_step: int
    runs: tuple[Run, ...]
    fit: AnyFit
    live: Live | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extras:
    """What a page may add.

    Attributes
    ----------
    arrows, dots, lines, bands, sentences
    play
        When it changes, the run plays from its start.
    unnamed
        Whether paths carry no names, where arrows and dots need the room.
    layout
        One picture below the other without a scale of colors, for stages side by side.
    """

    arrows: tuple[Arrow, ...] = ()
    dots: tuple[Dots, ...] = ()
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    play: int | None = None
    unnamed: bool = False
    layout: Literal["column"] | None = None


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
        Sentences about this race.
    dial
        Where the page has one.
    """

    options: Options
    lang: str
    texts: Mapping[str, str]
    messages: tuple[str, ...]
    dial: Dial | None = None


@dataclasses.dataclass(frozen=True)
class Start:
    """The event ``start``: another start was chosen.

    Attributes
    ----------
    x, y
        Place on the plane.
    params
        Its params, where the browser has run the race from there.
    """

    x: float
    y: float
    params: tuple[float, ...] | None = None


@dataclasses.dataclass(frozen=True)
class Point:
    """The event ``point``: a data point was dragged.

    Attributes
    ----------
    index
        Of the sample.
    x, y
        Where it is now.
    """

    index: int
    x: float
    y: float


@dataclasses.dataclass(frozen=True)
class DialChosen:
    """The event ``dial``: something else is to be turned.

    Attributes
    ----------
    choice
        Id of a choice.
    """

    choice: str


@dataclasses.dataclass(frozen=True)
class DialRests:
    """The event ``dial``: it rests at another value.

    Attributes
    ----------
    index
        Of the value.
    """

    index: int


@dataclasses.dataclass(frozen=True)
class Cell:
    """The event ``cell`` of a map: a cell was chosen.

    Attributes
    ----------
    column, row
        From the left and from below.
    """

    column: int
    row: int


def as_json(message: Any) -> Any:
    """Plain dicts and lists; what has its default is left out.

    >>> as_json(Sentence("{0}", Floats("AACAPw==")))
    {'text': '{0}', 'values': 'AACAPw=='}
    >>> as_json(Choice("off", "no dial"))
    {'id': 'off', 'label': 'no dial'}
    """
    if dataclasses.is_dataclass(message) and not isinstance(message, type):
        found = ((field, getattr(message, field.name)) for field in dataclasses.fields(message))
        return {field.name: as_json(value) for field, value in found if value != field.default}
    if isinstance(message, Mapping):
        return {name: as_json(value) for name, value in message.items()}
    if isinstance(message, list | tuple):
        return [as_json(value) for value in message]
    return message


def read(kind: type[Kind], told: object) -> Kind | None:
    """What a browser told, None where it is not of this kind: anybody can send anything.

    >>> read(Start, {"x": 1, "y": 2.5, "z": "ignored"})
    Start(x=1.0, y=2.5, params=None)
    >>> read(Start, {"x": 1}), read(Start, {"x": float("nan"), "y": 0.0}), read(Start, "x")
    (None, None, None)
    """
    if not isinstance(told, Mapping):
        return None
    values = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if told.get(field.name) is None and field.default is not dataclasses.MISSING:
            continue
        value = _read(get_type_hints(kind)[field.name], told.get(field.name))
        if value is None:
            return None
        values[field.name] = value
    return kind(**values)


def _read(hint: Any, value: object) -> object:
    """A value of a plain type or several numbers, None for any other."""
    if hint == tuple[float, ...] | None:
        numbers = [_read(float, each) for each in value] if isinstance(value, list) else [None]
        return None if None in numbers else tuple(numbers)
    if get_origin(hint) is Literal:
        return value if value in get_args(hint) else None
    if hint in (str, bool):
        return value if isinstance(value, hint) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if hint is int:
        return int(value) if number.is_integer() else None
    return number if math.isfinite(number) else None
