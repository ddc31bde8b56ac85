"""The page of a student: what it weighs, what it says, and what becomes of its answers."""

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from pages.ui.classroom.phone import SHEETS, phone, phone_page
from pages.ui.frame.files import STATIC, _compressed, packed_bundle, version
from pages.ui.frame.words import Words
from tests.pages.test_document import asked
from tests.programs.node import ROOT, node_program

LIMIT = 150_000
"""Bytes on the wire before the first question shows."""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_light_and_says_what_is_kept(language: str) -> None:
    page = asked(phone_page().app, f"/class?lang={language}")[2]
    sheets = sum(len(_compressed(STATIC / sheet)) for sheet in SHEETS)
    assert len(page) + sheets + len(packed_bundle("phone")) < LIMIT
    text = gzip.decompress(page).decode()
    assert text == phone(language) and f'<html lang="{language}">' in text
    assert Words(language)("phone.privacy") in text and "24" in Words(language)("phone.privacy")
    modules = json.loads(gzip.decompress(packed_bundle("phone")))
    assert f"player/{version()}/classroom/phone.js" in modules
    assert not any("vendor" in path or "streamlit" in path for path in modules)


def test_an_answer_is_kept_and_sent_until_it_is_stored_or_refused() -> None:
    script, folder = Path(__file__).with_name("outbox.mjs"), ROOT / "static" / "classroom"
    command = [node_program(), str(script), folder.as_uri()]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert told["sent"] == [*([["q1", [2]]] * 4), ["q1", [3]], ["q2", 0]]
    assert told["away"] == ["store_gone", "", ""] and told["last"] == {}
    stored = {"stored": True, "value": [3], "code": ""}
    late = {"stored": False, "value": 0, "code": "late"}
    assert told["ended"] == [["q1", stored], ["q2", late]]


def test_modules_are_found_below_a_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pages.ui.frame.files.st.get_option", lambda name: "/school/")
        page = phone.__wrapped__("en")
    assert 'const app = new URL("/school/", location).href;' in page
    assert f'JSON.stringify(app + "player/{version()}/classroom/phone.js")' in page
    assert f'fetch("/school/player/{version()}/phone.json")' in page
