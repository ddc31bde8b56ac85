"""The pocket edition, from a server that knows nothing but files."""

import csv
import io
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.ui.pocket.site import write_site
from tests.browser.conftest import Watch, free_port

FILES = {"line-linear-mse", "moons-logistic-binary_cross_entropy", "quadratic"}
OPTIMIZERS = {"adam", "nesterov"}
LESSONS = {"stable_rate", "adam_counterexample"}
NAMES = ("Problem", "Model")
PATIENCE = 30_000


class Host:
    """A server of files, which can go away."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        command = [sys.executable, "-m", "http.server", str(port), "-d", str(folder)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self.url = f"http://localhost:{port}/"
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url, timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("pocket") / "dist"
    write_site(folder, FILES | OPTIMIZERS | LESSONS)
    host = Host(folder)
    yield host
    host.stop()


def settings(page: Page) -> dict[str, str]:
    return {name: texts[-1] for name, texts in parse_qs(urlparse(page.url).query).items()}


def test_it_plays_reads_links_and_does_without_a_network(browser: Browser, host: Host) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    watch = Watch(page)
    page.goto(host.url)
    stage, tuner = page.get_by_test_id("stage"), page.get_by_test_id("tuner")
    expect(stage.locator("tbody tr")).to_have_count(4, timeout=PATIENCE)
    assert settings(page) == {}

    menu = {name: page.get_by_role("combobox", name=name, exact=True) for name in NAMES}
    menu["Problem"].select_option("moons")
    expect(menu["Model"]).to_have_value("logistic", timeout=PATIENCE)
    assert settings(page)["problem"] == "moons" and "line.start" not in settings(page)
    tuner.get_by_role("tab", name="Adam").click()
    rate = tuner.get_by_role("textbox", name="learning rate η", exact=True)
    rate.fill("0.03")
    rate.press("Enter")
    expect(stage.locator("tbody")).to_contain_text("η 0.03")
    page.wait_for_function("() => location.search.includes('adam.learning_rate=0.03')")
    tuner.locator("summary").click()
    tuner.get_by_role("combobox", name="Schedule").select_option("cosine")
    expect(stage.locator("tbody")).to_contain_text("Cosine")
    page.wait_for_function("() => location.search.includes('adam.schedule=cosine')")
    page.locator("#home summary").click()
    frame = page.get_by_role("textbox", name="For a page of your own")
    expect(frame).to_have_value(re.compile("problem=moons.*bare=1"), timeout=PATIENCE)
    with page.expect_download() as started:
        page.get_by_role("button", name="Every step").click()
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8"))))
    assert {row["run"] for row in rows} >= {"Adam"} and float(rows[-1]["loss"]) > 0
    page.locator("#home summary").click()
    tuner.get_by_role("button", name="Remove").click()
    expect(stage.locator("tbody tr")).to_have_count(3)
    assert settings(page)["runs"] == "batch-sgd-momentum"

    menu["Problem"].select_option("formula")
    formula = page.get_by_role("textbox", name="Function of x and y", exact=True)
    formula.fill("import os")
    formula.press("Enter")
    expect(page.get_by_role("alert").filter(visible=True)).to_have_count(1)
    formula.fill("x^2 + 3*y^4")
    formula.press("Enter")
    page.wait_for_function("() => location.search.includes('formula.text=x%5E2')")
    page.locator("#languages a", has_text="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(stage.locator("tbody")).to_contain_text("모멘텀")
    page.locator("#languages a", has_text="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    menu["Problem"].select_option("moons")
    expect(menu["Model"]).to_have_value("logistic", timeout=PATIENCE)

    stage.locator(".lo-messages a").first.hover()
    expect(page.get_by_role("tooltip")).not_to_be_empty()
    page.wait_for_function(
        """async (name) => Boolean(await caches.match(
          document.querySelector("script[type=module]").src.replace("pocket.js", name)))""",
        arg="problems/moons-logistic-binary_cross_entropy.json",
        timeout=PATIENCE,
    )
    on_a_phone(browser, host)
    at_the_optimizers(browser, host)
    in_a_lesson(browser, host)
    assert watch.complaints == []
    host.stop()
    page.reload()
    expect(stage.locator("tbody tr")).to_have_count(3, timeout=PATIENCE)
    assert settings(page)["problem"] == "moons"
    page.goto(f"{host.url}glossary?find=momentum")
    expect(page.locator("#terms h3").first).to_be_visible(timeout=PATIENCE)
    assert urlparse(page.url).path == "/glossary/"
    page.context.close()


def on_a_phone(browser: Browser, host: Host) -> None:
    """A link in Korean, which names what is not here, to a browser that remembers nothing."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="ko-KR").new_page()
    watch = Watch(page)
    page.add_init_script(
        "for (const name of ['localStorage', 'caches'])"
        "  Object.defineProperty(window, name, { get() { throw new DOMException('no'); } });"
    )
    link = "problem=moons&runs=adam-newton-what&adam.learning_rate=0.05&run.n_steps=40&steps=<b>"
    page.goto(f"{host.url}?{link}")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "40", timeout=PATIENCE)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    notices = page.locator("#notices")
    expect(notices).to_contain_text("전체 앱에만 있어")
    expect(notices).to_contain_text("what")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert settings(page)["runs"] == "adam-newton"
    assert watch.complaints == []
    page.context.close()


