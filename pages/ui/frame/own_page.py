"""Documents of our own, without Streamlit: what all of them begin with."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from pages.ui.frame.document import FAR, filled, loader
from pages.ui.frame.files import STATIC, address, root
from pages.ui.frame.words import ASSETS, LANGUAGES, Words

BASE = STATIC / "welcome" / "base.css"
"""Palette and lettering of all of them."""


def own_page(
    file: Path,
    words: Words,
    *,
    title: str,
    folder: str,
    name: str,
    sheets: Sequence[str] = (),
    far: int = FAR,
    **values: str,
) -> str:
    """Write a document.

    Parameters
    ----------
    file : Path
        Its HTML with words in capitals, which are replaced.
    words : Words
    title : str
        Key of its title.
    folder, name : str
        Folder of ``static/`` and, in it, name of its module and of its style sheet; the bundle of
        its modules has the name, too.
    sheets : sequence of str
        More style sheets, as paths below ``static/``.
    far : int
        Milliseconds of an answer from which on all modules come in one file.
    **values : str
        What else is replaced, by its words in capitals.
    """
    entry = f"{address()}/{folder}/{name}.js"
    below = entry.removeprefix(f"{root()}/")
    linked = (f'<link rel="stylesheet" href="{address()}/{sheet}">' for sheet in sheets)
    modules = f'<script type="module" src="{entry}"></script>{"".join(linked)}'
    own = (STATIC / folder / f"{name}.css").read_text("utf-8")
    shared = {
        "LANG": words.language,
        "TITLE": f"{words('app.name')} · {words(title)}",
        "STYLES": BASE.read_text("utf-8") + own,
        "LOGO": base64.b64encode((ASSETS / "logo.svg").read_bytes()).decode(),
        "HEAD": loader(f"{address()}/{name}.json", below, modules, far=far),
        "NAME": words("app.name"),
        "TONGUE": words("app.language"),
        "LANGUAGES": _languages(words.language),
    }
    return filled(file, shared | values)


def _languages(language: str) -> str:
    return "".join(
        f'<a href="?lang={each}" lang="{each}"{_current(each == language)}>{name}</a>'
        for each, name in LANGUAGES.items()
    )


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
