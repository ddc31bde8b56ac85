"""The article that this project grew from: every claim with a verdict, and what runs say."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl

import streamlit as st

from lossopt.claims import CLAIMS, PARTS, VERDICTS, Claim, measured
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import Opening, Settings, one_of
from lossopt.links.views import VIEW, view_options
from lossopt.scripts.sources import references
from pages.ui.controls.controls import Controls
from pages.ui.frame.frame import PAGES, carried
from pages.ui.frame.link import Link
from pages.ui.frame.prose import as_math, filled, lines_of, sections
from pages.ui.frame.words import Words
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.ready_race import ready_race
from pages.ui.stage.stage_to_link import remember_view

COLORS = {"right": "green", "right_if": "blue", "misleading": "orange", "wrong": "red"}
ALL = "all"


@st.fragment
def article(words: Words) -> None:
    """Draw all claims, or those of one verdict; the stage of one of them at a time."""
    link = Link("article", Opening())
    controls = Controls(link, words)
    notices = st.container()
    with st.container(key="article"):
        st.markdown(f"## {words('article.title')}")
        st.markdown(words("article.intro"))
        verdict = _verdict_menu(controls)
        shown = link.read("show", "", one_of(("", *filter(has_stage, CLAIMS))))
        link.write("show", shown)
        for part in PARTS:
            _part(controls, part, verdict, shown)
        st.caption(words("article.machine", **measured()["machine"]))
    controls.finish(notices)


def _verdict_menu(controls: Controls) -> str:
    words = controls.words
    counts = Counter(claim.verdict for claim in CLAIMS.values())
    numbers = {ALL: len(CLAIMS), **counts}
    return controls.tabs(
        "verdict",
        words("article.filter"),
        (ALL, *VERDICTS),
        lambda each: f"{words(f'article.verdict.{each}')} {numbers[each]}",
        draw=st.pills,
    )


def _part(controls: Controls, part: str, verdict: str, shown: str) -> None:
    wanted = {
        name: claim
        for name, claim in CLAIMS.items()
        if claim.part == part and verdict in (ALL, claim.verdict)
    }
    if wanted:
        st.markdown(f"## {controls.words(f'article.part.{part}')}")
    for name, claim in wanted.items():
        with st.container(border=True, key=f"claim {claim.verdict} {name}"):
            _claim(controls, name, claim, shown=name == shown)


def _claim(controls: Controls, name: str, claim: type[Claim], *, shown: bool) -> None:
    """Verdict and claim, why, what was measured, and where it can be seen."""
    words, texts = controls.words, told(controls.words.language, name)
    verdict = words(f"article.verdict.{claim.verdict}")
    st.subheader(f":{COLORS[claim.verdict]}-badge[{verdict}] {texts['']}", anchor=name)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if claim.formula:
            st.latex(lines_of(claim.formula))
        st.markdown(texts["why"])
        if source := references(claim):
            st.caption(source)
    with right:
        st.markdown(f"**{words('article.measured')}** {texts['measured']}")
        _ways(controls, name, claim, shown=shown)
    if shown:
        _stage(controls, name, claim)


def told(language: str, name: str) -> dict[str, str]:
    """Words of a claim with its numbers."""
    numbers = {**measured()["times"], **measured()["claims"][name]}
    values = {key: f"{it:.0f}" if key.startswith("year_") else it for key, it in numbers.items()}
    found = sections(language, f"article/{name}")
    return {key: as_math(filled(text, values)) for key, text in found.items()}


def has_stage(name: str) -> bool:
    """Whether a claim is shown by a race of the Descent Lab."""
    return CLAIMS[name].shown.startswith("lab?")


def settings_of(claim: type[Claim]) -> tuple[str, dict[str, str]]:
    """Page that shows a claim, and its settings there."""
    page, _, query = claim.shown.partition("?")
    return page, dict(parse_qsl(query))


def _ways(controls: Controls, name: str, claim: type[Claim], *, shown: bool) -> None:
    """A button that opens or closes the stage, and a link to the page that can do more."""
    words, link = controls.words, controls.link
    if not claim.shown:
        return
    page, settings = settings_of(claim)
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_stage(name):
            st.button(
                words(f"article.{'close' if shown else 'play'}"),
                key=link.key(f"play {name}"),
                icon=":material/close:" if shown else ":material/play_circle:",
                on_click=link.put,
                args=("show", None if shown else name),
            )
        st.page_link(
            PAGES[page],
            label=words(f"article.open.{page}"),
            icon=":material/open_in_new:",
            query_params={**carried(), **settings},
        )


def _stage(controls: Controls, name: str, claim: type[Claim]) -> None:
    _, settings = settings_of(claim)
    ready = ready_race(Settings(settings))
    key = f"stage of {name}"
    usual = {each: settings[each] for each in VIEW if each in settings}
    show_race(
        controls.words,
        ready.race,
        ready.goal,
        contestants_of(controls.words, ready.slots, ready.race),
        key=key,
        options=view_options(controls.link, ready.goal, **usual),
        on_options=lambda: remember_view(controls.link, key),
    )
