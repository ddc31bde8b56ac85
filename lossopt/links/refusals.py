"""What is refused is said in the reader's language, and nothing is lost."""

from __future__ import annotations

from lossopt.refusals import RefusalError
from lossopt.words import Words, as_code


def sentence(words: Words, refusal: RefusalError) -> str:
    """Sentence of a refusal; what a person wrote appears in it as plain text."""
    template = sentences(words, type(refusal))[refusal.code]
    shown = {
        name: as_code(value) if isinstance(value, str) else value
        for name, value in refusal.values.items()
    }
    return template.replace("*", r"\*").format(**shown)


def sentences(words: Words, kind: type[RefusalError]) -> dict[str, str]:
    """Sentences of all refusals of a kind by their codes, with their placeholders."""
    return {
        code: words.name(f"own.{kind.kind}", code, english)
        for code, english in kind.sentences.items()
    }
