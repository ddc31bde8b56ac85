"""A page that stands in another one shows no menus, and keeps its settings."""

from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.ui.frame.document import _answer

ROOT = Path(__file__).parents[2]


def test_a_bare_page_has_no_menus() -> None:
    links = {}
    for bare in ("0", "1"):
        at = AppTest.from_file(str(ROOT / "home.py"), default_timeout=60)
        for name, text in {"problem": "booth", "runs": "adam", "bare": bare}.items():
            at.query_params[name] = text
        at.run()
        assert not at.exception and not at.warning
        assert at.query_params["bare"] == bare
        menu = [each for each in at.get("page_link") if each.proto.page == "glossary"]
        links[bare] = len(menu)
    assert links == {"0": 1, "1": 0}


@pytest.mark.parametrize(("query", "stills"), [("bare=1&lang=ko", 0), ("lang=ko", 1)])
def test_its_document_shows_no_head_that_will_not_come(query: str, stills: int) -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    request = Request({**scope, "query_string": query.encode()})
    body = bytes(_answer(request, "lab", "").body)
    assert body.count(b"<div data-still=") == stills and b"<title>" in body
