"""Who descends, as the link says: hyperparameters, and what acts on a rule from outside."""

from __future__ import annotations

import dataclasses

from lossopt.entries import Entry
from lossopt.figures.messages import Choice, Setting
from lossopt.figures.tuner import Outside
from lossopt.links.batch_size import batch_size_of
from lossopt.links.contestants import Slot
from lossopt.links.settings import Settings, one_of
from lossopt.objectives import Objective
from lossopt.params import params_of
from lossopt.schedules import SCHEDULES
from lossopt.words import Words


def schedule_id(link: Settings, slot: Slot) -> str:
    """Which schedule a contestant has."""
    name, names = f"{slot.id}.schedule", tuple(SCHEDULES)
    chosen = link.read(name, names[0], one_of(names))
    link.write(name, chosen, names[0])
    return chosen


def schedule_setting(words: Words, chosen: str) -> Setting:
    """The menu of schedules, and what the chosen one is in a formula."""
    return Setting(
        name="schedule",
        kind="choice",
        label=words("lab.schedule"),
        value=chosen,
        choices=tuple(
            Choice(each, words.name("schedule", each, kind.name))
            for each, kind in SCHEDULES.items()
        ),
        minor=True,
        note=words(f"lab.law.{chosen}"),
    )


def rate_changes(link: Settings, slot: Slot) -> bool:
    """Whether the schedule of a contestant changes its learning rate."""
    chosen = schedule_id(link, slot)
    schedule = link.spec(f"{slot.id}.{chosen}", SCHEDULES[chosen])
    rule = slot.rule()  # type: ignore[call-arg]
    return Entry(rule, schedule=schedule).schedule is not None


def entry_of(link: Settings, slot: Slot, goal: Objective, *, with_outside: bool = True) -> Entry:
    """Who descends in a slot, without drawing controls."""
    rule = link.spec(slot.id, slot.rule)
    entry = Entry(rule, batch_size_of(link, slot, goal))
    if not with_outside:
        return entry
    chosen = schedule_id(link, slot)
    schedule = link.spec(f"{slot.id}.{chosen}", SCHEDULES[chosen])
    outside = link.spec(slot.id, Outside)
    acting = {field.name: getattr(outside, field.name) for field in params_of(outside)}
    on = {name: value for name, value in acting.items() if value}
    return dataclasses.replace(entry, schedule=schedule, **on)
