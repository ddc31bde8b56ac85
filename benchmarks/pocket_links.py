"""Whether links of the app open in the pocket edition to the same runs, in a real Chromium.

``python -m benchmarks.pocket_links [COUNT] [FOLDER]`` makes links up (200), at random,
and opens each in the files of ``make site``, every other one in Korean. What the page's programs
write is compared with the race that the app sends for the same link and that the same browser
runs, bit by bit.
"""

from __future__ import annotations

import random
import sys
import urllib.parse
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.browser import QUIET, ROOT
from benchmarks.pocket import Packed, files_served
from lossopt.figures.scene import frame_steps
from tests.pocket.test_links import as_python_has_it, made_up
from tests.programs.node import unpacked

PATIENCE = 20
"""Half seconds after which runs are taken as they are."""
ROUNDED = ("cosine", "exponential", "one_cycle", "step", "warm_restarts")
"""Schedules that the app's server makes: NumPy may round a cosine or a power otherwise."""
RECORDING = """(() => {
  window.recorded = [];
  const Plain = window.Blob;
  window.Blob = class extends Plain {
    constructor(parts, ...more) {
      const whole = String(parts?.[0] ?? "");
      super(whole.startsWith("export default") ? [whole.replace("export default", "const made ="), `
export default (...given) => {
  const program = made(...given);
  const runs = program.runs.map((run) => (start, rest, path, how) => {
    window.recorded.push(path);
    return run(start, rest, path, how);
  });
  return { ...program, runs };
};`] : parts, ...more);
    }
  };
})()"""
"""Keeps the iterates of every run of every written module."""
TOLD = """(path) => {
  const same = Float64Array.from(path, (value) => (Number.isNaN(value) ? NaN : value));
  return btoa(String.fromCharCode(...new Uint8Array(same.buffer)));
}"""
SEEN = f"() => [document.documentElement.lang, window.recorded.map({TOLD})]"
SETTLED = """() => document.querySelector("[data-testid=stage]")?.dataset.step !== undefined"""
IN_THE_APP = f"""async ([live, steps]) => {{
  const {{ Race }} = await import("/static/programs/race.js");
  const text = new Blob([live.text], {{ type: "text/javascript" }});
  const race = new Race((await import(URL.createObjectURL(text))).default, live, steps);
  race.begin();
  while (!race.work(performance.now() + 1000));
  return race.ran.runs.map(({{ params }}) => ({TOLD})(params));
}}"""


class Both(Packed):
    """The files of the edition, and below ``/static/`` those of the app."""

    def translate_path(self, path: str) -> str:
        """Where a file lies."""
        if path.startswith("/static/"):
            return str(ROOT / urllib.parse.urlparse(path).path.lstrip("/"))
        return super().translate_path(path)


def main() -> int:
    """Print how many links gave the same runs, and which did not."""
    from playwright.sync_api import sync_playwright

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "dist"
    rng, runs, differing = random.Random(count), 0, 0
    with files_served(folder, Both) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        app = browser.new_page()
        app.goto(f"{address}/static/welcome/base.css")
        context = browser.new_context(service_workers="block")
        context.add_init_script(RECORDING)
        page = context.new_page()
        links = (made for made in iter(partial(made_up, rng), None) if _is_exact(made[0]))
        for k, (link, file) in enumerate(islice(links, count)):
            race, live, _ = as_python_has_it(link, file)
            wanted = app.evaluate(IN_THE_APP, [live, frame_steps(race.n_steps)[0].tolist()])
            language = "en" if k % 2 else "ko"
            missing = _missing(page, f"{address}/", link | {"lang": language}, wanted)
            runs += len(wanted)
            if missing:
                differing += 1
                print(f"{missing} of {len(wanted)} runs differ: {link}", flush=True)
            if not (k + 1) % 50:
                print(f"{k + 1} links, {runs} runs, {differing} links differ", flush=True)
        browser.close()
    print(f"{count} links, {runs} runs: {count - differing} links open to the same bits")
    return int(differing > 0)


def _is_exact(link: dict[str, str]) -> bool:
    return not any(link.get(name) in ROUNDED for name in link if name.endswith(".schedule"))


def _missing(page: Any, address: str, link: dict[str, str], wanted: list[str]) -> int:
    """How many of the runs the pocket edition does not make."""
    page.goto(f"{address}?{urllib.parse.urlencode(link)}")
    page.wait_for_function(SETTLED, timeout=60_000)
    assert not page.locator("#notices p").count(), page.locator("#notices").inner_text()
    for _ in range(PATIENCE):  # runs may still be under way
        language, made = page.evaluate(SEEN)
        assert language == link["lang"]
        found = [unpacked(each) for each in made]
        missing = sum(
            not any(np.array_equal(unpacked(each), other, equal_nan=True) for other in found)
            for each in wanted
        )
        if not missing:
            break
        page.wait_for_timeout(500)
    return missing


if __name__ == "__main__":
    sys.exit(main())
