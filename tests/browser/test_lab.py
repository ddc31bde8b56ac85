"""The Descent Lab in a real browser."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from pages.ui.frame.frame import PAGES
from tests.browser.conftest import AS_FAR_AS_IT_IS

LAB = "/?problem=line"
STILL = "?problem=quadratic&runs=batch,momentum&batch.learning_rate=0.05&run.n_steps=50"


def stage_of(page: Page) -> Locator:
    stage = page.get_by_test_id("stage")
    expect(stage).to_be_visible(timeout=15_000)
    expect(stage.locator("table tbody tr").first).to_be_visible()
    return stage


def step_of(stage: Locator) -> int:
    return int(stage.get_attribute("data-step") or -1)


def paused(page: Page) -> Locator:
    """Stage, drawn and halted at its first step."""
    stage = stage_of(page)
    expect(stage.locator(".nsewdrag").first).to_be_attached(timeout=15_000)
    stage.get_by_role("button", name="To the start").click()
    expect(stage).to_have_attribute("data-playing", "false")
    expect(stage).to_have_attribute("data-step", "0")
    return stage


def losses(stage: Locator) -> list[str]:
    return stage.locator("table tbody").all_inner_texts()


def settings(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def drag_slider(page: Page, label: str, keys: str, times: int) -> None:
    handle = page.get_by_role("slider", name=label).first
    handle.focus()
    for _ in range(times):
        handle.press(keys)
        page.wait_for_timeout(250)  # faster presses are one change for the slider


def test_first_picture_plays_by_itself_also_far_from_the_server(page: Page, app_url: str) -> None:
    """A still picture stands where the stage will, and few requests bring all that is needed."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    far = {"latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {"offline": False, **far})
    page.add_init_script(AS_FAR_AS_IT_IS)
    page.goto(app_url + LAB, wait_until="commit")
    still = page.locator("[data-still] svg")
    expect(still).to_be_visible()
    box = still.locator("..").bounding_box()
    stage = stage_of(page)
    expect(page.locator("[data-still]")).to_have_count(0)
    body = stage.locator(".lo-surface .lo-body").bounding_box()
    assert box and body and all(abs(box[side] - body[side]) < 2 for side in body)
    expect(stage).to_have_attribute("data-playing", "true")
    page.wait_for_function(
        "() => +document.querySelector('[data-testid=stage]').dataset.step > 5", timeout=15_000
    )
    assert stage.locator("table tbody tr").count() >= 3
    assert sum(url.startswith("http") for url in asked) < 30
    # Plotly is only needed to zoom: it is not sent before somebody does.
    assert not any("plotly" in url for url in asked)
    expect(stage.locator(".js-plotly-plot")).to_have_count(0)
    stage.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        "() => document.querySelector('.js-plotly-plot')?._fullLayout?.xaxis.range[1] < 5"
    )


