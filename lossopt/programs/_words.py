"""JavaScript's words for the operations of a program."""

from __future__ import annotations

import math
from types import MappingProxyType

from lossopt.programs._write import SIGNS, Language

INFIX = SIGNS | {"logical_and": "&&", "logical_or": "||"}
OWN = (
    *("exp", "expm1", "log", "log1p", "log2", "log10", "sinh", "cosh", "tanh"),
    *("sin", "cos", "tan"),
)
OWN_NAMES = {"arcsin": "asin", "arccos": "acos", "arctan": "atan"}
"""Functions that browsers round each in its own way: static/programs/math.js has ours."""


def _number(value: float) -> str:
    if not math.isfinite(value):
        text = "NaN" if math.isnan(value) else "Infinity"
        return text if math.isnan(value) or value > 0.0 else f"(-{text})"
    return f"({value!r})" if math.copysign(1.0, value) < 0.0 else repr(value)


JAVASCRIPT = Language(
    words=MappingProxyType(
        {name: f"({{0}} {sign} {{1}})" for name, sign in INFIX.items()}
        | {name: f"{name}({{0}})" for name in OWN}
        | {name: f"{own}({{0}})" for name, own in OWN_NAMES.items()}
        | {
            "power": "pow({0}, {1})",
            "hypot": "hypot({0}, {1})",
            "negative": "(-{0})",
            "absolute": "Math.abs({0})",
            "sqrt": "Math.sqrt({0})",
            "isnan": "({0} != {0})",
            "isinf": "(Math.abs({0}) == Infinity)",
            "isfinite": "({0} - {0} == 0)",
            "logical_not": "(!{0})",
            "select": "({0} ? {1} : {2})",
            "maximum": "({0} >= {1} || {0} != {0} ? {0} : {1})",
            "minimum": "({0} <= {1} || {0} != {0} ? {0} : {1})",
            "sign": "({0} > 0 ? 1 : {0} < 0 ? -1 : {0} == 0 ? 0 : {0})",
        }
    ),
    line="const {0} = {1};",
    number=_number,
)
