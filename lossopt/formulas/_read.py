"""From text to a tree: a whitelist over Python's syntax tree. Nothing is ever executed."""

from __future__ import annotations

import ast
import dataclasses
import math
import re
import unicodedata

from lossopt.formulas._duals import CHOOSERS, FUNCTIONS
from lossopt.refusals import RefusalError

MAX_LENGTH = 1000
MAX_NODES = 400
MAX_DEPTH = 100
MAX_ARGUMENTS = 8
VARIABLES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e}
WORDS = (*VARIABLES, *CONSTANTS, *FUNCTIONS, *CHOOSERS)
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>\*\*|[-+*/^(),]))",
    re.ASCII,
)
LEADING_ZEROS = re.compile(r"^0+(?=\d)")


class FormulaError(RefusalError):
    """A formula that cannot be used, and why."""

    kind = "formula_error"
    sentences = {
        "empty": "Write a formula in x and y, for example x^2 + 3*y^2.",
        "too_long": "The formula has {length} characters; at most {limit} are allowed.",
        "too_large": "The formula has too many parts: at most {limit} numbers, names and signs "
        "are allowed.",
        "too_deep": "The formula is nested too deeply: at most {limit} levels are allowed.",
        "character": "The character “{character}” ({name}) cannot be used in a formula.",
        "word": "“{word}” is not known here. Known are {known}.",
        "times": "Write the multiplication with *, for example 2*x: a sign is missing before "
        "“{part}”.",
        "syntax": "The formula cannot be read: check brackets, commas and signs.",
        "call": "“{word}” is a function: write brackets right after it, as in {example}, and a "
        "power of it behind them, as in {example}^2.",
        "not_a_function": "“{word}” is not a function. To multiply, write * between, as in x*(…).",
        "arguments": "“{word}” takes {wanted} numbers in its brackets, but is given {given}.",
        "number": "A number in the formula is too large.",
        "nowhere": "The formula has no finite value anywhere in the region that is drawn.",
    }


@dataclasses.dataclass(frozen=True)
class Node:
    """A number, a variable, an operator or a function with its arguments."""

    kind: str
    value: float = 0.0
    parts: tuple[Node, ...] = ()


def read_formula(text: str) -> Node:
    """Read a formula.

    Raises
    ------
    FormulaError
        If it holds anything but numbers, x, y, the known names and + - * / ^ ( ).
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", length=len(text), limit=MAX_LENGTH)
    source = _checked_words(text)
    if not source:
        raise FormulaError("empty")
    try:
        body = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("syntax") from None
    return _Reader().node(body, 1)


def _checked_words(text: str) -> str:
    """Formula as Python would write it; only known words and signs get this far."""
    text, place, last = text.strip(), 0, ""
    parts: list[str] = []
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise _bad_character(text[place:].lstrip()[0])
        kind, part = str(match.lastgroup), match[0].strip()
        if parts and _is_function(parts[-1]) and part != "(":
            raise _without_brackets(parts[-1])
        if kind == "word" and part not in WORDS:
            raise FormulaError("word", word=_shortened(part), known=", ".join(WORDS))
        glued = last in ("number", ")") or (last == "word" and part != "(")
        if glued and (kind != "sign" or part == "("):
            raise FormulaError("times", part=_shortened(part))
        parts.append(_in_python(part))
        place, last = match.end(), part if kind == "sign" else kind
    return " ".join(parts)


def _in_python(part: str) -> str:
    """A token as Python writes it: powers as **, whole numbers without leading zeros."""
    return "**" if part == "^" else LEADING_ZEROS.sub("", part)


def _is_function(word: str) -> bool:
    return word in FUNCTIONS or word in CHOOSERS


def _without_brackets(word: str) -> FormulaError:
    arguments = "x" if word in FUNCTIONS else "x, y"
    return FormulaError("call", word=word, example=f"{word}({arguments})")


def _bad_character(character: str) -> FormulaError:
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    shown = character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
    return FormulaError("character", character=shown, name=name)


def _shortened(word: str) -> str:
    return word if len(word) <= 20 else f"{word[:20]}…"


class _Reader:
    """Walks a syntax tree; whatever is not on the list is refused."""

    def __init__(self) -> None:
        self.count = 0

    def node(self, found: ast.expr, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise FormulaError("too_large", limit=MAX_NODES)
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH)
        match found:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return Node("number", _finite(value))
            case ast.Name(id=word):
                return _named(word)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Node("negative", parts=(self.node(operand, depth + 1),))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand, depth + 1)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                parts = (self.node(left, depth + 1), self.node(right, depth + 1))
                return Node(OPERATORS[type(operator)], parts=parts)
            case ast.Call(func=ast.Name(id=word), args=arguments, keywords=[]):
                _check_call(word, len(arguments))
                return Node(word, parts=tuple(self.node(part, depth + 1) for part in arguments))
        raise FormulaError("syntax")


def _finite(value: int | float) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise FormulaError("number")
    return number


def _named(word: str) -> Node:
    if word in VARIABLES:
        return Node(word)
    if word in CONSTANTS:
        return Node("number", CONSTANTS[word])
    raise _without_brackets(word)


def _check_call(word: str, given: int) -> None:
    if not _is_function(word):
        raise FormulaError("not_a_function", word=word)
    low, high = (1, 1) if word in FUNCTIONS else (2, MAX_ARGUMENTS)
    if not low <= given <= high:
        wanted = f"{low}" if low == high else f"{low}–{high}"
        raise FormulaError("arguments", word=word, wanted=wanted, given=given)
