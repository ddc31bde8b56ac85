"""WebKitGTK by its own driver (W3C WebDriver): as much of a page as the benchmarks need."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LONGEST = 120_000
"""Milliseconds that a function may take."""
CALL = """const [given, done] = arguments;
Promise.resolve().then(() => (%s)(given))
  .then((found) => done({ found }), (fault) => done({ error: `${fault}` }));"""


class WebDriverPage:
    """The page of one session."""

    def __init__(self, address: str, browser: str) -> None:
        self.address = address
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        session = self._ask("session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        self.address = f"{address}/session/{session}"
        self._ask("timeouts", {"script": LONGEST, "pageLoad": LONGEST})

    def goto(self, address: str) -> None:
        self._ask("url", {"url": address})

    def evaluate(self, function: str, given: Any = None) -> Any:
        """What a function, or the promise that it gives, comes to."""
        told = self._ask("execute/async", {"script": CALL % function, "args": [given]})
        if "error" in told:
            raise RuntimeError(told["error"])
        return told.get("found")

    def resize(self, width: int, height: int) -> None:
        """Make the inside of the window as large as that."""
        self._ask("window/rect", {"width": width, "height": height})
        inner = self.evaluate("() => [innerWidth, innerHeight]")
        self._ask("window/rect", {"width": 2 * width - inner[0], "height": 2 * height - inner[1]})

    def close(self) -> None:
        urllib.request.urlopen(urllib.request.Request(self.address, method="DELETE")).close()

    def _ask(self, what: str, given: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        body = json.dumps(given).encode()
        asked = urllib.request.Request(f"{self.address}/{what}", body, headers)
        with urllib.request.urlopen(asked, timeout=2 * LONGEST / 1000) as answer:
            return json.load(answer)["value"]


@contextmanager
def webkit(browser: list[str]) -> Iterator[WebDriverPage]:
    """Start driver and browser, given as the command of the latter; end both."""
    driver = shutil.which("WebKitWebDriver")
    if not driver:
        raise LookupError("WebKitWebDriver is not installed here (Debian: webkit2gtk-driver)")
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    *screen, program = browser
    environment = os.environ | {"WEBKIT_DISABLE_DMABUF_RENDERER": "1"}  # fast without a card
    process = subprocess.Popen(
        [*screen, driver, f"--port={port}"], start_new_session=True, env=environment
    )
    try:
        page = WebDriverPage(_awake(f"http://localhost:{port}"), program)
        yield page
        page.close()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _awake(address: str) -> str:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/status", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            break
    return address
