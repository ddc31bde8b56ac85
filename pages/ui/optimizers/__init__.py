"""The page of the optimizers: a family tree to choose from, and what there is to know of each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.figures.family import family
from lossopt.optimizers import OPTIMIZERS
from pages.ui.controls.fields import choice, options_parser
from pages.ui.frame.component import component, told
from pages.ui.frame.frame import link_notices
from pages.ui.frame.link import Link, Opening
from pages.ui.frame.words import Words
from pages.ui.optimizers.anatomy import anatomy
from pages.ui.optimizers.card import card

OPENING = "adam"
TREE = "optimizers tree"
PARTS: dict[str, Callable[[Link, Words, str, DeltaGenerator], None]] = {
    "card": card,
    "anatomy": anatomy,
}
"""Id in the link, and what draws the part; settings go into the row given last."""


@st.fragment
def optimizers(words: Words) -> None:
    """Draw the choice, the chosen part of the chosen optimizer, and the tree beside it."""
    link = Link("optimizers", Opening())
    left, right = st.columns([3, 1], gap="medium")
    with left:
        notices = st.container()
        row = st.container(horizontal=True, vertical_alignment="bottom", key="optimizer settings")
        with row:
            name = _optimizer(link, words)
            part = _part(link, words)
        PARTS[part](link, words, name, row)
    with right:
        _tree(link, words, name)
    link.save()
    with notices:
        link_notices(link, words)


def _optimizer(link: Link, words: Words) -> str:
    with st.container(width=230, key="optimizer choice"):
        return choice(
            link,
            words,
            "optimizer",
            words("optimizers.optimizer"),
            tuple(OPTIMIZERS),
            "optimizer",
            text=lambda item: name_of(words, item),
            default=OPENING,
        )


def _part(link: Link, words: Words) -> str:
    key, usual = link.key("part"), next(iter(PARTS))
    if st.session_state.get(key) not in PARTS:
        st.session_state[key] = link.read("part", usual, options_parser(tuple(PARTS)))
    chosen = st.segmented_control(
        words("optimizers.part"),
        list(PARTS),
        format_func=lambda part: words(f"optimizers.{part}.name"),
        key=key,
        label_visibility="collapsed",
        width="content",
        required=True,
    )
    part = chosen if chosen in PARTS else usual
    link.write("part", part, usual)
    return part


def _tree(link: Link, words: Words, chosen: str) -> None:
    members = [member.message(name_of(words, member.id)) for member in family(OPTIMIZERS)]
    data = {"members": members, "chosen": chosen, "title": words("optimizers.tree")}
    component("optimizers", data, key=TREE, on_pick_change=lambda: _pick(link))


def _pick(link: Link) -> None:
    picked = told("pick", TREE)
    if isinstance(picked, str) and picked in OPTIMIZERS:
        link.put("optimizer", picked)


def name_of(words: Words, name: str) -> str:
    """What a person reads for an optimizer."""
    return words.name("optimizer", name, OPTIMIZERS[name].name)
