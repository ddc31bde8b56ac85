"""A formula as LaTeX, so that its writer sees how it was read."""

from __future__ import annotations

import math

from lossopt.formulas._read import Node

STRENGTH = {"+": 1, "-": 1, "negative": 2, "*": 3, "/": 5, "**": 5}
CONSTANTS = {math.pi: r"\pi", math.e: "e"}
CALLS = {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sign": r"\operatorname{sign}"}
CALLS |= {"log2": r"\log_{2}", "log10": r"\log_{10}"}
AROUND = {"abs": (r"\left|", r"\right|"), "sqrt": (r"\sqrt{", "}")}


def latex(node: Node, outer: int = 0) -> str:
    r"""Write a tree as LaTeX.

    Examples
    --------
    >>> from lossopt.formulas._read import read_formula
    >>> print(latex(read_formula("-(x+1)^2 / sqrt(y)")))
    \frac{-{\left(x + 1\right)}^{2}}{\sqrt{y}}
    >>> print(latex(read_formula("x--y + 2e-8^x")))
    x - \left(-y\right) + {\left(2 \cdot 10^{-8}\right)}^{x}
    """
    text, strength = _written(node)
    return rf"\left({text}\right)" if strength < outer else text


def _written(node: Node) -> tuple[str, int]:
    """LaTeX, and how strongly it holds together."""
    strength = STRENGTH.get(node.kind, 6)
    match node.kind, node.parts:
        case "number", _:
            return _number(node.value)
        case (("x" | "y"), _):
            return node.kind, strength
        case "negative", (part,):
            return f"-{latex(part, 3)}", strength
        case (("+" | "-"), (left, right)):
            return f"{latex(left, 1)} {node.kind} {latex(right, 3)}", strength
        case "*", (left, right):
            return rf"{latex(left, 3)} \cdot {latex(right, 3)}", strength
        case "/", (left, right):
            return rf"\frac{{{latex(left)}}}{{{latex(right)}}}", strength
        case "**", (left, right):
            return f"{{{latex(left, 6)}}}^{{{latex(right)}}}", strength
    inside = ", ".join(latex(part) for part in node.parts)
    call = CALLS.get(node.kind, rf"\{node.kind}")
    before, after = AROUND.get(node.kind, (rf"{call}\left(", r"\right)"))
    return f"{before}{inside}{after}", strength


def _number(value: float) -> tuple[str, int]:
    """Shortest digits that read back as the same number."""
    if value in CONSTANTS:
        return CONSTANTS[value], 6
    digits, _, exponent = repr(value).partition("e")
    digits = digits.removesuffix(".0")
    if not exponent:
        return digits, 6
    power = rf"10^{{{int(exponent)}}}"
    return (power, STRENGTH["**"]) if digits == "1" else (rf"{digits} \cdot {power}", STRENGTH["*"])
