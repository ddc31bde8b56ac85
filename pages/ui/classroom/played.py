"""What a class is shown of a question: its ground, and in the end the runs with the truth."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from lossopt.comparisons.ties import lowest_ones
from lossopt.entries import Entry
from lossopt.figures.crowd import crowd_scene, run_crowd, starts_that_lead_to
from lossopt.figures.messages import Descents, Extras, Options, Path, Scene, as_json
from lossopt.figures.palette import Look, look_of
from lossopt.figures.scene import Contestant, surface_message
from lossopt.landscapes.surfaces import evaluate_surface, falls_below_zero
from lossopt.links.contestants import BATCHES, RULE, Slot, choices_for
from lossopt.links.race import ground_of, runs_of
from lossopt.links.rule import entry_of
from lossopt.links.scenes import translated
from lossopt.links.settings import Settings
from lossopt.numbers import short
from pages.ui.classroom.measured import basins_of_run, limit_of_run
from pages.ui.classroom.seen import ASK, NothingToShowError, Seen, affordable
from pages.ui.frame.helpers import HELPERS
from pages.ui.lessons.page import contestants_of
from pages.ui.lessons.parts import race_of
from pages.ui.runs.cache import objective, picture, surface

T = TypeVar("T")
Json = dict[str, Any]
RESOLUTION = 60
"""Points a side of the surface that phones draw."""
CLASS = 500
LIMIT_LOOK = RULE
"""Whose looks two runs have that differ in their learning rates only."""
PATH = 200
"""Places of a path that everybody is sent."""


def ground(shown: Seen, query: Mapping[str, str]) -> Json:
    """What a phone draws of a scene: surface, axes and start, and the rules that a race offers."""
    plane, bounds = ground_of(shown.race, shown.goal)
    coarse = evaluate_surface(shown.goal, plane=plane, bounds=bounds, resolution=RESOLUTION)
    start = [float(place) for place in plane.project(shown.race.start)]
    asked = query.get(ASK, "")
    return {
        "surface": as_json(surface_message(coarse, shown.goal.minimum)),
        "plane": {"labels": list(plane.labels)},
        "region": [[float(low), float(high)] for low, high in bounds],
        "start": None if asked.startswith("start") else start,
        "texts": {"loss": shown.words("stage.loss")},
        "rules": rules(shown) if asked == "race" else [],
    }


def rules(shown: Seen) -> list[Json]:
    """Rules that a race on this ground offers."""
    return [
        {"id": name, "label": Slot(name).on(shown.goal).label(shown.words)}
        for name in choices_for(shown.goal)
    ]


def opening(shown: Seen) -> Scene | None:
    """What may be seen before the answer of a lesson; None elsewhere."""
    text = shown.lesson
    if text is None:
        return None
    setup = text.lesson.opening()
    goal = objective(setup.objective)
    named = dataclasses.replace(
        shown, goal=goal, race=race_of(setup), contestants=contestants_of(text, setup)
    )
    return _scene(named, linear=setup.linear)


def played(shown: Seen, query: Mapping[str, str], entered: Sequence[Any]) -> Json:
    """Run what a question asks for.

    Parameters
    ----------
    shown : Seen
    query : dict of str to str
        Settings of the question's link.
    entered : list
        Answers to a race, as the class service keeps them.

    Returns
    -------
    dict
        ``scene``, which the stage plays, or None; ``truth``, or None where the stage ranks; and
        for a race which of the answers could not run, as ``refused``, and the ``minimum``.

    Raises
    ------
    NothingToShowError
        If the link asks for nothing that can be run.
    """
    ask, _, place = query.get(ASK, "").partition(".")
    if ask not in PLAYS:
        raise NothingToShowError("nothing_asked")
    return PLAYS[ask](shown, int(place or 0) if place.isdecimal() else 0, entered)


def _lesson(shown: Seen, _place: int, _entered: Sequence[Any]) -> Json:
    text = shown.lesson
    if text is None:
        raise NothingToShowError("nothing_asked")
    answer = text.found.answer
    truth = text.lesson.choices.index(answer) if isinstance(answer, str) else answer
    return {"scene": _scene(shown, linear=text.lesson.setup().linear), "truth": truth}


def _lowest(shown: Seen, _place: int, _entered: Sequence[Any]) -> Json:
    runs = runs_of(shown.race, shown.goal)
    ends = [float(run.losses[-1]) for run in runs]
    best = lowest_ones(ends, float(runs[0].losses[0]), shown.goal.minimum)
    return {"scene": _scene(shown), "truth": best[0] if len(best) == 1 else best}


def _end(shown: Seen, place: int, _entered: Sequence[Any]) -> Json:
    alone = _only(shown, place)
    run = runs_of(alone.race, alone.goal)[0]
    plane, _ = ground_of(alone.race, alone.goal)
    path = plane.project(run.iterates[: run.lost_at])
    every = math.ceil(len(path) / PATH)
    kept = [*path[::every].tolist(), path[-1].tolist()]
    flat = [float(f"{number:.6g}") for point in kept for number in point]
    return {"scene": _scene(alone), "truth": {"point": kept[-1], "path": flat}}


def _start(shown: Seen, place: int, _entered: Sequence[Any]) -> Json:
    if place >= len(shown.goal.minimizers):
        raise NothingToShowError("nothing_asked")
    found = basins_of_run(shown.race, shown.goal, 0)
    region = {
        "box": [_reach(found.x.tolist()), _reach(found.y.tolist())],
        "nx": len(found.x),
        "ny": len(found.y),
        "cells": starts_that_lead_to(found, place),
    }
    plane, _ = ground_of(shown.race, shown.goal)
    point = plane.project(shown.goal.minimizers[place]).tolist()
    return {"scene": None, "truth": {"point": point, "region": region}}


def _reach(places: list[float]) -> list[float]:
    """Ends of the cells around the places of a grid."""
    half = (places[1] - places[0]) / 2
    return [places[0] - half, places[-1] + half]


def _limit(shown: Seen, place: int, _entered: Sequence[Any]) -> Json:
    alone = _only(shown, place)
    found = limit_of_run(alone.race, alone.goal, 0)
    if found is None:
        raise NothingToShowError("nothing_asked")
    rule = alone.race.entries[0]
    entries = tuple(
        dataclasses.replace(rule, optimizer=dataclasses.replace(rule.optimizer, learning_rate=rate))
        for rate in found
    )
    contestant = alone.contestants[0]
    both = tuple(
        dataclasses.replace(
            contestant,
            id=f"run {k}",
            label=f"η {short(rate)}",
            detail="",
            look=look_of(LIMIT_LOOK, k),
        )
        for k, rate in enumerate(found)
    )
    race = dataclasses.replace(alone.race, entries=entries)
    return {
        "scene": _scene(dataclasses.replace(alone, race=race, contestants=both)),
        "truth": found[0],
    }


def _race(shown: Seen, _place: int, entered: Sequence[Any]) -> Json:
    """Everybody's runs at once; who has entered the same shares one."""
    found = [_entry(shown, each) for each in entered[:CLASS]]
    different = list(dict.fromkeys(entry for entry, _ in found if entry is not None))
    goal, race = shown.goal, shown.race
    plane, bounds = ground_of(race, goal)
    steps = affordable(goal, CLASS, race.n_steps)
    how = {"start": race.start, "n_steps": steps, "seed": race.seed}
    work = partial(run_crowd, different, goal, plane, **how)
    packed = HELPERS.make(work, lambda _: None, lambda: None)
    named = dict(zip(different, packed, strict=True))
    paths = tuple(Path(look.color, *named[entry]) for entry, look in found if entry is not None)
    first = dataclasses.replace(race.only([0]), n_steps=steps)
    nobody = Contestant("nobody", "", "", look_of(LIMIT_LOOK))
    ground = surface(plane, bounds, goal)
    below = crowd_scene(goal, plane, runs_of(first, goal)[0], nobody, ground)
    scene = _packed(shown, below, paths=paths)
    refused = [k for k, (entry, _) in enumerate(found) if entry is None]
    return {"scene": scene, "truth": None, "refused": refused, "minimum": goal.minimum}


