"""Formulas and test functions as code in PyTorch or JAX."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from lossopt.formulas import Formula
from lossopt.formulas._duals import CHOOSERS
from lossopt.formulas._read import Node

FUNCTIONS = {
    "ackley": "-20*exp(-0.2*sqrt(0.5*(x^2 + y^2))) - exp(0.5*(cos(2*pi*x) + cos(2*pi*y))) + e + 20",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "booth": "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
    "himmelblau": "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "plateau": "1 - exp(-(0.5*x^2 + y^2))",
    "quadratic": "0.5*({c}*x + {s}*y)^2 + 0.5*{condition_number}*({c}*y - {s}*x)^2",
    "rastrigin": "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "saddle": "x^2 - y^2",
    "styblinski_tang": "0.5*(x^4 - 16*x^2 + 5*x) + 0.5*(y^4 - 16*y^2 + 5*y)",
}
NAMES = {"ln": "log", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}
"""Functions of a formula that PyTorch and JAX call otherwise."""
CHOOSER = """def {name}(first, *others):
    for other in others:
        chosen = (first {sign} other) | (first != first)
        first = {module}.where(chosen, first, other)
    return first"""
"""Of equal parts the first one counts, as derivatives go; a part that is no number wins."""
ABSOLUTE = """def absolute(v):
    return jnp.sign(v) * v  # jnp.abs has the derivative 1 at 0"""
SIGNS = {"min": "<=", "max": ">="}
CHOSEN = {"min": "smallest", "max": "largest"}
STRENGTH = {"+": 1, "-": 1, "negative": 2, "*": 2, "/": 2, "**": 4}


def function_code(tree: Node, module: str) -> str:
    """Lines that define ``loss(params, rows)`` as the value of a formula."""
    kinds = _kinds(tree)
    helpers = _choosers(kinds, module)
    if "abs" in kinds and module == "jnp":
        helpers.append(ABSOLUTE)
    body = _code(tree, module)
    if not _varies(tree):
        body = f"0.0 * (x + y) + {body}"  # so that it has a gradient
    loss = f"def loss(params, rows):\n    x, y = params\n    return {body}"
    return "\n\n\n".join([*helpers, loss])


def gradient_code(slopes: Sequence[Node]) -> str:
    """Lines that define ``gradient(params, rows)`` with NumPy, from derivatives along x and y."""
    helpers = _choosers(set().union(*map(_kinds, slopes)), "np")
    each = "".join(f"        {_code(slope, 'np')},\n" for slope in slopes)
    body = f"def gradient(params, rows):\n    x, y = params\n    return np.array([\n{each}    ])"
    return "\n\n\n".join([*helpers, body])


def _choosers(kinds: Collection[str], module: str) -> list[str]:
    return [
        CHOOSER.format(name=CHOSEN[kind], sign=SIGNS[kind], module=module)
        for kind in CHOOSERS
        if kind in kinds
    ]


def _code(node: Node, module: str, outer: int = 0) -> str:
    """Python of a formula; parts without variables become their value."""
    if node.kind in ("x", "y"):
        return node.kind
    if not _varies(node):
        return _constant(node, outer)
    strength = STRENGTH.get(node.kind, 5)
    parts = node.parts
    if node.kind == "negative":
        text = f"-{_code(parts[0], module, 3)}"
    elif node.kind == "**":
        text = f"{_code(parts[0], module, 5)} ** {_code(parts[1], module, 4)}"
    elif node.kind in STRENGTH:
        left, right = _code(parts[0], module, strength), _code(parts[1], module, strength + 1)
        text = f"{left} {node.kind} {right}"
    elif node.kind in CHOOSERS:
        text = f"{CHOSEN[node.kind]}({', '.join(_tensor(part, module) for part in parts)})"
    elif node.kind in SIGNS.values():
        first, second, *slopes = (_code(part, module, 2) for part in parts)
        text = f"{module}.where({first} {node.kind} {second}, {', '.join(slopes)})"
    elif node.kind == "abs" and module == "jnp":
        text = f"absolute({_code(parts[0], module)})"
    else:
        text = f"{module}.{NAMES.get(node.kind, node.kind)}({_code(parts[0], module)})"
    return f"({text})" if strength < outer else text


def _constant(node: Node, outer: int) -> str:
    with np.errstate(all="ignore"):
        value = float(Formula("", node, ((0.0, 1.0), (0.0, 1.0))).value(np.zeros(2)))
    text = repr(value) if math.isfinite(value) else f'float("{value}")'
    return f"({text})" if text.startswith("-") and outer > 1 else text


def _tensor(node: Node, module: str) -> str:
    text = _code(node, module)
    return text if _varies(node) else f"{module}.asarray({text})"


def _varies(node: Node) -> bool:
    return bool(_kinds(node) & {"x", "y"})


def _kinds(node: Node) -> set[str]:
    return {node.kind}.union(*(_kinds(part) for part in node.parts))
