"""Code for this run: a script that takes the drawn path in another library."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lossopt.objectives import Objective
from lossopt.scripts import TARGETS, Run, write_script
from pages.ui.controls.contestants import Slot
from pages.ui.frame.refusals import sentence
from pages.ui.frame.words import Words
from pages.ui.runs.race import Race

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
    library = st.segmented_control(
        words("own.library"),
        list(TARGETS),
        format_func=TARGETS.get,
        default="pytorch",
        key="own code library",
        required=True,
    )
    script = write_script(library, _run(race, goal, k or 0))
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


def _run(race: Race, goal: Objective, k: int) -> Run:
    return Run(race.entries[k], goal, race.start, race.n_steps, race.seed)