def _entry(shown: Seen, sent: Any) -> tuple[Entry | None, Look]:
    """Who descends for an answer, and how the path looks; None where it cannot be understood."""
    nobody = look_of(LIMIT_LOOK)
    if not isinstance(sent, dict) or not isinstance(sent.get("settings"), dict):
        return None, nobody
    name = str(sent.get("rule"))
    choice = next(iter(BATCHES)) if name == RULE else name
    if choice not in choices_for(shown.goal):
        return None, nobody
    slot = Slot(choice).on(shown.goal)
    values = {f"{slot.id}.{key}": str(text) for key, text in sent["settings"].items()}
    try:
        return entry_of(StrictLink(values), slot, shown.goal), look_of(slot.rule_id, slot.variant)
    except (ValueError, OverflowError, KeyError):
        return None, nobody


class StrictLink(Settings):
    """Settings of which none may be misunderstood."""

    def read(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        """Value of a setting; one that `parse` refuses is refused."""
        text = self._memory.values.get(self.prefix + name)
        return default if text is None else parse(text)


def _only(shown: Seen, k: int) -> Seen:
    """The same scene with one of its runs."""
    if k >= len(shown.contestants):
        raise NothingToShowError("nothing_asked")
    return dataclasses.replace(
        shown, race=shown.race.only([k]), contestants=(shown.contestants[k],)
    )


def _scene(shown: Seen, *, linear: bool = False) -> Scene:
    drawn = picture(shown.race, shown.goal, shown.contestants).scene
    return _packed(shown, drawn, linear=linear)


def _packed(
    shown: Seen, drawn: Descents, *, linear: bool = False, paths: tuple[Path, ...] = ()
) -> Scene:
    words = shown.words
    scale = "linear" if linear or falls_below_zero(shown.goal) else "log"
    options = Options(
        "2d", scale, "steps", follow=False, speed=1.0, loop=False, autoplay=True, heights="auto"
    )
    return Scene(
        **vars(translated(words, drawn)) | vars(Extras(crowd=paths)),
        options=options,
        lang=words.language,
        texts=words.section("stage"),
        messages=(),
    )


PLAYS: dict[str, Callable[[Seen, int, Sequence[Any]], Json]] = {
    "lesson": _lesson,
    "limit": _limit,
    "lowest": _lowest,
    "end": _end,
    "start": _start,
    "race": _race,
}
"""What is run for a question, by what it asks."""
