"""Lessons in a real browser: from prediction to reveal, presenter mode, worksheets on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lossopt.lessons import LESSONS
from pages.ui.frame.words import catalog
from pages.ui.lessons.worksheet import worksheet

PATIENCE = 30_000


def open_lessons(page: Page, app_url: str, language: str) -> None:
    page.goto(f"{app_url}?lang={language}")
    page.get_by_role("link", name=catalog(language)["menu.lessons"], exact=True).click()
    page.get_by_test_id("gallery").get_by_role("link").first.click(timeout=PATIENCE)
    expect(page.get_by_test_id("stage")).to_have_count(1, timeout=PATIENCE)
    expect(reveal_button(page, language)).to_be_visible(timeout=PATIENCE)


def reveal_button(page: Page, language: str):
    return page.get_by_role("button", name=catalog(language)["lessons.reveal"], exact=True)


def predict(page: Page, language: str, number: str) -> None:
    box = page.get_by_role("spinbutton").or_(page.locator("[data-testid=stNumberInput] input"))
    box.first.fill(number)


def point_without_a_pointer(page: Page, language: str) -> None:
    """Arrows move the flag from number to number, and the box follows."""
    ruler = page.get_by_role("slider", name=catalog(language)["lessons.point.yours"])
    ruler.press("End")
    ruler.press("Home")
    for _ in range(2):
        ruler.press("ArrowRight")
    expect(ruler).to_have_attribute("aria-valuetext", "3")
    box = page.locator("[data-testid=stNumberInput] input")
    expect(box).to_have_value("3", timeout=PATIENCE)


@pytest.mark.parametrize(
    "language, said", [("en", "2.5 times too high"), ("ko", "2.5배이니 너무 높게 보았습니다")]
)
def test_a_lesson_from_prediction_to_reveal(
    page: Page, app_url: str, language: str, said: str
) -> None:
    open_lessons(page, app_url, language)
    predict(page, language, "0.2")  # and the first click counts
    reveal_button(page, language).click()
    expect(page.locator("html.lo-replaying")).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_text(said)).to_be_hidden()  # the stage comes first, and slowly at the start
    speed = page.get_by_test_id("stage").locator(".lo-transport select")
    expect(speed).to_have_value("0.25", timeout=PATIENCE)
    expect(page.locator(".st-key-verdict").get_by_text(said)).to_be_visible(timeout=PATIENCE)
    expect(speed).to_have_value("1")
    rows = page.get_by_test_id("stage").locator("tbody tr")
    expect(rows).to_have_count(4, timeout=PATIENCE)
    expect(rows.last).to_contain_text(catalog(language)["lessons.your_guess"])
    page.wait_for_function("() => location.search.includes('stable_rate.guess=0.2')")
    next_one = page.get_by_role("button", name=re.compile("ravine|골짜기의 대가"))
    next_one.first.click()
    expect(reveal_button(page, language)).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("() => location.search.includes('lesson=ravine')", timeout=PATIENCE)
    point_without_a_pointer(page, language)
    page.get_by_role("button", name=catalog(language)["lessons.all"]).click()
    done = page.locator(".lo-card-done")
    expect(done).to_have_count(1, timeout=PATIENCE)
    page.reload()
    expect(done).to_have_count(1, timeout=PATIENCE)
    forget = catalog(language)["lessons.gallery.forget"]
    page.get_by_role("button", name=forget, exact=True).click()
    expect(done).to_have_count(0)


ILL_FORMED = """() => [...document.querySelectorAll('math *')].filter(part => {
  const wanted = { msub: 2, msup: 2, mfrac: 2, msubsup: 3 }[part.localName];
  return wanted && part.children.length !== wanted;
}).map(part => part.outerHTML)"""


def test_formulas_are_read_out_as_they_are_set(page: Page, app_url: str) -> None:
    """Screen readers get MathML, in which some browsers show an index of two parts as an error."""
    page.goto(f"{app_url}/lessons?lang=en&lesson=adam_counterexample")
    page.wait_for_selector("math msub", state="attached", timeout=PATIENCE)
    assert page.evaluate(ILL_FORMED) == []
    term = page.get_by_role("link", name="minimizer", exact=True)
    term.focus()
    told = page.get_by_role("tooltip")
    expect(told).to_have_text(catalog("en")["glossary.term.minimizer.text"])
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()


BESIDE_THEIR_PANEL = """() => [...document.querySelectorAll('.lo-head')].flatMap(head => {
  const room = head.getBoundingClientRect();
  return [...head.querySelectorAll('button, select, .lo-title')].filter(part => {
    const { top, left, right } = part.getBoundingClientRect();
    return right > left && top < room.bottom && (left < room.left - 1 || right > room.right + 1);
  }).map(part => part.ariaLabel || part.textContent);
})"""
"""What stands above a picture and reaches over the next one."""


def test_presenter_mode_by_keyboard(page: Page, app_url: str) -> None:
    open_lessons(page, app_url, "en")
    stage, head = page.get_by_test_id("stage"), page.locator(".st-key-head")
    small = stage.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    field = page.locator("[data-testid=stNumberInput] input")
    field.press("p")
    assert "present" not in page.url, "a letter typed into a field is a letter"
    field.blur()
    page.locator("body").press("p")
    expect(head).to_be_hidden(timeout=PATIENCE)
    assert "present=1" in page.url
    assert stage.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") > small + 4
    expect(stage.locator("tbody")).to_be_hidden()
    assert page.evaluate(BESIDE_THEIR_PANEL) == []
    page.locator("body").press("Home")
    expect(stage).to_have_attribute("data-playing", "false")
    page.locator("body").press("ArrowRight")
    expect(stage).to_have_attribute("data-step", "1")
    page.locator("body").press("Space")
    expect(stage).to_have_attribute("data-playing", "true")
    predict(page, "en", "0.2")
    field.press("Enter")
    page.wait_for_function("() => location.search.includes('guess')", timeout=PATIENCE)
    assert "present=1" in page.url, "a change of the page keeps the mode"
    page.locator("body").press("Escape")
    expect(head).to_be_visible()
    assert "present" not in page.url


def test_a_link_opens_presenter_mode_in_the_lab(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?present=1&problem=quadratic&runs=batch")
    expect(page.get_by_test_id("stage")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".st-key-controls")).to_be_hidden()
    expect(page.get_by_text("this page does not know")).to_have_count(0)
    stage = page.get_by_test_id("stage").bounding_box()
    assert stage and stage["width"] > 0.9 * page.viewport_size["width"]
    page.get_by_role("button", name="End presenter mode").click()  # a way out without a keyboard
    expect(page.locator(".st-key-menu")).to_be_visible()
    page.wait_for_function("() => !location.search.includes('present')")
    page.get_by_role("button", name="Presenter mode").click()
    expect(page.locator(".st-key-menu")).to_be_hidden()


def test_a_worksheet_can_be_downloaded(page: Page, app_url: str, tmp_path: Path) -> None:
    open_lessons(page, app_url, "en")
    page.get_by_text(catalog("en")["lessons.teacher"], exact=True).click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=catalog("en")["lessons.sheet_solved"]).click()
    path = tmp_path / "sheet.html"
    download.value.save_as(path)
    assert download.value.suggested_filename == "stable_rate-en-solved.html"
    assert "The largest stable learning rate" in path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_worksheet_prints_to_one_page(
    new_context: Callable[..., BrowserContext], language: str
) -> None:
    """One document for all of them, for a font is packed into each, which takes its time."""
    page = new_context().new_page()
    sheets = [worksheet(language, solved, kind()) for kind in LESSONS.values() for solved in (0, 1)]
    head = sheets[0].partition("<body>")[0]
    bodies = [sheet.partition("<body>")[2].partition("</body>")[0] for sheet in sheets]
    parts = "".join(f"<section>{body}</section>" for body in bodies)
    page.set_content(f"{head}<style>section + section {{ break-before: page }}</style>{parts}")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == len(sheets)


def test_the_glossary_is_one_click_away(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?lang=ko")
    page.get_by_role("link", name=catalog("ko")["menu.glossary"]).click()
    term = catalog("ko")["glossary.term.condition_number.name"]
    expect(page.get_by_role("heading", name=term)).to_be_visible(timeout=PATIENCE)
    assert page.locator("#condition_number").count() >= 1
    other = catalog("ko")["glossary.term.momentum.name"]
    expect(page.get_by_role("heading", name=other)).not_to_have_count(0)
    find = page.get_by_label(catalog("ko")["glossary.find"])
    find.fill("condition number")
    find.press("Enter")
    expect(page.get_by_role("heading", name=other)).to_have_count(0)
    expect(page.get_by_role("heading", name=term)).to_be_visible()
    page.wait_for_function("() => location.search.includes('find=condition')")


def test_a_place_on_the_map_is_predicted_where_the_browser_keeps_nothing(
    page: Page, app_url: str
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    page.goto(f"{app_url}/lessons?lang=en&lesson=adam_counterexample")
    map_ = page.get_by_test_id("stage").locator(".lo-surface .nsewdrag").first
    expect(map_).to_be_visible(timeout=PATIENCE)
    box = map_.bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.85 * box["width"], box["y"] + 0.5 * box["height"])
    chosen = page.get_by_role("radio", name="On the other side, as far as the wall lets it")
    expect(chosen).to_be_checked(timeout=PATIENCE)
    reveal_button(page, "en").click()
    page.get_by_role("button", name=catalog("en")["lessons.point.skip"]).click(timeout=PATIENCE)
    expect(page.locator(".st-key-verdict").get_by_text("Right.")).to_be_visible()
    page.get_by_role("button", name=catalog("en")["lessons.all"]).click()
    expect(page.locator(".lo-card-done")).to_have_count(1, timeout=PATIENCE)
