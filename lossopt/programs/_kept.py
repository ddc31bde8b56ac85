"""Programs that were made, kept for the next run; and why there is none."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.programs._python import (
    FLOAT_ERRORS,
    CompiledRule,
    Gradient,
    written_gradient,
)
from lossopt.programs._tape import Undecided, Untraceable
from lossopt.programs._trace import RuleProgram, trace_objective, trace_rule

KEPT = 256
"""Programs of rules and of objectives that are kept."""
WORTH = 150
"""Steps, of all runs so far, from which on making a program costs less than it saves."""
MOST_OPERATIONS = 500
"""Instructions per step beyond which NumPy's arrays are faster than plain floats."""
TRIED_STEPS = 6
TRIED_PLACES = 3
T = TypeVar("T")
PRODUCTS = "multiplies matrices, which libraries sum in an order of their own"


class Place:
    """Place for one program, made when it has been asked for often enough."""

    def __init__(self) -> None:
        self.asked = 0
        self.made: Any = None
        self.lock = threading.Lock()

    def get(self, make: Callable[[], Any], n_steps: int) -> Any:
        """The program, the `Untraceable` that says why there is none, or None if too early."""
        with self.lock:
            self.asked += n_steps
            if self.made is None and self.asked >= WORTH:
                try:
                    self.made = make()
                except Untraceable as reason:
                    self.made = reason
            return self.made


@lru_cache(maxsize=KEPT)
def _place(key: Hashable) -> Place:
    return Place()


_OWN_PLACES: WeakKeyDictionary[Objective, Place] = WeakKeyDictionary()


def _place_of(objective: Objective) -> Place:
    """Place of an objective: of all that are equal, or its own as long as it lives."""
    described = getattr(type(objective), "__dataclass_params__", None)
    if not (described and described.frozen):
        return Place()  # it may change from one run to the next
    if described.eq:
        try:
            return _place(objective)
        except TypeError:  # holds arrays
            return Place()
    return _OWN_PLACES.setdefault(objective, Place())


def rule_or_reason(rule: Optimizer, objective: Objective, n_steps: int) -> Any:
    """`CompiledRule`, `Untraceable`, or None while so few steps are not worth it."""
    shape, methods = (objective.n_params, tuple(objective.matrices)), _methods(rule)
    try:
        free, fixed = settings_of(rule)
        found = _place((methods, shape, free, _text(fixed))).get(
            lambda: _make_rule(rule, *shape, free), n_steps
        )
        if not isinstance(found, Undecided):
            return found
        fixed |= {name: getattr(rule, name) for name in free}
        return _place((methods, shape, (), _text(fixed))).get(
            lambda: _make_rule(rule, *shape, ()), n_steps
        )
    except Untraceable as reason:
        return reason


def gradient_or_reason(objective: Objective, start: Array, n_steps: int) -> Any:
    """Gradient on plain numbers, `Untraceable`, or None while it is not worth it."""
    return _place_of(objective).get(lambda: _make_gradient(objective, start), n_steps)


def compiled_rule(rule: Optimizer, objective: Objective, n_steps: int) -> CompiledRule | None:
    """The rule on plain floats; None where it has no program, or so few steps are not worth it."""
    found = rule_or_reason(rule, objective, n_steps)
    return found if isinstance(found, CompiledRule) else None


def compiled_gradient(objective: Objective, start: Array, n_steps: int) -> Gradient | None:
    """The gradient on plain floats, equal to NumPy's to the bit; None as for a rule."""
    found = gradient_or_reason(objective, start, n_steps)
    return None if isinstance(found, Untraceable) else found


def program_of(
    rule: Optimizer,
    n_params: int,
    matrices: tuple[tuple[int, int], ...] = (),
    *,
    loops: bool = False,
) -> RuleProgram:
    """Program of a rule, of whose settings as few are fixed as it decides by.

    With `loops`, one of what happens to each param, where it treats all alike.
    """
    try:
        return kept(
            ("program", loops, _kind(rule, n_params, matrices)),
            lambda: _widest_program(rule, n_params, matrices, loops),
        )
    except Undecided:
        return trace_rule(rule, n_params, matrices, (), loops=loops)


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made for a key, made once; raises the `Untraceable` that came of it."""
    found = _place(key).get(make, WORTH)
    if isinstance(found, Untraceable):
        raise found
    made: T = found
    return made


def _kind(rule: Optimizer, n_params: int, matrices: tuple[tuple[int, int], ...]) -> Hashable:
    """All that decides about a program with every number left open."""
    free, fixed = settings_of(rule)
    decided = {name: value for name, value in fixed.items() if not isinstance(value, float)}
    return _methods(rule), n_params, matrices, free, _text(decided)


def _widest_program(
    rule: Optimizer, n_params: int, matrices: tuple[tuple[int, int], ...], loops: bool
) -> RuleProgram:
    free, fixed = settings_of(rule)
    zeros = tuple(name for name, value in fixed.items() if isinstance(value, float))
    try:
        return trace_rule(rule, n_params, matrices, free + zeros, loops=loops)
    except Undecided:
        return trace_rule(rule, n_params, matrices, free, loops=loops)


def _methods(rule: Optimizer) -> Hashable:
    kind = type(rule)
    return kind, kind.init, kind.step, kind.update, kind.evaluated, kind.cost


def _text(settings: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, repr(value)) for name, value in settings.items())


def settings_of(rule: Optimizer) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Names of the hyperparameters that may vary in one program, and all others.

    Whole numbers, switches and zeros are fixed, because rules decide by them.
    """
    given = {name: value for name, value in vars(rule).items() if name != "learning_rate"}
    rate = rule.learning_rate
    if not isinstance(rate, float | int) or isinstance(rate, bool):
        raise Untraceable("its learning rate is no single number")
    free = tuple(name for name, value in given.items() if isinstance(value, float) and value)
    fixed = {name: value for name, value in given.items() if name not in free}
    if not all(isinstance(value, float | int | str | None) for value in fixed.values()):
        raise Untraceable("has settings that are no single numbers")
    return free, fixed


