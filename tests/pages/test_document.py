"""What a page begins with: Streamlit's document with less to ask for, packed files, one bundle."""

import asyncio
import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from lossopt.figures.palette import RELIEF
from lossopt.links.examples import examples
from lossopt.links.settings import Settings
from pages.ui.frame import seen
from pages.ui.frame.bundle import ROOT, SPECIFIER
from pages.ui.frame.document import document, documents
from pages.ui.frame.files import (
    KEEP,
    STATIC,
    STREAMLIT,
    Compressed,
    address,
    packed_bundle,
    version,
)
from pages.ui.frame.frame import SCRIPTS
from pages.ui.frame.seen import Latest
from pages.ui.stage.first_frame import first_frame
from pages.ui.stage.ready_race import ready_race
from pages.ui.warm_up import draw
from pages.ui.welcome import welcome
from tests.pages.test_lab import open_lab
from tests.pages.test_lessons import messages_of, open_page

LAB = {"problem": "quadratic", "runs": "batch-momentum", "lang": "ko"}
RATES = {"batch.learning_rate": "0.1", "momentum.learning_rate": "0.05"}


async def _elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def asked(
    app: object, path: str, method: str = "GET", packed: bool = True
) -> tuple[int, dict, bytes]:
    """Status, headers and body that an app answers with."""
    wanted = [(b"accept-encoding", b"gzip, deflate, br" if packed else b"identity")]
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": path, "headers": wanted}
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(app({**scope, "query_string": query.encode()}, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(each.get("body", b"") for each in sent[1:])


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return json.loads(gzip.decompress(packed_bundle("streamlit")))


def test_files_are_packed_and_kept_for_good() -> None:
    app = Compressed(_elsewhere)
    entry = next(STREAMLIT.glob("js/index.*.js"))
    for path, file in (
        (f"{address()}/stage/stage.js", STATIC / "stage" / "stage.js"),
        (f"/static/js/{entry.name}", entry),
    ):
        status, headers, body = asked(app, path)
        assert status == 200 and gzip.decompress(body) == file.read_bytes()
        assert headers["content-encoding"] == "gzip" and headers["cache-control"] == KEEP
        assert headers["vary"] == "Accept-Encoding" and 2 * len(body) < file.stat().st_size
        assert headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path",
    [
        "/player/0123456789abcdef/stage/stage.js",
        "VERSION/../files.py",
        "VERSION/stage/../../app.py",
        "VERSION/stage/nothing.js",
        "VERSION//stage/stage.js",
        "VERSION/stage/stage.js\0",
        "/static/../__init__.py",
        "/stage/stage.js",
    ],
)
def test_what_is_no_file_of_this_version_is_left_to_others(path: str) -> None:
    assert asked(Compressed(_elsewhere), path.replace("VERSION", address()))[0] == 404


def test_who_cannot_unpack_gets_files_as_they_are() -> None:
    path = f"{address()}/stage/stage.js"
    assert asked(Compressed(_elsewhere), path, packed=False)[0] == 404
    assert asked(Compressed(_elsewhere), path, method="HEAD")[0] == 404


def test_the_bundle_holds_whole_modules_and_all_that_they_import(texts: dict[str, str]) -> None:
    for path, text in texts.items():
        assert "import.meta.url" not in text and not SPECIFIER.search(text), path
        now = re.findall(rf'(?:from|import)\s*["\'`]{ROOT}([^"\'`]+)', text)
        assert set(now) <= texts.keys(), path


def test_the_bundle_holds_what_the_document_begins_with(texts: dict[str, str]) -> None:
    theirs = set(re.findall(r'(?:src|href)="\./(static/js/[^"]+)"', document() or ""))
    assert len(theirs) > 20 and theirs <= texts.keys()
    ours = [path for path in texts if path.startswith("player/")]
    assert all(path.startswith(f"player/{version()}/") for path in ours)
    assert f"player/{version()}/stage/stage.js" in ours


def test_the_document_asks_for_no_font_and_decides_itself_what_to_load() -> None:
    page = document()
    assert page and 'as="font"' not in page
    outside = re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    assert not re.search(r'type="module"|rel="(?:modulepreload|stylesheet)"', outside)


def test_every_page_has_its_document_in_both_languages() -> None:
    routes = documents(SCRIPTS, welcome, lambda *told: f"<svg data-of={json.dumps(told)}></svg>")
    assert {route.path for route in routes} >= {"/", "/losses", "/glossary"}
    for page, route in zip(SCRIPTS, routes, strict=True):
        for lang, word in (("en", "Loading"), ("ko", "불러오는")):
            status, headers, body = asked(route.app, f"{route.path}?lang={lang}&view=2d")
            text = gzip.decompress(body).decode()
            assert status == 200 and headers["cache-control"] == "no-cache" and word in text
            told = json.dumps([page, {"lang": lang, "view": "2d"}, lang])
            assert f"<svg data-of={told}>" in text and f'data-still="{page}"' in text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_who_comes_without_a_link_is_welcomed(language: str) -> None:
    first = documents(SCRIPTS, welcome, lambda *_: "")[0]
    page = gzip.decompress(asked(first.app, f"/?lang={language}")[2]).decode()
    assert page == welcome(language) and f'<html lang="{language}">' in page
    assert page.count("<svg") == 1
    told = json.loads(page.split('id="told">')[1].partition("</script>")[0])
    for ground in told["grounds"]:
        handle = ground["handle"]
        assert handle["low"] <= handle["rate"] < handle["limit"] < handle["high"]
        assert f"{handle['limit']:.3g}" in ground["burst"]
        assert ground["scene"]["live"] and ground["start"].startswith(ground["link"]["problem"])
        ready = ready_race(Settings(ground["link"]))
        assert [slot.id for slot in ready.slots] == [run["id"] for run in ground["scene"]["runs"]]
    for query in ("view=2d", f"lang={language}&problem=line", "present=1", "nonsense=1"):
        other = gzip.decompress(asked(first.app, f"/?{query}")[2]).decode()
        assert 'id="told"' not in other and 'id="root"' in other


def test_the_first_frame_is_the_race_of_the_link() -> None:
    paths = 2 * 4  # each in its color, and its case
    opening = first_frame({"lang": "en"})
    assert opening.count("stroke-width") == paths
    assert first_frame(examples()["fit"] | {"speed": "2"}) == opening
    other = first_frame(LAB | RATES)
    assert other.count("stroke-width") == 4 and other != opening
    assert first_frame(LAB | RATES | {"batch.learning_rate": "0.2"}) != other
    line = LAB | RATES | {"problem": "line"}
    assert "" != first_frame(line | {"loss": "mae"}) != first_frame(line) != ""


@pytest.mark.parametrize(
    "settings",
    [
        LAB,
        LAB | RATES | {"view": "3d"},
        LAB | RATES | {"follow": "1"},
        LAB | RATES | {"problem": "own", "own.source": "points"},
        LAB | RATES | {"problem": "formula"},
        LAB | RATES | {"problem": "nonsense"},
        LAB | RATES | {"problem": "iris"},
        LAB | RATES | {"runs": "<b>"},
        LAB | RATES | {"nonsense": "1"},
        LAB | RATES | {"problem": "overlapping", "class_weights": "balanced"},
    ],
)
def test_what_only_the_page_can_read_has_no_first_frame(settings: dict[str, str]) -> None:
    assert first_frame(settings) == ""


def test_a_first_frame_that_fails_keeps_nobody_from_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(settings: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("pages.ui.stage.first_frame._drawn", fail)
    assert draw("lab", LAB | RATES, "ko") == ""


def test_the_first_frame_has_the_colors_of_the_stage() -> None:
    theme = (Path(STATIC) / "stage" / "theme.js").read_text("utf-8")
    relief = theme[theme.index("RELIEF") : theme.index("};")]
    for mode, colors in RELIEF.items():
        assert f"{mode}: {json.dumps(colors)}" in relief


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("page", ["glossary", "article", "optimizers", "lessons"])
def test_a_page_without_a_stage_begins_with_its_name_and_first_sentence(
    page: str, language: str
) -> None:
    look = draw(page, {"lang": language}, language)
    shown = open_page(page, lang=language)
    if page == "lessons":
        (gallery,) = messages_of(shown, "gallery")
        first = [gallery["texts"]["title"], gallery["texts"]["how"], gallery["cards"][0]["still"]]
    else:
        first = [shown.markdown[k].value.removeprefix("## ")[:60] for k in range(2)]
    for text in first:
        assert text.partition("[")[0] in look


@pytest.mark.parametrize(
    "page, settings",
    [
        ("losses", {}),
        ("batches", {"watch": "sgd"}),
        ("compare", {}),
        ("lessons", {"lesson": "ravine"}),
        ("lab", {"problem": "iris", "runs": "batch-adam"}),
    ],
)
def test_what_was_seen_under_an_address_is_the_first_picture_there(
    monkeypatch: pytest.MonkeyPatch, page: str, settings: dict[str, str]
) -> None:
    monkeypatch.setattr(seen, "SEEN", Latest())
    monkeypatch.setattr("pages.ui.first_look.SEEN", seen.SEEN)
    assert "<svg" not in draw(page, settings, "en")
    at = open_lab(**settings) if page == "lab" else open_page(page, lang="ko", **settings)
    scenes = messages_of(at, "scene")
    faster = {"speed": "2"} if settings else {}
    look = draw(page, {"lang": "en", **settings, **faster}, "en")
    assert look.count("<svg") == len(scenes) > 0
    assert look.count("stroke-width") == 2 * sum(len(scene["runs"]) for scene in scenes)
    for other in ({"present": "1"}, {"view": "3d"}, {"nonsense": "1"}):
        assert "<svg" not in draw(page, settings | other, "en")


def test_nobody_sees_anything_of_anothers_table() -> None:
    stages, latest = [lambda: "<svg>"], Latest(most=2)
    latest.keep("lab", {"problem": "own", "own.digest": "1"}, stages)
    latest.keep("losses", {"data": "own"}, stages)
    assert not latest.of("lab", {"problem": "own", "own.digest": "1"})
    for k in range(3):
        latest.keep("lab", {"problem": str(k)}, stages)
    assert [bool(latest.of("lab", {"problem": str(k)})) for k in range(3)] == [False, True, True]
