"""Programs in Python: text of our own words and numbers, compiled, and run on plain floats."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, repeat
from types import MappingProxyType
from typing import Any

import numpy as np

from lossopt.optimizers import Optimizer, State
from lossopt.optimizers._base import Landscape
from lossopt.params import Array, Number
from lossopt.programs._tape import Program
from lossopt.programs._trace import ObjectiveProgram, RuleProgram
from lossopt.programs._write import SIGNS, Language, name_of, names_of, written

Numbers = Sequence[float]
Gradient = Callable[..., Numbers]

FLOAT_ERRORS = (ZeroDivisionError, OverflowError, ValueError)
"""What plain floats raise where NumPy goes on with an infinity or NaN."""
FIRST_LOOK = 64
"""Steps after which a run is first looked at; each later look comes after twice as many."""

INFIX = SIGNS | {"logical_and": "and", "logical_or": "or"}
NUMPYS = (
    *("exp", "expm1", "log", "log1p", "log2", "log10"),
    *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"),
)
"""Functions whose last bit differs from library to library: NumPy's own are called."""
PYTHON = Language(
    words=MappingProxyType(
        {name: f"({{0}} {sign} {{1}})" for name, sign in INFIX.items()}
        | {name: f"float({name}({{0}}))" for name in NUMPYS}
        | {name: f"float({name}({{0}}, {{1}}))" for name in ("power", "hypot")}
        | {
            "negative": "(-{0})",
            "absolute": "abs({0})",
            "sqrt": "sqrt({0})",
            "isnan": "({0} != {0})",
            "isinf": "({0} == inf or {0} == -inf)",
            "isfinite": "({0} - {0} == 0.0)",
            "logical_not": "(not {0})",
            "select": "({1} if {0} else {2})",
            "maximum": "({0} if {0} >= {1} or {0} != {0} else {1})",
            "minimum": "({0} if {0} <= {1} or {0} != {0} else {1})",
            "sign": "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else 0.0 if {0} == 0.0 else {0})",
        }
    ),
    line="{0} = {1}",
    number=lambda value: f"({value!r})" if math.copysign(1.0, value) < 0.0 else repr(value),
)
NAMES = MappingProxyType(
    {name: getattr(np, name) for name in (*NUMPYS, "power", "hypot", "inf", "nan")}
    | {"abs": abs, "float": float, "sqrt": math.sqrt, "__builtins__": {}}
)
"""All that a written text can name."""


def compiled(text: str) -> dict[str, Any]:
    """Functions of a text that this module has written."""
    names: dict[str, Any] = dict(NAMES)
    exec(compile(text, "<program>", "exec"), names)
    return names


def _unpacked(kind: str, count: int, given: str) -> list[str]:
    return [f"({', '.join(names_of(kind, count))},) = {given}"] if count else []


def _tuple(texts: Iterable[str]) -> str:
    return "(" + "".join(f"{text}, " for text in texts) + ")"


def _function(head: str, lines: Iterable[str]) -> str:
    return f"def {head}:\n" + "".join(f"    {line}\n" for line in lines)


def gradient_text(program: Program, n_params: int) -> str:
    """``gradient(p0, p1, …)``."""
    done = written(program, PYTHON)
    head = f"gradient({', '.join(names_of('params', n_params))})"
    return _function(head, [*done.lines, f"return {_tuple(done.outputs['gradient'])}"])


def init_text(rule: RuleProgram, n_params: int) -> str:
    """``init(rate, settings, params)``, which gives the state."""
    done = written(rule.init, PYTHON)
    lines = _unpacked("setting", len(rule.settings), "settings")
    lines += _unpacked("params", n_params, "params")
    return _function(
        "init(rate, settings, params)",
        [*lines, *done.lines, f"return {_tuple(done.outputs['state'])}"],
    )


def step_text(rule: RuleProgram, number: int, n_params: int) -> str:
    """``step_n(gradient, rates, settings, params, state, more)``: a step for every rate."""
    program = rule.steps[number]
    done = written(program, PYTHON, fixed=("setting",))
    size = sum(entry.size for entry in rule.layouts[number])
    moved = dict(zip(names_of("params", n_params), done.outputs["params"], strict=True))
    after = names_of("state", len(done.outputs["state"]))
    moved |= dict(zip(after, done.outputs["state"], strict=True))
    changed = {name: text for name, text in moved.items() if name != text}
    places = _tuple(names_of("params", n_params))
    same = done.outputs["shown"] == done.outputs["params"]
    before = [] if same else [f"more({_tuple(done.outputs['shown'])})"]
    given = ", ".join(names_of("params", n_params))
    inner = [
        f"{_tuple(names_of('gradient', n_params))} = gradient({given})",
        *done.lines,
        *before,
        *([f"{', '.join(changed)} = {', '.join(changed.values())}"] if changed else []),
        *([f"more({places})"] if same else []),
    ]
    lines = _unpacked("setting", len(rule.settings), "settings")
    lines += _unpacked("params", n_params, "params") + _unpacked("state", size, "state")
    lines += [*done.before, f"for {name_of('rate')} in rates:", *(f"    {line}" for line in inner)]
    head = f"step_{number}(gradient, rates, settings, params, state, more)"
    return _function(head, [*lines, f"return {places}, {_tuple(after)}"])


