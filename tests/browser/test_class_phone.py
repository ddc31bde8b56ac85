"""The phone of a student: joins, answers, and loses nothing when its server is killed."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ROOT, free_port

NUMBER = {"kind": "number", "text": "How <b>large</b>?", "scale": "log", "low": 1e-4, "high": 10}
POINT = {"kind": "point", "text": "Where?", "region": [[-2, 2], [0, 1]], "labels": ["w_1", "w_2"]}
LIGHT = 150_000
"""Bytes on the wire before the first question shows."""


class Class:
    """A class on a server of its own, seen from the teacher."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self.url = f"http://localhost:{self.port}"
        self.start()
        opened = self.post("open", questions=[NUMBER, POINT])
        self.code, self.key = opened["code"], opened["key"]

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "tests.classroom.served_phone:app"]
        self._process = subprocess.Popen(
            [*command, f"--port={self.port}", "--log-level=error"],
            cwd=ROOT,
            env={"PATH": "/usr/bin", "LOSSOPT_DATA": str(self._folder)},
            stderr=subprocess.DEVNULL,
        )
        while self._process.poll() is None:
            try:
                return urllib.request.urlopen(f"{self.url}/class").close()
            except OSError:
                continue
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def post(self, path: str, **sent: object) -> Any:
        request = urllib.request.Request(
            f"{self.url}/class/{path}",
            json.dumps(sent).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
            if path != "open"
            else {"Content-Type": "application/json"},
        )
        return json.load(urllib.request.urlopen(request))

    def step(self, question: str, step: str, **sent: object) -> None:
        self.post(f"{self.code}/step", question=question, step=step, **sent)

    def answers(self) -> list[Any]:
        address = f"{self.url}/class/{self.code}/live"
        asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(asked) as stream:
            state = json.loads(stream.readline().removeprefix(b"data:"))
        return [each["value"] for each in state["answers"]]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Class]:
    opened = Class(tmp_path)
    yield opened
    opened.kill()


def test_a_phone_loses_nothing_and_comes_back_by_itself(
    room: Class, context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda asked: sizes.append(0 if "/live" in asked.url else _on_the_wire(asked)),
    )
    page.goto(f"{room.url}/class?lang=en")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(f"{room.code[:3].lower()} {room.code[3:]}")
    page.keyboard.press("Enter")
    expect(page.locator("#nickname")).not_to_be_empty()

    room.step("q1", "open")
    expect(page.locator("#question")).to_have_text("How <b>large</b>?")
    assert 10_000 < sum(sizes) < LIGHT

    state, send = page.locator("#state"), page.locator("#send")
    _rename(page, "Ada\u202e")
    expect(page.locator("#naming-wrong")).to_contain_text("visible")
    page.keyboard.press("Escape")
    _rename(page, "<b>Ada</b>")
    expect(page.locator("#nickname")).to_have_text("<b>Ada</b>")

    expect(send).to_be_disabled()
    page.locator("#answer input").focus()
    page.keyboard.press("End")
    send.click()
    expect(state).to_have_attribute("data-state", "stored")
    assert room.answers() == [10]

    room.kill()
    expect(page.locator("#away")).to_be_visible()
    page.locator("#answer input").focus()
    page.keyboard.press("Home")
    send.click()
    expect(state).to_have_attribute("data-state", "waiting")
    kept = page.evaluate("() => JSON.parse(localStorage['lossopt class']).waiting")
    assert kept == {"q1": 0.0001}
    room.start()
    expect(state).to_have_attribute("data-state", "stored")
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator("#nickname")).to_have_text("<b>Ada</b>")
    assert room.answers() == [0.0001]

    room.step("q1", "closed")
    expect(state).to_contain_text("Closed")
    expect(page.locator("#answer input")).to_be_disabled()

    room.step("q2", "open")
    plane = page.locator(".cl-plane canvas").first
    expect(plane).to_be_visible()
    box = plane.bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.3 * box["height"])
    page.locator("#place-1").focus()
    page.keyboard.press("End")
    send.click()
    expect(state).to_have_attribute("data-state", "stored")
    ((x, y),) = room.answers()
    assert 0 < x < 2 and y == 1
    room.step("q2", "truth", truth={"point": [1, 1]})
    expect(page.get_by_test_id("results")).to_have_attribute("data-truth", "true")


def _on_the_wire(asked: Any) -> int:
    sizes = asked.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def _rename(page: Page, name: str) -> None:
    page.locator("#rename").click()
    page.locator("#name").fill(name)
    page.keyboard.press("Enter")
