"""The JavaScript and style sheets of the components, at addresses that change with them.

A module imports its neighbors by relative addresses, so the version stands in the path: all modules
of a page come from the same version, and a browser may keep them for good.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parents[3] / "static"
KEEP = "public, max-age=31536000, immutable"


class _KeptFiles(StaticFiles):
    """Files that a browser asks for once."""

    def file_response(
        self, full_path: str | os.PathLike[str], *rest: Any, **options: Any
    ) -> Response:
        response = super().file_response(full_path, *rest, **options)
        response.headers["Cache-Control"] = KEEP
        return response


@cache
def version() -> str:
    """Name of all files as they are: it changes with any of them."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in {".js", ".css"}:
            digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def player_files() -> Mount:
    """Route to the files of this version; those of another one are not found."""
    root = st.get_option("server.baseUrlPath").strip("/")
    here = Mount(f"/{version()}", app=_KeptFiles(directory=STATIC))
    return Mount(f"/{root}/player" if root else "/player", routes=[here])


def address() -> str:
    """Where a browser finds the files of this version."""
    root = st.get_option("server.baseUrlPath").strip("/")
    return f"/{root}/player/{version()}" if root else f"/player/{version()}"
