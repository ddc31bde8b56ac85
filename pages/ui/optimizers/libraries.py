"""Same name, different rule: what each library runs, on one surface and in one table."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.entries import Entry
from lossopt.figures.palette import numbered_look
from lossopt.figures.scene import Contestant
from lossopt.libraries import same_paths
from lossopt.links.race import Race
from lossopt.links.views import view_options
from lossopt.optimizers import OPTIMIZERS
from pages.ui.controls.controls import Controls
from pages.ui.frame.table import show_table, theme
from pages.ui.optimizers.differences import difference_buttons
from pages.ui.optimizers.ground import PLANE, fields_of, ground_controls, surface_choice
from pages.ui.optimizers.libraries_text import (
    Known,
    differs_in,
    ends,
    known_libraries,
    lead,
    names_of,
    table,
    ways,
    what_to_set,
)
from pages.ui.optimizers.schedules import schedules
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "libraries stage"


def libraries(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Paths of all libraries that have an optimizer, and how they differ in words and numbers."""
    words = controls.words
    known = known_libraries(name)
    title = words.item("optimizer", name)
    if not known:
        st.info(words("optimizers.libraries.nobody", name=title), icon=":material/info:")
        return
    if OPTIMIZERS[name].needs_matrices:
        groups = same_paths(known, name, 1.0)
        st.markdown(lead(words, title, known, groups))
    else:
        _stage(controls, name, row, known)
    show_table(*table(words, name, known, theme()))
    difference_buttons(controls, name)
    if len(known) > 1:
        _moving(controls, name, known)
    st.markdown("\n".join(f"- {line}" for line in ways(words, name, known)))
    schedules(controls)


def _stage(controls: Controls, name: str, row: DeltaGenerator, known: Known) -> None:
    """All paths with the same learning rate."""
    words = controls.words
    with row:
        with st.container(width=150):
            surface = surface_choice(controls)
        with st.container(width=190):
            rate = controls.fields(name, fields_of(name, rate=True))["learning_rate"]
        with st.popover(words("lab.more"), width="content"):
            ground = ground_controls(controls, surface)
    groups = same_paths(known, name, rate)
    st.markdown(lead(words, words.item("optimizer", name), known, groups))
    if not groups:
        return
    view = view_options(controls.link)
    entries = tuple(map(Entry, groups))
    race = Race(entries, ground.n_steps, ground.start, axes=PLANE, follow=view.follow)
    with st.container(key="libraries"):
        show_race(
            words,
            race,
            ground.goal,
            tuple(
                Contestant(
                    ids[0], names_of(words, known, ids), differs_in(words, rule), numbered_look(k)
                )
                for k, (rule, ids) in enumerate(groups.items())
            ),
            key=STAGE,
            options=view,
            hint=words("optimizers.libraries.hint"),
            on_start=lambda: move_start(controls.link, ground.start_name, STAGE),
            on_options=lambda: remember_view(controls.link, STAGE),
        )


def _moving(controls: Controls, name: str, known: Known) -> None:
    """From one library to another: what to set, and what no number brings back."""
    words = controls.words
    st.markdown(f"**{words('optimizers.libraries.moving')}**")
    ids = tuple(known)
    with st.container(horizontal=True, key="moving"):
        here, there = (
            controls.choice(
                end,
                words(f"optimizers.libraries.{end}"),
                ids,
                "library",
                text=lambda key: known[key].name,
                default=usual,
            )
            for end, usual in zip(("from", "to"), ends(name, known), strict=True)
        )
    st.markdown(" ".join(what_to_set(words, name, known[here], known[there])))
