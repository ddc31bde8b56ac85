"""Pages in Chromium, Firefox and WebKitGTK that go to an address and run a function there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from benchmarks.bidi import firefox
from benchmarks.browser import QUIET
from benchmarks.runners import runners
from benchmarks.webdriver import webkit

WIDTH, HEIGHT = 1280, 720


class Page(Protocol):
    """What all of them can do."""

    def goto(self, address: str) -> object: ...

    def evaluate(self, function: str, given: Any = None) -> Any: ...


@contextmanager
def opened(name: str) -> Iterator[Page]:
    """A page of 1280 × 720 in a browser, by its name; LookupError where that is missing."""
    (command,) = [runner.command for runner in runners() if runner.name == name] or [()]
    if not command:
        raise LookupError(f"{name} is not installed here")
    if name == "Chromium":
        with _chromium(command[0]) as page:
            yield page
        return
    with firefox(command[0]) if name == "Firefox" else webkit(list(command[:-1])) as page:
        page.resize(WIDTH, HEIGHT)
        yield page


@contextmanager
def _chromium(program: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [*QUIET, "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        browser.close()
