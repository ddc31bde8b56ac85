"""The address and the page say the same, whatever changed first."""

from urllib.parse import parse_qsl, urlparse

import pytest
from playwright.sync_api import Page, expect

from lossopt.links import examples as races
from pages.ui import losses
from pages.ui.frame.words import catalog
from tests.browser.test_lab import stage_of

STILL = "?problem=quadratic&runs=batch-adam&run.n_steps=2000&lang=en"
EXAMPLES = {"": (races.examples, "example"), "losses": (losses.examples, "losses.example")}
PRESS_BOTH = """() => {
  const all = [...document.querySelectorAll("button")];
  const button = (text) => all.find((one) => one.innerText === text);
  button("Copy").click();
  setTimeout(() => button("linear").click(), 30);
}"""


def settings(page: Page) -> dict[str, str]:
    found = dict(parse_qsl(urlparse(page.url).query))
    return {name: text for name, text in found.items() if name != "lang"}


@pytest.mark.parametrize("slug", EXAMPLES)
def test_one_click_on_an_example_plays_it_from_its_start(
    page: Page, app_url: str, slug: str
) -> None:
    every, words = EXAMPLES[slug]
    page.goto(f"{app_url}/{slug}?lang=en&view=3d")
    page.wait_for_function("() => location.search.includes('run.n_steps')")
    for name in [*every()][::-6]:
        page.get_by_role("button", name="Examples").click()
        before = page.url
        page.get_by_role("button", name=catalog("en")[f"{words}.{name}"], exact=True).click()
        page.wait_for_function("before => location.href !== before", arg=before)
        stage = page.get_by_test_id("stage").first
        expect(stage).to_have_attribute("data-playing", "true")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def test_back_and_forward_lead_the_page(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    rows = stage_of(page).locator("table tbody tr")
    for button, count in (("Copy", 3), ("Remove", 2), ("Copy", 3)):
        page.get_by_role("button", name=button, exact=True).click()
        expect(rows).to_have_count(count)
    addresses = []
    for count in (2, 3, 2):
        addresses.append(page.url)
        page.go_back()
        expect(rows).to_have_count(count)
    for count, address in zip((3, 2, 3), reversed(addresses), strict=True):
        page.go_forward()
        expect(rows).to_have_count(count)
        assert page.url == address


def test_a_change_is_not_lost_to_the_one_before(page: Page, app_url: str) -> None:
    """The browser sends the second with the address that the first has not changed yet."""
    page.goto(app_url + STILL)
    stage_of(page)
    page.evaluate(PRESS_BOTH)
    page.wait_for_function("() => location.search.includes('scale=linear')")
    assert settings(page)["runs"] == "batch-adam-batch~2"
