"""The page of the network in a real browser."""

import re

from playwright.sync_api import Page, expect

COUNTED = """() => {
  if (window.sent === undefined) {
    const { prototype } = WebSocket, { send } = prototype;
    window.sent = 0;
    prototype.send = function (...words) { window.sent += 1; return send.apply(this, words); };
  }
  return window.sent;
}"""
SMALL = "lang=en&runs=batch-adam&batch.learning_rate=0.5&adam.learning_rate=0.02&run.n_steps=60"


def test_it_draws_plays_and_follows_the_edge(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app_url}/network?{SMALL}")
    stage = page.get_by_test_id("stage")
    expect(stage.locator("tbody tr")).to_have_count(2, timeout=30_000)
    expect(stage.locator(".lo-surface canvas:visible").first).to_be_visible(timeout=30_000)
    stage.focus()
    page.keyboard.press("Home")
    line = stage.locator("tbody tr", has_text="Batch GD")
    first = line.inner_text()
    assert re.search(r"\(limit 2\)", first)
    stage.get_by_role("button", name="Show the network of Adam").click()
    expect(stage.locator(".lo-net .lo-title")).to_have_text("Network of Adam")
    stage.get_by_role("button", name="layer 1, neuron 1", exact=True).focus()
    neuron = stage.locator(".lo-neuron p")
    expect(neuron).to_contain_text("x1: ")
    untrained = neuron.inner_text()
    page.keyboard.press("ArrowRight")
    expect(stage.get_by_role("button", name="output", exact=True)).to_be_focused()
    stage.focus()
    page.keyboard.press("Space")
    page.wait_for_function(
        "() => +document.querySelector('[data-testid=stage]').dataset.step > 5", timeout=15_000
    )
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "60")
    assert line.inner_text() != first
    stage.get_by_role("button", name="layer 1, neuron 1", exact=True).focus()
    assert neuron.inner_text() != untrained
    edge = page.get_by_test_id("edge")
    edge.scroll_into_view_if_needed()
    expect(edge.locator("canvas").first).to_be_visible()
    painted = """() => [...document.querySelectorAll('[data-testid=edge] canvas')].every((sheet) =>
        sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height).data.some(Boolean))"""
    page.wait_for_function(painted, timeout=15_000)
    loss = stage.locator("tbody tr").first
    before, sent = loss.inner_text(), page.evaluate(COUNTED)
    rate = page.get_by_test_id("tuner").get_by_role("slider").first
    rate.evaluate("each => { each.value = 1; each.dispatchEvent(new Event('input')); }")
    expect(loss).not_to_have_text(before, use_inner_text=True)
    assert page.evaluate(COUNTED) == sent  # the network was trained here
    expect(edge).to_have_class(re.compile("lo-apart"))
    rate.evaluate("each => each.dispatchEvent(new Event('change'))")
    expect(edge).not_to_have_class(re.compile("lo-apart"), timeout=15_000)


def test_a_second_slice_shows_the_same_run_elsewhere(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app_url}/network?{SMALL}")
    stages = page.get_by_test_id("stage")
    expect(stages.first.locator("tbody tr")).to_have_count(2, timeout=30_000)
    page.get_by_text("Show the same paths on a second slice").click()
    expect(stages).to_have_count(2, timeout=30_000)
    page.wait_for_function("() => location.search.includes('second=1')")
    expect(stages.nth(1).locator(".lo-surface canvas:visible").first).to_be_visible(timeout=30_000)
    stages.first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    for k in range(2):
        expect(stages.nth(k)).to_have_attribute("data-step", "1")
    for k in range(2):
        stages.nth(k).locator(".lo-notes summary").click()
    expect(stages.nth(1).get_by_text("random directions")).to_be_visible()
    page.get_by_text("two ends", exact=True).click()
    page.wait_for_function("() => location.search.includes('slice=line')")
    expect(stages.first.get_by_text("ends of the first two paths")).to_be_visible(timeout=15_000)
