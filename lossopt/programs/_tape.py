"""Programs: instructions on plain numbers, one after the other, without loops and branches."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any

LONGEST = 2500
"""Instructions of a program; a longer one stays with NumPy."""
OPERATIONS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("add", "subtract", "multiply", "divide", "power", "hypot"), 2),
        **dict.fromkeys(("maximum", "minimum", "logical_and", "logical_or"), 2),
        **dict.fromkeys(("greater", "greater_equal", "less", "less_equal"), 2),
        **dict.fromkeys(("equal", "not_equal"), 2),
        **dict.fromkeys(("negative", "absolute", "sign", "sqrt", "isnan", "logical_not"), 1),
        **dict.fromkeys(("isinf", "isfinite"), 1),
        **dict.fromkeys(("exp", "expm1", "log", "log1p", "tanh", "sin", "cos", "tan", "cosh"), 1),
        **dict.fromkeys(("log2", "log10", "sinh", "arcsin", "arccos", "arctan"), 1),
        "select": 3,
    }
)
"""All operations of a program, by NumPy's names, with the number of their arguments."""

Instruction = tuple[Any, ...]
"""``(operation, place, …)``, ``("number", value)``, ``("input", name, index)``, or a gradient:
``("gradient", place, …)``, whose entries are ``("entry", place, index)``.

Of a loop over the params: ``("each", name, index)`` is an array's entry for the param at hand, and
so is ``("entry", place, EACH)`` of a gradient; ``("total", place)`` sums over all params."""
FIRST_HAND = frozenset({"number", "input", "each"})
OF_ALL = frozenset({"gradient", "total"})
"""Operations that need a number of every param before there is a result."""
EACH = "j"
Shape = tuple[int, ...]


class Untraceable(Exception):  # noqa: N818
    """No program comes out; the message is the reason."""


class Undecided(Untraceable):
    """A number that is not known would decide what happens next."""


@dataclasses.dataclass(frozen=True)
class Program:
    """Instructions, and at which of them each output is found.

    Attributes
    ----------
    instructions : tuple
    outputs : Mapping of str to tuple of int
    """

    instructions: tuple[Instruction, ...]
    outputs: Mapping[str, tuple[int, ...]]

    def __len__(self) -> int:
        return sum(op[0] not in FIRST_HAND for op in self.instructions)


@dataclasses.dataclass(frozen=True)
class Unknown:
    """One number that is not known yet: the place of the instruction that gives it."""

    tape: Tape
    place: int

    @property
    def is_of_each(self) -> bool:
        """Whether it stands for a number of every param."""
        return self.place in self.tape.looped


Cell = Unknown | float


class Tape:
    """Instructions in the making; equal ones are written once.

    Attributes
    ----------
    exact : bool
        Whether NumPy sums in the same order, so that results are equal to the bit.
    each : tuple of int or None
        Shape of the arrays that stand for one entry per param, where a loop goes over these.
    """

    def __init__(self, each: Shape | None = None) -> None:
        self.instructions: list[Instruction] = []
        self.places: dict[tuple[str, ...], int] = {}
        self.exact = True
        self.each = each
        self.looped: set[int] = set()

    def put(self, operation: str, *arguments: Any) -> int:
        """Place of an instruction."""
        while operation == "absolute" and self.instructions[arguments[0]][0] == "negative":
            arguments = self.instructions[arguments[0]][1:]
        key = (operation, *map(repr, arguments))  # 0 and −0 are equal, but not the same
        if key not in self.places:
            if len(self.instructions) > 4 * LONGEST:
                raise Untraceable(f"takes more than {LONGEST} operations")
            place = self.places[key] = len(self.instructions)
            self.instructions.append((operation, *arguments))
            if is_of_each(self.instructions[place], self.looped):
                self.looped.add(place)
        return self.places[key]

    def place_of(self, cell: Cell) -> int:
        """Place of a number, known or not."""
        if isinstance(cell, Unknown):
            if cell.tape is not self:
                raise Untraceable("numbers of one call are used in another")
            return cell.place
        return self.put("number", float(cell))

    def program(self, outputs: Mapping[str, Sequence[Cell]]) -> Program:
        """Only what the outputs need, in order."""
        found = {name: [self.place_of(cell) for cell in cells] for name, cells in outputs.items()}
        needed = self._needed([place for places in found.values() for place in places])
        moved = {old: new for new, old in enumerate(needed)}
        program = Program(
            tuple(_renumbered(self.instructions[place], moved) for place in needed),
            {name: tuple(moved[place] for place in places) for name, places in found.items()},
        )
        if len(program) > LONGEST:
            raise Untraceable(f"takes more than {LONGEST} operations")
        return program

    def _needed(self, places: list[int]) -> list[int]:
        seen: set[int] = set()
        while places:
            place = places.pop()
            if place not in seen:
                seen.add(place)
                places += arguments_of(self.instructions[place])
        return sorted(seen)


def arguments_of(instruction: Instruction) -> tuple[int, ...]:
    """Places that an instruction reads.

    Examples
    --------
    >>> arguments_of(("add", 3, 4)), arguments_of(("entry", 5, 1)), arguments_of(("number", 2.0))
    ((3, 4), (5,), ())
    """
    if instruction[0] in FIRST_HAND:
        return ()
    return instruction[1:2] if instruction[0] == "entry" else instruction[1:]


def is_of_each(instruction: Instruction, looped: Container[int]) -> bool:
    """Whether an instruction gives a number for each param, as those at some places do.

    Examples
    --------
    >>> is_of_each(("add", 3, 4), {4}), is_of_each(("total", 4), {4})
    (True, False)
    """
    if instruction[0] in OF_ALL or instruction[0] in FIRST_HAND:
        return instruction[0] == "each"
    return EACH in instruction or any(place in looped for place in arguments_of(instruction))


def _renumbered(instruction: Instruction, moved: Mapping[int, int]) -> Instruction:
    if instruction[0] in FIRST_HAND:
        return instruction
    read = tuple(moved[place] for place in arguments_of(instruction))
    return (instruction[0], *read, *instruction[1 + len(read) :])