def in_a_lesson(browser: Browser, host: Host) -> None:
    """Predicted, played and judged on a phone in Korean; then a hostile link, and the map."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="ko-KR").new_page()
    watch = Watch(page)
    page.goto(f"{host.url}lessons/")
    page.locator(".lo-card[data-lesson=stable_rate]").click()
    stage, verdict, table = (
        page.get_by_test_id("stage"),
        page.locator("#verdict"),
        page.locator("#stage tbody tr"),
    )
    expect(table).to_have_count(1, timeout=PATIENCE)
    box = page.locator("#predict input")
    box.fill("-1")
    page.get_by_role("button", name="확인하기").click()
    expect(page.locator("#predict [role=alert]")).to_contain_text("1,000")
    box.fill("0.2")
    page.get_by_role("button", name="확인하기").click()
    expect(table).to_have_count(4, timeout=PATIENCE)
    expect(verdict).to_be_hidden()
    page.get_by_role("button", name="판정 바로 보기").click()
    expect(verdict).to_contain_text("잰 값은 0.08")
    expect(page.locator("#why a[href*='problem=rosenbrock']")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    link = {"stable_rate.guess": "0.2", "stable_rate.revealed": "1"}
    assert settings(page) == {"lesson": "stable_rate", **link}
    page.reload()
    expect(verdict).to_contain_text("0.2", timeout=PATIENCE)
    page.locator("#again").click()
    expect(table).to_have_count(1, timeout=PATIENCE)
    assert settings(page) == {"lesson": "stable_rate"}

    name = "adam_counterexample"
    hostile = f"{name}.guess=<b>&{name}.revealed=1&try.{name}.beta2=0.5"
    page.goto(f"{host.url}lessons/?lang=en&lesson={name}&{hostile}")
    expect(stage).to_have_attribute("data-step", re.compile("."), timeout=PATIENCE)
    notices = page.locator("#notices p")
    expect(notices).to_have_count(2)
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    stage.locator(".lo-surface").scroll_into_view_if_needed()
    room = stage.locator(".lo-surface").bounding_box()
    assert room
    page.mouse.click(room["x"] + 0.5 * room["width"], room["y"] + 0.5 * room["height"])
    page.wait_for_function("() => location.search.includes('adam_counterexample.guess=')")
    expect(page.locator("#predict input:checked")).to_have_count(1)
    page.goto(f"{host.url}lessons/?lesson=%3Cb%3E")
    expect(table).to_have_count(1, timeout=PATIENCE)
    expect(notices).to_have_count(1)
    assert watch.complaints == []
    page.context.close()


def at_the_optimizers(browser: Browser, host: Host) -> None:
    """A card, its terms, the anatomy of a step from a hostile link, and the glossary."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    watch = Watch(page)
    page.goto(f"{host.url}optimizers/?optimizer=nesterov&<b>=1")
    card, tree, notices = page.locator("#card"), page.locator("#tree"), page.locator("#notices")
    expect(card.get_by_role("heading")).to_contain_text("Nesterov · 1983", timeout=PATIENCE)
    expect(card.locator("math[display=block] mfrac, math[display=block] mtr")).not_to_have_count(0)
    expect(notices.locator("p")).to_have_count(1)
    assert settings(page) == {"optimizer": "nesterov"}
    tree.locator("[data-id=adam]").click()
    expect(card).to_contain_text("Kingma")
    assert settings(page) == {}
    card.locator("a[href*='glossary/']").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("step")

    page.get_by_role("button", name="Anatomy of one step").click()
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-step", "0", timeout=PATIENCE)
    lines = stage.locator(".lo-live")
    expect(lines).to_contain_text("m = β₁·m + (1−β₁)·g")
    rate = page.get_by_role("textbox", name="learning rate η", exact=True)
    rate.fill("0.05")
    rate.press("Enter")
    page.wait_for_function("() => location.search.includes('adam.learning_rate=0.05')")
    expect(lines).to_contain_text("0.05 ·")
    page.get_by_role("button", name="Same name, different rule").click()
    expect(card.get_by_role("table").first).to_contain_text("torch.optim.Adam")
    expect(stage.locator("tbody")).to_contain_text("PyTorch", timeout=PATIENCE)
    assert settings(page) == {"part": "libraries", "adam.learning_rate": "0.05"}

    page.goto(f"{host.url}glossary/?order=<b>&lang=ko")
    found = page.locator("#terms h3")
    expect(notices.locator("p")).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("searchbox").fill("Cross-Entropy")
    expect(found.first).to_have_text("교차 엔트로피")
    assert settings(page) == {"find": "Cross-Entropy", "lang": "ko"}
    page.get_by_role("searchbox").fill("<b>")
    expect(found).to_have_count(0)
    assert watch.complaints == []
    page.context.close()
