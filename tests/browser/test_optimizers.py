"""The page of the optimizers in a real browser: tree, cards, anatomy step by step."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

import lossopt as lo
from lossopt.theory.anatomy import replay

FIT = """buttons => buttons.every((button) => {
    button.setAttribute('aria-current', 'true');
    return button.scrollWidth <= button.clientWidth;
})"""
"""Whether every name has room, in bold letters, too."""
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def open_anatomy(page: Page, url: str) -> Locator:
    """Stage of the anatomy, at its first step."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(url)
    stage = page.get_by_test_id("stage")
    expect(stage.locator(".lo-columns").first).to_be_visible(timeout=30_000)
    expect(stage.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    stage.focus()
    page.keyboard.press("Home")
    expect(stage).to_have_attribute("data-step", "0")
    return stage


def results(stage: Locator) -> dict[str, list[float]]:
    """Name of every line and what its two columns come to."""
    found = {}
    for line in stage.locator(".lo-columns:not(.lo-heads)").all():
        head, *cells = line.locator("span").all_inner_texts()
        found[head.partition(" = ")[0]] = [as_number(cell.rpartition(" = ")[2]) for cell in cells]
    return found


def as_number(text: str) -> float:
    match = re.fullmatch(r"(−?)(?:([\d.]+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(−?[\d.,]+)", text)
    assert match, text
    if match[4]:
        return float(match[4].replace("−", "-").replace(",", ""))
    size = float(match[2] or 1) * 10.0 ** int(match[3].translate(POWERS))
    return -size if match[1] else size


@pytest.mark.parametrize("correction", [True, False])
def test_steps_back_and_forth_show_the_engines_numbers(
    page: Page, app_url: str, correction: bool
) -> None:
    switch = "" if correction else "&adam.bias_correction=0"
    stage = open_anatomy(page, f"{app_url}/optimizers?part=anatomy&lang=en{switch}")
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.2, bias_correction=correction)
    steps = replay(rule, lo.OBJECTIVES["quadratic"](), n_steps=4)
    seen = []
    for step, key in enumerate(["", "ArrowRight", "ArrowRight"]):
        if key:
            page.keyboard.press(key)
        expect(stage).to_have_attribute("data-step", str(step))
        shown = results(stage)
        assert ("m̂" in shown) == correction
        for term in rule.anatomy(steps):
            assert shown[term.name] == pytest.approx(term.result[step], rel=6e-3, abs=1e-12)
        expect(stage.locator(".lo-heads span").first).to_have_text(f"Step {step + 1}")
        seen.append(shown)
    assert seen[0] != seen[1] != seen[2]
    page.keyboard.press("ArrowLeft")
    expect(stage).to_have_attribute("data-step", "1")
    assert results(stage) == seen[1]


def test_a_press_on_the_tree_chooses_an_optimizer(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app_url}/optimizers?lang=en")
    tree = page.get_by_role("navigation", name="Family tree")
    expect(tree.get_by_role("button")).to_have_count(len(lo.OPTIMIZERS), timeout=30_000)
    expect(tree.locator("[aria-current]")).to_contain_text("Adam")
    box = tree.get_by_role("button").last.bounding_box()
    assert box and box["y"] + box["height"] <= 720 and box["x"] + box["width"] <= 1280
    tree.get_by_role("button", name="Nesterov").click()
    expect(page.get_by_text("looks where it is about to go")).to_be_visible()
    expect(tree.locator("[aria-current]")).to_contain_text("Nesterov")
    page.wait_for_function("() => location.search.includes('optimizer=nesterov')")
    expect(page.locator("code", has_text="def update(self").first).to_be_visible()
    assert tree.get_by_role("button").evaluate_all(FIT)
    tree.locator("[data-id=adam]").click()
    page.get_by_role("radio", name="Same name, different rule").click()
    difference = page.get_by_role("button", name="bias correction off", exact=True)
    difference.click(timeout=30_000)
    expect(difference).to_be_disabled()  # the stage shows it


def test_a_claim_leads_to_the_lab(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/optimizers?optimizer=momentum&lang=ko")
    link = page.get_by_role("link", name="경사 하강 실험실에서 보기").first
    expect(link).to_be_visible(timeout=30_000)
    link.click()
    stage = page.get_by_test_id("stage")
    expect(stage.locator("tbody tr")).to_have_count(2, timeout=30_000)
    stage.focus()
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "100")
    assert "momentum.momentum=0.67" in page.url and "lang=ko" in page.url
    expect(stage.locator("tbody")).to_contain_text("모멘텀")


@pytest.mark.parametrize("width", [390, 768])
def test_phone_shows_the_card_first_and_the_tree_below(
    new_context: Callable[..., BrowserContext], app_url: str, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 844}, has_touch=True).new_page()
    page.goto(f"{app_url}/optimizers?lang=en")
    idea = page.get_by_text("It joins momentum with RMSprop").bounding_box(timeout=30_000)
    tree = page.get_by_role("navigation", name="Family tree")
    expect(tree.get_by_role("button")).to_have_count(len(lo.OPTIMIZERS), timeout=30_000)
    expect(tree.get_by_role("button").first).to_have_css("display", "flex")  # style sheet is there
    first = tree.get_by_role("button").first.bounding_box()
    assert idea and first and idea["y"] < 844 < first["y"] and first["height"] >= 34
    assert first["x"] + first["width"] <= width
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
