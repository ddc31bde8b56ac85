"""Own data and own functions in a real browser."""

import random
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import grasp, messages_of
from tests.browser.test_lab import settings, stage_of
from tests.browser.test_live import at_its_end, drawn

CHANGED = "before => document.querySelector('.lo-stage tbody').innerText !== before"
WHOLE = "() => document.querySelector('.js-plotly-plot')._fullData[0].z.length === 100"
HEIGHTS = "stage => stage.querySelector('.js-plotly-plot')._fullData[0].z.flat()"


def cars() -> bytes:
    """A table as R writes it, of cars that do not exist."""
    rng = random.Random(0)
    lines = ['"","mpg","cyl","disp","hp","<b>drat</b>","wt","qsec"']
    for k in range(32):
        weight = rng.uniform(1.5, 5.4)
        figures = (
            f"{37 - 5 * weight + rng.gauss(0, 2):.1f}",
            str(rng.choice((4, 6, 8))),
            f"{110 * weight - 130 + rng.gauss(0, 40):.1f}",
            f"{46 * weight + rng.gauss(0, 30):.0f}",
            f"{rng.uniform(2.7, 4.9):.2f}",
            f"{weight:.3f}",
            f"{rng.uniform(14, 23):.2f}",
        )
        lines.append(f'"Car {k}",{",".join(figures)}')
    return "\n".join([*lines, ""]).encode()


def test_from_a_file_to_a_race_in_three_actions(page: Page, app_url: str, tmp_path: Path) -> None:
    (tmp_path / "cars.csv").write_bytes(cars())
    page.goto(f"{app_url}?runs=batch-momentum-adam")
    stage = stage_of(page)
    page.get_by_role("combobox", name="Problem").click()  # 1
    page.get_by_role("option", name="Your own data").click()  # 2
    uploader = page.get_by_test_id("stFileUploader")
    with page.expect_file_chooser() as chooser:
        uploader.locator("button").first.click()
    chooser.value.set_files(tmp_path / "cars.csv")  # 3
    page.wait_for_function("() => location.search.includes('own.digest')", timeout=60_000)
    expect(stage.locator("table thead")).to_contain_text("Test loss", timeout=60_000)
    found = settings(page)
    assert found["own.kind"] == ["regression"]
    assert not [name for name in found if name.endswith("batch_size")]
    expect(stage).to_have_attribute("data-playing", "true")
    shown = int(stage.get_attribute("data-step") or 0)
    page.wait_for_function(
        "shown => +document.querySelector('[data-testid=stage]').dataset.step !== shown",
        arg=shown,
        timeout=30_000,
    )
    expect(page.get_by_text("<b>drat</b>").first).to_be_visible()


