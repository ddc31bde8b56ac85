"""The stage runs its race by itself: a dragged start, without a word to the server."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import lossopt as lo
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane
from tests.browser.player import messages_of, player_server, scene_of

AT = """(stage, [x, y]) => {
  const base = stage.querySelector(".js-plotly-plot");
  const { xaxis, yaxis } = base._fullLayout;
  const box = base.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)];
}"""
PICTURE = """stage => [...stage.querySelectorAll("canvas.lo-sheet")]
  .filter(sheet => !sheet.hidden).map(sheet => sheet.toDataURL()).join()"""
CAMERA = "() => document.querySelector('.lo-landscape')?.dataset.camera"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def drawn(page: Page, stage: Locator) -> tuple[str, str]:
    """What the table and the canvases show."""
    page.evaluate(DRAWN)
    page.evaluate(DRAWN)
    return stage.locator("tbody").inner_text(), stage.evaluate(PICTURE)


def at_its_end(page: Page) -> Locator:
    stage = page.get_by_test_id("stage")
    expect(stage.locator("tbody tr").first).to_be_visible(timeout=20_000)
    page.wait_for_selector(".js-plotly-plot, .lo-landscape[data-camera]", state="attached")
    expect(stage).to_have_attribute("data-playing", "true", timeout=20_000)
    stage.get_by_role("button", name="Pause").click()
    stage.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(700)  # nothing is under way any more
    return stage


def press_start(page: Page, stage: Locator, start: tuple[float, float]) -> tuple[float, float]:
    x, y = stage.evaluate(AT, list(start))
    page.mouse.move(x - 60, y)
    page.mouse.move(x, y)
    expect(stage.locator(".lo-base.lo-grasp")).to_have_count(1)
    page.mouse.down()
    return x, y


@pytest.mark.parametrize("problem", ["quadratic", "line", "one_feature"])
def test_a_dragged_start_moves_all_paths_and_the_server_hears_before_it_is_asked(
    page: Page, app_url: str, problem: str
) -> None:
    sent = messages_of(page)
    page.goto(f"{app_url}?problem={problem}&runs=batch,mini_batch,adam&{problem}.start=0.5_0.25")
    stage = at_its_end(page)
    seen = [drawn(page, stage)]
    address = page.url
    x, y = press_start(page, stage, (0.5, 0.25))
    sent.clear()
    for k in range(1, 6):
        page.mouse.move(x + 9 * k, y - 6 * k)
        seen.append(drawn(page, stage))
    assert len({table for table, _ in seen}) == len({picture for _, picture in seen}) == 6
    page.wait_for_timeout(500)
    assert sent == [] and page.url == address
    page.mouse.up()
    page.wait_for_function("address => location.href !== address", arg=address)
    page.wait_for_timeout(1500)
    assert sent == []
    table, picture = drawn(page, stage)
    assert table == seen[-1][0]
    expect(stage).not_to_have_class("lo-turned")
    if problem == "quadratic":  # the surface of data follows its start
        assert picture == seen[-1][1]
    start = parse_qs(urlparse(page.url).query)[f"{problem}.start"][0]
    page.get_by_role("button", name="Code for this run").click()
    expect(page.get_by_role("dialog")).to_contain_text(start.replace("_", ", "))
    page.reload()
    assert drawn(page, at_its_end(page))[0] == table


FIND = """stage => {
  const base = [...stage.querySelectorAll(".lo-base")].find(each => !each.hidden);
  const box = base.getBoundingClientRect(), found = [];
  for (let y = box.top; y < box.bottom; y += 5) for (let x = box.left; x < box.right; x += 5) {
    base.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, bubbles: true }));
    if (base.classList.contains("lo-grasp")) found.push([x, y]);
  }
  return [0, 1].map(i => found.reduce((sum, place) => sum + place[i], 0) / found.length);
}"""


def test_the_start_is_dragged_over_the_landscape(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?problem=quadratic&runs=batch,adam&quadratic.start=-1_1&view=3d")
    page.wait_for_function(CAMERA, timeout=30_000)
    stage = at_its_end(page)
    camera = page.evaluate(CAMERA)
    x, y = stage.evaluate(FIND)
    page.mouse.move(x, y)
    page.mouse.down()
    seen = [drawn(page, stage)]
    for k in range(1, 4):
        page.mouse.move(x + 12 * k, y + 6 * k)
        seen.append(drawn(page, stage))
    assert len({table for table, _ in seen}) == 4
    assert page.evaluate(CAMERA) == camera
    page.mouse.up()
    page.wait_for_function("() => !location.search.includes('quadratic.start=-1_1')")
    page.wait_for_timeout(1500)
    assert drawn(page, stage)[0] == seen[-1][0]
    place = stage.evaluate(FIND)
    assert abs(place[0] - x - 36) < 6 and abs(place[1] - y - 18) < 6


def test_whoever_stands_beside_the_stage_can_tune_its_race(page: Page) -> None:
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        page.evaluate("scene => window.mount('a', scene)", scene_of(lo.OBJECTIVES["booth"]()))
        page.wait_for_selector("#a tbody tr")
        stage = page.locator("#a [data-testid=stage]")
        stage.focus()
        page.keyboard.press("End")
        page.wait_for_timeout(500)
        before = drawn(page, stage)
        tune = "([id, fields, detail]) => window.stages.a.tune(id, fields, detail)"
        page.evaluate(tune, ["momentum", {"learning_rate": 0.01, "momentum": 0.5}, "μ 0.5"])
        after = drawn(page, stage)
        assert "μ\u00a00.5" in after[0] and before[1] != after[1]
        rule = lo.OPTIMIZERS["momentum"](learning_rate=0.01, momentum=0.5)
        run = lo.descend(rule, lo.OBJECTIVES["booth"](), n_steps=10)
        assert f"{run.losses[-1]:.3g}" in after[0]
        page.evaluate(tune, ["momentum", None, None])
        assert drawn(page, stage) == before
        assert page.evaluate("() => window.stages.a.canTakeSteps()")
        page.evaluate("() => window.stages.a.setSteps(30)")
        drawn(page, stage)
        page.keyboard.press("End")
        expect(stage).to_have_attribute("data-step", "30")
        page.evaluate("() => window.stages.a.setSteps(null)")
        expect(stage).to_have_attribute("data-step", "10")
        assert drawn(page, stage)[0] == before[0]


def test_an_answer_to_an_earlier_choice_does_not_undo_a_later_one(page: Page) -> None:
    goal = lo.OBJECTIVES["booth"]()
    names = ("gradient_descent", "momentum")
    with player_server() as url:
        page.goto(url)
        page.wait_for_function("() => window.ready")
        told = "{ onStart: ({ params }) => window.told.push(params) }"
        page.evaluate(f"scene => window.mount('a', scene, {told})", scene_of(goal))
        page.wait_for_selector("#a .js-plotly-plot")
        stage = page.locator("#a [data-testid=stage]")
        stage.focus()
        page.keyboard.press("End")
        page.wait_for_timeout(700)
        x, y = stage.evaluate(AT, goal.start.tolist())
        for dx in (40, 40):
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + dx, y - 20)
            page.mouse.up()
            x, y = x + dx, y - 20
        seen = drawn(page, stage)
        starts = page.evaluate("() => window.told")
        assert len(starts) == 2
        for start in starts:  # the page answers one after the other
            rules = [lo.OPTIMIZERS[name](learning_rate=0.05) for name in names]
            runs = lo.descend(rules, goal, start=start, n_steps=10)
            live = as_json(live_message(goal, axis_plane(goal), runs))
            answer = scene_of(goal) | {"live": live, "start": start}
            page.evaluate("scene => window.stages.a.update(scene)", answer)
            assert drawn(page, stage) == seen
        page.evaluate("scene => window.stages.a.update(scene)", scene_of(goal))
        assert drawn(page, stage)[0] != seen[0]


def test_a_saved_page_runs_from_any_start(browser: Browser, tmp_path: Path) -> None:
    rules = [lo.OPTIMIZERS["adam"](learning_rate=0.1), lo.OPTIMIZERS["momentum"]()]
    goal = lo.OBJECTIVES["himmelblau"]()
    lo.stage(lo.descend(rules, goal, n_steps=150)).save(tmp_path / "descent.html")
    page = browser.new_context(offline=True).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda note: note.type == "error" and complaints.append(note.text))
    page.goto((tmp_path / "descent.html").as_uri())
    stage = at_its_end(page)
    seen = [drawn(page, stage)]
    x, y = press_start(page, stage, tuple(goal.start))
    page.mouse.move(x + 40, y + 25)
    seen.append(drawn(page, stage))
    page.mouse.move(x + 80, y + 25)
    page.mouse.up()
    seen.append(drawn(page, stage))
    assert len({table for table, _ in seen}) == 3
    assert complaints == []
    page.context.close()
