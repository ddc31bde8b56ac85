"""The anatomy of a step as a program: what an update saw and made, line by line, in JavaScript."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.borders import trusted
from lossopt.optimizers import Optimizer
from lossopt.optimizers._anatomy import Steps, Term
from lossopt.programs._arrays import Traced
from lossopt.programs._kept import program_of, settings_of
from lossopt.programs._runs import block
from lossopt.programs._tape import Cell, Program, Tape
from lossopt.programs._trace import ROWS, Landscape, RuleProgram, flat, held, numbers, tried, unset
from lossopt.programs._words import JAVASCRIPT, OWN, OWN_NAMES
from lossopt.programs._write import names_of, written

N_PARAMS = 2
INPUTS = {"p": "params", "g": "gradient", "s": "state", "h": "setting"}


@dataclasses.dataclass(frozen=True)
class AnatomyScript:
    """How a browser takes the steps of a rule apart.

    The module exports a function that takes those of ``static/programs/math.js`` and gives
    ``init(p, h, rate)``, the state, and ``steps``, functions ``(p, g, s, h, rate)`` for the first
    steps and, last, all others: from params, gradient, state, settings and learning rate to
    ``{ params, state, told }``.

    Attributes
    ----------
    text : str
    names : tuple of str
        Settings, in order.
    terms : tuple of Term
        The lines, whose numbers are `told` one after the other: of either param those of the
        symbols used, and the result. Their own numbers are not known.
    """

    text: str
    names: tuple[str, ...]
    terms: tuple[Term, ...]


def anatomy_script(rule: Optimizer) -> AnatomyScript:
    """Write the anatomy of a rule with two params.

    Parameters
    ----------
    rule : Optimizer
        What is no number of it, and zeros, are fixed.

    Raises
    ------
    Untraceable
        If it has no program, or no anatomy.

    Examples
    --------
    >>> import lossopt as lo
    >>> script = anatomy_script(lo.OPTIMIZERS["momentum"]())
    >>> script.names, [f"{term.name} = {term.expression}" for term in script.terms]
    (('momentum',), ['v = μ·v + g', 'θ = θ − η·v'])
    """
    program, (names, _) = program_of(rule, N_PARAMS), settings_of(rule)
    init = tried(lambda: _init(rule, names))
    taken = [
        tried(lambda k=k: _step(rule, names, program, k))  # type: ignore[misc]
        for k in range(len(program.steps))
    ]
    steps = ", ".join(_function("(p, g, s, h, rate)", made, "pgsh", names) for made, _ in taken)
    known = ", ".join((*OWN, *OWN_NAMES.values(), "pow", "hypot"))
    start = _function("(p, h, rate)", init, "ph", names)
    text = f"export default ({{ {known} }}) => ({{\ninit: {start},\nsteps: [{steps}],\n}});\n"
    return AnatomyScript(text, names, tuple(taken[-1][1]))


def _init(rule: Optimizer, names: tuple[str, ...]) -> Program:
    tape = Tape()
    params: Any = Traced.inputs(tape, "params", (1, N_PARAMS))
    return tape.program({"state": numbers(unset(rule, tape, names).init(params), None)})


def _step(
    rule: Optimizer, names: tuple[str, ...], program: RuleProgram, k: int
) -> tuple[Program, list[Term]]:
    """One step as `lossopt.theory.anatomy.replay` takes it, and its lines."""
    tape = Tape()
    free = trusted(unset(rule, tape, names))
    params: Any = Traced.inputs(tape, "params", (1, N_PARAMS))
    slopes: Any = Traced.inputs(tape, "gradient", (1, N_PARAMS))
    before = held(program.layouts[k], tape)
    ground: Any = Landscape(tape, ())
    moved, after = free.step(slopes, ground, ROWS, before, params)  # type: ignore[arg-type]
    terms = free.anatomy(Steps(slopes, params, moved, _rows(before), _rows(after)))
    told = [cell for term in terms for param in range(N_PARAMS) for cell in _cells(term, param)]
    outputs = {"params": flat(moved), "state": numbers(after, None), "told": told}
    return tape.program(outputs), terms


def _rows(state: Any) -> Any:
    """A row for each part of the state; NaN stands for what is not there yet."""
    rows = {name: np.nan if value is None else value for name, value in state.items()}
    return {
        name: value.reshape(1, -1) if isinstance(value, Traced) else np.reshape(value, (1, -1))
        for name, value in rows.items()
    }


def _cells(term: Term, param: int) -> list[Cell]:
    values = [*(term.symbols[name] for name in term.used), term.result]
    return [_cell(value, param) for value in values]


def _cell(value: Any, param: int) -> Cell:
    cells = value.cells if isinstance(value, Traced) else np.asarray(value, dtype=object)
    found: Cell = np.broadcast_to(cells, (1, N_PARAMS))[0, param]
    return found


def _function(head: str, program: Program, given: Sequence[str], settings: Sequence[str]) -> str:
    done = written(program, JAVASCRIPT)
    read = _read_inputs(program, given)
    told = ", ".join(f"{name}: [{', '.join(texts)}]" for name, texts in done.outputs.items())
    if list(done.outputs) == ["state"]:
        told = f"[{', '.join(done.outputs['state'])}]"
        return block(f"{head} =>", [*read, *done.lines, f"return {told};"]).rstrip()
    return block(f"{head} =>", [*read, *done.lines, f"return {{ {told} }};"]).rstrip()


def _read_inputs(program: Program, given: Sequence[str]) -> list[str]:
    counts: dict[str, int] = {}
    for operation, *rest in program.instructions:
        if operation == "input" and rest[0] != "rate":
            counts[str(rest[0])] = max(counts.get(str(rest[0]), 0), int(rest[1]) + 1)
    return [
        f"const [{', '.join(names_of(INPUTS[letter], counts[INPUTS[letter]]))}] = {letter};"
        for letter in given
        if INPUTS[letter] in counts
    ]
