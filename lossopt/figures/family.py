"""The family tree of the optimizers: time runs downward, lines lead from idea to idea."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from itertools import count

from lossopt.figures.messages import Relative
from lossopt.figures.palette import look_of
from lossopt.optimizers import Optimizer


@dataclasses.dataclass(frozen=True)
class Member:
    """One optimizer in the tree.

    Attributes
    ----------
    id : str
    year : int
    row, lane : int
        Place: rows follow the years, lanes keep the lines apart.
    parents : tuple of str
        Ids; the first one is the closest.
    """

    id: str
    year: int
    row: int
    lane: int
    parents: tuple[str, ...]

    def message(self, label: str) -> Relative:
        """What the browser needs to draw it."""
        return Relative(**dataclasses.asdict(self), label=label, color=look_of(self.id).color)


def family(rules: Mapping[str, type[Optimizer]]) -> list[Member]:
    """Place every optimizer in the tree.

    A line runs down the lane of the parent to the row of its last child. A lane is free again
    below that, so that the tree stays narrow.

    Parameters
    ----------
    rules : Mapping of str to type of Optimizer
        In order of time.

    Examples
    --------
    >>> import lossopt as lo
    >>> names = ("gradient_descent", "momentum", "nesterov", "adagrad")
    >>> [(one.id, one.lane) for one in family({name: lo.OPTIMIZERS[name] for name in names})]
    [('gradient_descent', 0), ('momentum', 1), ('nesterov', 1), ('adagrad', 0)]
    """
    parents = {
        name: tuple(parent for parent in rule.parents if parent in rules)
        for name, rule in rules.items()
    }
    rows = {name: row for row, name in enumerate(_parents_first(parents))}
    last = {
        name: max(rows[child] for child in rows if child == name or name in parents[child])
        for name in rows
    }
    lanes: dict[str, int] = {}
    busy_until: list[int] = []
    for name, row in rows.items():
        ending = {lanes[parent] for parent in parents[name] if last[parent] == row}
        busy = {lane for lane, end in enumerate(busy_until) if end >= row} - ending
        first = max((lanes[parent] for parent in parents[name][:1]), default=0)
        lanes[name] = lane = next(lane for lane in count(first) if lane not in busy)
        busy_until += [-1] * (lane + 1 - len(busy_until))
        busy_until[lane] = last[name]
    return [Member(name, rules[name].year, rows[name], lanes[name], parents[name]) for name in rows]


def _parents_first(parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names in their order, but no one before a parent of the same year."""
    placed: list[str] = []

    def place(name: str) -> None:
        for parent in parents[name]:
            place(parent)
        if name not in placed:
            placed.append(name)

    for name in parents:
        place(name)
    return placed
