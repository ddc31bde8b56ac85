"""Every refusal of the class service is described, and has a sentence on the pages that meet it."""

import re
from pathlib import Path

import pytest

from pages.ui.frame.words import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
SOURCE = "".join(path.read_text("utf-8") for path in (ROOT / "classroom").glob("*.py"))
TEXTS = {
    f"{name}_{what}"
    for name in ("nickname", "text", "option", "link")
    for what in ("empty", "long", "signs")
} - {"link_empty"}
PLAIN = set(re.findall(r'(?:RefusedError\(|"error": |_finite\(value, )"(\w+)"', SOURCE))
TEACHER = {each for each in TEXTS if not each.startswith("nickname")} | {
    *("already_shown", "not_the_teacher", "too_many_classes", "too_many_questions"),
    "unknown_student",
}
"""What no student's page meets."""


def test_refusals_are_found() -> None:
    assert len(PLAIN) > 15 and {"late", "too_many_pages", "not_an_answer"} <= PLAIN


def test_every_refusal_is_described() -> None:
    table = (ROOT / "docs" / "classroom.md").read_text("utf-8").partition("## Refusals")[2]
    told = set(re.findall(r"`(\w+)`", table))
    assert told >= {each for each in PLAIN | TEXTS if not each.startswith(("option", "link"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language: str) -> None:
    words = Words(language)
    for_all = words.section("classroom.refusals").keys()
    assert for_all >= (PLAIN | TEXTS) - TEACHER
    assert for_all | words.section("desk.refusals").keys() >= PLAIN | TEXTS
