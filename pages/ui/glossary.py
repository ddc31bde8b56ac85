"""The glossary: every term in one sentence, each with an anchor of its own."""

from __future__ import annotations

import streamlit as st

from pages.ui.frame.prose import as_math
from pages.ui.frame.words import Words


def glossary(words: Words) -> None:
    """Draw all terms."""
    st.markdown(f"## {words('menu.glossary')}")
    st.markdown(words("glossary.intro"))
    texts = words.section("glossary.term")
    with st.container(key="glossary"):
        for term in [key.removesuffix(".name") for key in texts if key.endswith(".name")]:
            with st.container(gap="small"):
                st.subheader(texts[f"{term}.name"], anchor=term)
                st.markdown(as_math(texts[f"{term}.text"]))
