"""A walk through all pages: everything that can be pressed is pressed and has to change something.

A setting has to change more than itself and the address: a slider that nobody asks has no effect.
"""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page

from tests.browser.player import grasp, place_in

Act = Callable[[], object]
T = TypeVar("T")
SCRIPT = (Path(__file__).parent / "walk.js").read_text("utf-8")
LANGUAGES = ("en", "ko")
SHORT, PASSES = "&run.n_steps=60", "&board.passes=10"
WIDE_EPS = "&adam.eps=0.05"
"""Wide enough to see where it stands."""
PLACES = {
    "lab, data": "/?view=2d",
    "lab, function": "/?problem=himmelblau&runs=batch-adam" + SHORT,
    "lab, own data": "/?problem=own&runs=batch-adam" + SHORT,
    "lab, own table": "/?problem=own&runs=batch-adam" + SHORT,
    "lab, points": "/?problem=own&own.source=points&runs=batch-adam" + SHORT,
    "lab, formula": "/?problem=formula&runs=batch-adam" + SHORT,
    "losses": "/losses?",
    "losses, classes": "/losses?data=one_feature",
    "batches": "/batches?",
    "optimizers, card": "/optimizers?",
    "optimizers, anatomy": "/optimizers?part=anatomy",
    "optimizers, libraries": "/optimizers?part=libraries",
    "network": "/network?run.n_steps=40",
    "compare, story": "/compare?mode=story&problem=booth",
    "compare, race": "/compare?problem=line&nesterov.learning_rate=0.02",
    "compare, map": "/compare?mode=map" + SHORT,
    "compare, basins": "/compare?mode=basins&runs=batch-adam" + WIDE_EPS + SHORT,
    "compare, seeds": "/compare?mode=seeds" + SHORT,
    "compare, side by side": "/compare?mode=side_by_side",
    "compare, scoreboard": "/compare?mode=scoreboard&board.rules=adam&board.goals=beale" + PASSES,
    "lessons": "/lessons?",
    "lesson": "/lessons?lesson=stable_rate",
    "lesson, revealed": "/lessons?lesson=ravine&ravine.guess=10&ravine.revealed=1",
    "lesson, presented": "/lessons?lesson=ravine&present=1",
    "glossary": "/glossary?",
    "article": "/article?show=batch",
}
"""Every page and every mode of it, small enough to answer at once."""
WITH_TABLE = "lab, own table"
"""Where a table is uploaded before anything is pressed."""
FEWEST = 30
"""Controls that a place has at least, unless it is named here."""
FEWEST_AT = {
    "compare, story": 20,
    "compare, scoreboard": 15,
    "lessons": 25,
    "lesson": 20,
    "lesson, presented": 12,
    "glossary": 30,
}
SETTINGS = ("slider", "switch", "number", "text", "menu", "choice")
"""Kinds of controls whose address changes whether anybody asks for their value or not."""
PLOTS = ("surface", "cell", "points", "curve")
"""What is clicked into."""
ASIDE = (0.3, 0.4)
"""Where that is: away from the middle and the edges, as parts of width and height."""
TABLE = b"""height,weight,kind,smokes
1.75,70,a,TRUE
1.80,81,b,FALSE
1.62,55,a,FALSE
1.91,,b,TRUE
1.70,66,a,TRUE
1.68,63,b,FALSE
1.77,74,a,FALSE
1.83,85,b,TRUE
"""
KEYS = ("ArrowRight", "ArrowLeft", "End", "Home", "Space")
OPTIONS = "[role=listbox] [role=option]:not(option)"
"""What a menu of Streamlit opens; an option of a plain select is none."""
REACH = """part => new Promise((done) => {
  part.scrollIntoViewIfNeeded();
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""
"""Scroll to a part, and wait until that is over."""
MOST_OPTIONS = 24
"""Of one menu: the planes through the params of a polynomial are a hundred."""
FORGET = """() => location.hash
  && history.replaceState(history.state, "", location.pathname + location.search)"""
"""Leave the anchor of an earlier link, or another link to it would change nothing."""
PATIENCE = 6.0
"""Seconds until a control is said to have no effect."""


@dataclasses.dataclass
class Report:
    """What was pressed at a place, what nobody can press there, and what went wrong."""

    found: int = 0
    resting: list[str] = dataclasses.field(default_factory=list)
    pressed: Counter[str] = dataclasses.field(default_factory=Counter)
    without_effect: list[str] = dataclasses.field(default_factory=list)
    errors: list[str] = dataclasses.field(default_factory=list)


class Walker:
    """Presses the controls of one page.

    Parameters
    ----------
    page : playwright.sync_api.Page
        With reduced motion, so that nothing plays unasked.
    app_url : str
    sample : int
        At most so many controls are pressed at a place, spread evenly; 0 for all.
    """

    def __init__(self, page: Page, app_url: str, *, sample: int = 0) -> None:
        self.page, self.app_url, self.sample = page, app_url, sample
        self.downloads = 0
        self.report = Report()
        self.others = list(page.context.pages)
        page.add_init_script(SCRIPT)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.set_default_timeout(10e3)
        page.set_default_navigation_timeout(60e3)
        page.on("download", lambda _: self._count_download())
        page.on("pageerror", lambda error: self.report.errors.append(f"page error: {error}"))
        page.on("console", self._note_console)
        page.on("requestfailed", self._note_failure)

    def _count_download(self) -> None:
        self.downloads += 1

    def _note_console(self, message: object) -> None:
        where = str((getattr(message, "location", None) or {}).get("url", ""))
        if getattr(message, "type", "") == "error" and "/_stcore/" not in where:
            self.report.errors.append(f"console: {getattr(message, 'text', '')}")

    def _note_failure(self, request: object) -> None:
        cause = str(getattr(request, "failure", ""))
        if "ERR_ABORTED" not in cause:  # what is still loading when the page is left
            self.report.errors.append(f"request: {getattr(request, 'url', '')} {cause}")

    def visit(self, place: str, language: str) -> Report:
        """Press everything at a place and what opens there."""
        self.report, self.place = Report(), place
        self.address = f"{self.app_url}{PLACES[place]}&lang={language}"
        try:
            self._press_place()
        except BrowserError as error:
            self.report.errors.append(str(error).splitlines()[0])
        return self.report

    def _press_place(self) -> None:
        self._open()
        self.report.found = len(self._controls())
        if self.report.found < FEWEST_AT.get(self.place, FEWEST):
            self.report.errors.append(f"only {self.report.found} controls")
        self._note_boxes("at first")
        self._press_keys()
        self._press_all(())

    def _note_boxes(self, when: str) -> bool:
        boxes = self.page.evaluate("() => window.walk ? walk.errors() : []")
        self.report.errors += [f"{when}: {box}" for box in boxes]
        return bool(boxes)

    def _press_keys(self) -> None:
        """Drive the stage by keyboard."""
        stage = self.page.locator("[data-testid=transport], [data-testid=stage]").first
        for key in self._chosen(KEYS, 1) if stage.count() else ():
            stage.focus()
            self._settle()
            self._use(f"key: {key}", "", "key", lambda key=key: stage.press(key))

    def _open(self, way: tuple[str, ...] = ()) -> None:
        """Go to the address and open what is folded on the way."""
        self.page.goto(self.address)
        self._settle()
        if self.place == WITH_TABLE:
            self._upload(TABLE)
            self.page.wait_for_function("() => location.search.includes('own.digest')")
            self._settle()
        for control in way:
            if control not in self._controls():
                return  # something else had woken it
            self._find(control).click()
            self._settle()

    def _settle(self, control: str = "") -> int:
        """Wait until nothing moves any more; returns what is seen then."""
        ends = time.monotonic() + 60
        while True:
            try:
                self.page.wait_for_function("() => window.walk && document.body")
                return int(self.page.evaluate("id => walk.settled(id)", control))
            except BrowserError:  # another page is being loaded
                if time.monotonic() > ends:
                    raise
                self.page.wait_for_load_state()

    def _look(self, control: str = "") -> int:
        return int(self.page.evaluate("id => walk.picture(id)", control))

    def _controls(self, *, rest: bool = False) -> dict[str, str]:
        """Kinds of the controls that can be pressed, or of those that rest, by their names."""
        found = self.page.evaluate("() => walk.controls()")
        return {each["id"]: each["kind"] for each in found if each["rests"] == rest}

    def _find(self, control: str) -> Locator:
        there = "id => walk.controls().some((each) => each.id === id && !each.rests)"
        self.page.wait_for_function(there, arg=control)
        return self.page.locator(f"[data-walk={json.dumps(control, ensure_ascii=False)}]").first

    def _press_all(self, way: tuple[str, ...], old: frozenset[str] = frozenset()) -> None:
        """Press the controls of the page, or of what the way opened, and go into what opens.

        What rests at first is pressed as soon as it can be.
        """
        resting = {*self._controls(rest=True)} - old
        controls = [each for each in self._controls().items() if each[0] not in old]
        for name, kind in self._chosen(controls, self.sample // 2 if way else self.sample):
            if name not in self._controls():
                self._open(way)
            if name not in self._controls():
                continue  # it was there in another state only
            self._press_one(way, name, kind)
            woken = {} if self.sample else self._controls()
            for other in sorted(resting & {*woken}):
                if other in self._controls():
                    self._press_one(way, other, woken[other])
                    resting.remove(other)
        self.report.resting += [" > ".join((*way, name)) for name in sorted(resting)]

    def _press_one(self, way: tuple[str, ...], name: str, kind: str) -> None:
        """Press a control, and all that it opens."""
        known, above = self._controls() | self._controls(rest=True), self._is_above()
        self._press(way, name, kind)
        opened = kind == "fold" or (kind == "button" and self._is_above() and not above)
        if opened and not (way and self.sample):
            self._press_all((*way, name), frozenset(known if kind == "fold" else ()))
        if opened:
            self._open(way)

    def _is_above(self) -> bool:
        return bool(self.page.evaluate("() => walk.above()"))

    def _chosen(self, controls: Sequence[T], most: int) -> Sequence[T]:
        if not self.sample or len(controls) <= most:
            return controls
        return [controls[k * len(controls) // most] for k in range(most)]

    def _press(self, way: tuple[str, ...], name: str, kind: str) -> None:
        said = " > ".join((*way, name))
        try:
            for act in self._acts(name, kind):
                self._use(said, name, kind, act)
                if self._note_boxes(said):
                    self._open(way)
                elif self._has_left():
                    self._return(way)
                else:
                    continue
                if name not in self._controls():
                    return
        except (BrowserError, AssertionError) as error:
            self.report.errors.append(f"{said}: {str(error).splitlines()[0]}")
            self._open(way)

    def _has_left(self) -> bool:
        return self.page.url.partition("?")[0] != self.address.partition("?")[0]

    def _return(self, way: tuple[str, ...]) -> None:
        """Come back from another page as people do; that is also quicker than to begin anew."""
        self.page.go_back()
        self._settle()
        if way or self._has_left():
            self._open(way)

    def _use(self, said: str, name: str, kind: str, act: Act) -> None:
        own = name if kind in SETTINGS else ""
        moved = self._calm(name)
        if kind == "link":
            self.page.evaluate(FORGET)
        before = (self._settle(own) if moved else self._look(own), *self._told(kind))
        self._do(act)
        self.report.pressed[kind] += 1
        if not self._changes(own, kind, before):
            self.report.without_effect.append(said)
        self._close_others()
        self._calm()
        self._settle()

    def _do(self, act: Act) -> None:
        """Act, once more if the control was drawn anew just then."""
        try:
            act()
        except BrowserError:
            self._settle()
            act()

    def _calm(self, control: str = "") -> bool:
        try:
            return bool(self.page.evaluate("id => Boolean(window.walk?.calm(id))", control))
        except BrowserError:  # another page is being loaded
            return True

    def _told(self, kind: str) -> tuple[object, ...]:
        """What else an effect may be, but for settings, which are always told to the address."""
        pages = len(self.page.context.pages)
        return () if kind in SETTINGS else (self.page.url, self.downloads, pages)

    def _close_others(self) -> None:
        """Close what a link has opened beside the page."""
        for other in self.page.context.pages:
            if other not in self.others:
                other.close()

    def _changes(self, own: str, kind: str, before: tuple[object, ...]) -> bool:
        """Wait for an effect."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            try:
                if (self._look(own), *self._told(kind)) != before:
                    return True
                if self.page.evaluate("() => walk.busy()"):
                    ends = max(ends, time.monotonic() + 2)
            except BrowserError:  # another page is being loaded
                self.page.wait_for_load_state()
            self.page.wait_for_timeout(50)
        return False

    def _acts(self, name: str, kind: str) -> Iterator[Act]:
        """Ways to use a control, one after another."""
        place = self._find(name)
        if kind in ("slider", "range"):
            value = place.get_attribute("aria-valuenow") or place.input_value()
            most = place.get_attribute("aria-valuemax") or place.get_attribute("max")
            key = "ArrowLeft" if float(value) >= float(most or 0) else "ArrowRight"
            yield lambda: [self._find(name).press(key) for _ in range(3)]
        elif kind in ("select", "choice"):
            there = "all => all.filter(one => !one.hidden && !one.disabled).map(one => one.value)"
            values = place.locator("option").evaluate_all(there)
            others = [value for value in values if value != place.input_value()]
            assert others, "nothing else to choose"
            for value in self._options(others):
                yield lambda value=value: self._find(name).select_option(value)
        elif kind == "menu":
            yield from self._menu_acts(name)
        elif kind == "number":
            yield lambda: self._type(name, "2" if place.get_attribute("step") == "1" else "1.5")
        elif kind in ("text", "area"):
            is_whole = place.get_attribute("inputmode") == "numeric"
            yield lambda: self._type(name, "4" if is_whole else _other(place.input_value()))
        elif kind == "file":
            yield lambda: self._upload(b"a,b\n1,2\n2,3.5\n3,7\n4,8\n5,9\n6,14\n")
        elif kind == "drag":
            yield lambda: self._drag(self._find(name))
        elif kind == "surface" and place.locator(".gl-container").count():
            yield lambda: self._turn(self._find(name))
        elif kind in PLOTS:
            yield lambda: self._click_into(self._find(name))
        elif kind in ("switch", "radio"):  # what is seen of them is drawn over them
            yield lambda: self._find(name).dispatch_event("click")
        else:
            yield lambda: self._find(name).click()

    def _upload(self, table: bytes) -> None:
        file = {"name": "table.csv", "mimeType": "text/csv", "buffer": table}
        self.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(file)

    def _click_into(self, plot: Locator) -> None:
        plot.scroll_into_view_if_needed()
        self.page.mouse.click(*place_in(plot, *ASIDE))

    def _drag(self, plot: Locator) -> None:
        plot.scroll_into_view_if_needed()
        x, y = grasp(self.page, plot)
        self._pull((x, y), (x - 20, y - 20))

    def _turn(self, plot: Locator) -> None:
        plot.scroll_into_view_if_needed()
        self._pull(place_in(plot, *ASIDE), place_in(plot, 0.6, 0.6))

    def _pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()

    def _type(self, name: str, text: str) -> None:
        place = self._find(name)
        place.fill(text)
        place.press("Control+Enter")
        self.page.keyboard.press("Tab")  # the box may be gone with its form

    def _options(self, options: list[str]) -> list[str]:
        return options[:1] if self.sample else options

    def _menu_acts(self, name: str) -> Iterator[Act]:
        """Choose one option after another, until none is left that was not chosen."""
        tried: set[str] = set()
        left = True

        def choose() -> None:
            nonlocal left
            menu = self._find(name)
            menu.evaluate(REACH)  # scrolling closes what is open
            menu.click()
            options = self.page.locator(OPTIONS)
            options.first.wait_for()
            told = options.evaluate_all(
                "all => all.map(one => one.ariaSelected === 'true' ? '' : one.innerText.trim())"
            )
            others = [k for k, text in enumerate(told) if text]
            assert others, "nothing else to choose"
            fresh = [k for k in others if told[k] not in tried]
            chosen = (fresh or others)[0]  # a long list shows other options each time
            tried.add(told[chosen])
            left = len(fresh) > 1 and len(tried) < MOST_OPTIONS and not self.sample
            options.nth(chosen).click()

        while left:
            yield choose


def _other(text: str) -> str:
    """Another text that the same box accepts: numbers and formulas stay such."""
    if "^" in text:
        return "x^2 + 2*y^2"
    if re.fullmatch(r"[-\d.e]+(, ?[-\d.e]+)*", text):
        return ", ".join("0.5" for _ in text.split(","))
    if text.count("_") == 3:
        return "-3_3_-3_3"
    return "x,y\n1,2\n2,3.5\n3,7\n4,8\n5,11"
