"""A sample of the walk through all pages; ``python -m benchmarks.walk`` presses everything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.walk import LANGUAGES, PLACES, Walker

SAMPLE = 3
"""Controls of a place that are pressed here."""


@pytest.fixture(scope="module")
def walker(browser: Browser, app_url: str) -> Iterator[Walker]:
    """One page for all places: what it has loaded need not be loaded again."""
    context = browser.new_context(reduced_motion="reduce")
    yield Walker(context.new_page(), app_url, sample=SAMPLE)
    context.close()


@pytest.mark.parametrize("number, place", [*enumerate(PLACES)], ids=[*PLACES])
def test_what_is_pressed_has_an_effect(walker: Walker, number: int, place: str) -> None:
    report = walker.visit(place, LANGUAGES[number % len(LANGUAGES)])
    assert report.pressed
    assert report.errors == []
    assert report.without_effect == []
