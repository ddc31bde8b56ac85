"""The page that compares: one module per mode, and only the chosen one computes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lossopt.links.settings import Opening
from pages.ui.compare import basins, outcomes, race, scoreboard, seeds, side_by_side, story
from pages.ui.controls.controls import Controls
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words

MODES: dict[str, Callable[[Controls], None]] = {
    "story": story.show,
    "race": race.show,
    "map": outcomes.show,
    "basins": basins.show,
    "seeds": seeds.show,
    "side_by_side": side_by_side.show,
    "scoreboard": scoreboard.show,
}
"""Id in the link, and what draws the mode: its settings, its picture, its words."""
RACE = Opening({"mode": "race", "runs": race.USUAL}, subject="mode", subjects=tuple(MODES))
"""Every mode has a usual problem of its own."""


class Door(Opening):
    """The story for an address that says nothing; a link that names no mode is a race."""

    def left_out_by(self, link: dict[str, str]) -> dict[str, str]:
        """Settings that a link leaves to the page."""
        return RACE.left_out_by(link) if link else self.settings


OPENING = Door({"mode": next(iter(MODES))})
DIFFERENT = ("problem", "optimizer")
"""Settings whose defaults differ between the modes."""


def compare(words: Words) -> None:
    """Draw the switch between the modes and the chosen mode.

    This is no fragment: a change inside one could not cancel the work in progress.
    """
    link = Link("compare", OPENING)
    controls = Controls(link, words)
    before = link.read("mode", next(iter(MODES)), str)
    mode = controls.tabs(
        "mode",
        words("compare.mode"),
        tuple(MODES),
        lambda mode: words(f"compare.{mode}.name"),
        label_visibility="collapsed",
    )
    if mode != before:
        link.renew(*DIFFERENT)
    link.write("mode", mode)
    notices = st.container()
    MODES[mode](controls)
    controls.finish(notices)
