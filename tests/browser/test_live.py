"""The stage runs its race by itself: a dragged start, without a word to the server."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import lossopt as lo

AT = """(stage, [x, y]) => {
  const base = stage.querySelector(".js-plotly-plot");
  const { xaxis, yaxis } = base._fullLayout;
  const box = base.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)];
}"""
PICTURE = """stage => [...stage.querySelectorAll("canvas.lo-sheet")]
  .filter(sheet => !sheet.hidden).map(sheet => sheet.toDataURL()).join()"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def drawn(page: Page, stage: Locator) -> tuple[str, str]:
    """What the table and the canvases show."""
    page.evaluate(DRAWN)
    page.evaluate(DRAWN)
    return stage.locator("tbody").inner_text(), stage.evaluate(PICTURE)


def at_its_end(page: Page) -> Locator:
    stage = page.get_by_test_id("stage")
    expect(stage.locator("tbody tr").first).to_be_visible(timeout=20_000)
    page.wait_for_selector(".contourlayer path, .contour path", state="attached")
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
def test_a_dragged_start_moves_all_paths_and_tells_the_server_once(
    page: Page, app_url: str, problem: str
) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", sent.append))
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
    assert len(sent) == 1
    table, picture = drawn(page, stage)
    assert table == seen[-1][0]
    expect(stage).not_to_have_class("lo-turned")
    if problem == "quadratic":  # the surface of data follows its start
        assert picture == seen[-1][1]
    page.reload()
    assert drawn(page, at_its_end(page))[0] == table


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
