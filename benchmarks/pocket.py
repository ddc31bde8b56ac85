"""What a person waits for who opens the pocket edition for the first time.

``python -m benchmarks.pocket [FOLDER]`` serves the files of ``make site`` compressed, as hosts of
static files do, and beside it the app; it prints the same of both as
``python -m benchmarks.first_frame``.
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.browser import ROOT
from benchmarks.first_frame import NETWORKS, opened, served

OTHER = "?problem=moons&runs=adam-momentum&lang=ko"
LINKS = {"opening": ("", "?problem=line&lang=en"), "a Korean link": (OTHER, OTHER)}
"""Addresses below the edition and below the app, which greets who comes without one."""


class Packed(SimpleHTTPRequestHandler):
    """Sends every file compressed."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # whoever has seen enough leaves
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def files_served(folder: Path, how: type[Packed] = Packed) -> Iterator[str]:
    """Address of a server of the files of a folder."""
    server = ThreadingHTTPServer(("localhost", 0), partial(how, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()


def main() -> None:
    """Print a table of all links and networks."""
    from playwright.sync_api import sync_playwright

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    print(f"{'':40s}{'first frame':>12s}{'playing':>10s}{'over the wire':>16s}{'requests':>10s}")
    with files_served(folder) as files, served(ROOT) as app, sync_playwright() as playwright:
        for name, (here, there) in LINKS.items():
            opened(playwright, f"{app}/{there}", "fast")  # the app is warm from then on
            for network in NETWORKS:
                for whose, link in (("pocket", f"{files}/{here}"), ("app", f"{app}/{there}")):
                    seen, wire = opened(playwright, link, network)
                    nothing = float("nan")
                    first, playing = seen.get("picture", nothing), seen.get("playing", nothing)
                    size, what = f"{wire.size / 1000:.0f} kB", f"{whose}, {name}, {network}"
                    times = f"{first:10.2f} s{playing:8.2f} s"
                    print(f"{what:40s}{times}{size:>16s}{wire.requests:10d}", flush=True)


if __name__ == "__main__":
    main()
