"""Fair race: equal budgets, and everybody tuned in the same way before anybody is called best."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

import streamlit as st

from lossopt.comparisons import (
    Budget,
    Contest,
    Entry,
    Merit,
    Ranking,
    contest,
    lowest,
    rank,
    ranking_seeds,
)
from lossopt.comparisons.tuning import second_of
from lossopt.figures.tuner import RunSettings
from lossopt.links.batch_size import draws_samples
from lossopt.links.contestants import parse_slots
from lossopt.links.race import Race, RunChoice, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import one_of
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import params_of
from lossopt.trajectories import affordable_steps
from pages.ui.compare.budget import AXES, Search, Setting, budget_panel, merit_panel
from pages.ui.compare.columns import settings_column
from pages.ui.compare.results import (
    say_contest,
    say_ranking,
    show_code,
    show_contest,
    show_ranking,
)
from pages.ui.controls.controls import Controls
from pages.ui.controls.optimizers import optimizer_panel
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.frame.link import Link
from pages.ui.frame.long_work import long_work
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "race stage"
PROBLEM = "iris"
"""Here one rate for all has a winner, and tuning leaves none."""
USUAL = "batch-momentum-nesterov-rmsprop-adam"
MOST_STEPS = 10_000
TRIALS = {False: 32, True: 64}
"""Trials of each optimizer: for the learning rate alone, and with a second hyperparameter."""


def show(controls: Controls) -> None:
    """Draw the race, its table and how much everybody depends on the learning rate."""
    link, words = controls.link, controls.words
    with settings_column(words) as left:
        with left:
            button, said = st.columns([1, 4], vertical_alignment="center")
            notes, place = st.container(), st.container()
        problem = problem_panel(controls, usual=PROBLEM, with_examples=False)
        goal = objective(problem.goal)
        tuned = _is_tuned(link)
        _rest(controls, tuned)
        slots = optimizer_panel(controls, problem, goal, usual=USUAL, stage=STAGE)
        budget = budget_panel(controls, goal)
        merit = merit_panel(controls)
        search = controls.spec("search", Search)
        sampled = draws_samples(link, slots, goal)
        run = run_panel(controls, problem, goal, sampled=sampled, n_steps=RunSettings().n_steps)
    view = view_options(link, goal, axis=AXES[budget.unit])
    race = race_of(link, slots, goal, run, follow=view.follow)
    setting = setting_of(race, goal, budget, merit, search, run)
    names = [slot.label(words) for slot in slots]
    with notes:
        if setting.merit != merit:
            st.info(words("compare.no_target"))
        if setting.budget != budget:
            st.info(words("compare.cut", amount=short(setting.budget.amount), most=MOST_STEPS))
    with button:
        _tune_button(controls, tuned)
        found = contest_of(words, setting, goal) if tuned else None
        ranking = found.tuned if found else _ranking(words, race, setting, goal)
    entries = tuple(each.entry for each in found.tunings) if found else setting.entries
    run_as = as_run(race, entries, ranking.n_steps)
    with place:
        show_race(
            words,
            run_as,
            goal,
            contestants_of(words, slots, run_as),
            key=STAGE,
            options=view,
            hint=_hint(words, names, ranking, TRIALS[setting.search.second], tuned),
            on_start=lambda: move_start(link, problem.start, STAGE),
            on_options=lambda: remember_view(link, STAGE),
        )
    with said:
        if found:
            say_contest(words, setting, goal, names, found)
        else:
            say_ranking(words, setting, goal, names, ranking)
    with left:
        if found:
            show_contest(words, setting, goal, slots, found)
        else:
            show_ranking(words, setting, goal, names, ranking)
        show_code(words, setting, goal, [slot.id for slot in slots], entries, ranking.n_steps)


def setting_of(
    race: Race, goal: Objective, budget: Budget, merit: Merit, search: Search, run: RunChoice
) -> Setting:
    """All that decides who wins, within what the page can afford."""
    if merit.kind == "target" and lowest(goal) is None:
        merit = Merit()
    most = min(MOST_STEPS, affordable_steps(goal, len(race.entries)))
    budget = budget.within(most, race.entries, goal, run.start)
    return Setting(race.entries, budget, merit, search, run.start, run.seed)


def _is_tuned(link: Link) -> bool:
    tuned = link.read("tuned", "0", one_of(("0", "1"))) == "1"
    link.write("tuned", "1" if tuned else "0", "0")
    return tuned


def _rest(controls: Controls, tuned: bool) -> None:
    """Let the controls rest whose values the race does not use now."""
    if not tuned:
        for field in params_of(Search):
            controls.link.ignore(f"search.{field.name}", controls.words("compare.race.only_tuning"))
        return
    second = controls.link.field("search.second", params_of(Search)[1])
    for slot in controls.link.read("runs", parse_slots(USUAL), parse_slots):
        for name in ("learning_rate", *(second_of(slot.rule()) if second else ())):
            controls.link.ignore(f"{slot.id}.{name}", controls.words("compare.race.not_tuned"))


def _tune_button(controls: Controls, tuned: bool) -> None:
    """Draw the button that tunes everybody or goes back."""
    st.button(
        controls.words("compare.race.untune" if tuned else "compare.race.tune"),
        key=controls.link.key("tune"),
        type="secondary" if tuned else "primary",
        on_click=controls.link.put,
        args=("tuned", "0" if tuned else "1"),
        width="stretch",
    )


def contest_of(words: Words, setting: Setting, goal: Objective) -> Contest:
    """Tune every contestant, or take the result from the shelf."""
    return long_work(
        ("contest", goal, setting),
        lambda: partial(
            contest,
            setting.entries,
            goal,
            common_rate=setting.search.common,
            budget=setting.budget,
            merit=setting.merit,
            start=setting.start,
            seed=setting.seed,
            n_trials=TRIALS[setting.search.second],
            second=setting.search.second,
        ),
        words("compare.race.tuning"),
    )


def _ranking(words: Words, race: Race, setting: Setting, goal: Objective) -> Ranking:
    as_set = dataclasses.replace(setting, search=Search())
    return long_work(
        ("ranking", goal, as_set),
        lambda: partial(
            rank,
            setting.entries,
            goal,
            budget=setting.budget,
            merit=setting.merit,
            start=setting.start,
            seeds=ranking_seeds(setting.seed),
        ),
        words("compare.race.running"),
    )


def as_run(race: Race, entries: tuple[Entry, ...], steps: tuple[int, ...]) -> Race:
    """The race on the stage; whoever has spent its budget waits for the others."""
    longest = max(1, *steps)
    return dataclasses.replace(
        race,
        entries=entries,
        n_steps=longest,
        limits=() if min(steps) == longest else steps,
    )


def _hint(words: Words, names: Sequence[str], ranking: Ranking, trials: int, tuned: bool) -> str:
    """Whose learning rates run, and how many steps each has paid for where they differ."""
    parts = [words(f"compare.race.is_{'tuned' if tuned else 'set'}", trials=trials)]
    if len(set(ranking.n_steps)) > 1:
        each = ", ".join(f"{name} {n}" for name, n in zip(names, ranking.n_steps, strict=True))
        parts.append(words("compare.race.spent", steps=each))
    return " ".join(parts)
