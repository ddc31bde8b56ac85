"""Rules in JavaScript that go over their params in loops.

A program is cut where it needs a number of every param, which is a gradient or a sum: before each
of these cuts stands one loop. What is needed after the loop it is found in goes into an array.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import cached_property

from lossopt.programs._tape import FIRST_HAND, OF_ALL, Program, arguments_of, is_of_each
from lossopt.programs._words import JAVASCRIPT
from lossopt.programs._write import name_of

READ = FIRST_HAND | {"entry"}
TOTAL = """/* A sum in the order in which NumPy sums neighbors in memory. */
function total(values) {
  const n = values.length, whole = n - (n % 8), half = (n >> 1) - ((n >> 1) % 8);
  if (n > 128) return total(values.subarray(0, half)) + total(values.subarray(half));
  const sums = values.slice(0, Math.min(whole, 8));
  for (let k = 8; k < whole; k++) sums[k % 8] += values[k];
  for (let m = sums.length; m > 1; m /= 2) {
    for (let k = 0; k < m; k += 2) sums[k / 2] = sums[k] + sums[k + 1];
  }
  let sum = whole ? sums[0] : values[0];
  for (let k = whole || 1; k < n; k++) sum += values[k];
  return sum;
}
"""


@dataclasses.dataclass(frozen=True)
class Loop:
    """A program as lines.

    Attributes
    ----------
    lines : list of str
    outputs : dict of str to list of str
        Expression of every output, which is an array where it holds a number of every param.
    """

    lines: list[str]
    outputs: dict[str, list[str]]


def looped(program: Program, arrays: Mapping[str, Sequence[bool]]) -> Loop:
    """Write a program; inputs that hold a number of every param are arrays of their names.

    Parameters
    ----------
    program : Program
    arrays : Mapping of str to sequence of bool
        Which of its outputs are arrays, also if all their numbers are the same known one.
    """
    cut = _Cut.of(program)
    lines = [line for part in range(max(cut.parts, default=0) + 1) for line in cut.lines(part)]
    outputs = {
        name: [
            cut.array(k) if each else cut.text(k)
            for k, each in zip(places, arrays[name], strict=True)
        ]
        for name, places in program.outputs.items()
    }
    return Loop(lines, outputs)


@dataclasses.dataclass(frozen=True)
class _Cut:
    """Which instructions are of each param, and after how many cuts each one stands."""

    program: Program
    of_each: frozenset[int]
    parts: list[int]

    @classmethod
    def of(cls, program: Program) -> _Cut:
        found: set[int] = set()
        parts: list[int] = []
        for place, instruction in enumerate(program.instructions):
            if is_of_each(instruction, found):
                found.add(place)
            read = arguments_of(instruction)
            after = (parts[k] + (program.instructions[k][0] in OF_ALL) for k in read)
            parts.append(max(after, default=0))
        return cls(program, frozenset(found), parts)

    def lines(self, part: int) -> list[str]:
        """What happens once, what happens to each param, and what needs all of them."""
        here = [
            place
            for place, instruction in enumerate(self.program.instructions)
            if self.parts[place] == part and instruction[0] not in READ
        ]
        kept = [k for k in here if k in self._kept]
        each = [f"  {self._line(k)}" for k in here if k in self.of_each]
        each += [f"  a{k}[j] = v{k};" for k in kept]
        return [
            *(self._line(k) for k in here if k not in self.of_each and not self._is_of_all(k)),
            *(f"const a{k} = new Float64Array(p0.length);" for k in kept),
            *(["for (let j = 0; j < p0.length; j++) {", *each, "}"] if each else []),
            *(self._line(k) for k in here if self._is_of_all(k)),
        ]

    @cached_property
    def _kept(self) -> set[int]:
        """Instructions of each param whose numbers are needed after their loop."""
        found = {k for places in self.program.outputs.values() for k in places}
        for place, instruction in enumerate(self.program.instructions):
            for k in arguments_of(instruction):
                if self._is_of_all(place) or self.parts[k] < self.parts[place]:
                    found.add(k)
        return found & self.of_each

    def _is_of_all(self, place: int) -> bool:
        return self.program.instructions[place][0] in OF_ALL

    def _line(self, place: int) -> str:
        operation, *given = self.program.instructions[place]
        if operation in OF_ALL:
            spread = "..." if operation == "gradient" else ""
            return f"const v{place} = {operation}({spread}{self.array(given[0])});"
        texts = [self.text(k, self.parts[place]) for k in given]
        return f"const v{place} = {JAVASCRIPT.words[operation].format(*texts)};"

    def text(self, place: int, part: int | None = None) -> str:
        """A number, in a loop that of the param at hand."""
        operation, *given = self.program.instructions[place]
        if operation == "number":
            return JAVASCRIPT.number(given[0])
        if operation == "input":
            return name_of(*given)
        if operation in READ or (place in self.of_each and self.parts[place] != part):
            return f"{self.array(place)}[j]"
        return f"v{place}"

    def array(self, place: int) -> str:
        """The numbers of all params."""
        operation, *given = self.program.instructions[place]
        if operation == "each":
            return name_of(*given)
        if operation == "entry":
            return f"v{given[0]}"
        if place in self.of_each:
            return f"a{place}"
        return f"new Float64Array(p0.length).fill({self.text(place)})"
