"""What a link brings along: a formula, clicked points, or settings of a table that is not here."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import partial

from lossopt.datasets import Dataset
from lossopt.figures.messages import Marks, Point
from lossopt.formulas import Formula, FormulaError, formula
from lossopt.links.problem import Problem, read_learner
from lossopt.links.settings import Settings, one_of
from lossopt.links.starts import parse_numbers, pointed
from lossopt.links.weights import NO_WEIGHTS, SETTINGS, read_weights
from lossopt.models import Model
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Spec, param
from lossopt.tables import (
    REACH,
    Clicked,
    Split,
    fitting_model,
    parse_points,
    points_dataset,
    points_text,
)

FORMULA = "formula"
USUAL = "x^2 + 3*y^2 + 2*sin(3*x)"
REGION = "-2_2_-2_2"
LENGTH = 1000
FARTHEST = 1e6
Region = tuple[tuple[float, float], tuple[float, float]]
OWN_DATA = "own"
SOURCES = ("file", "points")
KINDS = ("binary", "multiclass", "regression")
"""What a table turned out to be, noted in the link for those who do not have it."""
PLACES = f"{OWN_DATA}.points"
EXAMPLE = (
    "-2_-1.2_0~-1.5_0.3_0~-1.1_-0.6_0~-0.6_-1.6_0~-0.2_0.2_0~0.1_-0.9_0~"
    "0_1.1_1~0.5_1.9_1~0.8_0.4_1~1.3_1.4_1~1.6_-0.3_1~2.2_0.8_1"
)
THIRD = "~-1.6_1.9_2~-0.9_2.4_2~-1.2_1.5_2"
KEPT = ("digest", "header", "target", "weights", "features", "task", "start", "mlp.start")
"""Settings that belong to one table."""
TASKS = ("regression", "classification")


@dataclasses.dataclass(frozen=True)
class OwnSettings(Spec):
    """What is done to a table before anything learns from it."""

    name = "Own data"

    standardize: bool = param(True, "standardize features")
    standardize_target: bool = param(True, "standardize the target")
    fill: bool = param(False, "fill missing features with their mean")
    test_share: float = param(0.2, "share of the rows to test on", 0.0, 0.5)
    split_seed: int = param(0, "split seed", 0, 9999)


def read_function(link: Settings) -> Formula:
    """The function of a link; of a refused formula, the usual one.

    >>> read_function(Settings({"formula.text": "x*y"})).text
    'x*y'
    """
    region = link.read(f"{FORMULA}.region", parse_region(REGION), parse_region)
    usual = formula_on(region, USUAL)
    return link.read(f"{FORMULA}.text", usual, lambda text: formula_on(region, text[:LENGTH]))


def refused_formula(link: Settings) -> FormulaError | None:
    """Why the formula of a link is refused; None where it is not.

    >>> str(refused_formula(Settings({"problem": "formula", "formula.text": "x +"})))[:30]
    'The formula cannot be read: ch'
    """
    if link.read("problem", "", str) != FORMULA:
        return None
    text = link.read(f"{FORMULA}.text", USUAL, str)
    try:
        formula(text[:LENGTH])
    except FormulaError as refusal:
        return refusal
    return None


def formula_on(region: Region, text: str) -> Formula:
    """The function of a formula that is looked at in a region."""
    return formula(text, bounds=region)


def parse_region(text: str) -> Region:
    """Read four numbers: left, right, low, high."""
    left, right, low, high = parse_numbers(text, 4)
    if not (-FARTHEST <= left < right <= FARTHEST and -FARTHEST <= low < high <= FARTHEST):
        raise ValueError(text)
    return (left, right), (low, high)


def read_own(link: Settings) -> Problem:
    """Read points that were clicked, or, for a table that is not here, an example of its kind.

    >>> read_own(Settings({"own.source": "points", "own.points": "0_0_0~1_1_1"})).goal.n_samples
    2
    """
    source = link.read(f"{OWN_DATA}.source", SOURCES[0], one_of(SOURCES))
    link.write(f"{OWN_DATA}.source", source, SOURCES[0])
    if source == "points":
        return _points_problem(link)
    link.read(f"{OWN_DATA}.digest", "", parse_digest)
    keep_table_settings(link)
    example = example_of(read_kind(link))
    problem = _learned(link, example, weighted=False)
    return dataclasses.replace(problem, start=f"{OWN_DATA}.example.start")


def keep_table_settings(link: Settings) -> None:
    """Keep the settings of a table that is not here, so that they hold again once it is."""
    for name in (*(f"{OWN_DATA}.{name}" for name in KEPT), *SETTINGS):
        text = link.read(name, "", lambda text: text[:2000])
        link.write(name, text)
    link.spec(OWN_DATA, OwnSettings)


def read_kind(link: Settings) -> str:
    """What the table of a link turned out to be."""
    kind = link.read(f"{OWN_DATA}.kind", KINDS[0], one_of(KINDS))
    link.write(f"{OWN_DATA}.kind", kind, KINDS[0])
    return kind


def example_of(kind: str) -> Split:
    """A few points of a kind of data."""
    points = parse_points(EXAMPLE + (THIRD if kind == "multiclass" else ""))
    return Split(points_dataset(points, classes=kind != "regression"), None, ())


def read_points(link: Settings) -> tuple[Clicked, ...]:
    """The points of a link."""
    return tuple(link.read_list(PLACES, parse_points(EXAMPLE), parse_points, "~"))


def points_problem(problem: Problem, points: Sequence[Clicked]) -> Problem:
    """A problem whose points can be dragged."""
    return dataclasses.replace(
        problem,
        marks=Marks(draggable=True, reach=REACH),
        take_point=partial(_take_moved, tuple(points)),
    )


def put_points(link: Settings, text: str) -> None:
    """Put points into a link, if they can be read."""
    try:
        link.put(PLACES, points_text(parse_points(text)))
    except ValueError:
        return


def parse_digest(text: str) -> str:
    """Read the digest of a table."""
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError(text)
    return text


def _points_problem(link: Settings) -> Problem:
    points = read_points(link)
    name = f"{OWN_DATA}.predict"
    kind = link.read(name, TASKS[-1], one_of(TASKS))
    link.write(name, kind, TASKS[-1])
    link.write(PLACES, points_text(points), EXAMPLE)
    shown = points or parse_points(EXAMPLE)
    split = Split(points_dataset(shown, classes=kind == "classification"), None, ())
    return points_problem(_learned(link, split), shown)


def _learned(link: Settings, split: Split, *, weighted: bool = True) -> Problem:
    train = split.train
    assert train.task  # a dataset that is made has one
    learner = read_learner(link, OWN_DATA, train.task)
    model = fitting_to(train, learner.model)
    weights = read_weights(link, train) if weighted else NO_WEIGHTS
    goal = weights.on(EmpiricalRisk(train, model, learner.loss, split.test))
    return Problem(goal, learner.start, goal)


def fitting_to(data: Dataset, model: Model) -> Model:
    """The model, of a lower degree where there are too few samples."""
    n_outputs = len(data.class_names) if data.task == "multiclass" else 1
    return fitting_model(model, data.n_samples, data.X.shape[1], n_outputs)


def _take_moved(points: tuple[Clicked, ...], link: Settings, moved: Point) -> None:
    """Put one of the points elsewhere; its class stays."""
    if 0 <= moved.index < len(points):
        place = (pointed(moved.x), pointed(moved.y), points[moved.index][2])
        others = (*points[: moved.index], place, *points[moved.index + 1 :])
        put_points(link, points_text(others))
