"""The stage on a bare page, without Streamlit: what a scene may hold is tried out here."""

import functools
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

import lossopt as lo
from lossopt.figures.messages import as_json
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/stage/stage.css"><div id="a"></div><div id="b"></div>
<script type="module">
import { mountStage } from "/stage/stage.js";
import { Clock } from "/stage/clock.js";
const clock = new Clock();
window.told = [];
window.stages = {};
window.mount = (id, scene, settings = {}) => {
  window.stages[id] = mountStage(document.getElementById(id), {
    plotlyUrl: "/vendor/plotly-cartesian-4.1.1.min.js", clock,
    onPoint: (point) => window.told.push(point), ...settings,
  });
  window.stages[id].update(scene);
};
window.ready = true;
</script>"""
OPTIONS = {
    "view": "2d",
    "scale": "log",
    "axis": "steps",
    "follow": False,
    "speed": 1.0,
    "loop": False,
    "autoplay": False,
    "heights": "auto",
}


class _Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())
        return None

    def log_message(self, *_: object) -> None:
        pass


def place_in(part: Locator, across: float, down: float) -> tuple[float, float]:
    """Where on the page a place of a part is, given as fractions of its width and height."""
    box = part.bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def messages_of(page: Page) -> list[int]:
    """Sizes of the messages that the page sends to the server from now on."""
    sent: list[int] = []
    count = lambda frame: sent.append(len(frame))  # noqa: E731
    page.on("websocket", lambda socket: socket.on("framesent", count))
    return sent


def grasp(page: Page, plot: Locator, *, reach: float = 1e4, step: int = 16) -> tuple[float, float]:
    """Place of a data point that can be dragged, looked for from the lower right."""
    box = plot.bounding_box()
    assert box
    for up in range(30, int(min(box["height"], reach)), step):
        for left in range(12, int(min(box["width"], reach)), step):
            x, y = box["x"] + box["width"] - left, box["y"] + box["height"] - up
            page.mouse.move(x, y)
            if plot.evaluate("element => element.style.cursor") == "grab":
                return x, y
    raise AssertionError("no data point can be dragged")


@contextmanager
def player_server() -> Iterator[str]:
    """Serve the player's files and the bare page."""
    handler = functools.partial(_Quiet, directory=ROOT / "static")
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


def scene_of(objective: lo.Objective, *, n_steps: int = 10, **extras: Any) -> dict[str, Any]:
    """Two runs on an objective, with what a test adds."""
    names = ("gradient_descent", "momentum")
    runs = lo.descend(
        [lo.OPTIMIZERS[name](learning_rate=0.05) for name in names], objective, n_steps=n_steps
    )
    plane = axis_plane(objective)
    contestants = [Contestant(name, name, "", look_of(name)) for name in names]
    ground = surface_message(lo.evaluate_surface(objective, plane=plane), 0.0)
    scene = as_json(stage_scene(objective, plane, runs, contestants, ground))
    texts = tomllib.loads((ROOT / "assets" / "en" / "stage.toml").read_text("utf-8"))
    base = {"lang": "en", "texts": texts, "options": OPTIONS, "messages": []}
    fit = {**scene["fit"], **extras.pop("fit", {})}
    return {**scene, **base, "fit": fit, **extras}
