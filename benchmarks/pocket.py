"""What a person waits for who opens the pocket edition for the first time.

``python -m benchmarks.pocket [FOLDER]`` serves the files of ``make site`` compressed, as hosts of
static files do, and prints the same as ``python -m benchmarks.first_frame``.
"""

from __future__ import annotations

import gzip
import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.browser import ROOT
from benchmarks.first_frame import NETWORKS, opened

LINKS = ("", "?problem=moons&runs=adam-momentum&lang=ko")


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


def main() -> None:
    """Print a table of all links and networks."""
    from playwright.sync_api import sync_playwright

    folder = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "dist")
    server = ThreadingHTTPServer(("localhost", 0), partial(Packed, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_port}/"
    print(f"{'':50s}{'first frame':>12s}{'playing':>10s}{'over the wire':>16s}{'requests':>10s}")
    with sync_playwright() as playwright:
        for link in LINKS:
            for network in NETWORKS:
                seen, wire = opened(playwright, address + link, network)
                nothing = float("nan")
                first, playing = seen.get("picture", nothing), seen.get("playing", nothing)
                size = f"{wire.size / 1000:.0f} kB"
                what = f"{link or 'without a link'}, {network}"
                print(f"{what:50s}{first:10.1f} s{playing:8.1f} s{size:>16s}{wire.requests:10d}")
    server.shutdown()


if __name__ == "__main__":
    main()
