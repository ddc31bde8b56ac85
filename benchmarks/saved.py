"""A saved page from a file: ``python -m benchmarks.saved [Chromium Firefox WebKitGTK]``.

``python -m benchmarks.saved --files dist [Chromium …]`` does the same with the pocket edition.
Every browser opens a page of `lossopt.stage` from the disk, drags the start, moves every slider,
and lets another optimizer join; printed is what answered, by the numbers that the table shows.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lossopt as lo
from benchmarks.drivers import Page, opened
from benchmarks.pocket import files_served

ACTS = """() => new Promise(async (done) => {
  const one = (selector) => document.querySelector(selector);
  const wait = (ms) => new Promise((go) => setTimeout(go, ms));
  const until = async (holds) => { for (let k = 0; k < 200 && !holds(); k += 1) await wait(50); };
  await until(() => one('[data-testid=stage] tbody tr'));
  one('.lo-base').dispatchEvent(new PointerEvent('pointerenter'));
  await until(() => one('.js-plotly-plot')?._fullLayout);
  const stage = one('[data-testid=stage]'), table = () => stage.querySelector('tbody').textContent;
  stage.querySelector('.lo-play').click();
  stage.focus();
  stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  await wait(1500);
  const answers = async (act) => {
    const before = table();
    act();
    await until(() => table() !== before);
    return table() !== before;
  };
  const base = stage.querySelector('.js-plotly-plot'), box = base.getBoundingClientRect();
  base.setPointerCapture = () => {};
  const point = (type, x, y) => base.dispatchEvent(new PointerEvent(type,
    { clientX: x, clientY: y, bubbles: true, isPrimary: true, pointerId: 1, button: 0 }));
  let x, y;
  const found = () => {
    for (y = box.top + 4; y < box.bottom; y += 4) {
      for (x = box.left + 40; x < box.right - 40; x += 4) {
        point('pointermove', x, y);
        if (base.classList.contains('lo-grasp')) return true;
      }
    }
    return false;
  };
  const grasped = found();
  const dragged = grasped && await answers(() => {
    point('pointerdown', x, y);
    point('pointermove', x + 40, y + 20);
    point('pointerup', x + 40, y + 20);
  });
  const sliders = [], tabs = [...document.querySelectorAll('[data-testid=tuner] [role=tab]')];
  for (const tab of tabs) {
    tab.click();
    for (const slider of document.querySelectorAll('.lo-tuner-panel .lo-scrub')) {
      const put = (value) => () => {
        slider.value = value;
        slider.dispatchEvent(new Event('input'));
        slider.dispatchEvent(new Event('change'));
      };
      const was = slider.value, far = Number(slider.min) + 0.8 * (slider.max - slider.min);
      const moves = await answers(put(String(far)));
      if (moves) await answers(put(was));
      sliders.push([slider.getAttribute('aria-label'), moves]);
    }
  }
  const rows = stage.querySelectorAll('tbody tr').length;
  document.querySelector('.lo-tuner-buttons button').click();
  await until(() => one('[role=option]'));
  const offered = document.querySelectorAll('[role=option]').length;
  one('[role=option]').click();
  await until(() => stage.querySelectorAll('tbody tr').length > rows);
  done({ dragged, sliders, offered, joined: stage.querySelectorAll('tbody tr').length - rows });
})"""


def main() -> None:
    """Open the page in the browsers and print what answered."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saved")
    parser.add_argument("browsers", nargs="*", default=["Chromium"])
    parser.add_argument("--files", type=Path, metavar="FOLDER")
    told = parser.parse_args()
    with files_served(told.files) if told.files else _saved() as address:
        for name in told.browsers:
            try:
                with opened(name) as page:
                    print(f"  {name}: {tried(page, address)}", flush=True)
            except LookupError as missing:
                print(f"  {missing}")


@contextmanager
def _saved() -> Iterator[str]:
    """Address of a saved page."""
    rules = [lo.OPTIMIZERS["momentum"](), lo.OPTIMIZERS["adam"](learning_rate=0.1, eps=0.01)]
    goal = lo.OBJECTIVES["himmelblau"]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "descent.html"
        lo.stage(lo.descend(rules, goal, n_steps=60)).save(path)
        print(f"A saved page of {path.stat().st_size / 1e6:.2f} MB, from a file")
        yield path.as_uri()


def tried(page: Page, address: str) -> str:
    """What answered, in words."""
    page.goto(address)
    told = page.evaluate(ACTS)
    sliders = told["sliders"]
    still = ", ".join(name for name, moves in sliders if not moves)
    return (
        f"the start {'moves' if told['dragged'] else 'DOES NOT move'} the paths, "
        f"{sum(moves for _, moves in sliders)} of {len(sliders)} sliders do"
        f"{f' (not {still})' if still else ''}, {told['offered']} optimizers may join, "
        f"{told['joined']} joined"
    )


if __name__ == "__main__":
    main()
