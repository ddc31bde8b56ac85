"""What eyes see: tables that scroll, charts that stay readable, headings, and no WebGL."""

from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

import lossopt as lo
from tests.browser.player import OPTIONS, player_server, scene_of

PATIENCE = 30_000
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return /webgl/.test(kind) ? null : get.call(this, kind, ...rest);
};
"""
CUT = """() => [...document.querySelectorAll('.lo-table :is(th, td)')]
  .filter(cell => cell.offsetParent && cell.scrollWidth > cell.clientWidth + 1)
  .map(cell => cell.textContent)"""


@pytest.mark.parametrize("width, height", [(1280, 720), (820, 1180), (390, 844)])
def test_the_numbers_of_a_table_never_run_into_one_another(
    page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    tiny = lo.formula("1e-30*(x^2+y^2) - 1.23456e-28")
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        for layout in ({}, {"layout": "column"}):
            options = {**OPTIONS, "scale": "linear"}
            page.evaluate("s => window.mount('a', s)", scene_of(tiny, options=options, **layout))
            page.wait_for_function("() => document.querySelector('.lo-table td')?.textContent")
            loss = page.locator(".lo-table td.lo-loss").first
            expect(loss).to_contain_text("×10⁻²⁸")
            assert page.evaluate(CUT) == []
            page.evaluate("() => window.stages.a.destroy()")


@pytest.mark.parametrize("width", [390, 360, 280])
def test_a_narrow_table_gives_every_name_a_line_of_its_own(page: Page, width: int) -> None:
    """And its numbers the next one: nothing breaks into pieces or scrolls out of sight."""
    page.set_viewport_size({"width": width, "height": 844})
    scene = scene_of(lo.OBJECTIVES["booth"]())
    for run in scene["runs"]:
        run.update(label="미니 배치 경사 하강법 (2)", detail="η 0.01")
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("s => window.mount('a', s)", scene)
        page.wait_for_function("() => document.querySelector('.lo-table td')?.textContent")
        table = page.get_by_role("table")
        lines = table.locator("tbody").get_by_role("row").all()
        for line in lines:
            name = line.locator(".lo-label")
            assert name.evaluate("node => node.getClientRects().length") == 1
            cells = [cell.bounding_box() for cell in line.get_by_role("cell").all()]
            shown = [cell for cell in cells if cell and cell["width"]]
            assert len(shown) == 3 and len({cell["y"] for cell in shown}) == 1
        room = page.locator(".lo-table-room")
        assert room.evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_a_table_says_all_that_a_run_says_of_itself(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    scene = scene_of(lo.OBJECTIVES["booth"]())
    for run in scene["runs"]:
        run.update(
            label="Apache MXNet, Chainer and 5 more",
            detail="ε 10⁻⁷ · place of ε before the correction · decoupled weight decay on",
        )
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("s => window.mount('a', s)", scene)
        page.wait_for_function("() => document.querySelector('.lo-table td')?.textContent")
        assert page.evaluate(CUT.replace(":is(th, td)", ":is(th, td, .lo-detail)")) == []
        heights = page.locator(".lo-detail").evaluate_all("all => all.map(a => a.offsetHeight)")
        assert max(heights) < 40, "at most two lines"


def test_a_run_that_falls_without_end_leaves_all_others_readable(page: Page) -> None:
    saddle = lo.OBJECTIVES["saddle"]()
    options = {**OPTIONS, "scale": "linear"}
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        scene = scene_of(saddle, n_steps=200, options=options)
        assert min(run["diverged_at"] is None for run in scene["runs"])
        page.evaluate("scene => window.mount('a', scene)", scene)
        told = page.locator(".lo-messages p", has_text="An arrow at the edge")
        expect(told.first).to_contain_text("momentum")
        expect(told.last).to_contain_text("picture of the params")
        page.wait_for_function("() => document.querySelector('.lo-base .nsewdrag')")
        picture = page.evaluate("() => window.stages.a.svg()")
        assert "−10" in picture and "10⁹" not in picture and "×10" not in picture


def test_the_landscape_needs_no_webgl(page: Page, app_url: str) -> None:
    """True heights as long as they show more than the rim; else it says why not, and obeys."""
    page.add_init_script(NO_WEBGL)
    page.goto(f"{app_url}/?view=3d&problem=quadratic")
    drawn = page.locator(".lo-landscape[data-camera]")
    expect(drawn).to_be_visible(timeout=PATIENCE)
    true = page.get_by_role("button", name="true heights", exact=True)
    expect(true).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".lo-landscape-note")).to_be_empty()
    before = drawn.get_attribute("data-camera")
    drawn.press("ArrowLeft")
    expect(drawn).not_to_have_attribute("data-camera", before or "")
    page.goto(f"{app_url}/?view=3d&problem=rosenbrock")
    note = page.locator(".lo-landscape-note")
    expect(note).to_contain_text("true ones would show little", timeout=PATIENCE)
    expect(true).to_have_attribute("aria-pressed", "false")
    true.click()
    expect(note).to_be_empty()
    page.wait_for_function("() => location.search.includes('heights=loss')")
    assert page.locator("[data-failure]:not([data-failure=''])").count() == 0


@pytest.mark.parametrize("name", ["optimizers", "network", "glossary", "compare?mode=side_by_side"])
def test_headings_come_in_order(page: Page, app_url: str, name: str) -> None:
    page.goto(f"{app_url}/{name}")
    for level in ("h1", "h2"):
        expect(page.locator(level).first).to_be_visible(timeout=PATIENCE)
    levels = [
        int(tag[1])
        for tag in page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "nodes => nodes.map(node => node.tagName)"
        )
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))


def test_both_stages_side_by_side_have_names_of_their_own(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/compare?mode=side_by_side")
    stages = page.get_by_test_id("stage")
    expect(stages).to_have_count(2, timeout=PATIENCE)
    names = stages.evaluate_all("nodes => nodes.map(node => node.getAttribute('aria-label'))")
    assert len(set(names)) == 2
    headings = page.locator("h2").all_inner_texts()
    assert ["κ 25" in headings[0], "κ 5" in headings[1]] == [True, True]


CONTRAST = """node => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const seen = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  let [alpha, ground] = [1, null];
  for (let box = node; box; box = box.parentElement) {
    alpha *= getComputedStyle(box).opacity;
    const color = seen(getComputedStyle(box).backgroundColor);
    if (!ground && color[3] === 255) ground = color.slice(0, 3);
  }
  const text = seen(getComputedStyle(node).color);
  alpha *= text.pop() / 255;
  const both = [light(ground), light(text.map((c, i) => alpha * c + (1 - alpha) * ground[i]))];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""
