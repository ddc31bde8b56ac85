"""Firefox by WebDriver BiDi, which it speaks by itself: as much of a page as benchmarks need."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect


class BidiPage:
    """The first page of one session."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.number = 0
        self._ask("session.new", capabilities={})
        self.context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def goto(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, function: str, given: Any = None) -> Any:
        """What a function, or the promise that it gives, comes to."""
        call = f"async () => JSON.stringify(await ({function})({json.dumps(given)})) ?? 'null'"
        target = {"context": self.context}
        told = self._ask(
            "script.callFunction", functionDeclaration=call, target=target, awaitPromise=True
        )
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def resize(self, width: int, height: int) -> None:
        """Make the inside of the window as large as that."""
        viewport = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self.context, viewport=viewport)

    def _ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:  # events come between
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]


@contextmanager
def firefox(program: str) -> Iterator[BidiPage]:
    """Start the browser with a profile that is thrown away, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, "--headless", "--profile", profile, "--remote-debugging-port=0"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, **quiet)
        try:
            address = _address(Path(profile) / "WebDriverBiDiServer.json")
            with connect(f"{address}/session", max_size=None) as socket:
                yield BidiPage(socket)
        finally:
            process.terminate()
            process.wait()


def _address(told: Path) -> str:
    """Where it can be reached, as it writes into its profile once it is awake."""
    while not (told.is_file() and told.read_text("utf-8").endswith("}")):
        time.sleep(0.1)
    found = json.loads(told.read_text("utf-8"))
    return f"ws://{found['ws_host']}:{found['ws_port']}"
