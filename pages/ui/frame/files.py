"""The JavaScript and style sheets of the components, at addresses that change with them.

A module imports its neighbors by relative addresses, so the version stands in the path: all modules
of a page come from the same version, and a browser may keep them for good. Streamlit's own files
have a version in their names; it sends them as they are, three times as long as they need be.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.ui.frame.bundle import BUNDLES, bundle
from pages.ui.frame.words import ASSETS, LANGUAGES, Words

STATIC = Path(__file__).parents[3] / "static"
STREAMLIT = Path(st.__file__).parent / "static" / "static"
KEEP = "public, max-age=31536000, immutable"
TYPES = {".js": "text/javascript", ".css": "text/css"}
PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:js|css)")
"""Paths of files that are sent compressed; none of them leads out of its folder."""


class _KeptFiles(StaticFiles):
    """Files that a browser asks for once."""

    def file_response(
        self, full_path: str | os.PathLike[str], *rest: Any, **options: Any
    ) -> Response:
        response = super().file_response(full_path, *rest, **options)
        response.headers["Cache-Control"] = KEEP
        return response


class Compressed:
    """Middleware that answers for files that never change, compressed; each is packed once.

    Parameters
    ----------
    app : ASGIApp
        Whatever answers for the rest.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._folders = {f"{address()}/": STATIC, f"{root()}/static/": STREAMLIT}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._file(scope)
        if file is None:
            await self._app(scope, receive, send)
            return
        body = await run_in_threadpool(_compressed, file)
        await _kept(body, TYPES[file.suffix])(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        """The file that is asked for, where the asker unpacks what is packed."""
        if scope["type"] != "http" or scope["method"] != "GET" or not unpacks(Request(scope)):
            return None
        for address, folder in self._folders.items():
            name = scope["path"].removeprefix(address)
            if name != scope["path"] and PLAIN.fullmatch(name) and (folder / name).is_file():
                return folder / name
        return None


def unpacks(request: Request) -> bool:
    """Whether the asker takes compressed answers."""
    return "gzip" in request.headers.get("accept-encoding", "")


def _kept(body: bytes, media_type: str) -> Response:
    """An answer that is packed and may be kept for good."""
    told = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": KEEP}
    return Response(body, headers=told, media_type=media_type)


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)


@cache
def packed_bundle(name: str) -> bytes:
    """The bundle with this name, compressed."""
    folders = {f"player/{version()}": STATIC, "static": STREAMLIT}
    return gzip.compress(bundle(folders, BUNDLES[name]).encode(), mtime=0)


async def _send_bundle(request: Request) -> Response:
    """All modules of a page in one answer; a browser that knows import maps knows gzip."""
    name = request.path_params["name"]
    if name not in BUNDLES:
        return Response(status_code=404)
    return _kept(await run_in_threadpool(packed_bundle, name), "application/json")


@cache
def packed_terms(language: str) -> bytes:
    """Sentences of the glossary by their terms, compressed."""
    return gzip.compress(terms_text(language), mtime=0)


def terms_text(language: str) -> bytes:
    """Sentences of the glossary by their terms, as JSON."""
    said = Words(language).section("glossary.term").items()
    terms = {key.removesuffix(".text"): text for key, text in said if key.endswith(".text")}
    return json.dumps(terms, ensure_ascii=False).encode()


async def _send_terms(request: Request) -> Response:
    """What the glossary says, for a page on which somebody points at a term."""
    language = request.path_params["language"]
    if language not in LANGUAGES:
        return Response(status_code=404)
    return _kept(packed_terms(language), "application/json")


def pack_files() -> None:
    """Compress what nearly every visitor asks for."""
    for name in BUNDLES:
        packed_bundle(name)
    for file in (STATIC / "vendor").glob("plotly-*.js"):
        _compressed(file)


@cache
def version() -> str:
    """Name of all files as they are, and of the words beside them: it changes with any of them."""
    digest = hashlib.sha256(st.__version__.encode())
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in {".js", ".css"}:
            digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    for path in sorted(ASSETS.glob("*/glossary.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def player_files() -> Mount:
    """Route to the files of this version; those of another one are not found."""
    terms = Route("/terms/{language}.json", _send_terms)
    files = Mount("/", app=_KeptFiles(directory=STATIC))
    here = Mount(f"/{version()}", routes=[terms, Route("/{name}.json", _send_bundle), files])
    return Mount(f"{root()}/player", routes=[here])


def address() -> str:
    """Where a browser finds the files of this version."""
    return f"{root()}/player/{version()}"


def root() -> str:
    """Path below which the whole app lies; mostly empty."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""
