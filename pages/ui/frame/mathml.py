"""The LaTeX of the app as MathML, which browsers set by themselves: for pages without Streamlit."""

from __future__ import annotations

import html
import re

TOKEN = re.compile(
    r"\\(?P<font>text|mathrm|mathbb|operatorname)\{(?P<said>[^{}]*)\}"
    r"|\\(?P<begun>begin|end)\{(?P<name>\w+)\}"
    r"|(?P<row>\\\\)(?:\[[^\]]*\])?"
    r"|(?P<sign>\\(?:[A-Za-z]+|.)|\S)",
    re.DOTALL,
)
LETTERS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "varepsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "varphi": "φ",
    "psi": "ψ",
    "ell": "ℓ",
}
UPRIGHT = {"Delta": "Δ", "nabla": "∇", "infty": "∞", "top": "⊤"}
OPERATORS = {
    "leftarrow": "←",
    "le": "≤",
    "approx": "≈",
    "cdot": "·",
    "odot": "⊙",
    "pm": "±",
    "in": "∈",
    "prod": "∏",
    "times": "×",
    "sum": "∑",
    "-": "−",
}
FENCES = {"langle": "⟨", "rangle": "⟩", "|": "‖", "{": "{", "}": "}"}
SPACES = {",": 0.167, ";": 0.278, " ": 0.25, "quad": 1.0, "qquad": 2.0}
FUNCTIONS = ("max", "min", "ln", "log", "cos", "cosh")
SETS = {"R": "ℝ"}
ACCENTS = {"hat": "^", "tilde": "~", "bar": "¯", "overline": "‾"}
SIZES = {"bigl": 1.2, "bigr": 1.2, "Bigl": 1.8, "Bigr": 1.8, "Big": 1.8}
"""Heights of what is larger than its line, in em."""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
PREFIXES = ("+", "−", "±")
WIDE = "displaystyle"

Token = tuple[str, str]
"""Kind and text: a sign or a command, words in their font, a row, an environment."""


def mathml(latex: str, *, display: bool = False) -> str:
    r"""Write a formula of the app as MathML.

    Parameters
    ----------
    latex : str
        Of the signs and commands that the app's formulas have.
    display : bool
        Whether it stands on a line of its own.

    Raises
    ------
    ValueError
        If it holds a command that is not known.

    Examples
    --------
    >>> mathml(r"\frac{g}{2}")
    '<math><mfrac><mi>g</mi><mn>2</mn></mfrac></math>'
    >>> mathml("λ_{\\mathrm{max}}")
    '<math><msub><mi>λ</mi><mi>max</mi></msub></math>'
    """
    body = _Formula(latex).whole()
    return f'<math display="block">{body}</math>' if display else f"<math>{body}</math>"


