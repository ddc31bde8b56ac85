"""Rules, objectives, models with a loss: each is called once, with numbers that are not known."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import numpy as np

from lossopt.borders import trusted
from lossopt.losses import Loss
from lossopt.models import Model
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer, State
from lossopt.programs._arrays import APART, Traced
from lossopt.programs._tape import EACH, Cell, Program, Shape, Tape, Unknown, Untraceable

FIRST_STEPS = 3
"""Most first steps whose state is laid out otherwise than in all others."""
ROWS = object()
"""Stands for the samples of a step; a rule may only hand it on."""

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Part:
    """One part of a rule's state: numbers of a shape, or what is no number and stays."""

    name: str
    shape: tuple[int, ...] | None
    fixed: Any = None

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return 0 if self.shape is None else int(np.prod(self.shape))


Layout = tuple[Part, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class RuleProgram:
    """An update rule as programs.

    Attributes
    ----------
    settings : tuple of str
        Hyperparameters that are inputs, besides the learning rate; all others are fixed.
    init : Program
        From ``params``, ``setting`` and ``rate`` to ``state``.
    steps : tuple of Program
        The first steps and, last, all others: from ``gradient``, ``params``, ``state``, ``setting``
        and ``rate`` to ``params``, ``state`` and ``shown``.
    layouts : tuple of Layout
        State before each of these steps.
    cost : float
        Passes over the batch of each step.
    exact : bool
        Whether NumPy sums in the same order, so that results are equal to the bit.
    each : tuple of int or None
        Of a loop over the params: the shape of what holds a number of each; such a part of the
        state is one number of the programs.
    """

    settings: tuple[str, ...]
    init: Program
    steps: tuple[Program, ...]
    layouts: tuple[Layout, ...]
    cost: float
    exact: bool
    each: Shape | None = None

    def slots(self, part: Part) -> int:
        """How many numbers of a program a part of the state is."""
        return 1 if part.shape == self.each else part.size

    def state(self, step: int, numbers: Sequence[float]) -> State:
        """State of the rule itself before step number `step`, from 0, with these numbers."""
        state, first = {}, 0
        for entry in self.layouts[min(step, len(self.layouts) - 1)]:
            values = numbers[first : first + entry.size]
            first += entry.size
            number = values[0] if entry.shape == () else np.reshape(values, entry.shape or 0)
            state[entry.name] = entry.fixed if entry.shape is None else number
        return state


@dataclasses.dataclass(frozen=True)
class ObjectiveProgram:
    """An objective's gradient or value as a program from ``params``.

    Attributes
    ----------
    n_params : int
    program : Program
        Its output is called ``gradient``, ``value`` or ``product``.
    exact : bool
        Whether NumPy sums in the same order, so that results are equal to the bit.
    """

    n_params: int
    program: Program
    exact: bool


@dataclasses.dataclass(frozen=True, eq=False)
class SampleProgram:
    """The loss of one sample as programs, from ``params``, ``row`` and ``label``.

    `both` has the outputs of `gradient` and `value` and shares their work; `prediction` is what the
    model says of the sample.
    """

    n_params: int
    n_inputs: int
    gradient: Program
    value: Program
    both: Program
    prediction: Program


class Landscape:
    """What a rule may ask of an objective that is not known."""

    def __init__(self, tape: Tape, matrices: tuple[tuple[int, int], ...]) -> None:
        self.tape = tape
        self.matrices = matrices

    def gradient(self, params: Traced, rows: object = None) -> Traced:
        if rows is not ROWS:
            raise Untraceable("asks for a gradient over other samples")
        given = flat(params, self.tape.each)
        asked = self.tape.put("gradient", *map(self.tape.place_of, given))
        if self.tape.each:
            entry = Unknown(self.tape, self.tape.put("entry", asked, EACH))
            return Traced(np.full(params.shape, entry, dtype=object))
        cells = np.empty(params.shape, dtype=object)
        for k in range(cells.size):
            cells.flat[k] = Unknown(self.tape, self.tape.put("entry", asked, k))
        return Traced(cells)

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f"asks its objective for more than gradients ({name})")


def trace_rule(
    rule: Optimizer,
    n_params: int,
    matrices: tuple[tuple[int, int], ...] = (),
    settings: tuple[str, ...] = (),
    *,
    loops: bool = False,
) -> RuleProgram:
    """Call `init` and as many steps as differ, with these hyperparameters as inputs.

    With `loops`, a program is what happens to each param; a rule that does not treat all alike has
    none.
    """
    each = (1, n_params) if loops else None
    return tried(lambda: _trace_rule(rule, n_params, matrices, settings, each))


