"""The document that every page begins with: Streamlit's own, which asks for less."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.ui.frame.files import address, root, unpacks
from pages.ui.frame.words import Words, language_of

FAR = 150
"""Milliseconds of an answer from which on one large file comes sooner than many small ones."""
LOADER = Path(__file__).with_name("loader.html")
STILL = Path(__file__).with_name("still.html")
"""What is seen until the page is."""
FONT = re.compile(r'<link\s[^>]*as="font"[^>]*>')
"""Asked for before anybody knows which font the theme has; ours is the reader's own."""
ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
MODULES = re.compile(
    r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>'
)
Draw = Callable[[str, dict[str, str], str], str]
"""Draws what is seen first of a page, by its settings and a language."""
COLORS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor")
SHEETS = ("stage/stage.css", "tuner/tuner.css")
"""Style sheets that most pages need as soon as they have words."""
ENTRY = re.compile(r'<script type="module"[^>]* src="\./([^"]+)"')


@cache
def document() -> str | None:
    """Streamlit's document with a head of our own; None where it is not as we know it."""
    theirs = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    entry, modules = ENTRY.search(theirs), MODULES.findall(theirs)
    if not entry or not all(theirs.count(mark) == 1 for mark in ("</title>", "</body>")):
        return None
    plain = MODULES.sub("", FONT.sub("", theirs))
    sheets = [f'<link rel="stylesheet" href="{address()}/{sheet}">' for sheet in SHEETS]
    themes = json.dumps({f"{mode.upper()}_THEME": _theme(mode) for mode in ("light", "dark")})
    known = f"<script>window.__streamlit = {{...{themes}, ...window.__streamlit}};</script>"
    head = known + loader(f"{address()}/streamlit.json", entry[1], "".join([*modules, *sheets]))
    return plain.replace("</title>", f"</title>\n{head}", 1)


def loader(bundle: str, entry: str, modules: str, *, far: int = FAR) -> str:
    """Script that begins a page with its modules, one by one or, from far away, all in one.

    Parameters
    ----------
    bundle : str
        Address of the modules in one file.
    entry : str
        Path of the first module below the app.
    modules : str
        Elements that ask for the modules one by one, and for style sheets.
    far : int
        Milliseconds of an answer from which on all modules come in one file.
    """
    values = {"MODULES": modules, "FAR": str(far), "BUNDLE": bundle, "ENTRY": entry}
    return filled(LOADER, values | {"ROOT": root()})


def filled(file: Path, values: dict[str, str]) -> str:
    """Text of a file with its words in capitals replaced."""
    names = "|".join(values)
    return re.sub(rf"\b(?:{names})\b", lambda match: values[match[0]], file.read_text("utf-8"))


def _theme(mode: str) -> dict[str, str]:
    """A theme of the configuration, as Streamlit's page takes it from whoever holds it."""
    colors = {name: st.get_option(f"theme.{mode}.{name}") for name in COLORS}
    return {**colors, "bodyFont": st.get_option("theme.font")}


def documents(scripts: dict[str, str], greet: Callable[[str], str], draw: Draw) -> list[Route]:
    """Routes to the pages' documents; none where Streamlit's has to do.

    Parameters
    ----------
    scripts : dict of str to str
        Scripts by the names of their pages.
    greet : callable
        Gives the document for who comes to the first page without any setting, in a language.
    draw : callable
        Gives what is seen first of a page, for the settings of a link and a language.
    """
    if document() is None:
        return []

    def answers(page: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            began = time.perf_counter_ns()
            query, language = dict(request.query_params), asked_language(request)
            if page == first and query.keys() <= {"lang"}:
                found = sent(request, await run_in_threadpool(greet, language))
            else:
                look = await run_in_threadpool(draw, page, query, language)
                found = _answer(request, page, look)
            # What a picture takes is no distance: the loader subtracts it.
            taken = (time.perf_counter_ns() - began) / 1e6
            found.headers["Server-Timing"] = f"document;dur={taken:.1f}"
            return found

        return answer

    first = next(iter(scripts))
    slugs = {page: "" if page == first else Path(script).stem for page, script in scripts.items()}
    return [Route(f"{root()}/{slug}", answers(page)) for page, slug in slugs.items()]


def asked_language(request: Request) -> str:
    """Language of whoever asks for a document."""
    preferred = request.headers.get("accept-language", "")
    return language_of(request.query_params.get("lang"), preferred)


def _answer(request: Request, page: str, look: str) -> Response:
    """Streamlit's document, and what is seen until it is there, where a head stands above it."""
    if request.query_params.get("bare") == "1":
        return sent(request, document() or "")
    words = Words(asked_language(request))
    still = {
        "NAME": words("app.name"),
        "LOADING": words("app.loading"),
        "SANS": st.get_option("theme.font"),
        "PAGE": page,
        "LOOK": look or "<div></div>",
    }
    return sent(request, (document() or "").replace("</body>", f"{filled(STILL, still)}</body>"))


def sent(request: Request, page: str) -> Response:
    """A document on its way, packed where that is understood."""
    told = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    content = page.encode()
    if unpacks(request):
        told["Content-Encoding"], content = "gzip", gzip.compress(content, mtime=0)
    return HTMLResponse(content, headers=told)