class _Formula:
    """Reads its tokens from first to last."""

    def __init__(self, latex: str) -> None:
        plain = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda run: f"^{{{run[0].translate(RAISED)}}}", latex)
        plain = re.sub("[₀-₉]+", lambda run: f"_{{{run[0].translate(LOWERED)}}}", plain)
        self._tokens = [_token(found) for found in TOKEN.finditer(plain)]
        self._latex = latex

    def whole(self) -> str:
        body = self._row()
        if self._tokens:
            raise self._unknown(self._tokens[0])
        return body

    def _unknown(self, token: Token) -> ValueError:
        return ValueError(f"{' '.join(token)} in {self._latex!r} is no part of a formula here")

    def _next(self) -> Token:
        return self._tokens[0] if self._tokens else ("end", "")

    def _row(self, *ends: str) -> str:
        """Everything up to one of some signs, or to what ends an environment or a row of it."""
        parts: list[str] = []
        opened = True
        while self._next()[1] not in ends and self._next()[0] not in ("end", "row"):
            kind, text = self._next()
            if kind == "operatorname" and not opened:
                parts.append(self._command(","))
            number = kind == "sign" and text.isdigit()
            part = _tag("mn", self._number()) if number else self._atom(opened)
            opened = kind == "sign" and (text in "-+=,(<>" or text in (r"\leftarrow", r"\le"))
            parts.append(self._scripts(part))
        return parts[0] if len(parts) == 1 else _tag("mrow", "".join(parts))

    def _until(self, end: str) -> str:
        body = self._row(end)
        if self._next()[1] != end:
            raise self._unknown(("end", end))
        self._tokens.pop(0)
        return body

    def _number(self) -> str:
        digits = ""
        while self._next()[1].isdigit() or (self._next()[1] == "." and self._digit_follows()):
            digits += self._tokens.pop(0)[1]
        return digits

    def _digit_follows(self) -> bool:
        return len(self._tokens) > 1 and self._tokens[1][1].isdigit()

    def _scripts(self, base: str) -> str:
        """A part with what stands below and above it."""
        below = above = ""
        while self._next()[1] in ("_", "^", "'"):
            sign = self._tokens.pop(0)[1]
            if sign == "_":
                below = self._atom()
            else:
                above = self._atom() if sign == "^" else _operator("′")
        kind = ("sub" if below else "") + ("sup" if above else "")
        if base in (_operator("∏"), _operator("∑")):
            kind = kind.replace("sub", "under").replace("sup", "over")
        return _tag(f"m{kind}", base + below + above) if kind else base

    def _atom(self, opened: bool = True) -> str:
        """One sign, or what is in braces."""
        if not self._tokens:
            raise self._unknown(("end", ""))
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return _tag("mtext", html.escape(text).replace(" ", "\u00a0"))
        if kind in ("mathrm", "operatorname"):
            return self._function(text) if kind == "operatorname" else _tag("mi", html.escape(text))
        if kind == "mathbb" and text in SETS:
            return _tag("mi", SETS[text])
        if kind == "begin":
            return self._environment(text)
        if text == "{":
            return self._until("}")
        if text.startswith("\\"):
            return self._command(text[1:])
        if kind != "sign" or text in "}&_^":
            raise self._unknown((kind, text))
        return _sign(text, opened)

    def _command(self, name: str) -> str:
        if name in LETTERS:
            return _tag("mi", LETTERS[name])
        if name in UPRIGHT:
            return f'<mi mathvariant="normal">{UPRIGHT[name]}</mi>'
        if name in OPERATORS:
            return _operator(OPERATORS[name])
        if name in FENCES:
            return _fence(FENCES[name])
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}em"/>'
        if name in FUNCTIONS:
            return self._function(name)
        return self._built(name)

    def _built(self, name: str) -> str:
        """A command that takes what follows it."""
        if name == "frac":
            return _tag("mfrac", self._atom() + self._atom())
        if name == "tfrac":
            small = _tag("mfrac", self._atom() + self._atom())
            return f'<mstyle {WIDE}="false" scriptlevel="0">{small}</mstyle>'
        if name == "sqrt":
            return _tag("msqrt", self._atom())
        if name in ACCENTS:
            wide = "true" if name == "overline" else "false"
            accent = f'<mo stretchy="{wide}">{ACCENTS[name]}</mo>'
            return f'<mover accent="true">{self._atom()}{accent}</mover>'
        if name in SIZES:
            return _fence(self._delimiter(), f"{SIZES[name]}em")
        if name == "left":
            first = self._delimiter()
            body = self._until(r"\right")
            return _tag("mrow", f"<mo>{first}</mo>{body}<mo>{self._delimiter()}</mo>")
        raise self._unknown(("sign", f"\\{name}"))

    def _delimiter(self) -> str:
        text = self._tokens.pop(0)[1] if self._tokens else ""
        return FENCES.get(text[1:], "") if text.startswith("\\") else text

    def _function(self, name: str) -> str:
        """A name, apart from what it is applied to unless that stands in parentheses."""
        following = self._next()[1]
        apart = "" if following in ("(", r"\bigl", r"\Bigl") else self._command(",")
        return _tag("mrow", f"<mi>{html.escape(name)}</mi><mo>\u2061</mo>{apart}")

    def _environment(self, name: str) -> str:
        if name not in ("gathered", "cases"):
            raise self._unknown(("begin", name))
        rows = [[self._row("&")]]
        while self._next()[0] == "row" or self._next()[1] == "&":
            if self._tokens.pop(0)[1] == "&":
                rows[-1].append(self._row("&"))
            else:
                rows.append([self._row("&")])
        if self._next() != ("end", name):
            raise self._unknown(self._next())
        self._tokens.pop(0)
        table = "".join(_tag("mtr", "".join(_tag("mtd", cell) for cell in row)) for row in rows)
        if name == "gathered":
            return f'<mtable {WIDE}="true" class="gathered">{table}</mtable>'
        return f'<mrow><mo>{{</mo><mtable class="cases">{table}</mtable></mrow>'


def _token(found: re.Match[str]) -> Token:
    if found["font"]:
        return found["font"], found["said"]
    if found["begun"]:
        return found["begun"], found["name"]
    return ("row", "") if found["row"] else ("sign", found["sign"])


def _sign(text: str, opened: bool) -> str:
    if text.isdigit():
        return _tag("mn", text)
    if text.isalpha():
        return _tag("mi", text)
    if text in "()[]|/":
        return _fence(text)
    return _operator(OPERATORS.get(text, text), prefix=opened)


def _operator(sign: str, *, prefix: bool = False) -> str:
    form = ' form="prefix"' if prefix and sign in PREFIXES else ""
    return f"<mo{form}>{html.escape(sign)}</mo>"


def _fence(sign: str, size: str = "") -> str:
    """A parenthesis, bar or slash as high as its line, or as is said."""
    high = f'symmetric="true" minsize="{size}" maxsize="{size}"' if size else 'stretchy="false"'
    # Between other signs a bar would take room as an operator does.
    return f'<mo {high} lspace="0" rspace="0">{html.escape(sign)}</mo>'


def _tag(name: str, body: str) -> str:
    return f"<{name}>{body}</{name}>"
