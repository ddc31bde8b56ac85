"""What a person waits for who opens a page for the first time, near the server and far from it.

``python -m benchmarks.first_frame [NAME=FOLDER …] [--pages "lab;losses"]`` opens every page in a
Chromium that knows nothing yet, from every checkout in turn, and prints when the first picture of
ours is there (on pages without a stage, the words), when it plays, and what went over the wire. The
servers have been asked once before, so that they are warm.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.browser import QUIET, ROOT, wait_for_server

PAGES = {
    "welcome": "/?lang=en",
    "lab": "/?problem=line&lang=en",
    "lab, other link": "/?problem=saddle&runs=batch-momentum-adam&lang=en",
    "losses": "/losses?lang=en",
    "batches": "/batches?lang=en",
    "optimizers": "/optimizers?lang=en",
    "network": "/network?lang=en",
    "compare": "/compare?lang=en",
    "lessons": "/lessons?lang=en",
    "lesson": "/lessons?lesson=stable_rate&lang=en",
    "article": "/article?lang=en",
    "glossary": "/glossary?lang=en",
}
NETWORKS = {"Slow 4G": (562, 1.5e6 / 8, 0.75e6 / 8), "fast": (0, -1, -1)}
"""Milliseconds of an answer, bytes a second down and up; −1 for as many as there are."""
BINARY = 2
"""Frames of the websocket that come as base64."""
PATIENCE = 90
"""Seconds after which a page is given up."""
QUIET_FOR = 1.5
"""Seconds without an answer after which nothing more is on its way."""
WATCH = """(() => {
  const seen = window.seen = {};
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wide = (each) => each.getBoundingClientRect().width > 50;
  const inked = ({ width, height }, k, canvases) => width > 0
    && canvases[k].getContext("2d").getImageData(width / 2, height / 2, 1, 1).data[3] > 0;
  const look = () => {
    const now = performance.now();
    const stills = "[data-still] svg, .lo-card-still svg";
    const drawn = all(`${stills}, .js-plotly-plot .contour path`).some(wide);
    if (drawn || all(".lo-quick").some(inked)) seen.picture ??= now;
    if (all("[data-still] section, footer, .st-key-footer").length) seen.words ??= now;
    if (all("footer, .st-key-footer").length) seen.page ??= now;
    if (all("[data-playing=true]").some(({ dataset }) => dataset.step > 0)) seen.playing ??= now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


@dataclass
class Wire:
    """What went over it."""

    requests: int = 0
    size: float = 0.0
    under_way: set[str] = field(default_factory=set)
    last: float = field(default_factory=time.perf_counter)

    def asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests += 1
            self.under_way.add(event["requestId"])

    def answered(self, event: dict[str, Any]) -> None:
        self.size += event.get("encodedDataLength", 0.0)
        self.under_way.discard(event["requestId"])
        self.last = time.perf_counter()

    def said(self, event: dict[str, Any]) -> None:
        packed = len(event["response"]["payloadData"])
        self.size += 0.75 * packed if event["response"]["opcode"] == BINARY else packed

    @property
    def is_quiet(self) -> bool:
        return not self.under_way and time.perf_counter() - self.last > QUIET_FOR


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of a server that runs a checkout."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        wait_for_server(port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def opened(playwright: Any, address: str, network: str) -> tuple[dict[str, float], Wire]:
    """Open a page in a browser of its own; what was seen when (s), and what it took."""
    latency, down, up = NETWORKS[network]
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        session, wire = page.context.new_cdp_session(page), Wire()
        session.send("Network.enable")
        limits = {"latency": latency, "downloadThroughput": down, "uploadThroughput": up}
        session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
        session.on("Network.requestWillBeSent", wire.asked)
        session.on("Network.loadingFinished", wire.answered)
        session.on("Network.loadingFailed", wire.answered)
        session.on("Network.webSocketFrameReceived", wire.said)
        page.add_init_script(WATCH)
        page.goto(address, wait_until="commit")
        until = time.perf_counter() + PATIENCE
        seen: dict[str, float] = {}
        while time.perf_counter() < until and not ("page" in seen and wire.is_quiet):
            page.wait_for_timeout(200)
            seen = page.evaluate("() => window.seen ?? {}")
        return {name: at / 1000 for name, at in seen.items()}, wire
    finally:
        browser.close()


def main() -> None:
    """Print a table of all pages, networks and checkouts."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_frame")
    parser.add_argument("checkouts", nargs="*", default=[f"here={ROOT}"], metavar="NAME=FOLDER")
    parser.add_argument("--pages", default=";".join(PAGES))
    parser.add_argument("--networks", default=",".join(NETWORKS))
    told = parser.parse_args()
    print(f"{'':34s}{'first frame':>12s}{'playing':>10s}{'over the wire':>16s}{'requests':>10s}")
    for checkout in told.checkouts:
        name, _, folder = checkout.partition("=")
        with served(Path(folder)) as server, sync_playwright() as playwright:
            for slug in told.pages.split(";"):
                opened(playwright, server + PAGES[slug], "fast")
                for network in told.networks.split(","):
                    seen, wire = opened(playwright, server + PAGES[slug], network)
                    first = seen.get("picture", seen.get("words", float("nan")))
                    playing = f"{seen['playing']:.1f} s" if "playing" in seen else "–"
                    size = f"{wire.size / 1000:.0f} kB"
                    what = f"{name}, {slug}, {network}"
                    print(f"{what:34s}{first:10.1f} s{playing:>10s}{size:>16s}{wire.requests:10d}")


if __name__ == "__main__":
    main()
