"""What axe-core finds on every page and mode: ``python -m benchmarks.access AXE.min.js [places]``.

``python -m benchmarks.access AXE.min.js --files dist`` looks at the pocket edition instead.

The rules are those of the file that is named (the npm package axe-core, which this project does not
depend on). Each place is opened in English on a light desktop and in Korean on a dark phone, with
what is folded away opened; serious and moderate findings are printed, and their number ends it.
A place that could not be looked at counts as a finding, and so do places that do not exist.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.pocket import files_served
from tests.browser.conftest import BROWSER, QUIET, free_port, serve
from tests.browser.walk import PLACES

LOOKS = (("en", "light", 1280, 720), ("ko", "dark", 390, 844))
MORE = {
    "welcome": "/?",
    "lab, landscape": "/?problem=iris&runs=batch-adam&view=3d",
    "class": "/class?",
    "class, desk": "/class/desk?link=problem%3Dhimmelblau%26runs%3Dbatch-adam",
}
"""Places that the walk does not go to."""
READY = """() => {
  const stages = [...document.querySelectorAll('[data-testid=stage]')];
  return document.querySelector('.st-key-footer, footer:not(:empty), #picture .lo-stage, .cl-code')
    && !document.querySelector('body > [data-still] svg, [data-testid=stSkeleton]')
    && stages.every((each) => each.dataset.step !== undefined);
}"""
OPEN = """() => document.querySelectorAll("details:not([open]) > summary")
  .forEach((each) => each.click())"""
FOUND = """() => axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
  .filter(({impact}) => ['critical', 'serious', 'moderate'].includes(impact))
  .map(({id, impact, nodes}) => [impact, id, nodes.length, nodes[0].html.slice(0, 160),
    nodes[0].failureSummary.replace(/\\s+/g, ' ').slice(0, 200)]))"""


def main() -> int:
    """Print what is found at every place; how much that is decides how it ends."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("This needs playwright: pip install -r requirements-dev.txt")
        return 0
    parser = argparse.ArgumentParser(prog="python -m benchmarks.access")
    parser.add_argument("axe", type=Path, metavar="AXE.min.js")
    parser.add_argument("places", nargs="?", default="")
    parser.add_argument("--files", type=Path, metavar="FOLDER")
    told = parser.parse_args()
    axe = told.axe.read_text("utf-8")
    known = _pages_of(told.files) if told.files else MORE | PLACES
    places = {each: path for each, path in known.items() if told.places.lower() in each.lower()}
    if not places:
        parser.error(f"no place is named {told.places!r}; there are: {'; '.join(known)}")
    count = 0
    with (
        files_served(told.files) if told.files else _app_served() as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        for place, path in places.items():
            for look in LOOKS:
                found = _look(browser, f"{server}{path}&lang={look[0]}", axe, look)
                count += len(found)
                print(f"{place}, {' '.join(map(str, look[:2]))}: {len(found)}", flush=True)
                for each in found:
                    print("   ", *each, flush=True)
    print(f"{count} serious or moderate, or without a result")
    return int(count > 0)


def _pages_of(folder: Path) -> dict[str, str]:
    """Addresses of all documents of the pocket edition."""
    found = (file.parent.relative_to(folder) for file in sorted(folder.rglob("index.html")))
    return {str(each): "/?" if each == Path() else f"/{each.as_posix()}/?" for each in found}


@contextmanager
def _app_served() -> Iterator[str]:
    """Address of a server of the app."""
    port = free_port()
    server = serve(port)
    try:
        yield f"http://localhost:{port}"
    finally:
        server.terminate()


def _look(browser: Any, address: str, axe: str, look: tuple[str, str, int, int]) -> list[list[Any]]:
    """Findings of a place; what keeps it from being looked at is one, and others come after it."""
    from playwright.sync_api import Error

    _, scheme, width, height = look
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        answer = page.goto(address)
        if answer is None or not answer.ok:
            return [["no result", f"status {answer and answer.status}"]]
        for _ in range(2):  # a stage may come after the foot of its page
            page.wait_for_function(READY, timeout=60_000)
            page.wait_for_timeout(1500)
        page.evaluate(OPEN)
        page.evaluate(axe)
        return list(page.evaluate(FOUND))
    except Error as error:
        return [["no result", *str(error).splitlines()[:1]]]
    finally:
        context.close()


if __name__ == "__main__":
    sys.exit(main())
