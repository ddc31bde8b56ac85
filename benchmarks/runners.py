"""Node and the browsers of this machine, and a server that hears what they send back."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.browser import QUIET, ROOT

PATIENCE = 300
"""Seconds after which a browser is given up."""
WEBKIT = ("lib/*/webkit2gtk-*/MiniBrowser", "libexec/webkit2gtk-*/MiniBrowser")
PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="/bits.mjs"></script>'
SCRIPT = ROOT / "benchmarks" / "bits.mjs"


@dataclass(frozen=True)
class Runner:
    """A browser, or Node, and the command that opens an address; none where it is missing."""

    name: str
    version: str
    command: tuple[str, ...]


def runners() -> list[Runner]:
    """All that are looked for here."""
    chromium = ("chromium", "chromium-browser", "google-chrome", "chrome")
    folder = (ROOT / "static" / "programs").as_uri()
    return [
        _runner("Node", _first("node"), str(SCRIPT), folder),
        _runner("Chromium", _first(*chromium), "--headless", *QUIET, "--user-data-dir=PROFILE"),
        _runner("Firefox", _first("firefox", "firefox-esr"), "--headless", "--profile", "PROFILE"),
        _runner("WebKitGTK", _webkit(), "--private"),
    ]


def given(command: str) -> Runner:
    """A browser that is told by its command."""
    words = shlex.split(command)
    return Runner(Path(words[0]).name, "", tuple(words))


def _first(*names: str) -> list[str]:
    return [found for name in names if (found := shutil.which(name))][:1]


def _webkit() -> list[str]:
    """WebKit's own small browser; it needs a screen, or one that is made up."""
    found = [str(path) for place in WEBKIT for path in sorted(Path("/usr").glob(place))]
    screen = [] if "DISPLAY" in os.environ else _first("xvfb-run")
    alone = not screen and "DISPLAY" not in os.environ
    return [] if alone or not found else [*screen, *(["-a"] if screen else []), found[0]]


def _runner(name: str, program: list[str], *words: str) -> Runner:
    if not program:
        return Runner(name, "", ())
    told = subprocess.run([*program, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\d+\.[\w.]+", told.stdout)
    return Runner(name, version.group() if version else "", (*program, *words))


class _Handler(SimpleHTTPRequestHandler):
    """Serves the programs and what is asked for, and hears what is found."""

    def __init__(self, *args: object, said: Mapping[str, str], heard: Heard) -> None:
        self.said, self.heard = said, heard
        super().__init__(*args, directory=ROOT / "static")  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path not in self.said:
            return super().do_GET()
        kind = "text/html" if self.path == "/" else "text/javascript"
        return self._answer(self.said[self.path].encode(), kind)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"", "text/plain")
        self.heard.take(self.path[1:], body)

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Heard:
    """What one runner has sent back."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}
        self.fault = "has not answered in time"
        self.ended = threading.Event()

    def take(self, name: str, body: bytes) -> None:
        if name == "end":
            self.fault = body.decode()
            self.ended.set()
        else:
            self.found[name] = body


def ask(runner: Runner, jobs: str) -> Heard:
    """Let a runner do all jobs."""
    heard = Heard()
    said = {"/": PAGE, "/bits.mjs": SCRIPT.read_text("utf-8"), "/jobs.json": jobs}
    handler = partial(_Handler, said=said, heard=heard)
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with _open(runner, f"http://localhost:{server.server_address[1]}"):
            heard.ended.wait(PATIENCE)
        server.shutdown()
    return heard


@contextmanager
def _open(runner: Runner, address: str) -> Iterator[None]:
    """The runner as a process of its own, with a profile that is thrown away."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [word.replace("PROFILE", profile) for word in (*runner.command, address)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(words, start_new_session=True, **quiet)
        try:
            yield
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()
