"""Derivatives of formulas as formulas."""

from __future__ import annotations

from functools import cache, reduce

from lossopt.formulas._duals import CHOOSERS
from lossopt.formulas._read import Node, read_formula

SLOPES = {
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "tan": "1 + tan(x)^2",
    "asin": "1/sqrt((1 - x)*(1 + x))",
    "acos": "-1/sqrt((1 - x)*(1 + x))",
    "atan": "1/(1 + x^2)",
    "sinh": "cosh(x)",
    "cosh": "sinh(x)",
    "tanh": "1/cosh(x)^2",
    "exp": "exp(x)",
    "ln": "1/x",
    "log": "1/x",
    "log2": "1/(ln(2)*x)",
    "log10": "1/(ln(10)*x)",
    "sqrt": "0.5/sqrt(x)",
    "abs": "sign(x)",
    "sign": "0",
}
"""Derivatives of functions of x."""
MOST_PARTS = 300
"""Parts of a derivative that still make a short script."""


def derivative(node: Node, variable: str) -> Node:
    """Derivative of a formula along x or y; products with 0 and 1 are left out.

    Of equal parts of ``min`` and ``max`` the first one counts: their derivative is a choice, of the
    kind ``"<="`` or ``">="``, between the last two of its four parts.
    """
    if node.kind in ("number", "x", "y"):
        return _number(float(node.kind == variable))
    parts = [derivative(part, variable) for part in node.parts]
    if all(map(_is_zero, parts)):
        return _number(0.0)
    if node.kind == "negative":
        return Node("negative", parts=(parts[0],))
    if node.kind in CHOOSERS:
        return _chosen(node, parts)
    if node.kind in SLOPES:
        return _times(_put(_slope(node.kind), node.parts[0]), parts[0])
    first, second = node.parts
    return _of_operator(node, first, second, *parts)


def count(node: Node) -> int:
    """How many parts a formula has."""
    return 1 + sum(map(count, node.parts))


@cache
def _slope(function: str) -> Node:
    return read_formula(SLOPES[function])


def _of_operator(node: Node, a: Node, b: Node, of_a: Node, of_b: Node) -> Node:
    if node.kind in "+-":
        return _sum(node.kind, of_a, of_b)
    if node.kind == "*":
        return _sum("+", _times(of_a, b), _times(a, of_b))
    if node.kind == "/":
        if _is_zero(of_b):
            return Node("/", parts=(of_a, b))
        top = _sum("-", _times(of_a, b), _times(a, of_b))
        return Node("/", parts=(top, Node("**", parts=(b, _number(2.0)))))
    return _of_power(node, a, b, of_a, of_b)


def _of_power(node: Node, a: Node, b: Node, of_a: Node, of_b: Node) -> Node:
    """(aᵇ)′ = b·aᵇ⁻¹·a′ + aᵇ·ln(a)·b′."""
    shares = _number(0.0)
    if not _is_zero(of_a):
        less = Node("-", parts=(b, _number(1.0)))
        if b.kind == "number":
            less = _number(b.value - 1.0)
        power = a if less == _number(1.0) else Node("**", parts=(a, less))
        shares = _times(_times(b, power), of_a)
    if not _is_zero(of_b):
        shares = _sum("+", shares, _times(_times(node, Node("ln", parts=(a,))), of_b))
    return shares


def _chosen(node: Node, slopes: list[Node]) -> Node:
    sign = "<=" if node.kind == "min" else ">="

    def join(one: tuple[Node, Node], other: tuple[Node, Node]) -> tuple[Node, Node]:
        (first, slope), (second, turn) = one, other
        chosen = Node(node.kind, parts=(first, second))
        return chosen, Node(sign, parts=(first, second, slope, turn))

    return reduce(join, zip(node.parts, slopes, strict=True))[1]


def _put(node: Node, inner: Node) -> Node:
    """A formula of x with something else in its place."""
    if node.kind == "x":
        return inner
    return Node(node.kind, node.value, tuple(_put(part, inner) for part in node.parts))


def _number(value: float) -> Node:
    return Node("number", value)


def _is_zero(node: Node) -> bool:
    return node == _number(0.0)


def _sum(sign: str, a: Node, b: Node) -> Node:
    if _is_zero(b):
        return a
    if _is_zero(a):
        return b if sign == "+" else Node("negative", parts=(b,))
    return Node(sign, parts=(a, b))


def _times(a: Node, b: Node) -> Node:
    if _is_zero(a) or _is_zero(b):
        return _number(0.0)
    if a == _number(1.0):
        return b
    if b == _number(-1.0):
        return Node("negative", parts=(a,))
    return a if b == _number(1.0) else Node("*", parts=(a, b))
