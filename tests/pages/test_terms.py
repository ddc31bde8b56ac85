"""Terms of the glossary that are underlined where they stand."""

import re

import pytest

from lossopt.lessons import LESSONS
from pages.ui.frame.prose import as_math
from pages.ui.frame.terms import KEPT, Terms, facts, patterns
from pages.ui.frame.words import LANGUAGES, Words, catalog
from pages.ui.lessons.parts import LessonText
from tests.pages.test_lessons import messages_of, open_page

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
        (told,) = messages_of(at, "terms")
        links = LINK.findall("\n".join(each.value for each in at.markdown))
        assert links and {term.replace("%5F", "_") for _, _, term in links} == set(told)
        for term, text in told.items():
            assert text == catalog(language)[f"glossary.term.{term}.text"]
