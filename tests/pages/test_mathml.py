"""Formulas on pages without Streamlit: every formula of the app, and nothing else."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from lossopt.losses import LOSSES
from lossopt.models import MODELS
from lossopt.objectives import OBJECTIVES
from lossopt.optimizers import OPTIMIZERS
from pages.ui.frame.mathml import mathml
from pages.ui.frame.prose import as_math, as_page, lines_of
from pages.ui.frame.words import ASSETS, LANGUAGES, catalog

CHILDREN = {
    "mfrac": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "munderover": 3,
    "mover": 2,
    "msqrt": 1,
}
INSIDE = re.compile(r"\$\$?([^$]+)\$")


def formulas() -> Iterator[str]:
    """Of all that is registered, of the catalogs and of the prose."""
    for kinds in (OPTIMIZERS, OBJECTIVES, LOSSES, MODELS):
        for kind in kinds.values():
            yield from (kind.formula, lines_of(kind.formula))
    for language in LANGUAGES:
        for text in catalog(language).values():
            yield from INSIDE.findall(as_math(text))
        for path in (ASSETS / language).rglob("*.md"):
            yield from INSIDE.findall(as_math(path.read_text("utf-8")))


def test_every_formula_of_the_app_is_written() -> None:
    written = {formula: mathml(formula) for formula in formulas() if formula}
    assert len(written) > 150
    for formula, text in written.items():
        tree = ElementTree.fromstring(text)
        assert "\\" not in text and "$" not in "".join(tree.itertext()), formula
        for part in tree.iter():
            assert len(part) == CHILDREN.get(part.tag, len(part)), (formula, text)
            assert not (part.text or "").strip() or part.tag in ("mi", "mn", "mo", "mtext")


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\theta \leftarrow \theta - \eta g", "θ←θ−ηg"),
        (r"\tfrac12 \cdot 0.96^{t\psi}", "12·0.96tψ"),
        (r"\max(x,\, 1)", "max\u2061(x,1)"),
        ("β₁ = 0.9⁻¹", "β1=0.9-1"),
        (r"g_{\text{prev}} > 0", "gprev>0"),
    ],
)
def test_signs_keep_their_order(latex: str, said: str) -> None:
    assert "".join(ElementTree.fromstring(mathml(latex)).itertext()).replace("−1", "-1") == said


def test_digits_of_a_number_stay_together_and_an_argument_is_one_sign() -> None:
    assert mathml(r"\tfrac12").count("<mn>") == 2
    assert mathml("12.5x").startswith("<math><mrow><mn>12.5</mn><mi>x</mi>")
    assert "<msup><mn>0.96</mn><mi>t</mi></msup>" in mathml("0.96^t")


def test_a_sign_before_a_number_takes_no_room() -> None:
    assert 'form="prefix"' in mathml("x = -2") and 'form="prefix"' not in mathml("x - 2")


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{x}{y}",
        r"\frac{1}",
        "{x",
        "x}",
        "x^",
        r"\begin{align}x\end{align}",
        "\\",
        "a & b",
        r"\mathbb{Q}",
    ],
)
def test_what_is_not_known_is_refused(latex: str) -> None:
    with pytest.raises(ValueError, match="is no part of a formula here"):
        mathml(latex)


def test_nothing_of_a_text_is_a_tag() -> None:
    assert "<b>" not in mathml(r"\text{<b>} < \operatorname{<b>} \bigl<")
    page = as_page("<b> *a* [<i>](https://x.org/?a=1&b=2) `**<u>**`\n\n- **one**\n- two $a < b$")
    assert ElementTree.fromstring(f"<page>{page}</page>") is not None
    assert not re.search("<[biu]>", page)
    assert "<code>**&lt;u&gt;**</code>" in page and "<ul><li><strong>one</strong></li>" in page


@pytest.mark.parametrize("address", ["javascript:alert", "data:x", "//other.org", "http://x"])
def test_no_link_leads_elsewhere(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        as_page(f"[x]({address})")
