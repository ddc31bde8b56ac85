"""Words that a person reads: one folder of TOML catalogs per language, never in Python."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lossopt.datasets import DATASETS
from lossopt.figures.player import NAMES
from lossopt.files import folder_of
from lossopt.lessons import LESSONS
from lossopt.losses import LOSSES
from lossopt.models import MODELS
from lossopt.objectives import OBJECTIVES
from lossopt.optimizers import OPTIMIZERS
from lossopt.schedules import SCHEDULES

ASSETS = Path(str(folder_of("assets")))
PLAIN = ("ui", *NAMES)
"""Files whose name is no part of a key."""
LANGUAGES = {"en": "English", "ko": "한국어"}
ITEMS: Mapping[str, Mapping[str, Any]] = {
    "dataset": DATASETS,
    "lesson": LESSONS,
    "loss": LOSSES,
    "model": MODELS,
    "objective": OBJECTIVES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
"""What is registered, by its kind in the catalogs."""
BEFORE_PARTICLE = re.compile(r"(?<=[)%’”])(?=[가-힣])")
BETWEEN = "\u00a0· "
"""Between two names or settings; no line begins with it."""
JOINER = "\u2060"
"""Sign without width that no line breaks at."""
BEFORE = re.compile(r"\(\$")
AFTER = re.compile(rf"\$([.,;:?!)가-힣{JOINER}]+)(?=[\s(]|$)")
"""Marks and particles beside a formula."""


@cache
def text_of(path: Path) -> str:
    """Text of a file of words; a Korean particle stays on the line of the mark before it."""
    return BEFORE_PARTICLE.sub(JOINER, path.read_text("utf-8"))


@cache
def catalog(language: str) -> dict[str, str]:
    """All texts of a language, keyed ``file.table.key``, or ``table.key`` for `PLAIN` files."""
    texts: dict[str, str] = {}
    for path in sorted((ASSETS / language).glob("*.toml")):
        prefix = "" if path.stem in PLAIN else f"{path.stem}."
        texts.update(_flat(tomllib.loads(text_of(path)), prefix))
    return texts


def _flat(table: dict[str, Any], prefix: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            texts.update(_flat(value, f"{prefix}{key}."))
        else:
            texts[prefix + key] = value
    return texts


def language_of(asked: str | None, preferred: str) -> str:
    """Language of an address, else the first one that a browser prefers, else English.

    >>> language_of(None, "ko-KR,ko;q=0.9"), language_of("en", "ko"), language_of("fr", "")
    ('ko', 'en', 'en')
    """
    first = re.split("[-,;]", preferred)[0].strip()
    return next((each for each in (asked, first) if each in LANGUAGES), "en")


def bound(markdown: str) -> str:
    r"""Take marks and Korean particles into the formula beside them: lines break around formulas.

    >>> bound("The rate ($2r$), and $x$로 갑니다.")
    'The rate $\\text{(}2r\\text{),}$ and $x\\text{로}$ 갑니다.'
    """

    def taken(found: re.Match[str]) -> str:
        return rf"\text{{{found[1].replace(JOINER, '')}}}$"

    return AFTER.sub(taken, BEFORE.sub(r"$\\text{(}", markdown))


class Words:
    """The texts of one language.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = catalog(language)

    def __call__(self, key: str, **values: object) -> str:
        """Text of `key` with its placeholders filled in."""
        text = self._texts[key]
        filled = text.format(**values)
        return bound(filled) if "$" in text else filled

    def name(self, kind: str, item_id: str, english: str) -> str:
        """Name of a registered item; a new item without a translation keeps its English name."""
        return self._texts.get(f"{kind}.{item_id}", english)

    def item(self, kind: str, item_id: str) -> str:
        """Name of a registered item, or of a choice that no registry knows."""
        known = ITEMS.get(kind, {})
        return self.name(kind, item_id, known[item_id].name if item_id in known else item_id)

    def prose(self, page: str, name: str, **values: object) -> str:
        """Markdown of ``assets/<language>/<page>/<name>.md`` with its placeholders filled in."""
        text = text_of(ASSETS / self.language / page / f"{name}.md")
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return bound(text)

    def meaning(self, term: str) -> str:
        """What the glossary says about a term; empty when it says nothing."""
        return self._texts.get(f"glossary.term.{term}.text", "")

    def section(self, prefix: str) -> dict[str, str]:
        """All texts whose key starts with ``prefix.``, without it."""
        start = f"{prefix}."
        return {
            key[len(start) :]: text for key, text in self._texts.items() if key.startswith(start)
        }


def as_code(text: str) -> str:
    """Write what a person gave as inline code, so that no sign in it means anything.

    >>> as_code("**x** <b>`y`")
    '`**x** <b>ˋyˋ`'
    """
    shown = "".join(sign if sign.isprintable() else " " for sign in text[:120])
    return f"`{shown.replace('`', 'ˋ').strip() or ' '}`"