def test_points_are_clicked_and_travel_in_the_link(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?problem=own&own.source=points&own.points=&runs=adam")
    stage_of(page)
    plot = page.locator(".lo-points-plot")
    expect(plot).to_be_visible(timeout=60_000)
    box = plot.bounding_box()
    assert box
    for count, (across, up) in enumerate(((0.2, 0.3), (0.7, 0.8), (0.4, 0.6)), start=1):
        plot.click(position={"x": across * box["width"], "y": up * box["height"]})
        page.wait_for_function(
            "count => new URLSearchParams(location.search).get('own.points')"
            "?.split('~').length === count",
            arg=count,
            timeout=60_000,
        )
    plot.click(position={"x": 0.7 * box["width"], "y": 0.8 * box["height"]})
    page.wait_for_function(
        "() => new URLSearchParams(location.search).get('own.points')?.split('~').length === 2",
        timeout=60_000,
    )


def test_points_are_taken_back_by_keyboard_until_none_is_left(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}?problem=own&own.source=points&own.points=0_0_0~1_2_1~2_1_1&runs=adam")
    undo, clear = (page.locator(".lo-points-button").nth(k) for k in (-2, -1))
    expect(undo).to_be_enabled(timeout=60_000)
    undo.focus()
    for left in (2, 1):
        page.keyboard.press("Enter")
        expect(page.locator(".lo-points-mark")).to_have_count(left)
        expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(undo).to_be_disabled()
    expect(clear).to_be_disabled()


def test_points_of_a_link_keep_all_their_digits(page: Page, app_url: str) -> None:
    given = "0.1234567890123456_-0_0~-1.0000000000000002_5e-324_1"
    page.goto(f"{app_url}?problem=own&own.source=points&own.points={given}&runs=adam")
    stage_of(page)
    plot = page.locator(".lo-points-plot")
    expect(plot).to_be_visible(timeout=60_000)
    box = plot.bounding_box()
    assert box
    plot.click(position={"x": 0.9 * box["width"], "y": 0.1 * box["height"]})
    page.wait_for_function(
        "() => new URLSearchParams(location.search).get('own.points')?.split('~').length === 3",
        timeout=60_000,
    )
    assert settings(page)["own.points"][0].startswith(f"{given}~")


def test_a_link_is_written_back_to_the_bit(page: Page, app_url: str) -> None:
    given = {
        "problem": "rosenbrock",
        "rosenbrock.start": "0.30000000000000004_-0.3333333333333333",
        "runs": "momentum",
        "momentum.learning_rate": "0.0001000000000000002",
        "momentum.momentum": "0.9000000000000002",
        "run.n_steps": "123",
    }
    page.goto(f"{app_url}?{urlencode(given)}")
    stage_of(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_function("() => location.search.includes('momentum~2')", timeout=60_000)
    found = settings(page)
    for name, text in given.items():
        assert name == "runs" or found[name] == [text]
    for name in ("learning_rate", "momentum"):
        assert found[f"momentum~2.{name}"] == [given[f"momentum.{name}"]]


def test_a_formula_is_typed_and_its_code_is_shown(page: Page, app_url: str) -> None:
    sent = messages_of(page)
    page.goto(f"{app_url}?problem=formula&runs=batch-adam")
    stage_of(page)
    box, answer = page.get_by_label("Function of x and y"), page.get_by_test_id("formula-answer")
    told, preview = page.get_by_test_id("stAlert"), answer.locator("canvas")
    expect(answer.locator("math")).to_be_visible(timeout=60_000)
    expect(preview).to_be_hidden()
    sent.clear()
    box.fill("x^2 + ")
    expect(answer.get_by_role("status")).to_contain_text("check brackets, commas and signs")
    box.fill("x^2 + 2*y^2")
    expect(answer.get_by_role("status")).to_be_empty()
    expect(answer.locator("msup")).to_have_count(2)
    expect(preview).to_be_visible()
    box.fill("x^2 + 2y")
    expect(answer.get_by_role("status")).to_contain_text("Write the multiplication with *")
    expect(answer.locator("math")).to_be_hidden()
    assert sent == [], "all of this is answered here"
    box.press("Enter")
    expect(told).to_contain_text("Write the multiplication with *", timeout=60_000)
    expect(answer.get_by_role("status")).to_be_empty()
    box.fill("x^2 + 2*y^2")
    expect(told).to_be_hidden()
    box.press("Enter")
    expect(told).to_have_count(0, timeout=60_000)
    expect(preview).to_be_hidden()
    page.wait_for_function("() => location.search.includes('formula.text')", timeout=60_000)
    page.get_by_role("button", name="Code for this run").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("torch.optim.SGD(", timeout=60_000)
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("optax")).click()
    expect(dialog).to_contain_text("optax.sgd(", timeout=60_000)


@pytest.mark.parametrize("kind", ["regression", "classification"])
def test_a_clicked_point_is_dragged_on_the_stage(page: Page, app_url: str, kind: str) -> None:
    sent = messages_of(page)
    page.goto(f"{app_url}?problem=own&own.source=points&own.predict={kind}&runs=batch-adam")
    stage = at_its_end(page)
    address, seen = page.url, [drawn(page, stage)]
    x, y = grasp(page, stage.locator(".lo-fit .lo-body"), step=8)
    page.mouse.down()
    sent.clear()
    for k in (1, 2, 3):
        page.mouse.move(x - 15 * k, y - 8 * k)
        page.wait_for_function(CHANGED, arg=seen[-1][0], timeout=15_000)
        seen.append(drawn(page, stage))
    page.wait_for_function(WHOLE, timeout=15_000)
    held, base = drawn(page, stage)[0], stage.evaluate(HEIGHTS)
    assert sent == [] and page.url == address
    page.mouse.up()
    page.wait_for_function("address => location.href !== address", arg=address)
    expect(stage).not_to_have_class("lo-turned", timeout=15_000)
    page.wait_for_function(WHOLE, timeout=15_000)
    assert len(sent) == 1
    assert drawn(page, stage)[0] == held
    if kind == "regression":  # three params are shown on the plane of the paths, which moves
        assert stage.evaluate(HEIGHTS) == pytest.approx(base, rel=1e-6, abs=1e-9)
    assert "own.points" in page.url
    page.reload()
    assert drawn(page, at_its_end(page))[0] == held
