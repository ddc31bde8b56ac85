"""How smoothly a class races: ``python -m benchmarks.crowd [PATHS] [STEPS]``.

By default 300 paths × 300 steps, as the desk of a class plays them at 1280 × 720 in headless
Chromium without a graphics card: pictures of surface and loss curve drawn per second while the
race plays. Each draws all heads and what is new of all paths.
"""

from __future__ import annotations

import json
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

import lossopt as lo
from benchmarks.browser import ROOT
from benchmarks.drivers import opened
from lossopt.comparisons import Entry
from lossopt.figures.crowd import crowd_scene, run_crowd
from lossopt.figures.messages import Extras, Options, Path, Scene, as_json
from lossopt.figures.palette import look_of
from lossopt.figures.player import words_of
from lossopt.figures.scene import Contestant, surface_message
from lossopt.landscapes.surfaces import axis_plane

RULES = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "nadam", "lion")
WANTED = 30
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/stage/stage.css"><style>body { margin: 0 }</style>
<div id="stage"></div><script type="module">
  import { mountStage } from "/stage/stage.js";
  const scene = await (await fetch("/scene.json")).json();
  window.stage = mountStage(document.getElementById("stage"), { magnifies: false, movable: false,
    plotlyUrl: new URL("/vendor/plotly-cartesian-4.1.1.min.js", location).href });
  stage.update(scene);
</script>"""
PLAYED = """(seconds) => new Promise(done => {
  const sheets = () => [...document.querySelectorAll('.lo-threads')];
  const look = () => {
    const isThere = sheets().length === 2 && document.querySelector('.lo-stage[data-step]');
    setTimeout(isThere ? measure : look, isThere ? 3000 : 100);
  };
  const inked = ({ width, height, ...sheet }) => {
    const { data } = sheet.context.getImageData(0, 0, width, height);
    return data.reduce((n, value, k) => n + (k % 4 === 3 && value > 0), 0);
  };
  const all = () => sheets().map(each => inked({
    width: each.width, height: each.height, context: each.getContext('2d') }));
  const measure = () => {
    const { clock } = window.stage;
    const paths = document.querySelector('.lo-surface .lo-threads').nextElementSibling;
    const context = paths.getContext('2d'), clear = context.clearRect;
    let drawn = 0, last = -1;
    context.clearRect = function (...at) { // once for every picture of the paths
      if (clock.position !== last) drawn += 1;
      last = clock.position;
      return clear.apply(this, at);
    };
    clock.seek(0); clock.play();
    const first = performance.now();
    setTimeout(() => {
      const spent = (performance.now() - first) / 1000;
      clock.hold(clock.step);
      context.clearRect = clear;
      setTimeout(() => done([drawn / spent, clock.position / spent, ...all()]), 300);
    }, 1000 * seconds);
  };
  look();
})"""


def main(paths: int, steps: int) -> None:
    """Make a race, play it and print the figures."""
    scene = json.dumps(as_json(race(paths, steps)))
    print(f"\nA class races: {paths} paths × {steps} steps, {len(scene) / 1e6:.1f} MB")
    with ThreadingHTTPServer(("localhost", 0), partial(Files, scene.encode())) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with opened("Chromium") as page:
            page.goto(f"http://localhost:{server.server_port}/")
            drawn, pace, surface, curve = page.evaluate(PLAYED, 5)
        server.shutdown()
    print(f"  {drawn:.0f} drawn updates/s (aim {WANTED}), {pace:.0f} steps/s")
    print(f"  pixels of paths at the end: {surface} on the surface, {curve} on the loss curve")


def race(paths: int, steps: int) -> Scene:
    """Everybody has a rule and a learning rate of his or her own."""
    goal = lo.OBJECTIVES["himmelblau"]()
    rates = np.geomspace(1e-4, 0.3, paths)
    rules = [
        lo.OPTIMIZERS[RULES[k % len(RULES)]](learning_rate=float(rates[k])) for k in range(paths)
    ]
    plane = axis_plane(goal)
    packed = run_crowd(
        [Entry(rule) for rule in rules], goal, plane, start=goal.start, n_steps=steps
    )
    surface = surface_message(lo.evaluate_surface(goal, plane=plane), goal.minimum)
    first = lo.descend(rules[0], goal, n_steps=steps)
    below = crowd_scene(goal, plane, first, Contestant("", "", "", look_of("adam")), surface)
    options = Options("2d", "log", "steps", False, 1.0, False, False, "auto")
    texts = words_of("en", "stage")
    colors = [look_of(RULES[k % len(RULES)]).color for k in range(paths)]
    drawn = (Path(color, *one) for color, one in zip(colors, packed, strict=True))
    extras = Extras(crowd=tuple(drawn))
    whole = {**vars(below), **vars(extras)}
    return Scene(**whole, options=options, lang="en", texts=texts, messages=())


class Files(SimpleHTTPRequestHandler):
    """The player's files, a page and a race."""

    def __init__(self, scene: bytes, *given: object, **named: object) -> None:
        self._own = {"/": (PAGE.encode(), "text/html"), "/scene.json": (scene, "application/json")}
        super().__init__(*given, directory=str(ROOT / "static"), **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with what is ours, else with a file."""
        if self.path not in self._own:
            super().do_GET()
            return
        body, kind = self._own[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    paths, steps, *_ = [*map(int, sys.argv[1:]), 300, 300]
    main(paths, steps)
