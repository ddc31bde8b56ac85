"""Fair race and scoreboard in a real browser."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import BrowserContext, Locator, Page, expect

RACE = "/compare?mode=race&problem=rosenbrock&runs=batch-rmsprop&lang=en"
BOARD = "/compare?mode=scoreboard&board.rules=momentum-adam&board.goals=booth-engel&lang=en"
HEAVY = "/compare?mode=scoreboard&board.passes=1000&board.batch=32&board.goals=penguins-iris"


def stage_of(page: Page) -> Locator:
    stage = page.get_by_test_id("stage")
    expect(stage.locator("table tbody tr").first).to_be_visible(timeout=30_000)
    return stage


def rates(page: Page) -> list[str]:
    """Learning rates in the table of results, column by its place."""
    cells = page.locator(".compare-table tbody tr td:nth-child(3)")
    return cells.all_inner_texts()


def test_tuning_each_plays_the_tuned_race_and_the_link_restores_it(
    page: Page, app_url: str, new_context: Callable[..., BrowserContext]
) -> None:
    page.goto(app_url + RACE)
    stage = stage_of(page)
    expect(stage.locator("tbody")).to_contain_text("η 0.01")
    first = stage.locator("tbody th").first
    own = first.inner_text()
    page.get_by_role("button", name="Tune each").click()
    expect(page.get_by_text("Gradient descent wins clearly")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("RMSprop wins clearly").first).to_be_visible()
    found = rates(page)
    assert len(found) == 2 and "0.01" not in found
    for rate in found:
        expect(stage.locator("tbody")).to_contain_text(f"η {rate}", timeout=15_000)
    expect(page.locator(".js-plotly-plot").last).to_be_visible(timeout=15_000)
    page.wait_for_function("() => location.search.includes('tuned=1')")
    assert parse_qs(urlparse(page.url).query)["tuned"] == ["1"]
    other = new_context(locale="ko-KR").new_page()
    other.goto(page.url.replace("lang=en", "lang=ko"))
    expect(stage_of(other).locator("tbody")).to_contain_text(f"η {found[0]}", timeout=30_000)
    assert rates(other) == found
    page.get_by_role("button", name="Back to my settings").click()
    expect(first).to_have_text(own, timeout=15_000, use_inner_text=True)


def test_the_csv_download_parses(page: Page, app_url: str, tmp_path: Path) -> None:
    page.goto(app_url + BOARD)
    button = page.get_by_role("button", name="Download as CSV")
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as waiting:
        button.click()
    waiting.value.save_as(tmp_path / "scoreboard.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "scoreboard.csv").read_text("utf-8"))))
    assert len(rows) == 8
    assert {row["optimizer"] for row in rows} == {"momentum", "adam"}
    assert {row["objective"] for row in rows} == {"booth", "engel"}
    for row in rows:
        assert float(row["learning_rate"]) > 0 and float(row["final_loss"]) >= 0
        assert int(row["n_steps"]) == 200 and row["seed"] == "0"
    shown = page.locator(".compare-table").first.locator("tbody tr").first.locator("td").first
    spent = next(float(r["spent_at_target"]) for r in rows if r["settings"] == "default")
    assert shown.inner_text() == f"{spent:.3g}"


def test_a_change_cancels_the_work(page: Page, app_url: str) -> None:
    """The scoreboard would take minutes; the other mode answers at once."""
    page.goto(app_url + HEAVY)
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
    page.get_by_text("Seeds", exact=True).click()
    stage_of(page)
    expect(page.get_by_role("progressbar")).to_have_count(0)
