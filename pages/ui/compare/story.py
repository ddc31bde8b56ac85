"""The story: one race with one learning rate for all, and with each tuned, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lossopt.comparisons import Budget, Contest, Merit
from lossopt.figures.messages import Extras, Options
from lossopt.links.contestants import Slot, parse_slots
from lossopt.links.race import Race, RunChoice, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from pages.ui.compare import race as fair
from pages.ui.compare.budget import Search, Setting
from pages.ui.compare.columns import settings_column
from pages.ui.compare.tables import ALIKE, percent
from pages.ui.controls.controls import Controls
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.frame.terms import linked
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.race_stage import show_race, show_transport
from pages.ui.stage.stage_to_link import remember_view

GROUP = "story"
TRANSPORT = "story transport"
PLANE = 2
"""Params that are drawn as they are."""
NEXT = {"race": ":material/tune:", "map": ":material/grid_on:"}
"""Modes that go on from here."""


def show(controls: Controls) -> None:
    """Draw the sentence, and below it both races."""
    link, words = controls.link, controls.words
    with settings_column(words) as left:
        goal = objective(problem_panel(controls, usual=fair.PROBLEM, with_examples=False).goal)
    slots = [slot.on(goal) for slot in parse_slots(fair.USUAL) if slot.fits(goal)]
    start = tuple(float(number) for number in goal.start)
    run = RunChoice(1, 0, start, (0, 1) if goal.n_params == PLANE else None)
    view = view_options(link, goal)
    race = race_of(link, slots, goal, run, follow=view.follow)
    setting = fair.setting_of(race, goal, Budget(), Merit(), Search(), run)
    with left, st.container(key="story"):
        found = fair.contest_of(words, setting, goal)
        st.markdown(f"## {sentence(words, setting, [slot.label(words) for slot in slots], found)}")
        show_transport(controls, view, group=GROUP, key=TRANSPORT)
        rate, steps = setting.search.common, found.tuned.n_steps
        sides = {
            "common": tuple(entry.with_fields(learning_rate=rate) for entry in setting.entries),
            "tuned": tuple(each.entry for each in found.tunings),
        }
        with st.container(key="pair"):
            columns = st.columns(2)
        for column, (side, entries) in zip(columns, sides.items(), strict=True):
            with column:
                title = words(f"compare.story.{side}", rate=short(rate))
                st.markdown(f"**{title}**")
                run_as = fair.as_run(race, entries, steps)
                _stage(controls, f"{GROUP} {side}", run_as, goal, slots, view, title)
        shows = words("compare.story.shows", steps=max(steps), trials=_trials(setting))
        st.markdown(linked(words, shows))
        _go_on(controls)


def _stage(
    controls: Controls,
    key: str,
    race: Race,
    goal: Objective,
    slots: Sequence[Slot],
    view: Options,
    title: str,
) -> None:
    """Draw one of the races; whoever cannot see it hears which of the two it is."""
    label = f"{title}: {controls.words.section('stage')['stage_label']}"
    show_race(
        controls.words,
        race,
        goal,
        contestants_of(controls.words, slots, race),
        key=key,
        options=view,
        extras=Extras(layout="column"),
        texts={"stage_label": label},
        on_options=lambda: remember_view(controls.link, key),
        group=GROUP,
        transport=False,
    )


def _go_on(controls: Controls) -> None:
    with st.container(horizontal=True):
        for mode, icon in NEXT.items():
            st.button(
                controls.words(f"compare.story.to_{mode}"),
                key=controls.link.key(f"story to {mode}"),
                icon=icon,
                on_click=controls.link.put,
                args=("mode", mode),
            )


def _trials(setting: Setting) -> int:
    return fair.TRIALS[setting.search.second]


def sentence(words: Words, setting: Setting, names: Sequence[str], found: Contest) -> str:
    """Say who wins with one rate for all, and what tuning makes of that."""
    first = "wins" if found.common.winner is not None else "none"
    said = [(f"first_{first}", found.common), (f"then_{_then(found)}", found.tuned)]
    return " ".join(
        words(
            f"compare.story.{key}",
            rate=short(setting.search.common),
            trials=_trials(setting),
            n=len(names),
            name="" if ranking.winner is None else names[ranking.winner],
            share=percent(ranking.spread or 0.0),
        )
        for key, ranking in said
    )


def _then(found: Contest) -> str:
    """What tuning comes to."""
    tuned = found.tuned
    if tuned.winner is not None:
        return "same" if tuned.winner == found.common.winner else "wins"
    return "alike" if tuned.spread is not None and tuned.spread <= ALIKE else "none"
