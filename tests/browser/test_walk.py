"""A sample of the walk through all pages; ``python -m benchmarks.walk`` presses everything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import walk
from tests.browser.walk import LANGUAGES, PLACES, Walker

SAMPLE = 2
"""Controls of a place that are pressed here."""
ALIKE = {
    "lab, function",
    "lab, formula",
    "lab, own table",
    "losses, classes",
    "compare, story",
    "compare, seeds",
    "lesson, revealed",
    "lesson, presented",
    "article",
}
"""Places whose controls are those of others: only the whole walk goes there."""
BARE = """<!doctype html><link rel="icon" href="data:,">
<div data-testid="stApp" data-test-script-state="notRunning"><div data-testid="stMain">
<div data-testid="stElementContainer" id="told">0</div>{controls}
<div class="st-key-footer"><a href="#end">end</a></div></div></div>"""
SLIDER = """<div data-testid="stElementContainer"><div data-testid="stSlider" role="slider"
tabindex="0" aria-label="s" aria-valuenow="1" aria-valuemax="9"
onkeydown="{effect}">1</div></div>"""
ALIVE = "told.innerText = Math.random()"
COPY = "navigator.clipboard.writeText(12)"
BOX = "told.innerHTML = '<p data-testid=stException>broken</p>'"


@pytest.fixture(scope="module")
def walker(browser: Browser, app_url: str) -> Iterator[Walker]:
    """One page for all places: what it has loaded need not be loaded again."""
    context = browser.new_context(reduced_motion="reduce")
    yield Walker(context.new_page(), app_url, sample=SAMPLE)
    context.close()


SAMPLED = [place for place in PLACES if place not in ALIKE]


@pytest.mark.parametrize("number, place", [*enumerate(SAMPLED)], ids=SAMPLED)
def test_what_is_pressed_has_an_effect(walker: Walker, number: int, place: str) -> None:
    report = walker.visit(place, LANGUAGES[number % len(LANGUAGES)])
    assert report.pressed
    assert report.errors == []
    assert report.without_effect == []


@pytest.mark.parametrize(
    "controls, without_effect, error",
    [
        (f'<button onclick="{ALIVE}">b</button>', [], "only 2 controls"),
        ("<button>b</button>", ["button: b"], "only 2 controls"),
        (f'<button onclick="{COPY}">b</button>', [], "only 2 controls"),
        ('<a href="#end">one</a><a href="#end">two</a>', [], "only 3 controls"),
        (SLIDER.format(effect=ALIVE), [], "only 2 controls"),
        (SLIDER.format(effect="this.innerText = 2"), ["slider: s"], "only 2 controls"),
        (f'<button onclick="{ALIVE}; console.error(12)">b</button>', [], "console: 12"),
        (f'<button onclick="{ALIVE}; throw 12">b</button>', [], "page error: 12"),
        (f'<button onclick="{BOX}">b</button>', [], "button: b: broken"),
        ('<p data-testid="stAlertContentError">broken</p>', [], "at first: broken"),
    ],
)
def test_the_walk_sees_what_is_wrong(
    context: BrowserContext,
    monkeypatch: pytest.MonkeyPatch,
    controls: str,
    without_effect: list[str],
    error: str,
) -> None:
    monkeypatch.setattr(walk, "PATIENCE", 1.0)
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(body=BARE.format(controls=controls), content_type="text/html"),
    )
    report = Walker(page, "http://localhost").visit("glossary", "en")
    assert report.without_effect == without_effect
    assert any(error in each for each in report.errors)