SMALL = {
    "optimizers": ("[data-testid=stCaptionContainer] p", ".token.string", ".token.number"),
    "lessons?lesson=stable_rate": ("[data-testid^=stBaseButton-primary] p",),
    "lessons?lesson=fair_comparison": ("[data-testid^=stBaseButton-primary]:disabled p:visible",),
    "compare?mode=race&problem=line": (
        "[data-testid^=stBaseButton-primary] p",
        "[data-testid=stWidgetLabel][disabled] p",
    ),
    "compare?mode=scoreboard&board.rules=adam&board.goals=beale": ("[data-tag] span",),
}
"""Text that Streamlit draws paler than eyes with little contrast can read, page by page."""


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def wait_for_contrast(page: Page, text: Locator, least: float = 4.5) -> None:
    """What is drawn anew fades in."""
    expect(text).to_be_visible(timeout=PATIENCE)
    until = f"([text, least]) => ({CONTRAST})(text) >= least"
    page.wait_for_function(until, arg=[text.element_handle(), least])


def dress(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Let the machine's colors be these, and wait until the page has them."""
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme, timeout=PATIENCE)


@pytest.mark.parametrize("name", SMALL)
def test_small_print_has_contrast(page: Page, app_url: str, name: str) -> None:
    page.goto(f"{app_url}/{name}")
    for scheme in SCHEMES:
        dress(page, scheme)
        for selector in SMALL[name]:
            text = page.locator(f"[data-testid=stMain] {selector}").last
            wait_for_contrast(page, text, 2.0 if ":disabled" in selector else 4.5)


