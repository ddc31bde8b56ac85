"""The stage runs its race by itself: ``python -m benchmarks.live [Chromium Firefox WebKitGTK]``.

Six optimizers × 300 steps in browsers without a graphics card: drawn updates per second while the
start is dragged, all learning rates are turned and a slider of the tuner is moved, the time from a
move to the picture, what is said to the server meanwhile, and the bytes of a scene beside its
surface.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

import lossopt as lo
from benchmarks.browser import PORT, ROOT, wait_for_server
from benchmarks.drivers import Page, opened
from lossopt.figures.messages import as_json
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane

RULES = ("batch", "momentum", "adagrad", "rmsprop", "adam", "nesterov")
RACE = f"runs={','.join(RULES)}&run.n_steps=300"
PROBLEMS = {
    "function": "?problem=rosenbrock",
    "linear": "?problem=line",
    "logistic, n = 200": "?problem=overlapping&overlapping.n_samples=200",
    "network of 2 × 8, n = 200": "network?problem=spiral",
}
WANTED = {"function": 55, "linear": 55, "logistic, n = 200": 30, "network of 2 × 8, n = 200": 0}
SECONDS = 2
HANDLES = {
    "drag": "",
    "turn": "[data-testid=tuner] .lo-together .lo-scrub",
    "slide": "[data-testid=tuner] .lo-scrub",
}
READY = """() => new Promise(done => {
  const { prototype } = WebSocket, { send } = prototype;
  window.sent = 0;
  prototype.send = function (...words) { window.sent += 1; return send.apply(this, words); };
  const look = () => {
    const stage = document.querySelector('[data-testid=stage][data-playing=true]');
    if (!stage?.querySelector('.js-plotly-plot')?._fullLayout) return setTimeout(look, 100);
    stage.querySelector('.lo-play').click();
    stage.focus();
    stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    setTimeout(done, 1500);
  };
  look();
})"""
UPDATES = """([act, handle, seconds]) => new Promise(done => {
  const stage = document.querySelector('[data-testid=stage]');
  const table = stage.querySelector('tbody'), slider = handle && document.querySelector(handle);
  const base = stage.querySelector('.js-plotly-plot');
  const point = (type, x, y) => base.dispatchEvent(new PointerEvent(type,
    { clientX: x, clientY: y, bubbles: true, isPrimary: true, pointerId: 1, button: 0 }));
  const start = () => {
    const { left, right, top, bottom } = base.getBoundingClientRect();
    for (let y = top + 8; y < bottom; y += 8) {
      for (let x = left + 40; x < right - 40; x += 8) {
        point('pointermove', x, y);
        if (base.classList.contains('lo-grasp')) return [x, y];
      }
    }
  };
  base.setPointerCapture = () => {};
  const [x, y] = act === 'drag' ? start() : [0, 0];
  if (act === 'drag') point('pointerdown', x, y);
  let turn = 0, asked, shown;
  const move = () => {
    turn += 1; asked = performance.now(); shown = table.textContent;
    const [right, down] = [40 + 40 * Math.sin(turn / 9), 30 * Math.sin(turn / 7)];
    if (act === 'drag') return point('pointermove', x + right, y + down);
    slider.value = slider.max * (0.2 + Math.abs((turn % 40) - 20) / 40);
    slider.dispatchEvent(new Event('input'));
  };
  const rest = said => {
    if (act === 'drag') point('pointerup', x, y);
    else slider.dispatchEvent(new Event('change'));
    setTimeout(() => done([waits.length / seconds, waits, said]), 1000);
  };
  const { port1, port2 } = new MessageChannel(); // its task comes after the frame
  const first = performance.now(), before = window.sent, waits = [];
  port1.onmessage = () => {
    const now = performance.now(), drawn = table.textContent !== shown;
    if (drawn) waits.push(now - asked);
    if (now - first > 1000 * seconds) return rest(window.sent - before);
    if (drawn || now - asked > 200) move(); // some values show the same numbers
    requestAnimationFrame(() => port2.postMessage(0));
  };
  move();
  requestAnimationFrame(() => port2.postMessage(0));
})"""


def main(names: list[str]) -> None:
    """Start the app, drive it in the browsers and print the figures."""
    print("\nThe stage runs its race by itself, 6 optimizers × 300 steps")
    for name, goal in GOALS.items():
        print(f"  {name}: {beside_the_surface(goal()) / 1e3:.0f} kB beside the surface (aim 60)")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        for browser in names:
            print(f"  {browser}")
            try:
                with opened(browser) as page:
                    for name, query in PROBLEMS.items():
                        drive(page, name, query)
            except LookupError as missing:
                print(f"    {missing}")
    finally:
        server.terminate()


def drive(page: Page, name: str, query: str) -> None:
    """Drag the start, turn all learning rates and move a slider of a race."""
    page.goto(f"http://localhost:{PORT}/{query}&{RACE}")
    page.evaluate(READY)
    for act, handle in HANDLES.items():
        page.evaluate(UPDATES, [act, handle, 0.5])  # its code is compiled
        drawn, waits, said = page.evaluate(UPDATES, [act, handle, SECONDS])
        wait = f", asked → painted {statistics.median(waits):.0f} ms (aim 20)" if waits else ""
        print(
            f"    {name}, {act}: {drawn:.0f} updates/s (aim {WANTED[name]}){wait}, "
            f"{said} messages while it moves",
            flush=True,
        )


def risk(data: str, model: str, loss: str, **fields: int) -> lo.EmpiricalRisk:
    """Mean loss on a dataset of the library."""
    return lo.EmpiricalRisk(lo.DATASETS[data](**fields), lo.MODELS[model](), lo.LOSSES[loss]())


def network(width: int) -> lo.EmpiricalRisk:
    """A network of two hidden layers."""
    model = lo.MODELS["mlp"](hidden_layers=2, width=width)
    return lo.EmpiricalRisk(lo.DATASETS["spiral"](), model, lo.LOSSES["binary_cross_entropy"]())


GOALS = {
    "function": lo.OBJECTIVES["rosenbrock"],
    "linear": lambda: risk("line", "linear", "mse"),
    "logistic, n = 200": lambda: risk(
        "overlapping", "logistic", "binary_cross_entropy", n_samples=200
    ),
    "network of 2 × 8": lambda: network(8),
    "network of 2 × 16": lambda: network(16),
    "softmax": lambda: risk("three_blobs", "softmax", "categorical_cross_entropy"),
}


def beside_the_surface(goal: lo.Objective) -> int:
    """Bytes of a scene without its surface and the words."""
    names = [next(iter(lo.OPTIMIZERS)), *RULES[1:]]
    runs = lo.descend([lo.OPTIMIZERS[name]() for name in names], goal, n_steps=300)
    plane = axis_plane(goal)
    surface = surface_message(lo.evaluate_surface(goal, plane=plane), goal.minimum)
    contestants = [Contestant(name, name, "", look_of(name)) for name in names]
    scene = as_json(stage_scene(goal, plane, runs, contestants, surface))
    return len(json.dumps(scene)) - len(json.dumps(scene["surface"]))


if __name__ == "__main__":
    main(sys.argv[1:] or ["Chromium"])
