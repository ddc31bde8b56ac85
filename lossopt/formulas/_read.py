"""From text to a tree: numbers, known words and signs, or a refusal. Nothing is ever executed.

Signs bind as in Python, read by precedence climbing. ``static/programs/formula_reader.js`` reads
the same formulas and refuses all others with the same codes.

References
----------
V. R. Pratt, "Top down operator precedence", 1973.
"""

from __future__ import annotations

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
SIGNS = ("+", "-", "*", "/", "**", "(", ")", ",")
WORDS = (*VARIABLES, *CONSTANTS, *FUNCTIONS, *CHOOSERS)
BINDING = {"+": (1, 2), "-": (1, 2), "*": (3, 4), "/": (3, 4), "**": (6, 5)}
"""How strongly each sign holds what is on its left, and what on its right."""
SIGN = 5
"""How strongly a sign before a number holds it: weaker than a power."""
TOKEN = re.compile(
    r" ?(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>\*\*|[-+*/^(),]))",
    re.ASCII,
)


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
    depth: int = dataclasses.field(default=1, compare=False)


def read_formula(text: str) -> Node:
    """Read a formula.

    Raises
    ------
    FormulaError
        If it holds anything but numbers, x, y, the known names and + - * / ^ ( ).
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", length=len(text), limit=MAX_LENGTH)
    tokens = _tokens(text)
    if not tokens:
        raise FormulaError("empty")
    return _Reader(tokens).formula()


def _tokens(text: str) -> list[str]:
    """Numbers, words and signs; only known words and signs get this far."""
    text, place, last, opened = " ".join(text.split()), 0, "", 0
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
        opened += (part == "(") - (part == ")")
        if opened > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH)
        parts.append("**" if part == "^" else part)
        place, last = match.end(), part if kind == "sign" else kind
    return parts


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
    """Goes over tokens from left to right; what fits nowhere is refused."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = self.count = 0

    @property
    def next(self) -> str:
        """The token that comes next, empty at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def formula(self) -> Node:
        """All tokens."""
        found = self.joined(0, 1)
        if self.next:
            raise FormulaError("syntax")
        return found

    def joined(self, weakest: int, depth: int) -> Node:
        """Numbers between signs that hold at least so strongly."""
        found = self.operand(depth)
        while BINDING.get(self.next, (-1, -1))[0] >= weakest:
            sign = self.taken()
            found = self.node(sign, found, self.joined(BINDING[sign][1], depth + 1))
        return found

    def operand(self, depth: int) -> Node:
        """A number, a variable, a call, brackets, or one of these after a sign."""
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH)
        part = self.taken()
        if part in ("+", "-"):
            operand = self.joined(SIGN, depth + 1)
            return operand if part == "+" else self.node("negative", operand)
        if part == "(":
            found = self.joined(0, depth)
            self.close()
            return found
        if not part or part in SIGNS:
            raise FormulaError("syntax")
        if self.next == "(":
            return self.call(part, depth)
        if part in WORDS:
            return self.leaf(_named(part))
        return self.leaf(Node("number", _finite(part)))

    def call(self, word: str, depth: int) -> Node:
        """A function with its arguments; a comma may follow the last one."""
        if not _is_function(word):
            raise FormulaError("not_a_function", word=word)
        self.taken()
        parts: list[Node] = []
        while self.next != ")":
            parts.append(self.joined(0, depth + 1))
            if self.next != ",":
                break
            self.taken()
        self.close()
        _check_arguments(word, len(parts))
        return self.node(word, *parts)

    def taken(self) -> str:
        """The next token, which is gone over."""
        part = self.next
        self.place += 1
        return part

    def close(self) -> None:
        """Go over a closing bracket."""
        if self.taken() != ")":
            raise FormulaError("syntax")

    def node(self, kind: str, *parts: Node) -> Node:
        """An operator or a function over its parts."""
        depth = 1 + max(part.depth for part in parts)
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH)
        return self.leaf(Node(kind, parts=parts, depth=depth))

    def leaf(self, node: Node) -> Node:
        """The same node, if it is not one too many."""
        self.count += 1
        if self.count > MAX_NODES:
            raise FormulaError("too_large", limit=MAX_NODES)
        return node


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise FormulaError("number")
    return number


def _named(word: str) -> Node:
    if word in VARIABLES:
        return Node(word)
    if word in CONSTANTS:
        return Node("number", CONSTANTS[word])
    raise _without_brackets(word)


def _check_arguments(word: str, given: int) -> None:
    low, high = (1, 1) if word in FUNCTIONS else (2, MAX_ARGUMENTS)
    if not low <= given <= high:
        wanted = f"{low}" if low == high else f"{low}–{high}"
        raise FormulaError("arguments", word=word, wanted=wanted, given=given)
