"""The page of the optimizers: a family tree to choose from, and what there is to know of each."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.figures.family import family
from lossopt.links.settings import Opening
from lossopt.optimizers import OPTIMIZERS
from pages.ui.controls.controls import Controls
from pages.ui.frame.component import component, told
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.optimizers.anatomy import anatomy
from pages.ui.optimizers.card import card
from pages.ui.optimizers.libraries import libraries

OPENING = "adam"
TREE = "optimizers tree"
PARTS: dict[str, Callable[[Controls, str, DeltaGenerator], None]] = {
    "card": card,
    "anatomy": anatomy,
    "libraries": libraries,
}
"""Id in the link, and what draws the part; settings go into the row given last."""


@st.fragment
def optimizers(words: Words) -> None:
    """Draw the choice, the chosen part of the chosen optimizer, and the tree beside it."""
    controls = Controls(Link("optimizers", Opening()), words)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        notices = st.container()
        row = st.container(horizontal=True, vertical_alignment="bottom", key="optimizer settings")
        with row:
            name = _optimizer(controls)
            part = _part(controls)
        PARTS[part](controls, name, row)
    with right:
        _tree(controls, name)
    controls.finish(notices)


def _optimizer(controls: Controls) -> str:
    with st.container(width=230, key="optimizer choice"):
        return controls.choice(
            "optimizer",
            controls.words("optimizers.optimizer"),
            tuple(OPTIMIZERS),
            "optimizer",
            text=lambda item: name_of(controls.words, item),
            default=OPENING,
        )


def _part(controls: Controls) -> str:
    return controls.tabs(
        "part",
        controls.words("optimizers.part"),
        tuple(PARTS),
        lambda part: controls.words(f"optimizers.{part}.name"),
        label_visibility="collapsed",
        width="content",
    )


def _tree(controls: Controls, chosen: str) -> None:
    members = [member.message(name_of(controls.words, member.id)) for member in family(OPTIMIZERS)]
    data = {"members": members, "chosen": chosen, "title": controls.words("optimizers.tree")}
    component("optimizers", data, key=TREE, on_pick_change=lambda: _pick(controls.link))


def _pick(link: Link) -> None:
    picked = told("pick", TREE)
    if isinstance(picked, str) and picked in OPTIMIZERS:
        link.put("optimizer", picked)


def name_of(words: Words, name: str) -> str:
    """What a person reads for an optimizer."""
    return words.item("optimizer", name)