def _make_rule(
    rule: Optimizer,
    n_params: int,
    matrices: tuple[tuple[int, int], ...],
    free: tuple[str, ...],
) -> CompiledRule:
    program = trace_rule(rule, n_params, matrices, free)
    if not program.exact:
        raise Untraceable(PRODUCTS)
    if max(map(len, program.steps)) > MOST_OPERATIONS:
        raise Untraceable(f"takes more than {MOST_OPERATIONS} operations a step")
    made = CompiledRule.of(program, n_params)
    _check_rule(made, rule, n_params, matrices)
    return made


@dataclasses.dataclass(frozen=True)
class _Trial:
    """An objective to try rules on, whose gradient has the same bits everywhere."""

    weights: Array
    matrices: tuple[tuple[int, int], ...]

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return self.weights * params - 0.375


def _check_rule(
    made: CompiledRule, rule: Optimizer, n_params: int, matrices: tuple[tuple[int, int], ...]
) -> None:
    """Refuse a program that takes other steps than the rule: it hides something from the trace."""
    trial: Any = _Trial(np.linspace(0.5, 1.75, n_params), matrices)
    params = np.linspace(-1.25, 1.5, n_params)[None]

    def more(*place: float) -> list[float]:
        found: list[float] = trial.gradient(np.array(place)).tolist()
        return found

    with np.errstate(all="ignore"):
        walk, state = made.walk(rule, more, params[0], None), rule.init(params)
        for _ in range(TRIED_STEPS):
            slope = trial.gradient(params)
            if not (walk and walk.step(slope[0].tolist())):
                return
            params, state = rule.step(slope, trial, None, state, params)
            shown = rule.evaluated(params, state)
            same = np.array_equal(walk.params, params[0], equal_nan=True)
            if not (same and np.array_equal(walk.shown, shown[0], equal_nan=True)):
                raise Untraceable("takes other steps than its program")


def _make_gradient(objective: Objective, start: Array) -> Gradient:
    program = trace_objective(objective)
    if not program.exact:
        raise Untraceable(PRODUCTS)
    if len(program.program) > MOST_OPERATIONS:
        raise Untraceable(f"takes more than {MOST_OPERATIONS} operations")
    made = written_gradient(program)
    _check_gradient(made, objective, start)
    return made


def _check_gradient(made: Gradient, objective: Objective, start: Array) -> None:
    """Refuse a program that gives another gradient, as of an objective that draws numbers."""
    around = np.random.default_rng(0).normal(size=(TRIED_PLACES, len(start)))
    before = None
    with np.errstate(all="ignore"):
        for place in (start, *(start + around)):
            expected = objective.gradient(place[None])[0]
            if before not in (None, before := _memory(objective)):
                raise Untraceable("remembers what it was asked")
            try:
                same = np.array_equal(made(*place.tolist()), expected, equal_nan=True)
            except FLOAT_ERRORS:
                continue
            if not same:
                raise Untraceable("has another gradient than its program")


def _memory(objective: Objective) -> dict[str, tuple[int, int]]:
    """What would be another if an objective kept something of a call."""
    kept = getattr(objective, "__dict__", {})
    return {name: (id(value), getattr(value, "__len__", int)()) for name, value in kept.items()}


def why_not(rule: Optimizer, objective: Objective) -> str | None:
    """Why a rule runs on an objective with NumPy alone, wholly or in part; None where it does not.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"]()
    >>> why_not(lo.OPTIMIZERS["adam"](), bowl)
    >>> why_not(lo.OPTIMIZERS["newton"](), bowl)
    'The rule asks its objective for more than gradients (curvature_root).'
    """
    made = rule_or_reason(rule, objective, WORTH)
    if isinstance(made, Untraceable):
        return f"The rule {made}."
    made = gradient_or_reason(objective, np.asarray(objective.start), WORTH)
    return f"The objective {made}." if isinstance(made, Untraceable) else None