def _trace_rule(
    rule: Optimizer,
    n_params: int,
    matrices: tuple[tuple[int, int], ...],
    settings: tuple[str, ...],
    each: Shape | None,
) -> RuleProgram:
    def of_params(name: str) -> Any:
        return Traced.each(tape, name) if each else Traced.inputs(tape, name, (1, n_params))

    tape = Tape(each)
    state = dict(unset(rule, tape, settings).init(of_params("params")))
    init = tape.program({"state": numbers(state, each)})
    exact, layouts = tape.exact, list[Layout]()
    steps: list[Program] = []
    while True:
        layouts.append(_layout(state))
        tape = Tape(each)
        free = trusted(unset(rule, tape, settings))
        moved, state = free.step(
            of_params("gradient"),
            Landscape(tape, matrices),  # type: ignore[arg-type]
            ROWS,  # type: ignore[arg-type]
            held(layouts[-1], tape),
            of_params("params"),
        )
        shown = flat(free.evaluated(moved, state), each)
        outputs = {"params": flat(moved, each), "state": numbers(state, each)}
        exact = exact and tape.exact
        steps.append(tape.program(outputs | {"shown": shown}))
        if _layout(state) == layouts[-1]:
            cost = float(np.max(free.cost(state)))
            return RuleProgram(settings, init, tuple(steps), tuple(layouts), cost, exact, each)
        if len(steps) > FIRST_STEPS:
            raise Untraceable("its state never stays as it is laid out")


def trace_objective(
    objective: Objective,
    what: Literal["gradient", "value", "product"] = "gradient",
    any_data: bool = False,
) -> ObjectiveProgram:
    """Call `gradient` or `value` at params that are not known, or `product` of a factorization.

    With `any_data`, the triangle of a squared error is not known either, and comes in as ``row``.
    """
    if objective.n_samples > 1 and not objective.quadratic:
        raise Untraceable("is a mean over samples")

    def traced() -> ObjectiveProgram:
        tape, n_params = Tape(), objective.n_params
        asked = copy.copy(objective)
        if any_data:
            shape = asked.triangle.shape  # type: ignore[attr-defined]
            vars(asked)["triangle"] = Traced.inputs(tape, "row", shape)
        found = getattr(asked, what)(Traced.inputs(tape, "params", (1, n_params)))
        shapes = {"gradient": (1, n_params), "value": (1,)}
        if np.shape(found) != shapes.get(what, np.shape(found)):
            raise Untraceable(f"has a {what} of another shape")
        return ObjectiveProgram(n_params, tape.program({what: flat(found)}), tape.exact)

    return tried(traced)


def trace_sample(model: Model, loss: Loss, n_params: int, n_inputs: int) -> SampleProgram:
    """Call model and loss with one sample that is not known.

    Parameters
    ----------
    model : Model
    loss : Loss
    n_params : int
    n_inputs : int
        Length of a row of what the model prepares.
    """

    def traced() -> SampleProgram:
        tape = Tape()
        params: Any = Traced.inputs(tape, "params", (1, n_params))
        row: Any = Traced.inputs(tape, "row", (1, n_inputs))
        label: Any = Traced.inputs(tape, "label", (1,))
        predictions, pullback = model.linearize(params, row)
        slopes = pullback(loss.gradient(predictions, label))
        outputs = {"gradient": flat(slopes), "value": flat(loss.value(predictions, label))}
        gradient, value = (tape.program({name: cells}) for name, cells in outputs.items())
        said = tape.program({"prediction": flat(predictions)})
        return SampleProgram(n_params, n_inputs, gradient, value, tape.program(outputs), said)

    return tried(traced)


def tried(trace: Callable[[], T]) -> T:
    """Whatever goes wrong with numbers that are not known means that there is no program."""
    try:
        with np.errstate(all="ignore"):
            return trace()
    except Untraceable:
        raise
    except Exception as error:
        raise Untraceable(f"cannot be called with unknown numbers ({error})") from error


def unset(rule: Optimizer, tape: Tape, settings: tuple[str, ...]) -> Optimizer:
    """The rule with its learning rate and these hyperparameters not known."""
    unset = copy.copy(rule)
    object.__setattr__(unset, "learning_rate", Traced.inputs(tape, "rate", ()))
    for k, name in enumerate(settings):
        object.__setattr__(unset, name, Traced.inputs(tape, "setting", (), k))
    return unset


def _is_number(value: Any) -> bool:
    kinds = Traced | np.ndarray | np.generic | float | int
    return isinstance(value, kinds) and not isinstance(value, bool)


def _layout(state: State) -> Layout:
    return tuple(
        Part(name, np.shape(value)) if _is_number(value) else Part(name, None, value)
        for name, value in state.items()
    )


def held(layout: Layout, tape: Tape) -> State:
    """State laid out so, with numbers that are not known."""
    held, first = {}, 0
    for entry in layout:
        if entry.shape is None:
            held[entry.name] = entry.fixed
        elif entry.shape == tape.each:
            held[entry.name] = Traced.each(tape, "state", first)
            first += 1
        else:
            held[entry.name] = Traced.inputs(tape, "state", entry.shape, first)
            first += entry.size
    return held


def numbers(state: State, each: Shape | None) -> list[Cell]:
    return [cell for value in state.values() if _is_number(value) for cell in flat(value, each)]


def flat(values: Any, each: Shape | None = None) -> list[Cell]:
    """Numbers of an array; only one of those that stand for a number per param."""
    cells = values.cells if isinstance(values, Traced) else np.asarray(values, dtype=object)
    found: list[Any] = list(cells.reshape(-1))
    if cells.shape != each:
        return found
    if len(set(map(repr, found))) > 1:
        raise Untraceable(APART)
    return found[:1]
