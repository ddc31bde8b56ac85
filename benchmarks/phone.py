"""What a student's phone waits for: ``python -m benchmarks.phone``.

Opens a class about a race on the banana, and for each kind of question a phone that knows nothing
yet: when the question can be answered, and what went over the wire until then. Then the server is
killed (SIGKILL) and started anew, with phones that listen: how long after it answers again each of
them is back.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.browser import PORT, QUIET, ROOT, wait_for_server
from benchmarks.first_frame import NETWORKS, Wire

URL = f"http://localhost:{PORT}"
LINK = "problem=rosenbrock&runs=batch-adam&batch.learning_rate=0.001&adam.learning_rate=0.1"
READY = "#answer input, #answer select"
"""What a question is answered with."""
OWN = {"kind": "number", "text": "How many?", "low": 0, "high": 10}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PHONES, KILLS = 3, 5


class Server:
    """The app on a store of its own, and a class in it."""

    def __init__(self, folder: Path) -> None:
        self._environment = {**os.environ, "LOSSOPT_DATA": str(folder)}
        self.code, self.key = "", ""
        self.start()
        asked = f"{URL}/class/questions?{urlencode({'link': LINK, 'lang': 'en'})}"
        ready = json.load(urllib.request.urlopen(asked))["questions"]
        self.kinds = [each["kind"] for each in (*ready, OWN)]
        told = self.post("open", questions=[*ready, OWN])
        self.code, self.key = told["code"], told["key"]

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL
        )
        wait_for_server(PORT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def post(self, path: str, **sent: object) -> Any:
        told = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        body = json.dumps(sent).encode()
        return json.load(
            urllib.request.urlopen(urllib.request.Request(f"{URL}/class/{path}", body, told))
        )

    def ask(self, k: int) -> None:
        self.post(f"{self.code}/step", question=f"q{k + 1}", step="open")


def main() -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            with sync_playwright() as playwright:
                for name in dict.fromkeys(server.kinds):
                    server.ask(server.kinds.index(name))
                    _first(playwright, server, "fast")  # the server has drawn it once
                    for network in NETWORKS:
                        print(f"{name:8s}{network:9s}{_first(playwright, server, network)}")
                print(_returns(playwright, server))
        finally:
            server.kill()


def _first(playwright: Any, server: Server, network: str) -> str:
    """Time and bytes until a phone that knows nothing can answer."""
    latency, down, up = NETWORKS[network]
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
    try:
        page, wire = browser.new_context(**PHONE).new_page(), Wire()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        limits = {"latency": latency, "downloadThroughput": down, "uploadThroughput": up}
        session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
        session.on("Network.requestWillBeSent", wire.asked)
        session.on("Network.loadingFinished", wire.answered)
        began = time.perf_counter()
        page.goto(f"{URL}/class#{server.code}", wait_until="commit")
        page.locator(READY).first.wait_for(timeout=60e3)
        waited = time.perf_counter() - began
        return f"{waited:5.1f} s {wire.size / 1000:6.0f} kB {wire.requests:3d} requests"
    finally:
        browser.close()


def _returns(playwright: Any, server: Server) -> str:
    """How long after the server answers again all phones are back."""
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
    try:
        phones = [browser.new_context(**PHONE).new_page() for _ in range(PHONES)]
        for phone in phones:
            phone.goto(f"{URL}/class#{server.code}")
            phone.locator(READY).first.wait_for()
        waits: list[float] = []
        for _ in range(KILLS):
            server.kill()
            for phone in phones:
                phone.locator("#away").wait_for()
            server.start()
            began = time.perf_counter()
            for phone in phones:
                phone.locator("#away").wait_for(state="hidden")
                waits.append(time.perf_counter() - began)
        return f"{KILLS} kills, {PHONES} phones: back at most {max(waits):.1f} s after the server"
    finally:
        browser.close()


if __name__ == "__main__":
    main()
