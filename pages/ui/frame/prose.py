"""Prose that a person reads: Markdown files per language, cut into named sections."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import accumulate

from lossopt.numbers import short
from pages.ui.frame.mathml import mathml
from pages.ui.frame.words import ASSETS, bound, text_of


@cache
def sections(language: str, path: str) -> dict[str, str]:
    """Sections of ``assets/<language>/<path>.md`` by their headings ``## name``.

    What stands before the first one has the name ""; where there is no file there are no sections.
    """
    file = ASSETS / language / f"{path}.md"
    if not file.is_file():
        return {}
    first, *parts = re.split(r"^## (.+)$", text_of(file), flags=re.MULTILINE)
    named = zip(parts[::2], parts[1::2], strict=True)
    found = {name.strip(): body.strip() for name, body in named}
    return {"": first.strip(), **found} if first.strip() else found


def entries(section: str) -> list[str]:
    """Items of a list, ``- one`` a line."""
    return [line[2:].strip() for line in section.splitlines() if line.startswith("- ")]


def named_entries(section: str) -> dict[str, str]:
    """Items of a list by their names, ``- name: text``."""
    return dict(entry.split(": ", 1) for entry in entries(section))


def filled(text: str, values: Mapping[str, float | str]) -> str:
    """Prose with its placeholders, names in braces, replaced by numbers and words."""
    return text.format_map({name: short(each) for name, each in values.items()})


FORMULA = re.compile(r"`([^`]+)`")
"""Formulas of the prose: plain signs in backticks, ``λ_max`` with a subscript."""
EQUALS = re.compile(r"\$ = (−?\d+(?:\.\d+)?)(?![\d,.]*[\d×⁻⁰¹²³⁴-⁹])")
"""A number that a formula equals: within the formula no line breaks between them."""
LATEX = {"·": r"\cdot ", "←": r"\leftarrow", "−": "-", "ᵀ": r"^{\top}", "ln": r"\ln "}


def as_math(markdown: str) -> str:
    r"""Markdown whose formulas in backticks are set as formulas: upright digits, real subscripts.

    Examples
    --------
    >>> as_math("The limit `2/λ_max`, `(1 − √(ηλ))²` below `1`. Here `κ` = 5.")
    'The limit $2/λ_{\\mathrm{max}}\\text{,}$ $(1 - \\sqrt{ηλ})²$ below 1. Here $κ = 5\\text{.}$'
    """
    text = EQUALS.sub(lambda found: f" = {_latex(found[1])}$", FORMULA.sub(_set_formula, markdown))
    return bound(text).replace("$ = ", "$\u00a0=\u00a0")


def _set_formula(found: re.Match[str]) -> str:
    plain = re.fullmatch(r"[−\d., ]+", found[1])
    return found[1] if plain else f"${_latex(found[1])}$"


def _latex(formula: str) -> str:
    for sign, written in LATEX.items():
        formula = formula.replace(sign, written)
    formula = re.sub(r"_(max|min)", r"_{\\mathrm{\1}}", formula)
    while "√" in formula:
        before, _, after = formula.partition("√")
        radicand, rest = _radicand(after)
        formula = rf"{before}\sqrt{{{radicand}}}{rest}"
    return formula


def _radicand(text: str) -> tuple[str, str]:
    """What stands below a root, one sign or what is in parentheses, and what follows."""
    if not text.startswith("("):
        return text[:1], text[1:]
    depth = list(accumulate((sign == "(") - (sign == ")") for sign in text))
    end = depth.index(0)
    return text[1:end], text[end + 1 :]


def lines_of(formula: str) -> str:
    r"""One line per part, so that a formula fits a column or a phone.

    Examples
    --------
    >>> lines_of(r"z = wx,\quad H = \sigma(z)")
    '\\begin{gathered}z = wx \\\\[3pt] H = \\sigma(z)\\end{gathered}'
    """
    lines = re.split(r",\s*\\q+uad\s*", formula)
    return r"\begin{gathered}" + r" \\[3pt] ".join(lines) + r"\end{gathered}"


def as_plain(markdown: str) -> str:
    """Markdown of lessons without its signs.

    Examples
    --------
    >>> as_plain("Where is the *limit*, `2/λ_max` = **0.5**?")
    'Where is the limit, 2/λ_max = 0.5?'
    """
    return re.sub(r"\*{1,2}(.+?)\*{1,2}|`([^`]+)`", lambda found: found[1] or found[2], markdown)


def as_html(markdown: str) -> str:
    """Markdown of lessons as HTML: paragraphs, lists, bold, and formulas in backticks."""
    return _typeset(markdown, FORMULA, _on_paper)


PARTS = re.compile(r"\$\$?([^$]+)\$\$?|`([^`]+)`|\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^()\s]+)\)")
"""Formulas, code and links: nothing within them is a sign of Markdown."""
LEADS = re.compile(r"https://|(?!//)[\w./-]*(?:[?#]|$)")
"""Beginning of an address that a page may lead to."""


def as_page(markdown: str) -> str:
    """Markdown of the app as HTML, with its formulas in MathML: for pages without Streamlit.

    Examples
    --------
    >>> as_page("A **step** of $2η$ <b>, see [steps](#step).")[:72]
    '<p>A <strong>step</strong> of <math><mrow><mn>2</mn><mi>η</mi></mrow></m'
    """
    return _typeset(markdown, PARTS, _on_page)


def _on_page(found: re.Match[str]) -> str:
    formula, code, words, address = found.groups()
    if formula:
        return mathml(formula, display=found[0].startswith("$$"))
    if code:
        return f"<code>{html.escape(code)}</code>"
    if not LEADS.match(address):
        raise ValueError(f"{address} is no address that a page may lead to")
    return f'<a href="{html.escape(address)}">{_emphasized(html.escape(words))}</a>'


def _on_paper(found: re.Match[str]) -> str:
    return f"<span class='formula'>{_slanted(html.escape(found[1]))}</span>"


def _slanted(formula: str) -> str:
    """A formula as HTML: letters in italics, names of functions, digits and signs upright.

    Examples
    --------
    >>> _slanted("ln(ηλ_max) &lt; 2x")
    'ln(<i>ηλ</i><sub>max</sub>) &lt; 2<i>x</i>'
    """

    def set_in_type(found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("_"):
            return f"<sub>{word[1:]}</sub>"
        return word if word == "ln" or word.startswith("&") else f"<i>{word}</i>"

    return re.sub(r"_(?:max|min)|&\w+;|[A-Za-zα-ω]+", set_in_type, formula)


def _typeset(markdown: str, parts: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> str:
    """Blocks of Markdown as HTML, with some parts of it written in a way of their own."""
    written: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        written.append(write(found))
        return f"\0{len(written) - 1}\0"

    text = html.escape(parts.sub(put_aside, markdown.strip()))
    blocks = "\n".join(_block(block) for block in re.split(r"\n\s*\n", text))
    return re.sub("\0(\\d+)\0", lambda found: written[int(found[1])], blocks)


def _block(text: str) -> str:
    text = _emphasized(text)
    if text.startswith("- "):
        items = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
        return f"<ul>{''.join(f'<li>{item.strip()}</li>' for item in items)}</ul>"
    return f"<p>{text}</p>"


def _emphasized(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
