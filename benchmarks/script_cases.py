"""Runs that try every two settings of a script together: a pairwise cover, drawn the same always.

A full product of rules, their settings, schedules, warm-ups, losses, models, formulas, batches,
clipping and averages has no end. Here every pair of settings that can meet does so in at least one
run. Starts vary besides: usual ones, ones on a kink (residual 0, margin 1, x = y) and, for
classes, ones with extreme logits.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

import lossopt as lo
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.params import Param, params_of
from lossopt.scripts import Run
from lossopt.scripts._formulas import FUNCTIONS as TEST_FUNCTIONS
from lossopt.scripts._rules import CALLS, find_call
from lossopt.scripts._settings import settings

N_STEPS = 24
TRIES = 4
SAMPLE = 200
FIRST_DRAWS = 3000
RATES = {"gradient_descent": 1e-3, "momentum": 5e-4, "nesterov": 5e-4, "asgd": 1e-3, "lbfgs": 0.5}
OTHER = {
    "beta1": 0.8,
    "beta2": 0.95,
    "eps": 1e-4,
    "weight_decay": 0.1,
    "dampening": 0.3,
    "momentum": 0.5,
    "decay": 0.8,
    "grow": 1.3,
    "shrink": 0.4,
    "smallest_step": 1e-3,
    "largest_step": 0.1,
    "initial_accumulator": 0.2,
    "learning_rate_decay": 0.05,
    "momentum_decay": 0.02,
    "rate_decay": 1e-2,
    "rate_power": 0.6,
    "averaging_start": 5,
    "history_size": 2,
    "decay_power": 0.6,
    "clip_threshold": 2.0,
    "smallest_scale": 0.01,
    "iterations": 3,
    "final": 0.2,
    "gamma": 0.91,
    "every": 4,
    "first": 3,
    "growth": 3,
    "rising": 0.8,
    "divisor": 7.0,
    "timescale": 3,
    "delta": 0.3,
    "tau": 0.4,
    "focusing": 0.7,
    "label_smoothing": 0.1,
    "degree": 2,
    "hidden_layers": 2,
    "width": 3,
    "condition_number": 4.0,
    "rotation": 25.0,
    "rows": 3,
    "columns": 5,
    "rank": 3,
}
"""Values that are neither usual nor 0, by field; fields without one stay as they are."""
TERMS = {
    "-": "x - y",
    "negative": "-(x*y)/3",
    "/": "x/(y^2 + 2)",
    "**": "(x*x + 1)^(y/4)",
    "log": "log(3 + x*y^2*y)",
    "ln": "ln(2 + y*y)",
    "log2": "log2(2 + x*x)",
    "log10": "log10(4 + x)",
    "sqrt": "sqrt(1 + y*y)",
    "abs": "abs(x + -y)",
    "sign": "x*sign(x - y)",
    "asin": "asin(x/9)",
    "acos": "acos(y/9)",
    "cosh": "cosh(y/2)",
    "min": "min(x, 2, y)",
    "max": "max(x*y, y, min(1, 2), -1)",
    "+": "2^-x + (-2)^2*y",
    "sinh": "sinh(x/3)",
    "exp": "exp(-(x*x)/4)",
    "*": "-x*-y*0.25",
}
"""A term for every part of a formula; functions without one get a plain argument."""
PARTS = (
    *("-", "/", "**", "+", "*", "negative", "sin", "cos", "tan", "exp", "log", "sqrt", "abs"),
    *("tanh", "min", "max", "ln", "log2", "log10", "asin", "acos", "atan", "sinh", "cosh", "sign"),
)
"""Parts that are drawn; who adds one draws other runs, and checks them all again."""


class ImpossibleError(Exception):
    """Settings that cannot meet."""


class Draw:
    """One random choice per axis, where it is not given."""

    def __init__(self, rng: random.Random, given: dict[str, str]) -> None:
        self.rng, self.given = rng, dict(given)
        for axis in given:
            kind, *inside = axis.split(".")
            if len(inside) == 2 and self.given.setdefault(kind, inside[0]) != inside[0]:
                raise ImpossibleError

    def pick(self, axis: str, levels: Sequence[str]) -> str:
        level = self.given.get(axis) or levels[int(self.rng.random() * len(levels))]
        if level not in levels:
            raise ImpossibleError
        return level

    def one(self, values: Sequence[Any]) -> Any:
        return values[int(self.rng.random() * len(values))]

    def spec(self, axis: str, kinds: Any, names: Sequence[str], usual: dict[str, Any]) -> Any:
        name = self.pick(axis, names)
        fields: dict[str, Any] = {}
        for field in params_of(kinds[name]):
            if field.name in ONLY_WHERE_THE_RATE_CHANGES:
                continue  # libraries have it or not, and nobody sets it
            levels = _levels(field)
            even = ["", *levels] if len(levels) > 1 else ["", "", *levels]
            level = self.pick(f"{axis}.{name}.{field.name}", even)
            if level:
                fields[field.name] = levels[level]
        return kinds[name](**{**usual, **fields})


def _levels(field: Param) -> dict[str, Any]:
    """Values of a field that are not the usual one, by the name of their level."""
    if field.name == "warmup" or field.name == "learning_rate":
        return {}
    if field.choices:
        return {choice: choice for choice in field.choices if choice != field.default}
    if isinstance(field.default, bool):
        return {str(not field.default): not field.default}
    found: dict[str, Any] = {"other": OTHER[field.name]} if field.name in OTHER else {}
    if found and field.limits[0] <= 0.0 and field.default != 0.0:
        found["0"] = type(field.default)(0)
    return found


def drawn(library: str, rng: random.Random, given: dict[str, str]) -> Run:
    """A run that the library has a script for.

    Raises
    ------
    ImpossibleError
        If what is given cannot meet, or never did in some tries.
    """
    draw = Draw(rng, given)
    rule = _rule(library, draw)
    goal = _goal(draw, rule)
    if not rule.fits(goal):
        raise ImpossibleError
    schedule, n_steps = _schedule(draw)
    size = draw.pick("batch_size", ["all", "some"])
    if size == "some" and (rule.full_batch or goal.n_samples == 1):
        size = draw.pick("batch_size", ["all"])
    start = _start(draw, goal)
    batch_size = draw.one([1, 7, 16]) if size == "some" else None
    seed = draw.one([0, 3, 11])
    clip_norm = draw.one([0.5, 1e-3]) if draw.pick("clip_norm", LEVELS) == "some" else None
    average = draw.pick("average", ["yes", "no"]) == "yes"
    entry = lo.Entry(rule, batch_size, schedule, clip_norm, average)
    run = Run(entry, goal, start, n_steps, seed)
    if library != "lossopt" and find_call(library, run)[1]:  # type: ignore[arg-type]
        raise ImpossibleError
    return run


LEVELS = ["none", "some"]


def _rule(library: str, draw: Draw) -> Any:
    plain = lo.OBJECTIVES["rosenbrock"]()
    known = list(lo.OPTIMIZERS if library == "lossopt" else CALLS[library])  # type: ignore[index]
    for _ in range(60):
        name = draw.pick("optimizer", known)
        rate = draw.pick(f"optimizer.{name}.learning_rate", ["", "", "", "", "", "", "", "0"])
        usual = {"learning_rate": RATES[name]} if name in RATES else {}
        rule = draw.spec("optimizer", lo.OPTIMIZERS, [name], {})
        usual = {"learning_rate": 0.0} if rate else usual
        rule = type(rule)(**{**vars(rule), **usual})
        run = Run(lo.Entry(rule), plain, (0, 0), 1)
        if library == "lossopt" or not find_call(library, run)[1]:  # type: ignore[arg-type]
            return rule
    raise ImpossibleError


def _schedule(draw: Draw) -> tuple[lo.Schedule | None, int]:
    n_steps = 0 if draw.pick("n_steps", ["0", *["some"] * 30]) == "0" else N_STEPS
    if n_steps == 0 or draw.pick("schedule", ["none", *["some"] * 3, *lo.SCHEDULES]) == "none":
        draw.pick("schedule", ["none"]), draw.pick("warmup", ["none"])
        return None, n_steps
    warmup = {"none": 0, "within": 5, "to the end": draw.one([N_STEPS, 40])}
    length = warmup[draw.pick("warmup", list(warmup))]
    kept = draw.given.get("schedule", "")
    names = [name for name in lo.SCHEDULES if length or name != "constant"]
    schedule = draw.spec("schedule", lo.SCHEDULES, [kept] if kept in names else names, {})
    return type(schedule)(**{**vars(schedule), "warmup": length}), n_steps


def _goal(draw: Draw, rule: Any) -> lo.Objective:
    axes = {axis.partition(".")[0] for axis in draw.given}
    kinds = ["objective", "formula", "risk", "risk"]
    if rule.needs_matrices:
        draw.given.setdefault("objective", "matrix_factorization")
    if axes & {"loss", "model", "samples"} or draw.given.get("batch_size") == "some":
        kinds = ["risk"]
    if "formula" in axes or draw.given.get("objective") == "formula":
        kinds = ["formula"] if kinds != ["risk"] else []
    elif "objective" in draw.given:
        kinds = ["objective"] if kinds != ["risk"] else []
    if not kinds:
        raise ImpossibleError
    kind = draw.one(kinds)
    if kind == "objective":
        names = [*TEST_FUNCTIONS, *["matrix_factorization"] * 3]
        return draw.spec("objective", lo.OBJECTIVES, names, {})
    return _formula(draw) if kind == "formula" else _risk(draw)


def _formula(draw: Draw) -> lo.Objective:
    words = {axis.partition(".")[2] for axis in draw.given if axis.startswith("formula.")}
    variables = draw.pick("formula.variables", ["2", "2", "2", "2", "2", "1", "0"])
    words = sorted(words - {"variables"})
    words += [draw.one(PARTS) for _ in range(draw.one([1, 2, 4]))]
    terms = [TERMS.get(word, f"{word}(x/3 + y/4)") for word in words]
    text = " + ".join(["x^2/8", "(y - 1)^2/8", *terms] if draw.rng.random() < 0.8 else terms)
    gone, value = {"0": (r"\b[xy]\b", "2"), "1": (r"\by\b", draw.one("x1")), "2": ("$", "")}[
        variables
    ]
    return lo.formula(re.sub(gone, value, text))


def _risk(draw: Draw) -> lo.Objective:
    fits = [
        (loss, model)
        for loss, kind in lo.LOSSES.items()
        for model, other in lo.MODELS.items()
        if kind.task in other.usual_losses
    ]
    wanted = (draw.given.get("loss"), draw.given.get("model"))
    fits = [pair for pair in fits if all(w in (None, g) for w, g in zip(wanted, pair, strict=True))]
    if not fits:
        raise ImpossibleError
    loss_name, model_name = draw.one(fits)
    loss = draw.spec("loss", lo.LOSSES, [loss_name], {})
    model = draw.spec("model", lo.MODELS, [model_name], {})
    samples = draw.pick("samples", ["written", "file"])
    return lo.EmpiricalRisk(_data(loss.task, samples), model, loss)


@cache
def _data(task: str, samples: str) -> lo.Dataset:
    rng = np.random.default_rng(5)
    n = 24 if samples == "written" else 70
    X = rng.integers(-4, 5, (n, 2)) / 2.0  # quarters: residuals and margins meet kinks exactly
    if samples == "file":
        X = X + rng.standard_normal((n, 2))
    signal = X @ [1.0, -0.5] + rng.integers(-2, 3, n) / 4.0
    labels = {
        "regression": signal,
        "binary": signal > 0.0,
        "multiclass": np.digitize(signal, [-1, 1]),
    }
    return lo.Dataset(X, labels[task].astype(float), task)  # type: ignore[arg-type]


def _start(draw: Draw, goal: lo.Objective) -> tuple[float, ...]:
    rng = np.random.default_rng(int(draw.rng.random() * 1000))
    place = draw.one(["usual", "usual", "tie", "far"])
    if not isinstance(goal, lo.EmpiricalRisk):
        tie = [0.5] * goal.n_params
        return tuple(tie if place == "tie" else np.round(goal.start + 0.1, 2).tolist())
    if place == "tie":
        return tuple(rng.integers(-1, 2, goal.n_params) * float(draw.one([0.0, 1.0])))
    far = 30.0 if place == "far" and goal.loss.task != "regression" else 0.4
    return tuple(np.round(far * rng.standard_normal(goal.n_params), 3).tolist())


@cache
def sampled(library: str) -> tuple[Run, ...]:
    """Runs drawn one by one, the same always."""
    rng = random.Random(library)
    return tuple(_some(library, rng) for _ in range(SAMPLE))


def covering(library: str) -> list[Run]:
    """The sample, and runs in which all settings meet that can meet and did not in the sample."""
    rng = random.Random(0)
    chosen = [*sampled(library)]
    seen = chosen + [_some(library, rng) for _ in range(FIRST_DRAWS)]
    names = dict.fromkeys(name for run in seen for name in settings(run))
    open_pairs = dict.fromkeys(combinations(names, 2))
    for run in chosen:
        _close(open_pairs, run)
    for pair in list(open_pairs):
        if pair in open_pairs and (best := _best(library, rng, pair, open_pairs)):
            chosen.append(best)
            _close(open_pairs, best)
    return chosen


def _close(open_pairs: dict[tuple[str, str], None], run: Run) -> None:
    for met in _pairs(run):
        open_pairs.pop(met, None)


def _some(library: str, rng: random.Random) -> Run:
    while True:
        try:
            return drawn(library, rng, {})
        except (ImpossibleError, lo.FormulaError):
            continue


def _best(
    library: str, rng: random.Random, pair: tuple[str, str], wanted: dict[tuple[str, str], None]
) -> Run | None:
    given = dict(name.split("=") for name in pair)
    found = [run for run in _tries(library, rng, given) if pair in _pairs(run)]
    return max(found, key=lambda run: len(wanted.keys() & _pairs(run)), default=None)


def _tries(library: str, rng: random.Random, given: dict[str, str]) -> Iterator[Run]:
    if len(given) == 2:
        for _ in range(TRIES):
            try:
                yield drawn(library, rng, given)
            except (ImpossibleError, lo.FormulaError):
                continue


def _pairs(run: Run) -> set[tuple[str, str]]:
    found = settings(run)
    return {*combinations(found, 2), *combinations(found[::-1], 2)}
