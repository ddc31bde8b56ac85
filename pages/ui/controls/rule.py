"""Who descends, as the link says: hyperparameters, and what acts on a rule from outside."""

from __future__ import annotations

import dataclasses

from lossopt.entries import Entry
from lossopt.figures.tuner import Outside
from lossopt.objectives import Objective
from lossopt.params import params_of
from lossopt.schedules import SCHEDULES
from pages.ui.controls.batch_size import batch_size_of
from pages.ui.controls.contestants import Slot
from pages.ui.frame.link import Link, one_of


def entry_of(link: Link, slot: Slot, goal: Objective, *, with_outside: bool = True) -> Entry:
    """Who descends in a slot, without drawing controls."""
    rule = link.spec(slot.id, slot.rule)
    entry = Entry(rule, batch_size_of(link, slot, goal))
    if not with_outside:
        return entry
    names = tuple(SCHEDULES)
    chosen = link.read(f"{slot.id}.schedule", names[0], one_of(names))
    link.write(f"{slot.id}.schedule", chosen, names[0])
    schedule = link.spec(f"{slot.id}.{chosen}", SCHEDULES[chosen])
    outside = link.spec(slot.id, Outside)
    acting = {field.name: getattr(outside, field.name) for field in params_of(outside)}
    on = {name: value for name, value in acting.items() if value}
    return dataclasses.replace(entry, schedule=schedule, **on)
