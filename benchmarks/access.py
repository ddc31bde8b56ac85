"""What axe-core finds on every page and mode: ``python -m benchmarks.access AXE.min.js [places]``.

The rules are those of the file that is named (the npm package axe-core, which this project does not
depend on). Each place is opened in English on a light desktop and in Korean on a dark phone, with
what is folded away opened; serious and moderate findings are printed, and their number ends it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.browser.conftest import BROWSER, QUIET, free_port, serve
from tests.browser.walk import PLACES

LOOKS = (("en", "light", 1280, 720), ("ko", "dark", 390, 844))
MORE = {"welcome": "/?", "lab, landscape": "/?problem=iris&runs=batch-adam&view=3d"}
"""Places that the walk does not go to."""
READY = """() => {
  const stages = [...document.querySelectorAll('[data-testid=stage]')];
  return document.querySelector('.st-key-footer, footer, #picture .lo-stage')
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
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    axe = Path(sys.argv[1]).read_text("utf-8")
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    port = free_port()
    server = serve(port)
    count = 0
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
            for place, path in (MORE | PLACES).items():
                for look in LOOKS if wanted in place else ():
                    address = f"http://localhost:{port}{path}&lang={look[0]}"
                    found = _look(browser, address, axe, look)
                    count += len(found)
                    print(f"{place}, {' '.join(map(str, look[:2]))}: {len(found)}", flush=True)
                    for each in found:
                        print("   ", *each, flush=True)
    finally:
        server.terminate()
    print(f"{count} serious or moderate")
    return int(count > 0)


def _look(browser: Any, address: str, axe: str, look: tuple[str, str, int, int]) -> list[list[Any]]:
    _, scheme, width, height = look
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(address)
        for _ in range(2):  # a stage may come after the foot of its page
            page.wait_for_function(READY, timeout=60_000)
            page.wait_for_timeout(1500)
        page.evaluate(OPEN)
        page.evaluate(axe)
        return list(page.evaluate(FOUND))
    finally:
        context.close()


if __name__ == "__main__":
    sys.exit(main())
