"""What the first visitor would wait for is made ready when the server starts."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pages.ui.frame.files import pack_files
from pages.ui.frame.helpers import HELPERS
from pages.ui.frame.words import LANGUAGES, Words


@asynccontextmanager
async def warmed_up(_: object) -> AsyncIterator[None]:
    """Begin to make ready as the server starts; nothing waits for it. Helpers end with it."""
    threading.Thread(target=_make_ready, daemon=True).start()
    with HELPERS.ready():
        yield


def _make_ready() -> None:
    """Draw and pack what nearly everybody asks for; import what takes Streamlit a second."""
    for language in LANGUAGES:
        greet(language)
    pack_files()
    importlib.import_module("pandas")


def draw(page: str, query: dict[str, str], language: str) -> str:
    """What is seen first of a page; see ``pages/ui/first_look.py``.

    Empty where that fails, for the page comes without it. What keeps results can only be imported
    once there is a server to keep them.
    """
    from pages.ui.first_look import first_look

    try:
        return first_look(page, query, Words(language))
    except Exception:
        logging.getLogger(__name__).exception("a first picture could not be drawn")
        return ""


def greet(language: str) -> str:
    """The page that welcomes who comes without a link; see ``pages/ui/welcome.py``."""
    from pages.ui.welcome import welcome

    return welcome(language)
