"""The lines of an update with a step's own numbers in them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from lossopt.params import Array, Number

FUNCTIONS = ("sign", "max", "min", "clip")


@dataclasses.dataclass(frozen=True, eq=False)
class Steps:
    """What some steps saw and left; every array has one row per step.

    Attributes
    ----------
    gradient : array (n_steps, n_params)
    params, moved : array (n_steps, n_params)
        Params before and after each step.
    before, after : dict
        State before and after each step: arrays (n_steps, n_params), or (n_steps, 1) for what all
        params share.
    """

    gradient: Array
    params: Array
    moved: Array
    before: Mapping[str, Array]
    after: Mapping[str, Array]


@dataclasses.dataclass(frozen=True, eq=False)
class Term:
    """One line of an update.

    Attributes
    ----------
    name : str
        What the line computes, for example m.
    expression : str
        How, in symbols: +, −, ·, /, √, ², parentheses and the functions of `FUNCTIONS`.
    symbols : dict of str to number or array
        What every symbol of the expression stands for, an array with one row per step.
    result : array (n_steps, n_params)
    arrow : str
        Kind of arrow that shows the negative of the result on a contour; none if empty.

    Examples
    --------
    >>> line = Term("v", "μ·v + g", {"μ": 0.9, "v": np.ones((1, 1)), "g": np.ones((1, 1))},
    ...             np.array([[1.9]]))
    >>> line.template
    '{0}·{1} + {2}'
    >>> line.numbers(0)
    array([[0.9, 1. , 1. ]])
    """

    name: str
    expression: str
    symbols: Mapping[str, Number]
    result: Array
    arrow: str = ""

    @cached_property
    def _parts(self) -> list[str]:
        """The expression cut at its symbols, which are every second part."""
        longest_first = sorted((*FUNCTIONS, *self.symbols), key=len, reverse=True)
        return re.split(f"({'|'.join(re.escape(text) for text in longest_first)})", self.expression)

    @property
    def used(self) -> tuple[str, ...]:
        """Symbols that the expression holds."""
        return tuple(symbol for symbol in self.symbols if symbol in self._parts[1::2])

    @property
    def template(self) -> str:
        """The expression with ``{k}`` in place of the used symbol number k."""
        places = {symbol: f"{{{k}}}" for k, symbol in enumerate(self.used)}
        return "".join(places.get(part, part) for part in self._parts)

    def numbers(self, param: int) -> Array:
        """What the used symbols stand for at every step, for one parameter, ``(n_steps, n)``."""
        shape = self.result.shape
        columns = [np.broadcast_to(self.symbols[name], shape)[:, param] for name in self.used]
        return np.stack(columns, axis=-1)


def stepped(rate: Number, direction: Array, steps: Steps, weight_decay: Any = 0.0) -> Term:
    """Last line of many rules: θ − ηd, after decoupled weight decay if there is any."""
    symbols = {"θ": steps.params, "η": rate, "d": direction}
    if isinstance(weight_decay, float | int) and weight_decay == 0.0:
        return Term("θ", "θ − η·d", symbols, steps.moved)
    return Term("θ", "(1 − η·λ)·θ − η·d", {**symbols, "λ": weight_decay}, steps.moved)
