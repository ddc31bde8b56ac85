"""The page to take home: opened from a file, without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import lossopt as lo
from lossopt.figures.player import plotly_files


@pytest.mark.parametrize("plotly", ["inside", "beside"])
def test_a_saved_page_plays_from_a_file_without_a_network(
    browser: Browser, tmp_path: Path, plotly: str
) -> None:
    rules = [lo.OPTIMIZERS["adam"](learning_rate=0.1), lo.OPTIMIZERS["momentum"]()]
    runs = lo.descend(rules, lo.OBJECTIVES["himmelblau"](), n_steps=150)
    lo.stage(runs, plotly=plotly).save(tmp_path / "descent.html")  # type: ignore[arg-type]
    assert (tmp_path / "descent.html").stat().st_size < 2_500_000
    if plotly == "beside":
        for name, content in plotly_files().items():
            (tmp_path / name).write_bytes(content)
    page = browser.new_context(offline=True).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda note: note.type == "error" and complaints.append(note.text))
    page.goto((tmp_path / "descent.html").as_uri())
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "150", timeout=30_000)
    expect(stage.locator("tbody tr")).to_have_count(2)
    assert stage.locator(".contourlayer path, .contour path").count() > 3
    stage.get_by_role("button", name="One step back").click()
    expect(stage).to_have_attribute("data-step", "149")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(stage).to_have_attribute("data-step", "148")
    assert complaints == []
    page.context.close()
