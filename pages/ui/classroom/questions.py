"""Questions that are ready to be asked of what a link shows, without their answers.

What of a scene a question asks for stands in its own link as ``ask``; the answer is computed from
the runs when the class has seen what the room thinks (``played.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from lossopt.links.contestants import choices_for
from lossopt.links.picture import is_network
from lossopt.links.race import ground_of
from lossopt.numbers import short
from lossopt.params import Array
from pages.ui.classroom.measured import limit_of_run
from pages.ui.classroom.seen import ASK, Seen, affordable, is_drawable
from pages.ui.frame.prose import as_plain
from pages.ui.frame.words import JOINER

Question = dict[str, Any]
CLASS = 500
"""People who may race at once."""
MOST_OPTIONS, MOST_MINIMIZERS = 8, 4
RATES = (1e-4, 10.0)
"""Ends of the axis on which a class predicts a learning rate."""


def questions(shown: Seen, query: dict[str, str]) -> list[Question]:
    """All ready questions of what a link shows.

    Parameters
    ----------
    shown : Seen
    query : dict of str to str
        Settings of the link.
    """
    own = {name: text for name, text in query.items() if name != ASK}
    return [
        {name: _seen_only(value) for name, value in question.items()}
        | {"link": urlencode({**own, ASK: ask})}
        for kind in KINDS
        for ask, question in kind(shown)
    ]


def _of_lesson(shown: Seen) -> Iterator[tuple[str, Question]]:
    """What the lesson itself asks."""
    text = shown.lesson
    if text is None:
        return
    asked = {"text": as_plain(text["question"])}
    span = text.lesson.span
    if text.lesson.choices:
        options = [as_plain(label) for label in text.labels.values()]
        yield "lesson", {"kind": "choice", **asked, "options": options}
    elif span is not None:
        scale = "log" if span.log else "linear"
        unit = as_plain(text["unit"])
        ends = {"low": span.low, "high": span.high}
        yield "lesson", {"kind": "number", **asked, "scale": scale, **ends, "label": unit}


def _limit(shown: Seen) -> Iterator[tuple[str, Question]]:
    """Up to which learning rate the first run that draws no samples stays below its start."""
    if shown.lesson is not None or not is_drawable(shown.goal):
        return
    for k, entry in enumerate(shown.race.entries):
        found = None if entry.is_stochastic(shown.goal) else limit_of_run(shown.race, shown.goal, k)
        if found is None or not RATES[0] < found[0] < RATES[1]:
            continue
        yield (
            f"limit.{k}",
            {
                "kind": "number",
                "text": shown.words("desk.ready.limit", **_told(shown, k, without="η")),
                "scale": "log",
                "low": RATES[0],
                "high": RATES[1],
                "label": shown.words("desk.ready.limit_label"),
                "symbol": "η",
            },
        )
        return


def _lowest(shown: Seen) -> Iterator[tuple[str, Question]]:
    """Which of the runs comes lowest."""
    if shown.lesson is None and 2 <= len(shown.race.entries) <= MOST_OPTIONS:
        options = [names_in_full(shown, k) for k in range(len(shown.contestants))]
        text = shown.words("desk.ready.lowest", n=shown.race.n_steps)
        runs = [each.id for each in shown.contestants]
        yield "lowest", {"kind": "choice", "text": text, "options": options, "runs": runs}


def _end(shown: Seen) -> Iterator[tuple[str, Question]]:
    """Where the first run ends."""
    if shown.lesson is None and is_drawable(shown.goal):
        yield "end.0", _on_plane(shown, shown.words("desk.ready.end", **_told(shown, 0)))


def _start(shown: Seen) -> Iterator[tuple[str, Question]]:
    """From where the first run ends at each of several minimizers."""
    if shown.lesson is not None or not is_drawable(shown.goal):
        return
    spots = shown.goal.minimizers
    for k, spot in enumerate(spots[:MOST_MINIMIZERS] if len(spots) > 1 else ()):
        told = {**_told(shown, 0), "place": _place(spot)}
        yield f"start.{k}", _on_plane(shown, shown.words("desk.ready.start", **told))


def _race(shown: Seen) -> Iterator[tuple[str, Question]]:
    """Everybody chooses an optimizer and its settings."""
    if is_network(shown.goal):  # 500 runs would take minutes
        return
    steps = affordable(shown.goal, CLASS, shown.race.n_steps)
    rules = list(choices_for(shown.goal))
    text = shown.words("desk.ready.race", n=steps)
    yield "race", {"kind": "race", "text": text, "n_steps": steps, "rules": rules}


Asking = Callable[[Seen], Iterator[tuple[str, Question]]]
KINDS: tuple[Asking, ...] = (_of_lesson, _limit, _lowest, _end, _start, _race)
"""What may be asked of a scene, in the order in which it is offered."""


def _seen_only(value: Any) -> Any:
    """Texts without the sign that keeps a particle on its line: nobody sees it."""
    if isinstance(value, list):
        return [_seen_only(each) for each in value]
    return value.replace(JOINER, "") if isinstance(value, str) else value


def names_in_full(shown: Seen, k: int) -> str:
    """Name of a run with its settings."""
    contestant = shown.contestants[k]
    return " · ".join(filter(None, (contestant.label, contestant.detail)))


def _told(shown: Seen, k: int, without: str = " ") -> dict[str, str]:
    """What a question says of a run; the one about a learning rate names no other rate."""
    parts = names_in_full(shown, k).split(" · ")
    name = " · ".join(part for part in parts if not part.startswith(without))
    return {"name": name, "n": str(shown.race.n_steps)}


def _on_plane(shown: Seen, text: str) -> Question:
    plane, region = ground_of(shown.race, shown.goal)
    sides = [[float(low), float(high)] for low, high in region]
    return {"kind": "point", "text": text, "region": sides, "labels": list(plane.labels)}


def _place(spot: Array) -> str:
    return f"({', '.join(short(round(float(number), 2)) for number in spot)})"
