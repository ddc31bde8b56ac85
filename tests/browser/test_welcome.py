"""The welcome: plays at once, one handle, and the Lab takes over what is shown."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import BrowserContext, Page, expect

PLAYING = "() => +document.querySelector('[data-testid=stage]')?.dataset.step > 3"
DARKEST = """() => {
  const canvas = document.querySelector('.lo-quick:not(.lo-magnifier *)');
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
PATH = """() => {
  const others = '.lo-quick, .lo-threads, .lo-magnifier *, [hidden]';
  const canvas = document.querySelector(`.lo-surface .lo-overlay:not(${others})`);
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, k) => (sum * 31 + value * (k % 97)) | 0, 7);
}"""


def test_it_plays_follows_the_handle_and_opens_the_lab(page: Page, app_url: str) -> None:
    """Also the limit is told, without any word to the server, and the link keeps what is shown."""
    asked: list[str] = []
    page.goto(f"{app_url}/?lang=en")
    page.wait_for_function(PLAYING)
    assert page.evaluate(DARKEST) > 10, "the surface is drawn"
    page.on("request", lambda request: asked.append(request.url))
    handle = page.get_by_role("slider", name="Step size")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", "120")
    before = page.evaluate(PATH)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"before => ({PATH})() !== before", arg=before)
    line = page.get_by_role("status")
    expect(line).to_contain_text("Drag the step size")
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    expect(line).to_contain_text("above 0.288")
    expect(page.locator("body")).to_have_class("beyond")
    assert not [url for url in asked if url.startswith("http")]
    value = page.locator("#value").inner_text()
    page.get_by_role("link", name="Open the whole Lab").click()
    rate = page.get_by_role("textbox", name="learning rate").first
    expect(rate).to_have_value(value, timeout=15_000)
    settings = parse_qs(urlparse(page.url).query)
    assert settings["batch.learning_rate"] == [value] and settings["lang"] == ["en"]
    expect(page.locator(".lo-messages")).to_contain_text("above 0.288")


@pytest.mark.parametrize("width, height", [(390, 844), (820, 1180)])
def test_everything_is_on_one_screen_of_a_phone(
    new_context: Callable[..., BrowserContext], app_url: str, width: int, height: int
) -> None:
    """In Korean, too; every other surface plays, and another language keeps it."""
    page = new_context(viewport={"width": width, "height": height}, locale="ko-KR").new_page()
    page.goto(app_url)
    page.wait_for_function(PLAYING)
    for part in (
        "#sentence",
        "#grounds",
        "#picture",
        "#runs",
        "#play",
        "#step-size",
        "#lab",
        "#line",
    ):
        box = page.locator(part).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, part
        assert box["y"] + box["height"] <= height, part
    for name in ("play", "lab"):
        box = page.locator(f"#{name}").bounding_box()
        assert box and box["height"] >= 44
    page.get_by_role("button", name="바나나").click()
    expect(page.locator("#sentence")).to_contain_text("로젠브록")
    page.wait_for_function(PLAYING)
    assert "problem=rosenbrock" in (page.locator("#lab").get_attribute("href") or "")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#sentence")).to_contain_text("Rosenbrock")


def test_who_wants_stillness_gets_it(
    new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(f"{app_url}/?lang=en")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-step", "0")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(PLAYING)
    page.keyboard.press("Space")
    expect(page.get_by_test_id("stage")).to_have_attribute("data-playing", "false")
