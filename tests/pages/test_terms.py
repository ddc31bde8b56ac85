"""Terms of the glossary that are underlined where they stand."""

import gzip
import json
import re

import pytest
from starlette.routing import Router

from lossopt.lessons import LESSONS
from pages.ui.frame.files import KEEP, Compressed, address, player_files
from pages.ui.frame.prose import as_math
from pages.ui.frame.terms import KEPT, Terms, facts, patterns
from pages.ui.frame.words import LANGUAGES, Words, catalog
from pages.ui.lessons.parts import LessonText
from pages.ui.stage.race_stage import NOTES
from tests.pages.test_document import asked
from tests.pages.test_lab import open_lab
from tests.pages.test_lessons import messages_of, open_page

MARK = re.compile(r"\[([^\]]+)\]\(#([\w%]+)\)")
"""A term in a note of the stage."""
LINK = re.compile(r"\[([^\]]+)\]\(glossary\?lang=(\w\w)#([\w%]+)\)")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("name", LESSONS)
def test_a_term_is_underlined_once_and_nothing_else_changes(name: str, language: str) -> None:
    text, terms = LessonText(Words(language), LESSONS[name]()), Terms(Words(language))
    seen: list[str] = []
    for section in ("question", "why"):
        before = as_math(text[section])
        after = terms.linked(before)
        assert LINK.sub(r"\1", after) == before
        seen += [term.replace("%5F", "_") for _, _, term in LINK.findall(after)]
        assert "_" not in LINK.search(after)[3] if LINK.search(after) else True
    known = {term for topic in facts()["topics"].values() for term in topic}
    assert len(seen) == len(set(seen)) and set(seen) <= known - set(facts()["everyday"])


@pytest.mark.parametrize(
    "language, text, linked",
    [
        ("en", "The gradient of $gradient$ and `gradient` and gradients.", ["gradient"]),
        ("en", "**gradient** and [gradient](#x)", []),
        ("en", "a learning rate schedule", ["schedule"]),
        (
            "en",
            "the largest stable learning rate; a learning rate",
            ["stable_rate", "learning_rate"],
        ),
        ("en", "ungradient-like", []),
        ("ko", "학습률을 키우면 기울기가", ["learning_rate", "gradient"]),
        ("ko", "안정한 최대 학습률은", ["stable_rate"]),
        ("ko", "재학습률", []),
    ],
)
def test_what_counts_as_a_term(language: str, text: str, linked: list[str]) -> None:
    found = LINK.findall(Terms(Words(language)).linked(text))
    assert sorted(term.replace("%5F", "_") for _, _, term in found) == sorted(linked)
    assert {tongue for _, tongue, _ in found} <= {language}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_name_is_found_in_itself(language: str) -> None:
    """Two terms with one name would hide each other."""
    for term, pattern in patterns(language):
        name = catalog(language)[f"glossary.term.{term}.name"]
        assert pattern.search(name) and not KEPT.search(name)
    assert len(patterns(language)) == len({pattern.pattern for _, pattern in patterns(language)})


@pytest.mark.parametrize("page, query", [("lessons", {"lesson": "ravine"}), ("optimizers", {})])
def test_what_is_underlined_is_explained_in_the_words_of_the_glossary(
    page: str, query: dict[str, str]
) -> None:
    for language in LANGUAGES:
        at = open_page(page, lang=language, **query)
        links = LINK.findall("\n".join(each.value for each in at.markdown))
        told = terms_at(language)
        assert links and {term.replace("%5F", "_") for _, _, term in links} <= told.keys()
        for term, text in told.items():
            assert text == catalog(language)[f"glossary.term.{term}.text"]
        (explains,) = [each for each in messages_of(at, "name") if each == "terms"]
        assert explains


def terms_at(language: str) -> dict[str, str]:
    """What a page asks for when somebody points at a term."""
    status, headers, body = asked(Compressed(player_app()), f"{address()}/terms/{language}.json")
    assert status == 200 and headers["cache-control"] == KEEP
    return dict(json.loads(gzip.decompress(body)))


def player_app() -> Router:
    return Router([player_files()])


def test_no_other_language_is_asked_for() -> None:
    assert asked(player_app(), f"{address()}/terms/..%2Fen.json")[0] == 404
    assert asked(player_app(), f"{address()}/terms/de.json")[0] == 404


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_notes_of_a_stage_name_terms_of_the_glossary(language: str) -> None:
    at = open_lab(problem="moons", runs="batch-adam", lang=language)
    (scene,) = messages_of(at, "scene")
    plain = [catalog(language)[f"stage.{name}"] for name in NOTES]
    marked = [scene["texts"][name] for name in NOTES]
    assert [MARK.sub(r"\1", text) for text in marked] == plain != marked
    for text in [*marked, *scene["messages"], scene["plane"]["note"]]:
        named = [term.replace("%5F", "_") for _, term in MARK.findall(text)]
        assert len(named) == len(set(named)) and {*named} <= terms_at(language).keys()
    assert any(MARK.search(text) for text in scene["messages"])
    kept = at.session_state["staged of lab stage"].scene
    assert not any(MARK.search(text) for text in [*kept.messages, *kept.texts.values()])
