"""A class in the room: the desk of a teacher and three phones at once, in both languages."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Watch

SCENE = (
    "problem=himmelblau&runs=batch-momentum&run.n_steps=60"
    "&batch.learning_rate=0.01&momentum.learning_rate=0.005"
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PLAYED = "() => +document.querySelector('#picture [data-testid=stage]')?.dataset.step > 3"
LIT = "() => document.querySelector('#picture [data-testid=stage]').ariaLabel"


def test_a_class_predicts_sees_what_it_thinks_and_then_the_truth(
    page: Page, new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    """Choice and race, one key a step; who is removed is out, and a reload brings the desk back."""
    page.goto(f"{app_url}/class/desk?lang=en&link={quote(SCENE)}")
    expect(page.locator("#lobby .cl-code")).to_have_text(re.compile("^[2-9A-Z]{6}$"))
    code = page.locator("#lobby .cl-code").inner_text()
    looks = [("en-US", "light"), ("ko-KR", "light"), ("ko-KR", "dark")]
    phones = [
        new_context(**PHONE, locale=locale, color_scheme=scheme).new_page()
        for locale, scheme in looks
    ]
    watched = [Watch(phone) for phone in phones]
    for phone in phones:
        phone.goto(f"{app_url}/class#{code}")
    expect(page.locator("#lobby .cl-here")).to_have_text("3 here")

    page.locator(".cl-select").nth(1).click()
    expect(page.locator("#answered")).to_have_text("Only you see this question so far.")
    page.keyboard.press("PageDown")
    for k, phone in enumerate(phones):
        phone.locator("#answer label").nth(k % 2).click()
        phone.locator("#send").click()
    expect(page.locator("#answered")).to_have_text("3 of 3 have answered")
    expect(page.get_by_test_id("results")).not_to_contain_text("%")
    page.keyboard.press("PageDown")
    expect(page.locator("#asking")).to_have_attribute("data-step", "closed")
    expect(phones[0].get_by_test_id("results")).not_to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("results")).to_contain_text("2 · 67%")
    expect(phones[1].get_by_test_id("results")).to_contain_text("2명 · 67%")
    expect(page.locator(".cl-right")).to_have_count(0)
    page.keyboard.press("PageDown")
    for each in (page, *phones):
        expect(each.locator(".cl-right")).to_have_count(1)
    page.wait_for_function(PLAYED)

    page.locator(".cl-select").last.click()
    page.keyboard.press("1")
    for phone in phones[:2]:
        expect(phone.get_by_test_id("tuner").locator("input[type=range]").first).to_be_visible()
        phone.locator("#send").click()
    lab = phones[2].context.new_page()
    watched.append(Watch(lab))
    lab.goto(f"{app_url}/?{SCENE}&lang=en")
    lab.get_by_role("button", name="Send Gradient descent to class").click()
    expect(phones[2].locator("#state")).to_have_attribute("data-state", "stored")
    asked = parse_qs(lab.get_by_role("link", name="Open a class").get_attribute("href") or "")
    assert parse_qs(asked["link"][0]) == parse_qs(SCENE)
    lab.close()
    expect(page.locator("#answered")).to_have_text("3 of 3 have answered")
    page.keyboard.press("2")
    expect(page.locator("#asking")).to_have_attribute("data-step", "closed")
    page.keyboard.press("3")
    expect(page.get_by_test_id("results")).to_contain_text("3 · 100%")
    page.keyboard.press("4")
    ranks = page.locator(".cl-ranks button")
    expect(ranks).to_have_count(3)
    expect(ranks.locator("span:first-child")).to_have_text(["1."] * 3)
    ranks.nth(2).click()
    expect(ranks.nth(2)).to_have_attribute("aria-pressed", "true")
    name = ranks.nth(2).locator("span").nth(1).inner_text()
    page.wait_for_function(f"name => ({LIT})().includes(name)", arg=name)
    expect(phones[2].locator(".cl-ranking li")).to_have_count(0)
    page.keyboard.press("4")
    expect(page.locator("#asking")).to_have_attribute("data-step", "truth")
    for phone in phones:
        expect(phone.locator(".cl-ranking li")).to_have_count(3)
    expect(ranks.nth(2)).to_have_attribute("aria-pressed", "true")

    own = page.get_by_role("button", name="Write a question")
    own.click()
    page.get_by_role("textbox", name="Question", exact=True).fill("<b>Tea</b> or coffee?")
    page.get_by_role("textbox", name="Options").fill("Tea")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert").last).to_have_text(
        "Write 2 to 8 options, each on a line of its own."
    )
    page.get_by_role("textbox", name="Options").fill("Tea\n<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#question")).to_have_text("<b>Tea</b> or coffee?")
    page.keyboard.press("PageDown")
    expect(phones[0].locator("#question")).to_have_text("<b>Tea</b> or coffee?")
    page.get_by_text("People: 3 here of 3").click()
    gone = page.locator(".cl-names li").first
    gone.locator("summary").click()
    page.once("dialog", lambda dialog: dialog.accept())
    gone.get_by_role("button", name="Remove from the class").click()
    expect(page.locator(".cl-names li")).to_have_count(2)
    phones[0].locator("#door").wait_for()
    page.get_by_text("The class", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save all answers (CSV)").click()
    table = saved.value.path().read_text("utf-8-sig")
    assert table.count("\n") == 5 and "learning_rate" in table

    page.get_by_role("link", name="한국어").click()
    expect(page.locator("#answered")).to_have_text("2명 중 0명이 답했습니다")
    assert code in page.locator("#code").inner_text()
    assert [each for watch in watched[1:] for each in watch.complaints] == []


def test_own_numbers_and_points_go_to_a_colleague_too(
    page: Page, new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    """Written at the desk, answered on a phone, and asked anew in another class."""
    page.goto(f"{app_url}/class/desk?lang=en&link={quote(SCENE)}")
    expect(page.locator("#lobby .cl-code")).to_have_text(re.compile("^[2-9A-Z]{6}$"))
    phone = new_context(**PHONE, locale="ko-KR").new_page()
    watch = Watch(phone)
    phone.goto(f"{app_url}/class#{page.locator('#lobby .cl-code').inner_text()}")

    def write(kind: str, text: str, **numbers: str) -> None:
        page.get_by_role("button", name="Write a question").click()
        page.get_by_role("combobox", name="Kind of answer").select_option(kind)
        page.get_by_role("textbox", name="Question", exact=True).fill(text)
        for name, number in numbers.items():
            page.get_by_role("textbox", name=name, exact=True).fill(number)
        page.get_by_role("button", name="Add", exact=True).click()

    write("number", "How many?", From="8", To="2")
    expect(page.get_by_role("alert").last).to_contain_text("below")
    page.get_by_role("button", name="Cancel").click()
    truth = {"The truth, if you know it": "4"}
    write("number", "How many?", From="0", To="10", **truth)
    expect(page.locator("#question")).to_have_text("How many?")
    page.keyboard.press("1")
    ruler = phone.locator("#answer input[type=range]")
    ruler.press("ArrowRight")
    phone.locator("#send").click()
    expect(page.locator("#answered")).to_have_text("1 of 1 have answered")
    for key in "234":
        expect(page.locator("#steps button").nth(int(key) - 1)).to_be_enabled()
        page.keyboard.press(key)
        expect(page.locator("#steps [aria-current=step] kbd")).to_have_text(key)
    for each in (page, phone):
        expect(each.locator(".cl-said")).to_contain_text("4")

    write("point", "Where is the lowest place?")
    expect(page.locator("#question")).to_have_text("Where is the lowest place?")
    page.keyboard.press("1")
    phone.locator(".cl-pointing").click()
    phone.locator("#send").click()
    expect(page.locator("#answered")).to_have_text("1 of 1 have answered")

    now = page.locator("#steps [aria-current=step] kbd")
    for clicked, step in (("PageDown", "2"), ("PageDown", "3"), ("PageUp", "2"), ("PageDown", "3")):
        expect(page.locator("#steps button").nth(1)).to_be_enabled()
        page.keyboard.press(clicked)
        expect(now).to_have_text(step)
    for each in (page, phone):
        expect(each.get_by_test_id("results")).to_be_visible()
    for key in ("c", "b", "."):
        page.keyboard.press(key)
        expect(page.locator("#lobby")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator("#asking")).to_be_visible()

    page.on("dialog", lambda dialog: dialog.accept())
    answered = page.locator("#answered")
    page.get_by_text("People: 1 here of 1").click()
    person = page.locator(".cl-names li")
    person.locator("summary").click()
    name = person.locator("button").first
    before = name.inner_text()
    person.get_by_role("button", name="Another nickname").click()
    expect(name).not_to_have_text(before)
    expect(phone.locator("#nickname")).to_have_text(name.inner_text())
    person.get_by_role("button", name="Remove the answer").click()
    expect(answered).to_have_text("0 of 1 have answered")
    page.get_by_text("Questions", exact=True).click()
    number = page.locator(".cl-select", has_text="How many?")
    number.click()
    expect(answered).to_have_text("1 of 1 have answered")
    page.get_by_role("button", name="Forget the answers").click()
    expect(answered).not_to_contain_text("1 of 1")
    page.keyboard.press("n")
    expect(page.locator("#question")).to_have_text("Where is the lowest place?")

    page.evaluate("navigator.clipboard.writeText = text => Promise.resolve(window.copied = text)")
    page.get_by_text("The class", exact=True).click()
    page.get_by_role("button", name="Copy a link for a colleague").click()
    page.wait_for_function("() => window.copied")
    colleague = new_context(locale="en-US").new_page()
    colleague.goto(page.evaluate("window.copied"))
    expect(colleague.locator("#lobby .cl-code")).to_have_text(re.compile("^[2-9A-Z]{6}$"))
    expect(colleague.locator("#lobby .cl-here")).to_have_text("0 here")
    questions = page.locator(".cl-select")
    anew = colleague.locator(".cl-select")
    expect(anew).to_have_count(questions.count())
    for place in (-2, -1):
        expect(anew.nth(place)).to_contain_text(("How many?", "Where is the lowest place?")[place])
    page.get_by_role("button", name="End the class and delete everything").click()
    expect(page.locator("#door")).to_contain_text("The class is over")
    phone.locator("#door").wait_for()
    assert watch.complaints == []
