"""Documents of our own, without Streamlit: what all of them begin with."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lossopt.figures.messages import as_json
from pages.ui.frame.document import FAR, asked_language, filled, loader, sent
from pages.ui.frame.files import STATIC, address, root
from pages.ui.frame.words import ASSETS, LANGUAGES, Words

SKELETON = Path(__file__).with_name("own_page.html")
BASE = STATIC / "welcome" / "base.css"
"""Palette and lettering of all of them."""


def own_page(
    file: Path,
    words: Words,
    *,
    title: str,
    folder: str,
    name: str,
    told: object,
    meta: str = "",
    sheets: Sequence[str] = (),
    far: int = FAR,
    **values: str,
) -> str:
    """Write a document.

    Parameters
    ----------
    file : Path
        Its body with words in capitals, which are replaced.
    words : Words
    title : str
        Key of its title.
    folder, name : str
        Folder of ``static/`` and, in it, name of its module and of its style sheet; the bundle of
        its modules has the name, too.
    told : object
        What its module is told, as JSON in its element ``TOLD``.
    meta : str
        What else its head holds.
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
        "META": meta,
        "LANG": words.language,
        "TITLE": f"{words('app.name')} · {words(title)}",
        "STYLES": BASE.read_text("utf-8") + own,
        "LOGO": base64.b64encode((ASSETS / "logo.svg").read_bytes()).decode(),
        "HEAD": loader(f"{address()}/{name}.json", below, modules, far=far),
        "NAME": words("app.name"),
        "TONGUE": words("app.language"),
        "LANGUAGES": _languages(words.language),
        "TOLD": json.dumps(as_json(told), ensure_ascii=False).replace("<", "\\u003c"),
    }
    return filled(SKELETON, shared | {"PAGE": filled(file, shared | values)})


def page_route(path: str, write: Callable[[str], str]) -> Route:
    """Route to a document that is written for a language."""

    async def send(request: Request) -> Response:
        return sent(request, write(asked_language(request)))

    return Route(f"{root()}{path}", send)


def _languages(language: str) -> str:
    return "".join(
        f'<a href="?lang={each}" lang="{each}"{_current(each == language)}>{name}</a>'
        for each, name in LANGUAGES.items()
    )


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
