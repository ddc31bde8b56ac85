"""What a person takes home from the Lab."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import lossopt as lo

LINK = "/?problem=rosenbrock&runs=batch-adam&batch.learning_rate=0.001&adam.learning_rate=0.001"
LINK += "&run.n_steps=12&speed=8"


def open_menu(page: Page, address: str) -> None:
    page.goto(address)
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "12", timeout=30_000)
    page.get_by_role("button", name="Take it home").click()
    expect(page.locator(".lo-take-code svg")).to_be_visible(timeout=15_000)


def download(page: Page, name: str) -> tuple[str, Path]:
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("button", name=name).click()
    return started.value.suggested_filename, Path(started.value.path())


def test_pictures_film_and_table_are_made(page: Page, app_url: str) -> None:
    open_menu(page, app_url + LINK)
    frame = page.get_by_role("textbox", name="For a page of your own").input_value()
    assert frame.startswith("<iframe src=") and "bare=1" in frame and "runs=batch-adam" in frame
    name, svg = download(page, "Picture (SVG)")
    assert name == "lossopt-rosenbrock.svg"
    drawing = ET.fromstring(svg.read_text("utf-8"))
    texts = ["".join(node.itertext()) for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Loss surface", "Step 12 / 12", "Gradient descent  η 0.001"} <= set(texts)
    assert sum(1 for _ in drawing.iter("{http://www.w3.org/2000/svg}path")) > 60
    name, png = download(page, "Picture (PNG)")
    content = png.read_bytes()
    assert name == "lossopt-rosenbrock.png" and content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) > 1400
    name, film = download(page, "Film for slides")
    assert name == "lossopt-rosenbrock.webm" and film.read_bytes()[:4] == b"\x1a\x45\xdf\xa3"
    name, table = download(page, "Every step")
    assert name == "lossopt-rosenbrock-steps.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["rosenbrock"](), n_steps=12)
    adam = [row for row in rows if row["run"] == "Adam"]
    assert [float(row["loss"]) for row in adam] == run.losses.tolist()
    assert [float(row["y"]) for row in adam] == run.iterates[:, 1].tolist()


@pytest.mark.parametrize("beside", [False, True])
def test_the_page_of_the_lab_plays_from_a_file(
    page: Page, browser: Browser, app_url: str, tmp_path: Path, beside: bool
) -> None:
    open_menu(page, app_url + LINK)
    if beside:
        page.get_by_text("Plotly beside the page").click()
        name, file = download(page, "plotly-cartesian")
        (tmp_path / name).write_bytes(file.read_bytes())
    name, saved = download(page, "Page with the player")
    assert saved.stat().st_size < (700_000 if beside else 1_500_000)
    (tmp_path / name).write_bytes(saved.read_bytes())
    offline = browser.new_context(offline=True)
    other = offline.new_page()
    other.goto((tmp_path / name).as_uri())
    stage = other.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "12", timeout=30_000)
    assert stage.locator("tbody").inner_text() == (
        page.get_by_test_id("stage").locator("tbody").inner_text()
    )
    offline.close()
