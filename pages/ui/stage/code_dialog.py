"""Code for this run: a script that takes the drawn path in another library."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lossopt.links.contestants import Slot
from lossopt.links.race import Race
from lossopt.links.refusals import sentence
from lossopt.objectives import Objective
from lossopt.scripts import TARGETS, Run, takes_path, write_script
from pages.ui.frame.words import Words

MIME = {"python": "text/x-python", "javascript": "text/javascript"}


def code_button(words: Words, slots: Sequence[Slot], race: Race, goal: Objective) -> None:
    """Button that opens a dialog with the script of one contestant."""
    if st.button(words("own.code"), key="own code", icon=":material/code:"):
        dialog = st.dialog(words("own.code"), width="large")(_dialog)
        dialog(words, slots, race, goal)


def _dialog(words: Words, slots: Sequence[Slot], race: Race, goal: Objective) -> None:
    numbers = list(range(len(slots)))
    k = st.segmented_control(
        words("own.code_of"),
        numbers,
        format_func=lambda number: slots[number].label(words),
        default=0,
        key="own code of",
        required=True,
    )
    run = _run(race, goal, k or 0)
    library = _library(words, run)
    script = write_script(library, run)
    kind = "javascript" if library == "javascript" else "python"
    for note in script.notes:
        st.caption(sentence(words, note))
    with st.container(horizontal=True):
        if script.exact or "import" in script.text:
            st.download_button(
                words("own.save_script"), script.text, script.name, MIME[kind], on_click="ignore"
            )
        if script.data:
            st.download_button(
                words("own.save_data"), script.data, "data.csv", "text/csv", on_click="ignore"
            )
    st.code(script.text, kind, wrap_lines=True)


def _library(words: Words, run: Run) -> str:
    """Menu of libraries, in which those that take the path stand first and are marked."""
    taking = {library for library in TARGETS if takes_path(library, run)}
    options = sorted(TARGETS, key=lambda library: library not in taking)
    return st.selectbox(
        words("own.library"),
        options,
        index=options.index("pytorch"),
        format_func=lambda library: ("✓ " if library in taking else "") + TARGETS[library],
        help=words("own.library_help"),
        key="own code library",
    )


def _run(race: Race, goal: Objective, k: int) -> Run:
    return Run(race.entries[k], goal, race.start, race.n_steps, race.seed)
