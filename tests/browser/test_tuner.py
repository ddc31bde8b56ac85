"""The tuner: every setting of a race, by hand, with and without a server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import lossopt as lo
from lossopt.figures.palette import look_of
from lossopt.params import params_of
from tests.browser.test_live import at_its_end, drawn

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def number_in(text: str) -> float:
    """The number that a table shows."""
    found = text.replace("−", "-").replace("×10", "e").translate(DIGITS)
    return float(re.sub(r"^(-?)10(-?\d+)$", r"\g<1>1e\2", found) if "⁻" in text else found)


def losses_shown(stage: Locator) -> list[float]:
    """Loss of every contestant at the step shown."""
    head = stage.locator("thead th").all_inner_texts()
    place = head.index("Loss") - len(head)
    rows = stage.locator("tbody tr").all()
    return [number_in(row.locator("td, th").all_inner_texts()[place]) for row in rows]


def settings_of(tuner: Locator) -> dict[str, str]:
    """Values of the contestant that is open, by their labels."""
    found = {}
    for setting in tuner.locator(".lo-setting").all():
        box = setting.locator("input.lo-number, input[role=switch]").first
        is_switch = box.get_attribute("role") == "switch"
        value = str(box.is_checked()) if is_switch else box.input_value()
        found[setting.locator("label").inner_text()] = value
    return found


def offline_page(browser: Browser, path: Path) -> tuple[Page, list[str]]:
    page = browser.new_context(offline=True).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda note: note.type == "error" and complaints.append(note.text))
    page.goto(path.as_uri())
    return page, complaints


@pytest.mark.parametrize("problem", ["himmelblau", "line"])
def test_every_slider_of_a_saved_page_runs_what_numpy_runs(
    browser: Browser, tmp_path: Path, problem: str
) -> None:
    if problem == "line":
        parts = lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]()
        goal: lo.Objective = lo.EmpiricalRisk(*parts)
    else:
        goal = lo.OBJECTIVES["himmelblau"]()
    rules = [lo.OPTIMIZERS["adam"](learning_rate=0.1), lo.OPTIMIZERS["momentum"]()]
    runs = lo.descend(rules, goal, n_steps=40, seed=3)
    lo.stage(runs).save(tmp_path / "descent.html")
    assert (tmp_path / "descent.html").stat().st_size < 2_500_000
    page, complaints = offline_page(browser, tmp_path / "descent.html")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    before = drawn(page, stage)
    for k, rule in enumerate(rules):
        tuner.get_by_role("tab", name=rule.name).click()
        if not tuner.locator("details[open]").count():
            tuner.locator("summary").click()
        panel = tuner.get_by_role("tabpanel")
        fields = {field.label: field.name for field in params_of(rule)} | {
            "learning rate η": "learning_rate"
        }
        sliders = panel.get_by_role("slider").all()
        assert len(sliders) >= 4 + (problem == "line")
        for slider in sliders:
            slider.press("PageDown")
            slider.press("ArrowRight")
            seen = settings_of(panel)
            told = {fields[label]: float(text) for label, text in seen.items() if label in fields}
            size = seen.get("batch size", "all")
            clip = float(seen["clip gradients to norm (0: off)"])
            entry = lo.Entry(
                lo.OPTIMIZERS[type(rule).__module__.rpartition(".")[2]](**told),
                batch_size=None if "all" in size else int(size),
                clip_norm=clip or None,
            )
            run = lo.descend(entry, goal, n_steps=40, seed=3)
            drawn(page, stage)
            assert losses_shown(stage)[k] == pytest.approx(run.losses[-1], rel=6e-3), told
    after = drawn(page, stage)
    assert after[0] != before[0] and after[1] != before[1]
    steps = tuner.get_by_role("textbox", name="steps")
    steps.fill("60")
    steps.press("Enter")
    expect(stage.get_by_role("status")).to_contain_text("60", timeout=20_000)
    page.evaluate("() => document.querySelector('[data-testid=stage]').focus()")
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "60")
    assert complaints == []
    page.context.close()


def test_a_box_takes_any_number_and_says_what_it_refuses(browser: Browser, tmp_path: Path) -> None:
    rules = [lo.OPTIMIZERS["adam"](learning_rate=0.1), lo.OPTIMIZERS["momentum"]()]
    lo.stage(lo.descend(rules, lo.OBJECTIVES["booth"](), n_steps=20)).save(tmp_path / "a.html")
    page, complaints = offline_page(browser, tmp_path / "a.html")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    box = tuner.get_by_role("textbox", name="learning rate η")
    slider = tuner.get_by_role("slider", name="learning rate η")
    box.fill("0,0123")
    box.press("Enter")
    drawn(page, stage)
    expect(stage.locator("tbody")).to_contain_text(re.compile(r"η\s0\.0123"))
    assert slider.get_attribute("aria-valuetext") == "0.0123"
    for wrong in ("x", "-1", "", "1e999", "0x", "1 2"):
        box.fill(wrong)
        box.press("Enter")
        expect(tuner.get_by_role("alert")).to_contain_text("Write a number from 0 up")
        expect(stage.locator("tbody")).to_contain_text(re.compile(r"η\s0\.0123"))
        assert box.input_value() == wrong
    slider.press("ArrowRight")
    expect(tuner.get_by_role("alert")).to_have_count(0)
    assert (adam := float(box.input_value())) > 0.0123
    tuner.get_by_role("tab", name="Adam").press("ArrowRight")
    expect(tuner.get_by_role("tab", name="Momentum")).to_have_attribute("aria-selected", "true")
    expect(tuner.get_by_role("tab", name="Momentum")).to_be_focused()
    own = float(tuner.get_by_role("textbox", name="learning rate η").input_value())
    factor = tuner.get_by_role("textbox", name="all learning rates ×")
    for times in ("2", "0.5", "1"):
        factor.fill(times)
        factor.press("Enter")
        drawn(page, stage)
        box_says = float(tuner.get_by_role("textbox", name="learning rate η").input_value())
        assert box_says == pytest.approx(float(times) * own)
        rates = re.findall(r"η\s([\d.]+)", stage.locator("tbody").inner_text())
        assert float(rates[0]) == pytest.approx(float(times) * adam, rel=1e-2)
        assert float(rates[1]) == pytest.approx(float(times) * own)
    factor.fill("3")
    factor.press("Enter")
    slider.press("ArrowLeft")
    expect(factor).to_have_value("1")
    assert complaints == []
    page.context.close()


def test_what_a_box_says_is_true_to_the_digit(browser: Browser, tmp_path: Path) -> None:
    """Numbers are read as the page writes them, and limits are not rounded."""
    run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"](), n_steps=20)
    lo.stage(run).save(tmp_path / "a.html")
    page, complaints = offline_page(browser, tmp_path / "a.html")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    steps = tuner.get_by_role("textbox", name="steps")
    steps.fill("1,000")
    steps.press("Enter")
    assert steps.input_value() == "1000"
    expect(stage.get_by_role("status")).to_contain_text("1,000", timeout=20_000)
    steps.fill("2.5")
    steps.press("Enter")
    expect(tuner.get_by_role("alert")).to_have_text(re.compile("a whole number from 1 to 10,000"))
    steps.fill("60")
    steps.press("Enter")
    moment = tuner.get_by_role("textbox", name="β₁")
    moment.fill("1")
    moment.press("Enter")
    expect(tuner.get_by_role("alert")).to_have_text(re.compile("from 0 to 0.999999"))
    assert complaints == []
    page.context.close()


BESIDE = """() => [...document.querySelectorAll('.lo-setting:has(.lo-number)')].map(setting =>
  ['label', '.lo-number'].map(part => setting.querySelector(part).getBoundingClientRect())
).filter(([name, box]) => name.width && (box.top > name.bottom || box.left < name.right))"""


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_sheet_that_opens_late_looks_like_one_that_stood_open(
    new_context: object, app_url: str, lang: str
) -> None:
    """Dots have the colors of the page, and a number stands whole beside its name."""
    page = new_context(has_touch=True, is_mobile=True).new_page()  # type: ignore[operator]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app_url}?problem=line&runs=asgd,adam&lang={lang}")
    tuner = page.get_by_test_id("tuner")
    expect(tuner).to_be_attached(timeout=20_000)
    page.locator("[class*=controls-open] label").click()
    tuner.locator("summary").click()
    for name, dot in zip(("asgd", "adam"), tuner.locator(".lo-chip i").all(), strict=True):
        red, green, blue = bytes.fromhex(look_of(name).light[1:])
        expect(dot).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    assert page.evaluate(BESIDE) == []
    boxes = tuner.locator("input.lo-number:visible").all()
    assert all(box.evaluate("node => node.scrollWidth <= node.clientWidth") for box in boxes)


SLIDE = """slider => {
  slider.stepUp(9);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.mark.parametrize("problem", ["quadratic", "line"])
def test_a_slider_moves_the_race_and_the_server_hears_before_it_is_asked(
    page: Page, app_url: str, problem: str
) -> None:
    sent: list[int] = []
    count = lambda frame: sent.append(len(frame))  # noqa: E731
    page.on("websocket", lambda socket: socket.on("framesent", count))
    page.goto(f"{app_url}?problem={problem}&runs=batch,adam,newton&adam.learning_rate=0.01")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    tuner.get_by_role("tab", name="Adam").click()
    slider = tuner.get_by_role("slider", name="learning rate η")
    seen, address = [drawn(page, stage)], page.url
    sent.clear()
    for _ in range(5):
        slider.evaluate(SLIDE)
        seen.append(drawn(page, stage))
    assert len({table for table, _ in seen}) == len({picture for _, picture in seen}) == 6
    assert "Newton" in seen[-1][0] and "–" not in seen[-1][0], "who is not tuned stays"
    assert sent == [] and page.url == address
    slider.dispatch_event("change")
    page.wait_for_function("address => location.href !== address", arg=address)
    assert drawn(page, stage)[0] == seen[-1][0]
    assert sent == []
    rate = tuner.get_by_role("textbox", name="learning rate η").input_value()
    page.get_by_role("button", name="Take it home").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Page with the player").click()
    assert f'"learning_rate":{rate}' in saving.value.path().read_text("utf-8").replace(" ", "")
    page.keyboard.press("Escape")
    page.reload()
    assert drawn(page, at_its_end(page))[0] == seen[-1][0]
    factor = tuner.get_by_role("textbox", name="all learning rates ×")
    factor.fill("0.5")
    factor.press("Enter")
    rates = [tuner.get_by_role("textbox", name="learning rate η").input_value(), "0.0225"]
    for name, rate in zip(("batch", "adam"), rates, strict=True):
        address = f"{name}.learning_rate={rate}&"
        page.wait_for_function("part => location.search.includes(part)", arg=address)
    page.get_by_role("link", name="Optimizers", exact=True).click()
    page.wait_for_url(re.compile("/optimizers"))
    expect(page.get_by_test_id("tuner")).to_have_count(0)
    assert "learning_rate" not in page.url, "no setting of a page follows to another"
    page.get_by_role("link", name="Descent Lab", exact=True).click()  # no page is left empty
    at_its_end(page)


def test_who_takes_part_is_chosen_by_keyboard(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?problem=quadratic&runs=batch,adam")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    tuner.get_by_role("button", name="Add", exact=True).press("Enter")
    search = tuner.get_by_role("combobox", name="Search optimizers")
    expect(search).to_be_focused()
    search.press_sequentially("nobody")
    expect(tuner.locator("[role=option]")).to_have_count(0)
    expect(tuner.get_by_text("No other optimizer has this in its name.")).to_be_visible()
    search.fill("")
    search.press_sequentially("ada")
    names = tuner.locator("[role=option]").all_inner_texts()
    assert len(names) > 5 and names[0].startswith("Ada") and all("ada" in x.lower() for x in names)
    search.press("ArrowDown")
    chosen = tuner.locator("[role=option][aria-selected=true]").inner_text()
    assert chosen == names[1]
    search.press("Enter")
    tab = tuner.get_by_role("tab", name=chosen, exact=True)
    expect(tab).to_have_attribute("aria-selected", "true", timeout=20_000)
    expect(stage.locator("tbody tr")).to_have_count(3)
    slider = tuner.get_by_role("slider", name="learning rate η")
    slider.press("PageUp")
    rate = tuner.get_by_role("textbox", name="learning rate η").input_value()
    tuner.get_by_role("button", name="Copy", exact=True).click()
    expect(tuner.get_by_role("tab")).to_have_count(4, timeout=20_000)
    expect(tuner.get_by_role("tab", name=f"{chosen} (2)")).to_have_attribute(
        "aria-selected", "true"
    )
    assert tuner.get_by_role("textbox", name="learning rate η").input_value() == rate
    tuner.get_by_role("button", name="Remove", exact=True).click()
    expect(tuner.get_by_role("tab")).to_have_count(3, timeout=20_000)
    expect(stage.locator("tbody tr")).to_have_count(3)
    tuner.get_by_role("tab", name="Adam").click()
    tuner.locator("summary").click()
    menu, note = tuner.get_by_label("As in a library"), tuner.locator(".lo-presets p")
    expect(note).to_contain_text("But for the learning rate they equal those of PyTorch 2.13.0")
    before = drawn(page, stage)[0]
    menu.select_option("mlx")
    expect(note).to_contain_text("equal the defaults of MLX")
    page.wait_for_function("() => location.search.includes('adam.bias_correction=0')")
    assert drawn(page, stage)[0] != before
    expect(menu).to_have_value("mlx")
    tuner.get_by_role("slider", name="β₁").press("ArrowLeft")
    expect(note).to_contain_text("No library that was measured")
    expect(menu).to_have_value("")


def test_who_opens_a_saved_page_lets_others_join(browser: Browser, tmp_path: Path) -> None:
    goal = lo.OBJECTIVES["booth"]()
    rules = [lo.OPTIMIZERS["adam"](learning_rate=0.1), lo.OPTIMIZERS["momentum"]()]
    lo.stage(lo.descend(rules, goal, n_steps=40)).save(tmp_path / "a.html")
    assert (tmp_path / "a.html").stat().st_size < 2_500_000
    page, complaints = offline_page(browser, tmp_path / "a.html")
    stage, tuner = at_its_end(page), page.get_by_test_id("tuner")
    rate = tuner.get_by_role("textbox", name="learning rate η")
    rate.fill("0.3")
    rate.press("Enter")
    tuned = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.3), goal, n_steps=40)
    tuner.get_by_role("button", name="Add", exact=True).click()
    tuner.get_by_role("combobox", name="Search optimizers").fill("RMS")
    tuner.get_by_role("option", name="RMSprop").click()
    rows = stage.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(tuner.get_by_role("tab", name="RMSprop")).to_have_attribute("aria-selected", "true")
    tuner.get_by_role("slider", name="learning rate η").press("PageUp")
    rate = tuner.get_by_role("textbox", name="learning rate η")
    joined = lo.descend(
        lo.OPTIMIZERS["rmsprop"](learning_rate=float(rate.input_value())), goal, n_steps=40
    )
    before = [tuned, lo.descend(rules[1], goal, n_steps=40), joined]
    drawn(page, stage)
    assert losses_shown(stage) == pytest.approx([run.losses[-1] for run in before], rel=6e-3)
    tuner.get_by_role("button", name="Copy", exact=True).click()
    expect(tuner.get_by_role("tab", name="RMSprop (2)")).to_be_visible()
    expect(rows).to_have_count(4)
    tuner.get_by_role("tab", name="Adam").click()
    assert tuner.get_by_role("textbox", name="learning rate η").input_value() == "0.3"
    tuner.get_by_role("button", name="Remove", exact=True).click()
    expect(rows).to_have_count(3)
    drawn(page, stage)
    left = [*before[1:], joined]
    assert losses_shown(stage) == pytest.approx([run.losses[-1] for run in left], rel=6e-3)
    assert complaints == []
    page.context.close()
