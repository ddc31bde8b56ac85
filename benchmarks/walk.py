"""Press everything on every page, in both languages: ``python -m benchmarks.walk [places]``."""

from __future__ import annotations

import sys
import time

from tests.browser.conftest import BROWSER, QUIET, free_port, serve
from tests.browser.walk import LANGUAGES, PLACES, Walker


def main() -> int:
    """Print what was pressed at every place; the number of complaints decides how it ends."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("The walk needs playwright: pip install -r requirements-dev.txt")
        return 0
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    port = free_port()
    server = serve(port)
    pressed = without = errors = 0
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
            for place in [name for name in PLACES if wanted in name]:
                for language in LANGUAGES:
                    began = time.perf_counter()
                    page = browser.new_context(reduced_motion="reduce").new_page()
                    walker = Walker(page, f"http://localhost:{port}")
                    report = walker.visit(place, language)
                    page.context.close()
                    n = sum(report.pressed.values())
                    pressed, without = pressed + n, without + len(report.without_effect)
                    errors += len(report.errors)
                    took = time.perf_counter() - began
                    told = f"{report.found} controls, {n} uses in {took:.0f} s"
                    wrong = f"{len(report.without_effect)} without effect, {len(report.errors)}"
                    print(f"{place}, {language}: {told}, {wrong} errors", flush=True)
                    for line in report.without_effect:
                        print(f"    without effect: {line}", flush=True)
                    for line in report.errors:
                        print(f"    error: {line}", flush=True)
    finally:
        server.terminate()
    print(f"{pressed} uses of controls, {without} without effect, {errors} errors")
    return min(without + errors, 1)


if __name__ == "__main__":
    sys.exit(main())
