"""A fresh server and Debian's or the machine's Chromium for every browser test."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
KEPT = tempfile.TemporaryDirectory(prefix="lossopt-")
"""Where servers keep classes, one after the other: those of other runs take no places."""
NEAR = """performance.getEntriesByType = (kind) => (kind === "navigation"
  ? [{ requestStart: 0, responseStart: 0 }]
  : Performance.prototype.getEntriesByType.call(performance, kind));"""
"""Pages think that the server is near, however busy it is."""
AS_FAR_AS_IT_IS = "delete performance.getEntriesByType;"
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # the pages of a context share what one of them has loaded and compiled
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if BROWSER:
        return
    if os.environ.get("CI"):
        pytest.exit("No Chromium found, and CI must not skip the browser tests.", returncode=1)
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    """Start the app and wait until it answers."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "LOSSOPT_DATA": KEPT.name},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the app did not start")


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    port = free_port()
    process = serve(port)
    yield f"http://localhost:{port}"
    process.terminate()
    assert process.stdout is not None
    log = process.communicate(timeout=20)[0].decode()
    assert "Traceback" not in log and "Warning" not in log, log


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {**browser_type_launch_args, "executable_path": BROWSER, "args": list(QUIET)}


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Page that fails the test on a console error or a request to another host."""
    page = context.new_page()
    watch = Watch(page)
    yield page
    assert watch.complaints == []


class Watch:
    """Collects what must not happen in a browser."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: object) -> None:
        place = str((getattr(message, "location", None) or {}).get("url", ""))
        looks_for_the_server = "/_stcore/" in place  # Streamlit, on every page but the first
        if getattr(message, "type", "") == "error" and not looks_for_the_server:
            self.complaints.append(f"console: {getattr(message, 'text', '')}")

    def _request(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:")):
            self.complaints.append(f"request to {url}")


@pytest.fixture(scope="session")
def context_of(browser: Browser, app_url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts by what they are asked for, each with a page that keeps its process alive.

    A page that opens in a process of its own takes three times as long, for Streamlit's modules and
    Plotly are parsed and compiled again.
    """
    kept: dict[str, BrowserContext] = {}

    def find(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = browser.new_context(**options)  # type: ignore[arg-type]
            kept[key].add_init_script(NEAR)
            kept[key].new_page().goto(f"{app_url}/_stcore/health")
        return kept[key]

    yield find
    for context in kept.values():
        context.close()


@pytest.fixture
def new_context(
    context_of: Callable[..., BrowserContext],
) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts of one test: what it opens and leaves behind in them is gone after it."""
    used: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        used.append(context_of(**options))
        return used[-1]

    yield make
    for context in used:
        keeper, *opened = context.pages
        for page in opened:
            page.close()
        keeper.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        context.clear_cookies()
