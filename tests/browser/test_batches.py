"""The page of batches in a real browser."""

from playwright.sync_api import Locator, Page, expect

RINGS = """() => document.querySelectorAll('[data-testid=stage] .lo-fit canvas')[1].toDataURL()"""


def open_page(page: Page, url: str) -> Locator:
    """Stage, halted at its first step."""
    page.goto(url)
    stage = page.get_by_test_id("stage")
    expect(stage.locator("tbody tr")).to_have_count(3, timeout=30_000)
    expect(stage.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    stage.focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(stage).to_have_attribute("data-step", "0")
    return stage


def test_rings_and_sentences_move_with_the_step(page: Page, app_url: str) -> None:
    stage = open_page(page, f"{app_url}/batches?lang=en&run.n_steps=20")
    sentences = stage.locator(".lo-live p")
    expect(sentences.first).to_contain_text("step 1, epoch 1: 8 of 40 samples")
    before = page.evaluate(RINGS)
    stage.get_by_role("button", name="Step forward").click()
    expect(stage).to_have_attribute("data-step", "1")
    expect(sentences.first).to_contain_text("step 2, epoch 1: 8 of 40 samples")
    expect(sentences.first).to_contain_text("so far: 16")
    assert page.evaluate(RINGS) != before


def test_looking_inside_another_regime(page: Page, app_url: str) -> None:
    stage = open_page(page, f"{app_url}/batches?lang=en&run.n_steps=20")
    page.locator(".st-key-panel").get_by_text("SGD (batch size 1)").click()
    page.wait_for_function("() => location.search.includes('watch=sgd')", timeout=15_000)
    expect(stage.locator(".lo-live p").first).to_contain_text("1 of 40", timeout=15_000)
    expect(stage).to_have_attribute("data-step", "0")
