"""Doors to the class on other pages: open one about what is shown, or send a rule to its race."""

from __future__ import annotations

from pages.ui.frame.component import component
from pages.ui.frame.words import Words


def class_door(words: Words, key: str, *, stage: str = "", **link: str) -> None:
    """Draw the door of a page.

    Parameters
    ----------
    words : Words
    key : str
        Tells the doors of a page apart.
    stage : str
        Name of the stage beside whose tuner it stands: what is open there may be sent to a class.
    **link : str
        What the page shows, where its address does not say so.
    """
    component(
        "classroom",
        {
            "link": link,
            "stage": stage,
            "lang": words.language,
            "texts": words.section("classroom.door"),
            "refusals": words.section("classroom.refusals") if stage else {},
        },
        key=f"{key} door",
        width="content",
    )
