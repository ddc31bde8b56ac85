"""The page that compares, in a real browser."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import BrowserContext, Locator, Page, expect

from pages.ui.frame.words import catalog

MAP = "/compare?mode=map&problem=quadratic&run.n_steps=60"


def map_of(page: Page) -> Locator:
    found = page.get_by_test_id("map")
    expect(found).to_be_visible(timeout=20_000)
    expect(found).to_have_attribute("data-column", re.compile(r"\d+"), timeout=20_000)
    return found


def stage_of(page: Page) -> Locator:
    stage = page.get_by_test_id("stage")
    expect(stage.locator("table tbody tr").first).to_be_visible(timeout=20_000)
    return stage


def settings(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def click_on(page: Page, found: Locator, x: float, y: float) -> None:
    """Click at a part of the map's width and height."""
    box = found.get_by_role("application").bounding_box()
    assert box
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_a_click_on_the_map_plays_that_run_and_the_link_restores_it(
    page: Page, app_url: str
) -> None:
    page.goto(app_url + MAP)
    found, stage = map_of(page), stage_of(page)
    page.wait_for_function("() => document.querySelector('[data-testid=stage]').dataset.step > 0")
    stage.focus()
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "60")
    click_on(page, found, 0.5, 0.4)
    page.wait_for_function("() => location.search.includes('momentum.learning_rate=')")
    expect(stage).to_have_attribute("data-playing", "true")
    chosen = [found.get_attribute(name) for name in ("data-column", "data-row")]
    rate = settings(page)["momentum.learning_rate"][0]
    expect(stage.locator("tbody")).to_contain_text(f"η {float(rate):.3g}")
    stage.focus()
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "60")
    loss = stage.locator("tbody td:nth-child(3)").inner_text()
    expect(found).to_contain_text(f"final loss {loss}")
    page.goto(page.url)
    again = map_of(page)
    expect(again).to_have_attribute("data-column", str(chosen[0]))
    expect(again).to_have_attribute("data-row", str(chosen[1]))


def test_arrow_keys_and_enter_choose_a_run(page: Page, app_url: str) -> None:
    page.goto(app_url + MAP)
    found = map_of(page)
    stage_of(page)
    column, row = (int(found.get_attribute(f"data-{name}") or -1) for name in ("column", "row"))
    found.get_by_role("application").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(found).to_have_attribute("data-column", str(column + 2))
    expect(found).to_have_attribute("data-row", str(row - 1))
    page.wait_for_function("() => location.search.includes('momentum.momentum=')")


def test_cells_that_failed_do_not_stretch_the_color_scale(page: Page, app_url: str) -> None:
    page.goto(app_url + MAP)
    found = map_of(page)
    found.get_by_role("button", name="final loss").click()
    page.wait_for_function("() => location.search.includes('layer=final_loss')")
    ticks = found.locator(".lo-map-ticks span").all_inner_texts()
    assert ticks and not [text for text in ticks if re.match("10[^⁻]", text)]


def test_hovering_tells_the_cell_to_the_page(page: Page, app_url: str) -> None:
    page.goto(app_url + MAP)
    found = map_of(page)
    page.evaluate(
        "() => document.addEventListener('lossopt-hover', (e) => { window.read = e.detail.cell; })"
    )
    box = found.get_by_role("application").bounding_box()
    assert box
    rows = stage_of(page).locator("tbody")
    own = "η 0.01 · μ 0.9"
    expect(rows).to_contain_text(own)
    invite = found.get_by_text(catalog("en")["compare.map_texts.invite"])
    expect(invite).to_be_visible()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"], steps=3)
    page.wait_for_function("() => window.read && window.read.x > 0")
    expect(rows).not_to_contain_text(own)  # the stage runs the cell that is pointed at
    expect(invite).to_be_hidden()
    address = page.url
    page.mouse.move(2, 2)
    expect(rows).to_contain_text(own)
    expect(invite).to_be_visible()
    assert page.url == address, "nothing was chosen"
    click_on(page, found, 0.5, 0.4)
    page.wait_for_function("() => location.search.includes('momentum.learning_rate=')")
    page.mouse.move(2, 2)
    expect(invite).to_be_hidden()


def test_the_map_of_starts_picks_the_start(page: Page, app_url: str) -> None:
    page.goto(app_url + "/compare?mode=basins&problem=himmelblau&runs=batch&run.n_steps=60")
    found, rows = map_of(page), stage_of(page).locator("tbody")
    stage_of(page).focus()
    page.keyboard.press("End")
    expect(stage_of(page)).to_have_attribute("data-step", "60")
    first = rows.inner_text()
    application = found.get_by_role("application")
    application.focus()
    page.keyboard.press("PageUp")
    expect(rows).not_to_have_text(first, use_inner_text=True)
    stage_of(page).focus()  # who leaves the map leaves the start as it was
    expect(rows).to_have_text(first, use_inner_text=True)


def test_a_newer_change_cancels_the_work(page: Page, app_url: str) -> None:
    """Had the map been finished, it would be there at once when asked for again."""
    slow = "/compare?mode=map&problem=overlapping&overlapping.n_samples=500&run.n_steps=600"
    page.goto(app_url + slow)
    expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=20_000)
    page.get_by_text("Seeds", exact=True).click()
    expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=20_000)
    stage_of(page)
    assert settings(page)["mode"] == ["seeds"]
    page.get_by_text("Outcome map", exact=True).click()
    expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=20_000)
    page.get_by_text("Seeds", exact=True).click()
    stage_of(page)


def test_phone_shows_map_and_stage_below_each_other(
    new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(app_url + MAP)
    found, stage = map_of(page), stage_of(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    body = found.get_by_role("application").bounding_box()
    assert body
    page.touchscreen.tap(body["x"] + 0.5 * body["width"], body["y"] + 0.5 * body["height"])
    page.wait_for_function("() => location.search.includes('momentum.learning_rate=')")
    expect(stage.locator(".lo-surface .lo-body")).to_be_in_viewport(ratio=0.9)


def test_a_click_on_a_start_plays_the_descents_from_there(page: Page, app_url: str) -> None:
    page.goto(app_url + "/compare?mode=basins&problem=himmelblau&runs=batch&run.n_steps=200")
    found, stage = map_of(page), stage_of(page)
    stage.focus()
    page.keyboard.press("End")  # what plays from now on is the new race
    expect(stage).to_have_attribute("data-playing", "false")
    click_on(page, found, 0.3, 0.7)
    page.wait_for_function("() => location.search.includes('himmelblau.start=')")
    expect(stage).to_have_attribute("data-playing", "true")
    stage.focus()
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "200")
    expect(found).to_contain_text("(−3.78, −3.28), loss 0")
    distance = stage.locator("tbody td:nth-child(5)").inner_text()
    assert float(distance.replace("−", "-").partition("×")[0]) < 1e-3 or "10" in distance
