"""The one writer: a program as lines of a language that is given by its words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from lossopt.programs._tape import FIRST_HAND, Program, arguments_of

DEEPEST = 20
"""Expressions inside each other; from there on one gets a name."""
LETTERS = {
    "params": "p",
    "gradient": "g",
    "state": "s",
    "setting": "h",
    "row": "x",
    "rate": "rate",
    "label": "label",
}
"""Names of inputs; all but the last two are followed by their index."""


SIGNS = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "greater": ">",
    "less": "<",
    "greater_equal": ">=",
    "less_equal": "<=",
    "equal": "==",
    "not_equal": "!=",
}
"""Operations that are signs between two numbers, in Python and in JavaScript alike."""


@dataclasses.dataclass(frozen=True)
class Language:
    """Words of a language.

    Attributes
    ----------
    words : Mapping of str to str
        How each operation is written, with ``{0}``, ``{1}``, ``{2}`` for its arguments.
    line : str
        How the value ``{1}`` gets the name ``{0}``.
    number : callable
        How a number is written.
    arrays : frozenset of str
        Kinds of inputs that are read from an array of their letter.
    """

    words: Mapping[str, str]
    line: str
    number: Callable[[float], str]
    arrays: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Written:
    """Lines of a program.

    Attributes
    ----------
    before : list of str
        Lines that stay true as long as the fixed inputs do: they may stand before a loop.
    lines : list of str
    outputs : dict of str to list of str
        Expression of every output.
    """

    before: list[str]
    lines: list[str]
    outputs: dict[str, list[str]]


def name_of(kind: str, index: int = 0) -> str:
    """Name of an input.

    >>> name_of("params", 1), name_of("rate")
    ('p1', 'rate')
    """
    letter = LETTERS[kind]
    return letter if len(letter) > 1 else f"{letter}{index}"


def names_of(kind: str, count: int) -> list[str]:
    """Names of all inputs of a kind."""
    return [name_of(kind, index) for index in range(count)]


def written(program: Program, language: Language, fixed: tuple[str, ...] = ()) -> Written:
    """Write a program; what is used once goes straight into its place.

    Parameters
    ----------
    program : Program
    language : Language
    fixed : tuple of str
        Inputs that do not change as long as a loop goes.
    """
    uses, still = _uses(program, language), _still(program, fixed)
    wanted = _wanted_in_loop(program, still)
    result = Written([], [], {})
    texts: list[str] = []
    depths: list[int] = []
    for place, (operation, *given) in enumerate(program.instructions):
        read = arguments_of(program.instructions[place])
        depth = 1 + max((depths[k] for k in read), default=0)
        text = _text(operation, given, [texts[k] for k in read], language)
        named = uses[place] > 1 or depth > DEEPEST or place in wanted or operation == "gradient"
        if named and operation not in FIRST_HAND and operation != "entry":
            lines = result.before if still[place] else result.lines
            lines.append(language.line.format(f"v{place}", text))
            text, depth = f"v{place}", 0
        texts.append(text)
        depths.append(depth)
    for name, places in program.outputs.items():
        result.outputs[name] = [texts[place] for place in places]
    return result


def _text(operation: str, given: list[object], texts: list[str], language: Language) -> str:
    if operation == "input" and given[0] in language.arrays:
        return f"{LETTERS[str(given[0])]}[{given[1]}]"
    if operation == "input":
        return name_of(*given)  # type: ignore[arg-type]
    if operation == "number":
        return language.number(given[0])  # type: ignore[arg-type]
    if operation == "gradient":
        return f"gradient({', '.join(texts)})"
    if operation == "entry":
        return f"{texts[0]}[{given[1]}]"
    return language.words[operation].format(*texts)


def _uses(program: Program, language: Language) -> list[int]:
    """How often each instruction is read; a word may read its argument more than once."""
    uses = [0] * len(program.instructions)
    for instruction in program.instructions:
        word = language.words.get(instruction[0], "")
        for k, place in enumerate(arguments_of(instruction)):
            uses[place] += max(1, word.count(f"{{{k}}}"))
    for places in program.outputs.values():
        for place in places:
            uses[place] += 1
    return uses


def _still(program: Program, fixed: tuple[str, ...]) -> list[bool]:
    """Whether each instruction depends on fixed inputs only."""
    still: list[bool] = []
    for instruction in program.instructions:
        if instruction[0] == "input":
            still.append(instruction[1] in fixed)
        else:
            still.append(bool(fixed) and all(still[k] for k in arguments_of(instruction)))
            still[-1] = still[-1] and instruction[0] != "gradient"
    return still


def _wanted_in_loop(program: Program, still: list[bool]) -> set[int]:
    """Instructions before the loop that the loop reads."""
    wanted = {place for places in program.outputs.values() for place in places if still[place]}
    for place, instruction in enumerate(program.instructions):
        if not still[place]:
            wanted |= {k for k in arguments_of(instruction) if still[k]}
    return wanted
