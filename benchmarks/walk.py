"""Press everything on every page, in both languages: ``python -m benchmarks.walk [places]``."""

from __future__ import annotations

import sys
import time

from tests.browser.conftest import BROWSER, QUIET, free_port, serve
from tests.browser.walk import LANGUAGES, PLACES, Report, Walker

COLUMNS = ("controls", "uses", "no effect", "errors")


def main() -> int:
    """Print what was pressed at every place; the number of complaints decides how it ends."""
    try:
        from playwright.sync_api import Browser, sync_playwright
    except ImportError:
        print("The walk needs playwright: pip install -r requirements-dev.txt")
        return 0

    def visit(browser: Browser, place: str, language: str) -> Report:
        page = browser.new_context(reduced_motion="reduce").new_page()
        began = time.perf_counter()
        report = Walker(page, f"http://localhost:{port}").visit(place, language)
        page.context.close()
        print(f"{place}, {language}: {time.perf_counter() - began:.0f} s", flush=True)
        for line in report.resting:
            print(f"    never to be pressed: {line}", flush=True)
        for line in report.without_effect:
            print(f"    without effect: {line}", flush=True)
        for line in report.errors:
            print(f"    error: {line}", flush=True)
        return report

    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    places = [place for place in PLACES if wanted in place]
    port = free_port()
    server = serve(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
            reports = {
                (place, language): visit(browser, place, language)
                for place in places
                for language in LANGUAGES
            }
    finally:
        server.terminate()
        told = server.communicate()[0].decode()
    print(*table(reports), sep="\n")
    if failed := "Traceback" in told:
        print(told)
    return int(failed or any(sum(figures(report)[2:]) for report in reports.values()))


def table(reports: dict[tuple[str, str], Report]) -> list[str]:
    """One line per place, with the figures of both languages, and their sums."""
    heads = [f"{language} {column}" for language in LANGUAGES for column in COLUMNS]
    rows = {
        place: [n for language in LANGUAGES for n in figures(reports[place, language])]
        for place, _ in reports
    }
    rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    lines = [f"{'':24}" + "".join(f"{head:>14}" for head in heads)]
    return lines + [f"{place:24}" + "".join(f"{n:14}" for n in row) for place, row in rows.items()]


def figures(report: Report) -> tuple[int, int, int, int]:
    """Controls found at first, uses of controls, those without an effect, and errors."""
    uses = sum(report.pressed.values())
    return report.found, uses, len(report.without_effect), len(report.errors)


if __name__ == "__main__":
    sys.exit(main())