def test_pause_step_forward_and_back(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    stage = paused(page)
    at_start = losses(stage)
    stage.get_by_role("button", name="Step forward").click()
    expect(stage).to_have_attribute("data-step", "1")
    assert losses(stage) != at_start
    stage.get_by_role("button", name="Step back").click()
    expect(stage).to_have_attribute("data-step", "0")
    assert losses(stage) == at_start


def test_keyboard_drives_the_stage(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    stage = paused(page)
    stage.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_attribute("data-step", "2")
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-step", "50")
    page.keyboard.press("Home")
    expect(stage).to_have_attribute("data-step", "0")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-playing", "true")


def test_a_slider_changes_the_paths_and_the_link(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    stage = paused(page)
    stage.get_by_role("button", name="end", exact=False).last.click()
    before = losses(stage)
    drag_slider(page, "learning rate η", "ArrowRight", 2)
    page.wait_for_function("() => location.search.includes('batch.learning_rate=0.054')")
    expect(stage).to_have_attribute("data-step", "50")
    page.wait_for_function(
        "before => document.querySelector('[data-testid=stage] tbody').innerText !== before",
        arg=before[0],
    )


def test_a_click_on_the_contour_moves_the_start(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    stage = paused(page)
    before = losses(stage)
    box = stage.locator(".nsewdrag").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.25 * box["height"])
    page.wait_for_function("() => location.search.includes('quadratic.start=')")
    expect(stage).to_have_attribute("data-step", "0")
    page.wait_for_function(
        "before => document.querySelector('[data-testid=stage] tbody').innerText !== before",
        arg=before[0],
    )
    assert len(settings(page)["quadratic.start"][0].split("_")) == 2


@pytest.mark.parametrize("maker, reader", [("en-US", "ko-KR"), ("ko-KR", "en-US")])
def test_a_link_gives_the_same_numbers_in_either_language(
    new_context: Callable[..., BrowserContext], app_url: str, maker: str, reader: str
) -> None:
    link = "?problem=line&loss=huber&huber.delta=0.5&runs=sgd,adam&adam.learning_rate=0.1"
    page = new_context(locale=maker).new_page()
    page.goto(app_url + link)
    stage = stage_of(page)
    stage.focus()
    page.keyboard.press("End")
    drag_slider(page, "η", "ArrowRight", 3)
    page.wait_for_function("() => location.search.includes('sgd.learning_rate')")
    page.wait_for_timeout(500)
    stage.focus()
    page.keyboard.press("End")  # the drag may have started the play anew
    address, seen = page.url, stage.locator("tbody td:nth-child(4)").all_inner_texts()
    other = new_context(locale=reader).new_page()
    other.goto(address)
    stage = stage_of(other)
    stage.focus()
    other.keyboard.press("End")
    assert stage.locator("tbody td:nth-child(4)").all_inner_texts() == seen
    assert other.locator("body").inner_text() != page.locator("body").inner_text()


def test_a_broken_link_gives_a_notice_and_a_picture(page: Page, app_url: str) -> None:
    page.goto(app_url + "?problem=nonsense&runs=batch,%3Cb%3E&adam.learning_rate=abc&what=ever")
    stage_of(page)
    expect(page.get_by_text("cannot be used").first).to_be_visible()
    assert "nonsense" not in page.url


def test_divergence_is_explained(page: Page, app_url: str) -> None:
    page.goto(app_url + "?problem=quadratic&runs=batch&batch.learning_rate=5&run.n_steps=1000")
    stage = stage_of(page)
    expect(stage.get_by_text("diverged at step").first).to_be_visible()
    expect(stage.get_by_text("λmax").first).to_be_visible()


def test_the_language_switch_speaks_korean(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL)
    stage_of(page)
    page.get_by_text("한국어").click()
    expect(page.get_by_text("옵티마이저").first).to_be_visible()
    assert settings(page)["lang"] == ["ko"]
    assert settings(page)["problem"] == ["quadratic"]


def test_phone_shows_the_stage_first_and_folds_the_controls(
    new_context: Callable[..., BrowserContext], app_url: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(app_url + STILL)
    stage = stage_of(page)
    box = stage.bounding_box()
    assert box and box["y"] < 150 and box["width"] <= 390
    for name in ("To the start", "Play", "2D", "3D"):
        target = stage.get_by_role("button", name=name, exact=True).bounding_box()
        assert target and min(target["width"], target["height"]) >= 44, name
    main, switch = page.get_by_test_id("stMain"), page.locator(".st-key-controls label").first
    seen, below = main.bounding_box(), switch.bounding_box()
    assert seen and below and seen["y"] + seen["height"] <= below["y"], "floats over nothing"
    main.evaluate("node => node.scrollTo(0, 320)")
    slider = page.get_by_role("slider", name="learning rate η")
    expect(slider).to_be_hidden()
    page.get_by_text("Settings", exact=True).click()
    expect(slider).to_be_visible()
    picture = stage.locator(".lo-surface .lo-body").bounding_box()
    sheet = page.locator(".st-key-panel").bounding_box()
    assert picture and sheet and sheet["y"] > picture["y"] + 0.9 * picture["height"]
    assert picture["y"] >= 0, "wherever the page was scrolled to"
    play = stage.locator(".lo-play").bounding_box()
    turned = slider.first.bounding_box()
    assert play and play["y"] + play["height"] <= sheet["y"] + 1, "seen while a knob is turned"
    assert turned and turned["y"] + turned["height"] <= 844
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("slug", ["?problem=line", "optimizers", "lessons"])
def test_phone_shows_where_one_is(
    new_context: Callable[..., BrowserContext], app_url: str, slug: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{app_url}/{slug}")
    here = page.locator(".st-key-menu a[disabled]")
    expect(here).to_be_visible(timeout=15_000)
    expect(page.locator(".st-key-menu a")).to_have_count(len(PAGES))
    for link in page.locator(".st-key-menu a").all():
        box = link.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 40


def test_projector_shows_everything_without_scrolling(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(app_url + LAB)
    stage = stage_of(page)
    play = stage.get_by_role("button", name="Pause").bounding_box()
    rate = page.get_by_role("slider", name="learning rate η").bounding_box()
    assert play and play["y"] + play["height"] <= 720
    assert rate and rate["y"] + rate["height"] <= 720


RANGE = (
    "() => document.querySelector('[data-testid=stage] .js-plotly-plot')._fullLayout.xaxis.range"
)
CAMERA = "() => document.querySelector('.lo-landscape').dataset.camera"


def change_rate_while_playing(page: Page, stage: Locator) -> None:
    stage.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    before = losses(stage)
    drag_slider(page, "learning rate η", "ArrowRight", 1)
    page.wait_for_function("() => location.search.includes('batch.learning_rate=0.052')")
    page.wait_for_timeout(500)
    expect(stage).to_have_attribute("data-playing", "true")
    assert losses(stage) != before


def test_zoom_and_play_survive_a_slider_change(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL.replace("n_steps=50", "n_steps=2000"))
    stage = paused(page)
    whole = page.evaluate(RANGE)
    stage.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"whole => ({RANGE})()[0] > whole[0] + 0.1", arg=whole)
    zoomed = page.evaluate(RANGE)
    change_rate_while_playing(page, stage)
    assert page.evaluate(RANGE) == zoomed


def test_camera_and_play_survive_a_slider_change_in_3d(page: Page, app_url: str) -> None:
    page.goto(app_url + STILL.replace("n_steps=50", "n_steps=2000") + "&view=3d")
    stage = stage_of(page)
    page.wait_for_function("() => document.querySelector('.lo-landscape')?.dataset.camera")
    box = stage.locator(".lo-landscape").bounding_box()
    assert box
    untouched = page.evaluate(CAMERA)
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 290, box["y"] + 230, steps=5)
    page.mouse.up()
    page.wait_for_function(f"camera => ({CAMERA})() !== camera", arg=untouched)
    page.wait_for_timeout(800)
    turned = page.evaluate(CAMERA)
    change_rate_while_playing(page, stage)
    assert page.evaluate(CAMERA) == turned


@pytest.mark.parametrize("path", ["", "network", "batches", "losses", "compare?mode=side_by_side"])
def test_space_plays_on_a_fresh_page_and_is_not_stolen(page: Page, app_url: str, path: str) -> None:
    page.goto(f"{app_url}/{path}")
    stage = page.get_by_test_id("stage").first
    expect(stage).to_have_attribute("data-playing", "true", timeout=30_000)
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-playing", "false")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-playing", "true")
    assert page.evaluate("scrollY") == 0
    control = page.locator("button:visible, input:visible").last
    control.focus()
    control.evaluate("element => element.addEventListener('click', e => e.stopPropagation(), true)")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-playing", "true")


def test_folded_settings_show_the_values_of_the_link(page: Page, app_url: str) -> None:
    """Also on a phone, where the panel is opened first, and while keys are pressed fast."""
    page.set_viewport_size({"width": 390, "height": 844})
    link = "?problem=moons&class_weights=own&weights=1_9&runs=adam&adam.schedule=cosine"
    page.goto(app_url + link)
    stage_of(page)
    page.get_by_text("Settings", exact=True).first.click()
    page.get_by_text("More of Adam").click()
    expect(page.get_by_label("learning rate schedule")).to_have_value("cosine")
    page.get_by_role("button", name="More settings").first.click()
    numbers = page.get_by_label("weights of")
    expect(numbers).to_have_value("1, 9")
    noise = page.get_by_role("slider", name="noise").first
    noise.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('moons.noise=0.16')")
    numbers.fill("1, 4")
    numbers.press("Enter")
    page.wait_for_function("() => location.search.includes('weights=1_4')")
    expect(numbers).to_have_value("1, 4")
