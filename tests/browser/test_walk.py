"""A sample of the walk through all pages; ``python -m benchmarks.walk`` presses everything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.walk import LANGUAGES, PLACES, Walker

SAMPLE = 4
"""Controls of a place that are pressed here."""


@pytest.mark.parametrize("number, place", [*enumerate(PLACES)], ids=[*PLACES])
def test_what_is_pressed_has_an_effect(
    new_context: Callable[..., BrowserContext], app_url: str, number: int, place: str
) -> None:
    language = LANGUAGES[number % len(LANGUAGES)]
    page = new_context(reduced_motion="reduce").new_page()
    report = Walker(page, app_url, sample=SAMPLE).visit(f"{PLACES[place]}&lang={language}")
    assert report.pressed
    assert report.errors == []
    assert report.without_effect == []
