"""A formula as LaTeX, so that its writer sees how it was read."""

from __future__ import annotations

from lossopt.formulas._read import Node

STRENGTH = {"+": 1, "-": 1, "negative": 2, "*": 3, "/": 5, "**": 5}
NAMES = {"abs": r"\left|{}\right|", "sqrt": r"\sqrt{{{}}}", "min": r"\min\left({}\right)"}
NAMES |= {"max": r"\max\left({}\right)"}


def latex(node: Node, outer: int = 0) -> str:
    r"""Write a tree as LaTeX.

    Examples
    --------
    >>> from lossopt.formulas._read import read_formula
    >>> print(latex(read_formula("-(x+1)^2 / sqrt(y)")))
    \frac{-{\left(x + 1\right)}^{2}}{\sqrt{y}}
    """
    strength = STRENGTH.get(node.kind, 6)
    text = _written(node, strength)
    return rf"\left({text}\right)" if strength < outer else text


def _written(node: Node, strength: int) -> str:
    match node.kind, node.parts:
        case "number", _:
            return _number(node.value)
        case (("x" | "y"), _):
            return node.kind
        case "negative", (part,):
            return f"-{latex(part, 3)}"
        case (("+" | "-"), (left, right)):
            return f"{latex(left, 1)} {node.kind} {latex(right, 2)}"
        case "*", (left, right):
            return rf"{latex(left, 3)} \cdot {latex(right, 3)}"
        case "/", (left, right):
            return rf"\frac{{{latex(left)}}}{{{latex(right)}}}"
        case "**", (left, right):
            return f"{{{latex(left, 6)}}}^{{{latex(right)}}}"
    inside = ", ".join(latex(part) for part in node.parts)
    return NAMES.get(node.kind, rf"\{node.kind}\left({{}}\right)").format(inside)


def _number(value: float) -> str:
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    return mantissa if not exponent else rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
