"""Programs in Python: text of our own words and numbers, compiled, and run on plain floats."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from types import MappingProxyType
from typing import Any

import numpy as np

from lossopt.optimizers import Optimizer, State
from lossopt.params import Array
from lossopt.programs._tape import Program
from lossopt.programs._trace import ObjectiveProgram, RuleProgram
from lossopt.programs._write import SIGNS, Language, name_of, names_of, written

Numbers = Sequence[float]
Gradient = Callable[..., Numbers]
Walking = Generator[tuple[Numbers, Numbers, Numbers], Numbers, tuple[Numbers, Numbers, Numbers]]
"""Params, state and what is evaluated; sent the gradient there, the next of them."""

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
    places = names_of("params", n_params)
    head = f"step_{number}(gradient, rates, settings, params, state, more)"
    return _steps(rule, number, head, places, f"gradient({', '.join(places)})", "more({})")


def walk_text(rule: RuleProgram, number: int, n_params: int) -> str:
    """``walk_n(gradient, rates, settings, params, state, shown)``.

    It says where it is and is sent the gradient there; `gradient` is for other places.
    """
    places = names_of("params", n_params)
    state = _tuple(names_of("state", _size(rule, number)))
    head = f"walk_{number}(gradient, rates, settings, params, state, shown)"
    asked = f"yield {_tuple(places)}, {state}, shown"
    return _steps(rule, number, head, places, asked, "shown = {}", ", shown")


def _size(rule: RuleProgram, number: int) -> int:
    return sum(entry.size for entry in rule.layouts[number])


def _steps(
    rule: RuleProgram,
    number: int,
    head: str,
    places: list[str],
    asked: str,
    tell: str,
    end: str = "",
) -> str:
    """A loop of steps: how it asks for a gradient, tells what is evaluated, and what it gives."""
    program = rule.steps[number]
    done = written(program, PYTHON, fixed=("setting",))
    after = names_of("state", len(done.outputs["state"]))
    texts = [*done.outputs["params"], *done.outputs["state"]]
    moved = zip([*places, *after], texts, strict=True)
    changed = {name: text for name, text in moved if name != text}
    same = done.outputs["shown"] == done.outputs["params"]
    inner = [
        f"{_tuple(names_of('gradient', len(places)))} = {asked}",
        *done.lines,
        *([] if same else [tell.format(_tuple(done.outputs["shown"]))]),
        *([f"{', '.join(changed)} = {', '.join(changed.values())}"] if changed else []),
        *([tell.format(_tuple(places))] if same else []),
    ]
    lines = _unpacked("setting", len(rule.settings), "settings")
    lines += _unpacked("params", len(places), "params")
    lines += _unpacked("state", _size(rule, number), "state")
    lines += [*done.before, f"for {name_of('rate')} in rates:", *(f"    {line}" for line in inner)]
    return _function(head, [*lines, f"return {_tuple(places)}, {_tuple(after)}{end}"])


@dataclasses.dataclass(frozen=True, eq=False)
class CompiledRule:
    """An update rule on plain floats."""

    program: RuleProgram
    init: Callable[..., Numbers]
    steps: tuple[Callable[..., tuple[Numbers, Numbers]], ...]
    walks: tuple[Callable[..., Walking], ...]

    @classmethod
    def of(cls, program: RuleProgram, n_params: int) -> CompiledRule:
        """Write and compile a rule."""
        count = range(len(program.steps))
        steps = [step_text(program, number, n_params) for number in count]
        walks = [walk_text(program, number, n_params) for number in count]
        names = compiled("\n".join([init_text(program, n_params), *steps, *walks]))
        return cls(
            program,
            names["init"],
            tuple(names[f"step_{number}"] for number in count),
            tuple(names[f"walk_{number}"] for number in count),
        )

    def settings(self, rule: Optimizer) -> Numbers:
        """Hyperparameters of a rule of this kind, in order."""
        return [float(getattr(rule, name)) for name in self.program.settings]

    def walk(
        self, rule: Optimizer, gradient: Gradient, start: Array, rates: Array | None
    ) -> Walk | None:
        """Begin a run that is sent its gradients; None where plain floats give up at once.

        `gradient` is for rules that ask for more of them within a step; else as in `run`.
        """
        rate = float(rule.learning_rate)
        ahead = repeat(rate) if rates is None else chain(rates.tolist(), repeat(rate))
        try:
            return Walk(self.program, self._walking(rule, gradient, tuple(start.tolist()), ahead))
        except FLOAT_ERRORS:
            return None

    def _walking(
        self, rule: Optimizer, gradient: Gradient, params: Numbers, rates: Iterator[float]
    ) -> Walking:
        """Take steps as long as gradients are sent."""
        settings = self.settings(rule)
        state, shown = self.init(float(rule.learning_rate), settings, params), params
        for walk in self.walks[:-1]:
            args = gradient, islice(rates, 1), settings, params, state, shown
            params, state, shown = yield from walk(*args)
        return (yield from self.walks[-1](gradient, rates, settings, params, state, shown))

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
        size = (n_steps + 1) * len(start)
        path += [math.nan] * (size - len(path))
        return np.fromiter(path, np.float64, size).reshape(-1, len(start))

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
    """A run of a compiled rule that is sent its gradients step by step.

    Attributes
    ----------
    params, state : sequence of float
    shown : sequence of float
        Params that a user would evaluate.
    """

    def __init__(self, program: RuleProgram, walking: Walking) -> None:
        self.program, self._send = program, walking.send
        self.params, self.state, self.shown = next(walking)
        self.n_steps = 0

    def step(self, gradient: Numbers) -> bool:
        """Take a step with this gradient, ``(n_params,)``; whether plain floats could."""
        try:
            self.params, self.state, self.shown = self._send(gradient)
        except FLOAT_ERRORS:
            return False
        self.n_steps += 1
        return True

    def numpy_state(self) -> State:
        """State of the rule itself, to go on with NumPy."""
        return self.program.state(self.n_steps, self.state)


def written_gradient(program: ObjectiveProgram) -> Gradient:
    """``gradient(p0, p1, …)`` of an objective."""
    found: Gradient = compiled(gradient_text(program.program, program.n_params))["gradient"]
    return found
