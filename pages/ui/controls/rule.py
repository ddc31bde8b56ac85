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
from pages.ui.controls.fields import (
    options_parser,
    spec_without_controls,
)
from pages.ui.frame.link import Link


def _schedule_id(link: Link, slot: Slot) -> str:
    names = tuple(SCHEDULES)
    return link.read(f"{slot.id}.schedule", names[0], options_parser(names))


def entry_of(link: Link, slot: Slot, goal: Objective, *, with_outside: bool = True) -> Entry:
    """Who descends in a slot, without drawing controls."""
    rule = spec_without_controls(link, slot.id, slot.rule)
    entry = Entry(rule, batch_size_of(link, slot, goal))
    if not with_outside:
        return entry
    chosen = _schedule_id(link, slot)
    link.write(f"{slot.id}.schedule", chosen, next(iter(SCHEDULES)))
    schedule = spec_without_controls(link, f"{slot.id}.{chosen}", SCHEDULES[chosen])
    outside = spec_without_controls(link, slot.id, Outside)
    acting = {field.name: getattr(outside, field.name) for field in params_of(outside)}
    on = {name: value for name, value in acting.items() if value}
    return dataclasses.replace(entry, schedule=schedule, **on)
