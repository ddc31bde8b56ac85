"""Take it home: what is on the stage as files, and the link as a code to scan."""

from __future__ import annotations

import streamlit as st

from lossopt.comparisons.steps import steps_csv
from lossopt.figures.bench import bench_of
from lossopt.figures.player import plotly_files
from lossopt.links.scenes import settings_in_full
from pages.ui.frame.component import component
from pages.ui.frame.words import Words
from pages.ui.runs.cache import rate_for, runs_of
from pages.ui.stage.stage_to_link import STAGED


def take_home(words: Words, key: str, *, stem: str) -> None:
    """Offer the picture on the stage with this key in many forms; nothing is made unasked.

    Parameters
    ----------
    key : str
        Name of the stage.
    stem : str
        What names of files end with.
    """
    name = f"lossopt-{stem}"
    menu = st.popover(
        words("take_home.name"),
        icon=":material/download:",
        key=f"{key} take home",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu:
        st.markdown(words("take_home.page_note"))
        with st.container(horizontal=True):
            beside = st.toggle(
                words("take_home.beside"), key=f"{key} beside", help=words("take_home.why")
            )
        with st.container(horizontal=True):
            _page_button(words, key, name, beside=beside)
            if beside:
                _plotly_buttons(words, key)
            _table_button(words, key, name)
        component(
            "take_home",
            {"stage": key, "stem": name, "texts": words.section("take_home")},
            key=f"{key} take",
        )


def _page_button(words: Words, key: str, name: str, *, beside: bool) -> None:
    staged = STAGED[key]

    def page() -> str:
        (scene, plane), goal = staged.whole(), staged.goal
        runs = runs_of(staged.race, goal)
        bench = bench_of(
            scene,
            plane,
            runs,
            staged.contestants,
            words.language,
            rate=lambda entry: rate_for(entry, goal),
        )
        return bench.page(scene, title=name, plotly="beside" if beside else "inside")

    st.download_button(
        words("take_home.page_small" if beside else "take_home.page"),
        page,
        file_name=f"{name}.html",
        mime="text/html",
        key=f"{key} page",
        on_click="ignore",
    )


def _plotly_buttons(words: Words, key: str) -> None:
    for file, content in plotly_files().items():
        st.download_button(
            words("take_home.plotly", file=file),
            content,
            file_name=file,
            mime="text/javascript",
            key=f"{key} {file}",
            on_click="ignore",
        )


def _table_button(words: Words, key: str, name: str) -> None:
    staged = STAGED[key]

    def table() -> str:
        labels = [each.label for each in staged.contestants]
        settings = settings_in_full(words, staged.race)
        runs = runs_of(staged.race, staged.goal)
        return steps_csv(runs, labels, settings, staged.goal.param_names)

    st.download_button(
        words("take_home.table"),
        table,
        file_name=f"{name}-steps.csv",
        mime="text/csv",
        key=f"{key} table",
        on_click="ignore",
    )
