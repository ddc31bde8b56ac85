"""One optimizer and its hyperparameters, for the modes that look at a single one."""

from __future__ import annotations

import streamlit as st

from lossopt.objectives import Objective
from lossopt.schedules import SCHEDULES
from lossopt.trajectories import affordable_steps
from pages.ui.cache import Race
from pages.ui.choices import Slot, choices_for
from pages.ui.controls import choice, spec_without_controls
from pages.ui.link import Link
from pages.ui.panel import RunChoice, batch_size_of, more_rule_controls, rule_controls
from pages.ui.texts import Words


def single_optimizer(link: Link, words: Words, goal: Objective, *, default: str) -> Slot:
    """Choose an optimizer and set it."""
    chosen = choice(
        link,
        words,
        "optimizer",
        words("compare.optimizer"),
        choices_for(goal),
        "choice",
        text=lambda item: Slot(item).label(words),
        default=default,
    )
    slot = Slot(chosen)
    rule_controls(link, words, slot, goal)
    with st.popover(words("lab.more"), width="stretch"):
        more_rule_controls(link, words, slot)
    return slot


def single_race(
    link: Link, slot: Slot, problem: str, goal: Objective, run: RunChoice, *, follow: bool
) -> Race:
    """The run of one optimizer at a constant learning rate."""
    return Race(
        problem=problem,
        optimizers=(spec_without_controls(link, slot.id, slot.rule),),
        batch_sizes=(batch_size_of(link, slot, goal),),
        schedules=(SCHEDULES["constant"](),),
        clip_norms=(None,),
        averages=(False,),
        n_steps=min(run.n_steps, affordable_steps(goal, 1)),
        seed=run.seed,
        start=run.start,
        axes=run.axes,
        follow=follow,
    )
