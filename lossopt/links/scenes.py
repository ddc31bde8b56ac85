"""A race as a reader sees it: names, notes and limits in words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lossopt.entries import Entry
from lossopt.figures.messages import (
    AnyFit,
    CurveFit,
    Descents,
    Extras,
    Limit,
    Marks,
    Options,
    Scene,
)
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.links.contestants import Slot
from lossopt.links.race import Race
from lossopt.numbers import short
from lossopt.params import decimal
from lossopt.registry import id_of
from lossopt.words import Words

Named = TypeVar("Named", bound=AnyFit)
LINE = 2
"""Params of a line."""


def contestants_of(words: Words, slots: Sequence[Slot], race: Race) -> tuple[Contestant, ...]:
    """Names and looks of the optimizers in a race."""
    return tuple(
        Contestant(
            slot.id,
            slot.label(words),
            _detail(words, entry),
            look_of(slot.rule_id, slot.variant),
        )
        for slot, entry in zip(slots, race.entries, strict=True)
    )


def scene_of(
    words: Words,
    drawn: Descents,
    options: Options,
    *,
    note: str,
    messages: tuple[str, ...],
    limits: tuple[Limit | None, ...],
    extras: Extras = Extras(),  # noqa: B008
    marks: Marks = Marks(),  # noqa: B008
    texts: dict[str, str] | None = None,
) -> Scene:
    """What the stage plays, in the reader's language.

    Parameters
    ----------
    words : Words
    drawn : Descents
        The runs.
    options : Options
    note : str
        About the plane.
    messages : tuple of str
        Sentences below the stage.
    limits : tuple
        What theory says of every run.
    extras : Extras, optional
        What the page adds.
    marks : Marks, optional
        What it draws on the data view.
    texts : dict of str to str, optional
        Words of the stage that the page says in its own way.
    """
    named = translated(words, drawn)
    parts = {
        "plane": dataclasses.replace(named.plane, note=note),
        "fit": dataclasses.replace(named.fit, **vars(marks)),
    }
    return Scene(
        **vars(named) | vars(extras) | parts,
        options=options,
        lang=words.language,
        texts={**words.section("stage"), **_titles(words, marks), **(texts or {})},
        messages=messages,
        limits=limits,
    )


def _titles(words: Words, marks: Marks) -> dict[str, str]:
    """What the data view is called where its points can be dragged."""
    title = words("stage.fit_draggable")
    return {"fit_curve": title, "fit_regions": title} if marks.draggable else {}


def _term(words: Words, name: str) -> str:
    """Name of a feature, target or class; a person's own names stay as they are."""
    own, standardized, _ = name.partition(" (standardized)")
    return words.name("term", name, f"{own} {words('own.standardized')}" if standardized else name)


def translated(words: Words, drawn: Descents) -> Descents:
    """Put the names of params, features and classes into the reader's language."""
    axes = tuple(_param(words, drawn, name) for name in drawn.plane.labels)
    plane = dataclasses.replace(drawn.plane, labels=axes)
    return dataclasses.replace(drawn, plane=plane, fit=_renamed(words, drawn.fit))


def _param(words: Words, drawn: Descents, name: str) -> str:
    """What a param is in words, with its sign: the slope of a line, a weight, a bias."""
    fit = drawn.fit
    is_line = isinstance(fit, CurveFit) and fit.link == "identity" and drawn.n_params == LINE
    weight = re.fullmatch(r"w(\d+)", name)
    if name not in drawn.param_names or not (weight or name == "b"):
        return _term(words, name)
    if weight:
        return words("lab.slope" if is_line else "lab.weight", k=weight[1])
    return words("lab.intercept" if is_line else "lab.bias")


def _renamed(words: Words, part: Named) -> Named:
    names: dict[str, Any] = {
        name: tuple(_term(words, each) for each in getattr(part, name))
        for name in ("labels", "class_names")
        if hasattr(part, name)
    }
    return dataclasses.replace(part, **names)


def settings_in_full(words: Words, race: Race) -> list[str]:
    """How the contestants are set, with all digits, for files."""
    return [_detail(words, entry, decimal) for entry in race.entries]


def _detail(words: Words, entry: Entry, write: Callable[[float], str] = short) -> str:
    """Say in a few signs how a contestant is set."""
    rule, schedule = entry.optimizer, entry.schedule
    parts = [f"η {write(float(rule.learning_rate))}"]
    if momentum := getattr(rule, "momentum", None):
        parts.append(f"μ {write(momentum)}")
    if entry.batch_size is not None:
        parts.append(f"b {entry.batch_size}")
    if schedule is not None:
        parts.append(words.name("schedule", id_of(schedule), schedule.name))
    if entry.clip_norm is not None:
        parts.append(words("tuner.clipped", norm=write(entry.clip_norm)))
    if entry.average:
        parts.append(words("tuner.averaged"))
    return " · ".join(parts)
