"""What a person feels: bytes per change, slider to painted picture, updates per second."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = 8599
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
RACE = "?problem=line&runs=batch,mini_batch,momentum,adagrad,rmsprop,adam&run.n_steps=300"
FRAMES = """() => new Promise(done => {
  const stage = document.querySelector('[data-testid=stage]');
  const steps = new Set(), first = performance.now();
  let drawn = 0;
  const tick = () => {
    drawn += 1; steps.add(stage.dataset.step);
    if (performance.now() - first < 3000) requestAnimationFrame(tick);
    else done([drawn / 3, steps.size / 3]);
  };
  requestAnimationFrame(tick);
})"""

TURNS = """() => new Promise(done => {
  const table = document.querySelector('[data-testid=stage] tbody');
  const slider = document.querySelector('[data-testid=tuner] .lo-together input[type=range]');
  const first = performance.now();
  let drawn = 0, turn = 0, shown = table.textContent;
  const tick = () => {
    if (table.textContent !== shown) { drawn += 1; shown = table.textContent; }
    turn += 1;
    slider.value = slider.max * (0.2 + Math.abs((turn % 80) - 40) / 80);
    slider.dispatchEvent(new Event('input'));
    if (performance.now() - first < 3000) requestAnimationFrame(tick);
    else done(drawn / 3);
  };
  requestAnimationFrame(tick);
})"""

DRAGGED = """() => new Promise(done => {
  const stages = [...document.querySelectorAll('[data-testid=stage]')];
  const shown = () => stages.map(stage => [
    stage.querySelector("tbody").textContent,
    stage.querySelector(".js-plotly-plot")._fullData[0].z[7][7]]);
  const before = shown(), began = performance.now();
  const look = () => {
    const changed = shown().every(([text, z], k) => text !== before[k][0] && z !== before[k][1]);
    if (changed) requestAnimationFrame(() => done(performance.now() - began));
    else requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    """Start the app, drive it in headless Chromium and print the figures."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("\nBrowser figures need playwright: pip install -r requirements-dev.txt")
        return
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_server()
        with sync_playwright() as playwright:
            print("\nBrowser, 6 optimizers × 300 steps")
            for view in ("2d", "3d"):
                _measure(playwright, view)
            _measure_drag(playwright)
    finally:
        server.terminate()


def wait_for_server(port: int = PORT) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)


def _measure(playwright: object, view: str) -> None:
    browser = playwright.chromium.launch(  # type: ignore[attr-defined]
        executable_path="/usr/bin/chromium", args=[*QUIET, "--disable-gpu"]
    )
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda f: received.append(len(f))))
    address = f"http://localhost:{PORT}/{RACE}&view={view}"
    page.goto(address)
    page.wait_for_selector("[data-testid=stage] tbody tr")
    opened = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-testid=stage] tbody tr")
    page.wait_for_function("() => +document.querySelector('[data-testid=stage]').dataset.step > 0")
    print(f"  {view}: first picture on a warm server {time.perf_counter() - opened:.2f} s")
    handle = page.get_by_role("slider", name="learning rate").first
    waits, sizes = [], []
    page.get_by_test_id("stage").focus()
    page.keyboard.press("Home")
    for k in range(8):
        before = page.inner_text("[data-testid=stage] tbody")
        received.clear()
        handle.focus()
        began = time.perf_counter()
        handle.press("ArrowRight" if k % 2 else "ArrowLeft")
        page.wait_for_function(
            "b => document.querySelector('[data-testid=stage] tbody').innerText !== b", arg=before
        )
        waits.append(time.perf_counter() - began)
        page.wait_for_timeout(300)
        sizes.append(sum(received))
    print(f"  {view}: slider → painted {1e3 * statistics.median(waits):.0f} ms (median)")
    print(f"  {view}: {max(sizes) / 1e6:.3f} MB over the websocket per change (largest)")
    page.get_by_test_id("stage").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_timeout(300)
    frames, steps = page.evaluate(FRAMES)
    print(f"  {view}: {frames:.0f} updates/s while playing ({steps:.0f} steps/s)")
    sent: list[int] = []
    sent: list[int] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda f: sent.append(len(f))))
    page.goto(address)
    page.wait_for_selector("[data-testid=stage] tbody tr")
    page.get_by_test_id("stage").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(1000)
    sent.clear()
    drawn = page.evaluate(TURNS)
    print(f"  {view}: {drawn:.0f} updates/s as all rates are turned, {len(sent)} messages sent")
    browser.close()


def _measure_drag(playwright: object) -> None:
    """Drag the outlier on the page of losses: both surfaces, paths and fits have to answer."""
    browser = playwright.chromium.launch(  # type: ignore[attr-defined]
        executable_path="/usr/bin/chromium", args=QUIET
    )
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"http://localhost:{PORT}/losses?lang=en")
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .contour').length > 1")
    page.get_by_test_id("transport").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(1000)
    body = page.locator(".lo-fit .lo-body").first
    box = body.bounding_box()
    places = [
        (box["x"] + box["width"] - left, box["y"] + box["height"] - up)
        for up in range(30, 90, 8)
        for left in range(12, 90, 8)
    ]
    for x, y in places:
        page.mouse.move(x, y)
        if body.evaluate("element => element.style.cursor") == "grab":
            break
    page.mouse.down()
    waits = []
    for k in range(1, 13):
        page.evaluate(f"() => {{ window.answered = ({DRAGGED})(); }}")
        page.mouse.move(x - 2 * k, y - 8 * k)
        waits.append(page.evaluate("() => window.answered"))
        page.wait_for_timeout(150)
    page.mouse.up()
    print(f"  losses: dragged point → both painted {statistics.median(waits):.0f} ms (median)")
    browser.close()
