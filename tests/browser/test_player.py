"""What pages may add to a scene, on the player alone."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import lossopt as lo
from lossopt.figures.messages import Arrow, Band, Dots, Extras, Line, as_json
from lossopt.figures.packing import pack
from lossopt.figures.palette import Color
from tests.browser.player import OPTIONS, player_server, scene_of

BLUE = Color("#0000ff", "#0000ff")
FRAMES = 11
BLUES = """([id, part]) => {
  const sheets = document.querySelectorAll(`#${id} .lo-${part} .lo-body canvas`);
  let found = 0;
  for (const sheet of sheets) {
    if (!sheet.width || sheet.hidden) continue;
    const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
    for (let i = 0; i < data.length; i += 4)
      found += data[i + 3] > 150 && data[i + 2] > data[i] + 100 && data[i + 2] > data[i + 1] + 100;
  }
  return found;
}"""
Mount = Callable[..., Page]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with player_server() as address:
        yield address


@pytest.fixture
def mount(page: Page, url: str) -> Mount:
    def show(scene: dict[str, Any], place: str = "a", settings: str = "{}") -> Page:
        if not page.url.startswith(url):
            page.goto(url)
            page.wait_for_function("() => window.ready")
        script = f"([id, scene]) => window.mount(id, scene, {settings})"
        page.evaluate(script, [place, scene])
        page.wait_for_selector(f"#{place} .js-plotly-plot")
        page.wait_for_selector(f"#{place} tbody tr")
        return page

    return show


def blues(page: Page, part: str, place: str = "a") -> int:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return int(page.evaluate(BLUES, [place, part]))


def step(page: Page, key: str, place: str = "a") -> None:
    page.locator(f"#{place} [data-testid=stage]").focus()
    page.keyboard.press(key)


ARROW = [[-1.0, -1.0, 1.0, 1.0]] * (FRAMES - 1) + [[np.nan] * 4]
EXTRAS: dict[str, dict[str, Any]] = {
    name: as_json(extras)
    for name, extras in {
        "arrows": Extras(arrows=(Arrow(color=BLUE, dash=(), xy=pack(ARROW)),)),
        "dots": Extras(dots=(Dots(color=BLUE, marker="circle", n=2, xy=pack([[0, 0], [1, 1]])),)),
        "lines": Extras(
            lines=(Line(color=BLUE, dash=(6, 4), closed=True, xy=pack([[-1, 0], [1, 0], [0, 1]])),)
        ),
    }.items()
}


@pytest.mark.parametrize("name", EXTRAS)
def test_overlays_are_drawn_on_the_surface(mount: Mount, name: str) -> None:
    quadratic = lo.OBJECTIVES["quadratic"]()
    plain = blues(mount(scene_of(quadratic)), "surface")
    shown = blues(mount(scene_of(quadratic, **EXTRAS[name]), "b"), "surface", "b")
    assert shown > plain + 20


def test_arrows_and_sentences_follow_the_step(mount: Mount) -> None:
    sentence = {"text": "length {0}, slope {1}", "values": pack(np.arange(2 * FRAMES))}
    scene = scene_of(lo.OBJECTIVES["quadratic"](), sentences=[sentence], **EXTRAS["arrows"])
    page = mount(scene)
    expect(page.locator("#a .lo-live")).to_have_text("length 0, slope 1")
    pointing = blues(page, "surface")
    step(page, "End")
    expect(page.locator("#a .lo-live")).to_have_text("length 20, slope 21")
    assert blues(page, "surface") < pointing - 20


def test_bands_lie_on_the_loss_curve(mount: Mount) -> None:
    quadratic = lo.OBJECTIVES["quadratic"]()
    losses = lo.descend(lo.OPTIMIZERS["momentum"](), quadratic, n_steps=10).losses
    sides = {"low": pack(0.5 * losses), "middle": pack(losses), "high": pack(2 * losses)}
    banded = scene_of(quadratic, bands=[as_json(Band(color=BLUE, **sides))])
    plain = blues(mount(scene_of(quadratic)), "curve")
    assert blues(mount(banded, "b"), "curve", "b") > plain + 50


def test_batches_ring_other_samples_at_every_step(mount: Mount) -> None:
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    rows = np.full((FRAMES, 3), -1.0)
    rows[1] = [0, 1, 2]
    page = mount(scene_of(risk, fit={"batches": pack(rows), "batch_size": 3}))
    picture = "() => [...document.querySelectorAll('#a .lo-fit canvas')].at(-1).toDataURL().length"
    without = page.evaluate(picture)
    step(page, "ArrowRight")
    page.wait_for_function(f"without => ({picture})() > without + 200", arg=without)


@pytest.mark.parametrize("mark", ["square", "bar", "disc"])
def test_penalties_are_drawn_where_they_are_numbers(mount: Mount, mark: str) -> None:
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    values = np.full((FRAMES, risk.n_samples), np.nan)
    values[1] = 3.0
    fit = {"residuals": mark, "residual_values": pack(values), "residual_unit": 1.0}
    scene = scene_of(risk, fit=fit)
    page = mount({**scene, "runs": scene["runs"][:1]})
    picture = "() => [...document.querySelectorAll('#a .lo-fit canvas')].at(-1).toDataURL().length"
    without = page.evaluate(picture)
    step(page, "ArrowRight")
    page.wait_for_function(f"without => ({picture})() > without + 1000", arg=without)


def leftmost(page: Page, data: lo.Dataset) -> tuple[int, float, float, float]:
    """Number and pixel of the leftmost data point, and the width of a pixel in the data."""
    box = page.locator("#a .lo-fit .lo-body").bounding_box()
    assert box
    k = int(data.X[:, 0].argmin())
    low, high = float(data.X.min()), float(data.X.max())
    left, right = low - 0.08 * (high - low), high + 0.08 * (high - low)
    y0, y1 = float(data.y.min()), float(data.y.max())
    bottom, top = y0 - 0.12 * (y1 - y0), y1 + 0.12 * (y1 - y0)
    width, height = box["width"] - 46 - 12, box["height"] - 8 - 34 - 14
    px = box["x"] + 46 + width * (low - left) / (right - left)
    py = box["y"] + 8 + 14 + height * (top - float(data.y[k])) / (top - bottom)
    return k, px, py, (right - left) / width


def test_a_data_point_is_dragged_and_not_moved_by_a_click(mount: Mount) -> None:
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    page = mount(scene_of(risk, fit={"draggable": True}))
    k, px, py, unit = leftmost(page, risk.dataset)
    page.mouse.click(px, py)
    assert page.evaluate("() => window.told.length") == 0
    page.mouse.down()
    page.mouse.move(px + 20, py - 12, steps=4)
    page.mouse.up()
    told = page.evaluate("() => window.told.at(-1)")
    assert told["index"] == k
    assert told["x"] == pytest.approx(float(risk.dataset.X[k, 0]) + 20 * unit, rel=0.05)


def test_stages_of_one_clock_stay_in_step(mount: Mount) -> None:
    scene = scene_of(lo.OBJECTIVES["quadratic"](), n_steps=40)
    page = mount(scene)
    mount(scene, "b", "{ transport: false }")
    first, second = (page.locator(f"#{place} [data-testid=stage]") for place in "ab")
    expect(page.locator("#b .lo-transport")).to_be_hidden()
    step(page, "ArrowRight", "b")
    for stage in (first, second):
        expect(stage).to_have_attribute("data-step", "1")
    step(page, "Space")
    page.wait_for_function(
        "() => document.querySelector('#a [data-testid=stage]').dataset.step === '40'"
    )
    expect(second).to_have_attribute("data-step", "40")


@pytest.mark.parametrize("key, last", [("End", "900"), ("Home", "0")])
def test_who_halts_a_race_before_it_is_drawn_is_not_overruled(
    page: Page, url: str, key: str, last: str
) -> None:
    page.goto(url)
    page.wait_for_function("() => window.ready")
    options = {**OPTIONS, "autoplay": True}
    hold = """([scene, key]) => {
      window.mount("a", scene);
      const stage = document.querySelector("#a [data-testid=stage]");
      const watch = new MutationObserver(() => {
        if (!stage.querySelector("tbody tr")) return;
        watch.disconnect();  // the runs are there, the surface is not
        window.early = !stage.querySelector(".nsewdrag");
        stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      });
      watch.observe(stage, { subtree: true, childList: true });
    }"""
    scene = scene_of(lo.OBJECTIVES["quadratic"](), n_steps=900, options=options)
    page.evaluate(hold, [scene, key])
    page.wait_for_selector("#a .js-plotly-plot .nsewdrag", state="attached")
    stage = page.locator("#a [data-testid=stage]")
    assert page.evaluate("() => window.early")
    for _ in range(2):
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    expect(stage).to_have_attribute("data-step", last)
    expect(stage).to_have_attribute("data-playing", "false")


def test_runs_of_a_scene_that_was_overtaken_are_never_drawn(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => window.ready")
    scenes = [scene_of(lo.OBJECTIVES["quadratic"](), n_steps=n) for n in (10, 20, 30, 40)]
    for k in (1, 3):  # modules that are told apart, and load when told to
        gate = "new Promise((go) => { window.go = go; })"  # one for all who load the module
        waits = f"await (window.gate{k} ??= {gate});\n"
        scenes[k]["live"]["text"] = waits + scenes[k]["live"]["text"]
    overtake = """([soon, late]) => {
      if (!window.stages.a) window.mount("a", soon);
      return window.stages.a.update(soon).then(() => { window.stages.a.update(late); });
    }"""
    frames = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    clock = page.get_by_role("slider", name="Step shown")
    for k, shown in ((0, None), (2, "20")):
        page.evaluate(overtake, scenes[k : k + 2])
        page.evaluate(frames)
        assert page.locator("#a tbody tr").count() == (2 if shown else 0)
        if shown:
            expect(clock).to_have_attribute("max", shown)
        page.wait_for_function("() => window.go")
        page.evaluate("() => { window.go(); delete window.go; }")
        expect(clock).to_have_attribute("max", str(10 * (k + 2)))


def test_of_two_runs_the_longer_one_sets_the_clock(mount: Mount) -> None:
    quadratic = lo.OBJECTIVES["quadratic"]()
    page = mount(scene_of(quadratic, n_steps=10))
    mount(scene_of(quadratic, n_steps=30), "b")
    step(page, "End")
    for place, last in (("a", "10"), ("b", "30")):
        expect(page.locator(f"#{place} [data-testid=stage]")).to_have_attribute("data-step", last)


def test_a_picture_holds_what_is_drawn_and_leaves_the_stage_as_it_was(mount: Mount) -> None:
    scene = scene_of(lo.OBJECTIVES["quadratic"](), **EXTRAS["lines"])
    scene["runs"][0]["label"] = "<b>&"
    page = mount(scene)
    before = blues(page, "surface")
    picture = page.evaluate("() => window.stages.a.svg()")
    assert "&lt;b&gt;&amp;" in picture and "<b>" not in picture
    assert picture.count("#0000ff") >= 2  # the line, and its tint in the gaps of a dash
    page.wait_for_timeout(300)
    assert blues(page, "surface") == before > 20


BASELINES = """() => {
  const { prototype } = CanvasRenderingContext2D, { fillText } = prototype;
  window.baselines = new Set();
  prototype.fillText = function (...words) {
    window.baselines.add(this.textBaseline);
    return fillText.apply(this, words);
  };
}"""


def test_words_stand_where_all_browsers_put_them(mount: Mount, page: Page, url: str) -> None:
    """Edges of letters lie elsewhere in each browser, and in SVG; so do the words of own menus."""
    page.goto(url)
    page.wait_for_function("() => window.ready")
    page.evaluate(BASELINES)
    mount(scene_of(lo.OBJECTIVES["booth"]()))
    page.wait_for_function("() => window.baselines.size")
    assert set(page.evaluate("() => [...window.baselines]")) <= {"alphabetic", "middle"}
    assert "edge" not in page.evaluate("() => window.stages.a.svg()")
    looks = "menus => menus.map(menu => getComputedStyle(menu).appearance)"
    assert set(page.locator("#a select").evaluate_all(looks)) == {"none"}


def test_boxes_are_measured_alike_in_the_app_and_alone(mount: Mount) -> None:
    page = mount(scene_of(lo.OBJECTIVES["booth"]()))
    parts = "parts => [...new Set(parts.map(part => getComputedStyle(part).boxSizing))]"
    assert page.locator("#a [data-testid=stage] *").evaluate_all(parts) == ["border-box"]
