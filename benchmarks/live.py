"""The stage runs its race by itself: ``python -m benchmarks.live``.

Six optimizers × 300 steps in headless Chromium without a graphics card: drawn updates per second
while the start is dragged and while the dial is turned, the time from a turn to the picture, what
was said to the server meanwhile, and the bytes of a scene beside its surface.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import Any

import lossopt as lo
from benchmarks.browser import PORT, QUIET, ROOT, wait_for_server
from lossopt.figures.messages import as_json
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane

RULES = ("batch", "momentum", "adagrad", "rmsprop", "adam", "nesterov")
RACE = f"runs={','.join(RULES)}&run.n_steps=300&dial=learning_rate"
PROBLEMS = {
    "function": "problem=rosenbrock",
    "linear": "problem=line",
    "logistic, n = 200": "problem=overlapping&overlapping.n_samples=200",
}
WANTED = {"function": 55, "linear": 55, "logistic, n = 200": 30}
SECONDS = 3
UPDATES = """([act, seconds]) => new Promise(done => {
  const stage = document.querySelector('[data-testid=stage]');
  const table = stage.querySelector('tbody'), dial = stage.querySelector('.lo-dial input');
  const base = stage.querySelector('.js-plotly-plot'), box = base.getBoundingClientRect();
  const point = (type, x, y) => base.dispatchEvent(new PointerEvent(type,
    { clientX: x, clientY: y, bubbles: true, isPrimary: true, pointerId: 1, button: 0 }));
  let x, y;
  for (y = box.top + 4; y < box.bottom; y += 4) {
    for (x = box.left + 40; x < box.right - 40; x += 4) {
      point('pointermove', x, y);
      if (base.classList.contains('lo-grasp')) break;
    }
    if (x < box.right - 40) break;
  }
  base.setPointerCapture = () => {};
  if (act === 'drag') point('pointerdown', x, y);
  const first = performance.now();
  let drawn = 0, turn = 0, shown = table.textContent, asked = first;
  const waits = [];
  const tick = () => {
    const now = performance.now();
    if (table.textContent !== shown) {
      drawn += 1; waits.push(now - asked); shown = table.textContent;
    }
    if (now - first > 1000 * seconds) {
      if (act === 'drag') point('pointerup', x, y);
      return done([drawn / seconds, waits]);
    }
    if (waits.length === turn || act === 'drag') {
      turn += 1; asked = now;
      const [right, down] = [40 + 40 * Math.sin(turn / 9), 30 * Math.sin(turn / 7)];
      if (act === 'drag') point('pointermove', x + right, y + down);
      else { dial.value = Math.abs((turn % 40) - 20) + 5; dial.dispatchEvent(new Event('input')); }
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})"""


def main() -> None:
    """Start the app, drive it and print the figures."""
    from playwright.sync_api import sync_playwright

    print("\nThe stage runs its race by itself, 6 optimizers × 300 steps")
    for name, goal in GOALS.items():
        print(f"  {name}: {beside_the_surface(goal()) / 1e3:.0f} kB beside the surface (aim 60)")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=[*QUIET, "--disable-gpu"]
            )
            for name, query in PROBLEMS.items():
                drive(browser.new_page(viewport={"width": 1280, "height": 720}), name, query)
            browser.close()
    finally:
        server.terminate()


def drive(page: Any, name: str, query: str) -> None:
    """Drag the start and turn the dial of a race."""
    sent: list[int] = []
    count = lambda frame: sent.append(len(frame))  # noqa: E731
    page.on("websocket", lambda socket: socket.on("framesent", count))
    page.goto(f"http://localhost:{PORT}/?{query}&{RACE}")
    page.wait_for_selector("[data-testid=stage][data-dial][data-playing=true]", timeout=60_000)
    stage = page.get_by_test_id("stage")
    stage.get_by_role("button", name="Pause").click()
    stage.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(1000)
    for act in ("turn", "drag"):
        page.evaluate(UPDATES, [act, 1])  # its code is compiled
        page.wait_for_timeout(1500)
        sent.clear()
        drawn, waits = page.evaluate(UPDATES, [act, SECONDS])
        wait = f", asked → painted {statistics.median(waits):.0f} ms (aim 20)" if waits else ""
        print(
            f"  {name}, {act}: {drawn:.0f} updates/s (aim {WANTED[name]}){wait}, "
            f"{len(sent)} messages sent, the release included"
        )
    page.close()


def risk(data: str, model: str, loss: str, **fields: int) -> lo.EmpiricalRisk:
    """Mean loss on a dataset of the library."""
    return lo.EmpiricalRisk(lo.DATASETS[data](**fields), lo.MODELS[model](), lo.LOSSES[loss]())


GOALS = {
    "function": lo.OBJECTIVES["rosenbrock"],
    "linear": lambda: risk("line", "linear", "mse"),
    "logistic, n = 200": lambda: risk(
        "overlapping", "logistic", "binary_cross_entropy", n_samples=200
    ),
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
    main()
