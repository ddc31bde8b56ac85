"""What is refused is said in the reader's language, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from lossopt.refusals import RefusalError
from pages.ui.frame.link import Link
from pages.ui.frame.memory import Memory, keep_default
from pages.ui.frame.words import Words, as_code

T = TypeVar("T")
LAST_GOOD: Memory[str] = Memory("last good text")


def sentence(words: Words, refusal: RefusalError) -> str:
    """Sentence of a refusal; what a person wrote appears in it as plain text."""
    template = words.name(f"own.{refusal.kind}", refusal.code, refusal.sentences[refusal.code])
    shown = {
        name: as_code(value) if isinstance(value, str) else value
        for name, value in refusal.values.items()
    }
    return template.replace("*", r"\*").format(**shown)


def text_control(
    link: Link,
    words: Words,
    name: str,
    label: str,
    usual: str,
    parse: Callable[[str], T],
    *,
    wrong: str = "",
    length: int = 200,
) -> T:
    """Draw a text box; a text that `parse` refuses gives a sentence and leaves the last good one.

    Parameters
    ----------
    usual : str
        Text before anything is typed; `parse` accepts it.
    wrong : str
        Sentence for a refusal without one of its own.
    """
    key = link.key(name)
    shown = keep_default(key, link.read(name, usual, lambda text: text[:length])) or ""
    typed = st.text_input(label, shown, key=key, max_chars=length) or ""
    last = link.prefix + name
    for text in (typed, LAST_GOOD.begin(last, usual)):
        try:
            value = parse(text)
        except (ValueError, OverflowError) as refusal:
            if text == typed:
                told = isinstance(refusal, RefusalError)
                st.error(sentence(words, refusal) if told else wrong)
        else:
            break
    else:
        text, value = usual, parse(usual)
    LAST_GOOD.keep(last, text)
    link.write(name, text, usual)
    return value