def test_what_opens_above_a_page_has_its_colors(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?problem=line")
    page.get_by_role("button", name="Code for this run").click()
    dialog = page.get_by_role("dialog")
    for scheme in SCHEMES:
        dress(page, scheme)
        for selector in ("[data-testid=stCaptionContainer] p", ".token.keyword", ".token.string"):
            wait_for_contrast(page, dialog.locator(selector).first)


def test_a_box_of_many_choices_shows_them_all(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/compare?mode=scoreboard")
    chips = page.locator("[data-tag]")
    expect(chips).to_have_count(15, timeout=PATIENCE)
    cut = chips.evaluate_all(
        """all => all.filter(chip => {
          let [low, high] = [-Infinity, Infinity];
          for (let each = chip; each && each !== document.body; each = each.parentElement) {
            if (each.matches('[data-testid=stMain]')) break;
            if (getComputedStyle(each).overflowY === 'visible') continue;
            const { top, bottom } = each.getBoundingClientRect();
            [low, high] = [Math.max(low, top), Math.min(high, bottom)];
          }
          const { top, bottom } = chip.getBoundingClientRect();
          return top < low - 1 || bottom > high + 1;
        }).map(chip => chip.innerText)"""
    )
    assert cut == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_phone_never_scrolls_sideways(page: Page, app_url: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app_url}/compare?mode=map&run.n_steps=60&lang={lang}")
    title = page.locator(".lo-map .lo-title")
    expect(title).to_be_visible(timeout=PATIENCE)
    assert title.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth + 1")


def test_the_table_of_a_race_fits_a_phone(page: Page, app_url: str) -> None:
    """Names of its columns break before it scrolls."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app_url}/compare?problem=line")
    table = page.locator(".compare-table div").first
    expect(table).to_contain_text("Nesterov", timeout=PATIENCE)
    assert table.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_map_of_a_saddle_has_many_colors(page: Page, app_url: str) -> None:
    """One run that falls without end does not flatten all others."""
    page.goto(f"{app_url}/compare?mode=map&problem=saddle&layer=final_loss&run.n_steps=60")
    canvas = page.locator(".lo-map canvas").first
    expect(canvas).to_be_visible(timeout=PATIENCE)
    colors = canvas.evaluate(
        """canvas => {
          const { width, height } = canvas;
          const middle = Math.floor(height / 2);
          const { data } = canvas.getContext('2d').getImageData(0, middle, width, 1);
          const seen = new Set();
          for (let k = 0; k < data.length; k += 4) seen.add(data.slice(k, k + 3).join());
          return seen.size;
        }"""
    )
    assert colors > 15


@pytest.mark.parametrize("away", [0.5, 1.0])
def test_a_label_leaves_the_star_of_a_minimizer_in_sight(page: Page, away: float) -> None:
    """The star stands where the label of the head beside it would stand first.

    Both heads lie on one another: their names stand at the rim, in the order of the race.
    """
    scene = scene_of(lo.OBJECTIVES["quadratic"]())
    x, y = scene["start"]
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("s => window.mount('a', s)", {**scene, "minimizers": [[x + away, y]]})
        page.wait_for_function("() => document.querySelector('.lo-base .nsewdrag')")
        covered = page.evaluate(
            """async () => {
              const host = document.body.appendChild(document.createElement('div'));
              host.innerHTML = await window.stages.a.svg();
              const box = (node) => node.getBoundingClientRect();
              const stars = [...host.querySelectorAll('path[fill="#ffffff"][transform]')].map(box);
              const named = [...host.querySelectorAll('text[fill]:not([fill=none])')]
                .filter(node => /^(gradient_descent|momentum)$/.test(node.textContent))
                .map(node => ({ name: node.textContent, box: box(node) }));
              const [star] = stars.filter(({ width }) => width > 10 && width < 18);
              const labels = named.map(({ box }) => box);
              const order = named.sort((a, b) => a.box.top - b.box.top).map(({ name }) => name);
              const inOrder = order.join() === 'gradient_descent,momentum';
              return [stars.length, labels.length, inOrder, labels.filter(label =>
                label.left < star.right && star.left < label.right &&
                label.top + 3 < star.bottom && star.top < label.bottom - 3).length];
            }"""
        )
        assert covered == [1, 2, True, 0]


OVERLAPS = """() => [...document.querySelectorAll('[data-testid=stSlider]')].map(slider => {
  const name = slider.querySelector('[data-testid=stWidgetLabel] p');
  const value = slider.querySelector('[data-testid=stSliderThumbValue]');
  return [name, value].map(part => part.getBoundingClientRect());
}).filter(([name, value]) => value.top < name.bottom).length"""


def test_names_are_whole_on_a_tablet(page: Page, app_url: str) -> None:
    """Of the pages in the menu, and of controls whose value stands at the left end."""
    page.goto(f"{app_url}/batches?lang=ko")
    sliders = page.get_by_test_id("stSliderThumbValue")
    expect(sliders).to_have_count(6, timeout=PATIENCE)
    assert page.evaluate(OVERLAPS) == 0
    menu = page.locator(".st-key-menu")
    for width in (1280, 901, 820):
        page.set_viewport_size({"width": width, "height": 1180})
        assert menu.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), width


def test_no_axis_has_a_single_tick(page: Page) -> None:
    """One number beside an axis says nothing about its scale."""
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        alone = page.evaluate(
            """async () => {
              const { linearScale, logScale, ticksOf } = await import('/stage/axes.js');
              const ends = [
                [-1.02, 1.98], [-1.55, 0.2], [-2.5, -0.9], [0.69, 0.7], [0.3, 2], [3, 40],
                [1e-9, 4],
              ];
              return [linearScale, logScale].flatMap(scale =>
                ends.filter(([low]) => low > 0 || scale === linearScale).flatMap(range =>
                  [0.5, 1, 2, 3, 5].filter(room => ticksOf(scale(range), room).length < 2)
                    .map(room => [scale.name, range, room])));
            }"""
        )
    assert alone == []


def test_the_magnifier_comes_by_itself_and_obeys(page: Page) -> None:
    scene = scene_of(lo.OBJECTIVES["quadratic"](), n_steps=300)
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("s => window.mount('a', s)", scene)
        stage, window = page.get_by_test_id("stage"), page.locator(".lo-magnifier")
        place = "() => document.querySelector('.lo-magnifier').offsetLeft"
        expect(stage.locator("tbody tr").first).to_be_visible(timeout=PATIENCE)
        stage.focus()
        expect(window).to_be_hidden()
        page.keyboard.press("End")
        expect(window).to_have_accessible_name("Magnifier: 500 times as large")
        page.keyboard.press("Home")
        expect(window).to_be_hidden()
        page.keyboard.press("End")
        page.get_by_role("button", name="Close the magnifier").click()
        expect(window).to_be_hidden()
        page.get_by_role("button", name="Magnifier", exact=True).click()
        expect(window).to_be_visible()
        before = page.evaluate(place)
        window.get_by_role("button", name="press arrow keys").press("ArrowLeft")
        page.wait_for_function(f"before => Math.abs(({place})() - before + 24) <= 1", arg=before)
        expect(stage).to_have_attribute("data-step", "300")
        page.get_by_role("button", name="Keep to this place").click()
        stage.focus()
        page.keyboard.press("Home")
        expect(window).to_have_accessible_name("Magnifier: 500 times as large")
        page.get_by_role("button", name="Keep to this place").click()
        stage.focus()
        for _ in range(8):
            page.keyboard.press("ArrowRight")
        expect(window).not_to_have_accessible_name("Magnifier: 500 times as large")
        page.get_by_role("button", name="3D").click()
        expect(window).to_be_visible()
        expect(page.locator(".lo-magnifier-mark")).to_be_visible()
        page.get_by_role("button", name="Close the magnifier").click()
        expect(window).to_be_hidden()


def test_the_magnifier_leaves_names_their_room(page: Page) -> None:
    scene = scene_of(lo.OBJECTIVES["quadratic"](), n_steps=300)
    short = {**scene, "runs": [{**run, "label": run["label"][:3]} for run in scene["runs"]]}
    page.set_viewport_size({"width": 390, "height": 844})
    with player_server() as url:
        for told, comes in ((short, True), (scene, False)):
            page.goto(url)
            page.wait_for_function("() => window.ready")
            page.evaluate("s => window.mount('a', s)", told)
            stage, window = page.get_by_test_id("stage"), page.locator(".lo-magnifier")
            expect(stage.locator("tbody tr").first).to_be_visible(timeout=PATIENCE)
            stage.focus()
            page.keyboard.press("End")
            expect(stage).to_have_attribute("data-step", "300")
            expect(window).to_be_visible(visible=comes)
        page.get_by_role("button", name="Magnifier", exact=True).click()
        expect(window).to_be_visible()


REACH = """() => {
  const [canvas] = [...document.querySelectorAll('canvas.lo-sheet')]
    .filter(each => each.previousElementSibling?.classList.contains('lo-landscape'));
  if (!canvas?.width) return null;
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let [left, right] = [width, 0];
  for (let k = 0; k < width * height; k += 1) if (data[4 * k + 3] > 60) {
    left = Math.min(left, k % width);
    right = Math.max(right, k % width);
  }
  return right > left ? [left / width, right / width] : null;
}"""


def test_the_whole_landscape_is_seen_at_first(page: Page) -> None:
    """And again when the window has changed, until somebody turns it."""
    scene = scene_of(lo.OBJECTIVES["rosenbrock"](), options={**OPTIONS, "view": "3d"})
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("s => window.mount('a', s)", scene)
        page.wait_for_function(REACH)
        for width, height in ((820, 1180), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            fills = "0 < left && right < 1 && right - left > 0.75"
            page.wait_for_function(
                f"() => {{ const [left, right] = ({REACH})() ?? [0, 1]; return {fills}; }}"
            )