@dataclasses.dataclass(frozen=True, eq=False)
class CompiledRule:
    """An update rule on plain floats."""

    program: RuleProgram
    init: Callable[..., Numbers]
    steps: tuple[Callable[..., tuple[Numbers, Numbers]], ...]

    @classmethod
    def of(cls, program: RuleProgram, n_params: int) -> CompiledRule:
        """Write and compile a rule."""
        count = range(len(program.steps))
        texts = [step_text(program, number, n_params) for number in count]
        names = compiled("\n".join([init_text(program, n_params), *texts]))
        return cls(program, names["init"], tuple(names[f"step_{number}"] for number in count))

    def settings(self, rule: Optimizer) -> Numbers:
        """Hyperparameters of a rule of this kind, in order."""
        return [float(getattr(rule, name)) for name in self.program.settings]

    def walk(self, rule: Optimizer, start: Array) -> Walk | None:
        """Begin a run whose gradients are given; None where plain floats give up at once."""
        settings, params = self.settings(rule), start.tolist()
        try:
            state = self.init(float(rule.learning_rate), settings, params)
        except FLOAT_ERRORS:
            return None
        return Walk(self, settings, params, state)

    def run(
        self, rule: Optimizer, gradient: Gradient, start: Array, n_steps: int, rates: Array | None
    ) -> Array | None:
        """All iterates, ``(n_steps + 1, n_params)``; None where plain floats give up.

        Parameters
        ----------
        rule : Optimizer
        gradient : callable
            From the params, one by one, to the gradient's entries.
        start : array (n_params,)
        n_steps : int
        rates : array (n_steps,), optional
            Learning rate of every step; the rule's own by default.
        """
        path = start.tolist()
        try:
            with np.errstate(all="ignore"):
                self._follow(rule, gradient, path, n_steps, rates)
        except FLOAT_ERRORS:
            return None
        missing = (n_steps + 1) * len(start) - len(path)
        return np.array(path + [math.nan] * missing).reshape(-1, len(start))

    def _follow(
        self,
        rule: Optimizer,
        gradient: Gradient,
        path: list[float],
        n_steps: int,
        rates: Array | None,
    ) -> None:
        """Extend the path until it is long enough or nothing finite is left."""
        rate, settings, params = float(rule.learning_rate), self.settings(rule), tuple(path)
        ahead: Iterator[float] = repeat(rate, n_steps) if rates is None else iter(rates.tolist())
        first = rate if rates is None or not n_steps else float(rates[0])
        state = self.init(first, settings, params)
        for step in self.steps[:-1]:
            args = gradient, islice(ahead, 1), settings, params, state, path.extend
            if len(path) // len(params) <= n_steps:
                params, state = step(*args)  # type: ignore[assignment]
        size = FIRST_LOOK
        while len(path) < (n_steps + 1) * len(params) and any(map(math.isfinite, params)):
            args = gradient, islice(ahead, size), settings, params, state, path.extend
            params, state = self.steps[-1](*args)  # type: ignore[assignment]
            size *= 2


class Walk:
    """A run of a compiled rule that is given its gradients step by step.

    Attributes
    ----------
    params, state : sequence of float
    shown : list of float
        Params that a user would evaluate.
    """

    def __init__(self, rule: CompiledRule, settings: Numbers, params: Numbers, state: Numbers):
        self.rule, self.settings = rule, settings
        self.params, self.state = params, state
        self.shown: list[float] = []
        self.n_steps = 0

    def step(self, rate: Number, gradient: Array, objective: Landscape, rows: Any) -> bool:
        """Take a step with this gradient, ``(n_params,)``; whether plain floats could."""
        step = self.rule.steps[min(self.n_steps, len(self.rule.steps) - 1)]
        given = [gradient.tolist()]

        def gradients(*params: float) -> Numbers:
            if given:
                return given.pop()
            found: Numbers = objective.gradient(np.array([params]), rows)[0].tolist()
            return found

        shown: list[float] = []
        try:
            self.params, self.state = step(
                gradients, (float(rate),), self.settings, self.params, self.state, shown.extend
            )
        except FLOAT_ERRORS:
            return False
        self.shown = shown
        self.n_steps += 1
        return True

    def numpy_state(self) -> State:
        """State of the rule itself, to go on with NumPy."""
        return self.rule.program.state(self.n_steps, self.state)


def written_gradient(program: ObjectiveProgram) -> Gradient:
    """``gradient(p0, p1, …)`` of an objective."""
    found: Gradient = compiled(gradient_text(program.program, program.n_params))["gradient"]
    return found
