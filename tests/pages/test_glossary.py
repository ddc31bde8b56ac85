"""The glossary without a browser: topics, order, search, and what leads on from a term."""

import tomllib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.frame.frame import PAGES
from pages.ui.frame.words import ASSETS, LANGUAGES, catalog
from pages.ui.glossary import facts, is_meant, plain, related

APP = str(Path(__file__).parents[2] / "home.py")
TERMS = set(tomllib.loads((ASSETS / "en" / "glossary.toml").read_text("utf-8"))["term"])


def opened(page: str = "glossary", **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at = at if page == "lab" else at.switch_page(f"pages/{page}.py")
    for name, text in query.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception and not at.error and not at.warning
    return at


def names(language: str) -> dict[str, str]:
    return {term: catalog(language)[f"glossary.term.{term}.name"] for term in TERMS}


def test_every_term_stands_under_one_topic_and_leads_on_to_another() -> None:
    listed = [term for topic in facts()["topics"].values() for term in topic]
    assert sorted(listed) == sorted(TERMS) and len(TERMS) > 60
    assert {"convex", "saddle", "hessian", "pca", "ravine", "softmax", "cross_entropy"} <= TERMS
    assert all(related().values()) and set(facts()["seen"]) <= TERMS
    for term, others in related().items():
        assert term not in others and all(term in related()[other] for other in others)
    for one, other in facts()["related"]:
        assert {one, other} <= TERMS
    pairs = [frozenset(pair) for pair in facts()["related"]]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_can_be_put_in_order(language: str) -> None:
    by_topic = [each.anchor for each in opened(lang=language).subheader]
    assert by_topic == list(related())
    by_name = [each.value for each in opened(lang=language, order="name").subheader]
    assert by_name == sorted(names(language).values(), key=plain) and len(by_name) == len(by_topic)


@pytest.mark.parametrize(
    "sought, language, term",
    [
        ("hessian", "ko", "hessian"),
        ("헤세", "en", "hessian"),
        ("교차엔트로피", "ko", "cross_entropy"),
        ("CROSS ENTROPY", "en", "cross_entropy"),
        ("second derivatives", "en", "hessian"),
    ],
)
def test_a_word_is_found_however_it_is_spelled(sought: str, language: str, term: str) -> None:
    at = opened(find=sought, lang=language)
    found = [each.anchor for each in at.subheader]
    assert term in found and len(found) < 6
    assert found == [each for each in related() if is_meant(each, sought, language)]
    links = "\n".join(each.value for each in at.markdown)
    assert all(f"(#{it})" not in links for it in TERMS - set(found)), "links lead to what is shown"


def test_what_is_not_there_is_said_and_not_drawn() -> None:
    at = opened(find="<b>*x*")
    assert not at.subheader and "`<b>*x*`" in at.info[0].value
    at.text_input(key="glossary:find:1").set_value("").run()
    assert len(at.subheader) == len(TERMS) and "find" not in at.query_params


@pytest.mark.parametrize("term", facts()["seen"])
def test_where_a_term_is_seen_exists(term: str) -> None:
    page, _, query = facts()["seen"][term].partition("?")
    assert page in PAGES
    opened(page, **dict(parse_qsl(query)))
