"""The page of losses in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.player import grasp, messages_of

SHOWN = """() => [...document.querySelectorAll('[data-testid=stage]')].map((stage) => [
    stage.querySelector('tbody').innerText,
    stage.querySelector('.js-plotly-plot')._fullData[0].z[7][7],
])"""
BOTH_CHANGED = f"""before => ({SHOWN})().every(
    ([figures, height], k) => figures !== before[k][0] && height !== before[k][1])"""


def open_page(page: Page, url: str) -> tuple[Locator, Locator]:
    """Both stages, at their last step."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(url)
    stages = page.get_by_test_id("stage")
    expect(stages).to_have_count(2, timeout=30_000)
    for k in range(2):
        expect(stages.nth(k).locator("tbody tr").first).to_be_visible(timeout=30_000)
        expect(stages.nth(k).locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    stages.first.focus()
    page.keyboard.press("End")
    for k in range(2):
        expect(stages.nth(k)).to_have_attribute("data-step", "150", timeout=15_000)
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .contour').length")
    return stages.nth(0), stages.nth(1)


BOTH_WHOLE = """() => [...document.querySelectorAll('[data-testid=stage] .js-plotly-plot')].every(
    (plot) => plot._fullData[0].z.length === 100)"""
PICTURE = "stage => stage.querySelector('canvas.lo-overlay').toDataURL()"
FIT = "stage => stage.querySelectorAll('.lo-fit canvas')[1].toDataURL()"


def test_dragging_a_point_updates_surfaces_and_paths_and_then_the_link(
    page: Page, app_url: str
) -> None:
    sent = messages_of(page)
    first, second = open_page(page, f"{app_url}/losses?lang=en")
    seen, address = [page.evaluate(SHOWN)], page.url
    x, y = grasp(page, first.locator(".lo-fit .lo-body"), reach=90, step=8)
    page.mouse.down()
    sent.clear()
    for k in (1, 2, 3):
        page.mouse.move(x - 3 * k, y - 20 * k)
        page.wait_for_function(BOTH_CHANGED, arg=seen[-1], timeout=15_000)
        seen.append(page.evaluate(SHOWN))
    page.wait_for_function(BOTH_WHOLE, timeout=15_000)
    held, picture = page.evaluate(SHOWN), first.evaluate(PICTURE)
    assert sent == [] and page.url == address
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('moved=5_')", timeout=15_000)
    for stage in (first, second):
        expect(stage).not_to_have_class("lo-turned", timeout=15_000)
        expect(stage).to_have_attribute("data-step", "150")
    page.wait_for_function(BOTH_WHOLE, timeout=15_000)
    assert len(sent) == 1
    answered = page.evaluate(SHOWN)
    assert [height for _, height in answered] == pytest.approx([height for _, height in held])
    (squared, _), (absolute, _) = answered
    assert squared == held[0][0]
    *figures, distance = absolute.split("\t")
    assert figures == held[1][0].split("\t")[:-1] and distance != "–"  # kinks wait for the page
    assert first.evaluate(PICTURE) == picture
    place = page.url.split("moved=")[1].split("&")[0].split("_")
    assert float(place[2]) > -7.0
    let_go = first.evaluate(FIT)
    first.focus()
    page.keyboard.press("ArrowLeft")
    expect(first).to_have_attribute("data-step", "149")
    page.keyboard.press("End")
    expect(first).to_have_attribute("data-step", "150")
    page.wait_for_timeout(200)
    assert first.evaluate(FIT) == let_go  # the line stood on the axes of the data's new places
    address = page.url
    page.goto("about:blank")
    open_page(page, address)
    assert [figures for figures, _ in page.evaluate(SHOWN)] == [squared, absolute]


def test_one_clock_drives_both_losses_and_the_dots(page: Page, app_url: str) -> None:
    first, second = open_page(page, f"{app_url}/losses?lang=en")
    dots = "() => document.querySelectorAll('[data-testid=shapes] canvas')[1].toDataURL()"
    at_end = page.evaluate(dots)
    row = page.get_by_test_id("transport")
    row.get_by_role("button", name="To the start").click()
    expect(first).to_have_attribute("data-step", "0")
    expect(second).to_have_attribute("data-step", "0")
    page.wait_for_function(f"before => ({dots})() !== before", arg=at_end)
    row.get_by_role("button", name="Step forward").click()
    expect(first).to_have_attribute("data-step", "1")
    expect(second).to_have_attribute("data-step", "1")
    figures = "() => document.querySelector('[data-testid=stage] tbody').innerText"
    whole = page.evaluate(figures)
    page.get_by_role("combobox", name="As in").first.click()
    page.get_by_role("option", name="optax.l2_loss").click()
    page.wait_for_function(f"before => ({figures})() !== before", arg=whole)
    expect(first).to_contain_text("Optax")
    expect(second).not_to_contain_text("Optax")


def test_a_phone_shows_a_stage_first(
    new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{app_url}/losses?lang=ko")
    stage = page.get_by_test_id("stage").first
    expect(stage).to_be_visible(timeout=30_000)
    box = stage.bounding_box()
    assert box and box["y"] < 250 and box["width"] <= 390  # below one row of buttons
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
