"""What two races do not have in common, setting by setting, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lossopt.datasets import DATASETS
from lossopt.figures.tuner import Outside, RunSettings
from lossopt.links.contestants import PROBLEMS, Slot, parse_slots
from lossopt.links.own import FORMULA, OWN_DATA, OwnSettings
from lossopt.links.race import SampleOrder
from lossopt.links.weights import CLASS_WEIGHTS, NUMBERS, WEIGHTING
from lossopt.losses import LOSSES
from lossopt.models import MODELS
from lossopt.numbers import short
from lossopt.objectives import OBJECTIVES, Objective
from lossopt.params import Param, params_of
from lossopt.schedules import SCHEDULES
from pages.ui.controls.problem_choice import problem_name
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words, as_code

SPECS: Mapping[str, Any] = {
    OWN_DATA: OwnSettings,
    **DATASETS,
    **OBJECTIVES,
    **LOSSES,
    **MODELS,
    **SCHEDULES,
}
BROUGHT = {OWN_DATA: "own.own_item", FORMULA: "own.formula_item"}
"""What a person brings along is told as it is written in the link."""
MENUS = {"model": "lab.model", "loss": "lab.loss"}
LONGEST = 60
"""Signs of a text of a person that are told."""


def differences(
    words: Words, left: Link, right: Link, goals: Sequence[Objective]
) -> tuple[list[str], ...]:
    """Settings that differ between two parts of a link, as both have them.

    A setting that only one of them has is told where it is not as usual.

    Parameters
    ----------
    left, right : Link
        After all their settings were read and drawn.
    goals : pair of Objective
        What each descends: it names the params of a plane.

    Returns
    -------
    pair of list of str
        For the left and for the right part.
    """
    told = [part.in_use() for part in (left, right)]
    names = list(dict.fromkeys([*told[0], *told[1]]))
    return tuple(
        list(
            filter(
                None,
                (
                    _sentence(words, name, mine[name], goal)
                    for name in names
                    if name in mine
                    and (mine[name] != other[name] if name in other else part.is_chosen(name))
                ),
            )
        )
        for part, mine, other, goal in (
            (left, *told, goals[0]),
            (right, *reversed(told), goals[1]),
        )
    )


def _sentence(words: Words, name: str, text: str, goal: Objective) -> str:
    owner, _, setting = name.rpartition(".")
    if name == "problem":
        return _pair(words("lab.problem"), problem_name(words, text) if text in PROBLEMS else text)
    if name in MENUS:
        return _pair(words(MENUS[name]), words.item(name, text))
    if name in (CLASS_WEIGHTS, WEIGHTING):
        label = "weights.of_classes" if name == CLASS_WEIGHTS else "weights.divided_by"
        return _pair(words(label), words(f"weights.{text}"))
    if name == NUMBERS:
        return _pair(words("weights.own"), f"({text.replace('_', ', ')})")
    if name == "runs":
        slots = [slot.on(goal).label(words) for slot in parse_slots(text)]
        return _pair(words("compare.scoreboard.rules"), ", ".join(slots))
    if name == "plane":
        return _pair(words("lab.plane"), _plane(words, text, goal))
    if setting == "start":
        return _pair(words("compare.side_by_side.start"), f"({text.replace('_', ', ')})")
    slot = _slot(owner)
    of = f"{slot.on(goal).label(words)}: " if slot else ""
    if setting == "batch_size":
        size = words("field_choice.all") if text == "all" else text
        return of + _pair(words("tuner.batch_size"), size)
    if setting == "schedule":
        schedule = words.item("schedule", text)
        return of + _pair(words("lab.schedule"), schedule)
    field = _field(owner, setting, slot)
    if field is None:
        return _pair(words(BROUGHT[owner]), as_code(text[:LONGEST])) if owner in BROUGHT else ""
    return of + _pair(words.name("field", setting, field.label), _value(words, field, text))


def _pair(label: str, value: str) -> str:
    return f"{label} {value}"


def _plane(words: Words, text: str, goal: Objective) -> str:
    if text == "pca":
        return words("lab.plane_pca")
    x, y = (goal.param_names[int(k)] for k in text.split("-"))
    return words("lab.plane_axes", x=x, y=y)


def _slot(owner: str) -> Slot | None:
    """The contestant that a setting belongs to."""
    try:
        return parse_slots(owner.partition(".")[0])[0]
    except ValueError:
        return None


def _field(owner: str, setting: str, slot: Slot | None) -> Param | None:
    kinds = [SPECS[owner]] if owner in SPECS else []
    if slot:
        kinds = [SCHEDULES[last] for last in owner.split(".")[1:]] + [slot.rule, Outside]
    for kind in (*kinds, RunSettings, SampleOrder):
        for field in params_of(kind):
            if field.name == setting:
                return field
    return None


def _value(words: Words, field: Param, text: str) -> str:
    value = field.parse(text)
    if isinstance(value, bool):
        return words(f"optimizers.card.{'on' if value else 'off'}")
    return words.name("field_choice", str(value), short(value))
