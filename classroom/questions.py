"""Kinds of questions: what one holds, what answers it, and what the room thinks."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import Any

from classroom import bounds
from classroom.refusals import RefusedError
from classroom.texts import plain

Json = dict[str, Any]
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,39}")
"""Of a rule or a setting."""
FARTHEST = 1e12
"""Of numbers that are asked for; as far as the app takes places."""
STEPS = 10_000
"""Of a race."""


class Kind(ABC):
    """A kind of question."""

    @abstractmethod
    def asked(self, sent: Json) -> Json:
        """What a question holds besides its text; `RefusedError` if it is malformed."""

    @abstractmethod
    def answered(self, question: Json, value: Any) -> Any:
        """The answer as it is kept; `RefusedError` if it does not answer the question."""

    def room(self, question: Json, values: Sequence[Any]) -> Any:
        """What the room thinks: all answers, in an order that says nothing of who gave them."""
        return sorted(values)


class _Number(Kind):
    """A number on an axis."""

    def asked(self, sent: Json) -> Json:
        scale, low, high = sent.get("scale", "linear"), _number(sent, "low"), _number(sent, "high")
        if scale not in ("linear", "log") or low >= high or (scale == "log" and low <= 0):
            raise RefusedError("malformed")
        return {"scale": scale, "low": low, "high": high, **_labels(sent, "label", "symbol")}

    def answered(self, question: Json, value: Any) -> Any:
        return _between(value, question["low"], question["high"])


class _Choice(Kind):
    """One of several options, by its place among them."""

    def asked(self, sent: Json) -> Json:
        options = _list(sent.get("options"), 2, bounds.OPTIONS)
        question: Json = {"options": [plain(each, bounds.OPTION, "option") for each in options]}
        if sent.get("runs") is not None:
            runs = _list(sent["runs"], len(options), len(options))
            question["runs"] = [plain(each, bounds.LABEL) for each in runs]
        return question

    def answered(self, question: Json, value: Any) -> Any:
        if type(value) is not int or not 0 <= value < len(question["options"]):
            raise RefusedError("not_an_answer")
        return value

    def room(self, question: Json, values: Sequence[Any]) -> Any:
        """Number of answers for each option."""
        counts = Counter(values)
        return [counts[k] for k in range(len(question["options"]))]


class _Point(Kind):
    """A point on the surface."""

    def asked(self, sent: Json) -> Json:
        region = [
            [_finite(bound) for bound in _list(side, 2, 2)]
            for side in _list(sent.get("region"), 2, 2)
        ]
        if any(low >= high for low, high in region):
            raise RefusedError("malformed")
        labels = [plain(each, bounds.LABEL) for each in _list(sent.get("labels", []), 0, 2)]
        return {"region": region, "labels": labels}

    def answered(self, question: Json, value: Any) -> Any:
        if not isinstance(value, list) or len(value) != 2:
            raise RefusedError("not_an_answer")
        sides = zip(value, question["region"], strict=True)
        return [_between(place, *side) for place, side in sides]


class _Race(Kind):
    """An optimizer and its settings."""

    def asked(self, sent: Json) -> Json:
        steps = sent.get("n_steps")
        if type(steps) is not int or not 1 <= steps <= STEPS:
            raise RefusedError("malformed")
        rules = _list(sent.get("rules", []), 0, bounds.RULES)
        if not all(isinstance(rule, str) and NAME.fullmatch(rule) for rule in rules):
            raise RefusedError("malformed")
        return {"n_steps": steps, "rules": rules}

    def answered(self, question: Json, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("settings"), dict):
            raise RefusedError("not_an_answer")
        rule, settings = value.get("rule"), value["settings"]
        if not isinstance(rule, str) or not NAME.fullmatch(rule):
            raise RefusedError("not_an_answer")
        if question["rules"] and rule not in question["rules"]:
            raise RefusedError("not_an_answer")
        if len(settings) > bounds.SETTINGS or not all(map(NAME.fullmatch, settings)):
            raise RefusedError("not_an_answer")
        return {
            "rule": rule,
            "settings": {k: plain(v, bounds.LABEL) for k, v in sorted(settings.items())},
        }

    def room(self, question: Json, values: Sequence[Any]) -> Any:
        """Rules with the number of those who chose them, most of all first."""
        counts = Counter(value["rule"] for value in values)
        return [[rule, n] for rule, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair))]


KINDS: dict[str, Kind] = {
    "number": _Number(),
    "choice": _Choice(),
    "point": _Point(),
    "race": _Race(),
}


def question_of(sent: Any) -> Json:
    """The question that a teacher sent, without what no question has.

    Parameters
    ----------
    sent : object
        As it came.

    Raises
    ------
    RefusedError
        If it is malformed or one of its texts is too long.

    Examples
    --------
    >>> question_of({"kind": "choice", "text": "Who wins?", "options": ["Adam", "SGD"]})["options"]
    ['Adam', 'SGD']
    """
    if not isinstance(sent, dict):
        raise RefusedError("malformed")
    kind = sent.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise RefusedError("malformed")
    question = {
        "kind": kind,
        "text": plain(sent.get("text"), bounds.TEXT, lines=True),
        "link": link_of(sent.get("link")),
        **KINDS[kind].asked(sent),
    }
    if sent.get("truth") is not None:
        question["truth"] = truth_of(sent["truth"])
    return question


def link_of(sent: Any) -> str | None:
    """The query of a page's link, if there is one."""
    nothing = sent is None or (isinstance(sent, str) and not sent.strip())
    return None if nothing else plain(sent, bounds.LINK, "link")


def truth_of(sent: Any) -> Any:
    """What a teacher says is true; a page has computed it."""
    try:
        length = len(json.dumps(sent, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, RecursionError) as error:  # half of a sign, no number, no end
        raise RefusedError("malformed") from error
    if length > bounds.TRUTH:
        raise RefusedError("too_large", 413)
    return sent


def _list(sent: Any, least: int, most: int) -> list[Any]:
    if not isinstance(sent, list) or not least <= len(sent) <= most:
        raise RefusedError("malformed")
    return sent


def _labels(sent: Json, *names: str) -> dict[str, str]:
    return {name: plain(sent[name], bounds.LABEL) for name in names if sent.get(name)}


def _number(sent: Json, name: str) -> float:
    return _finite(sent.get(name))


def _finite(value: Any, refusal: str = "malformed") -> float:
    if type(value) not in (int, float) or not abs(value) <= FARTHEST:
        raise RefusedError(refusal)
    return float(value)


def _between(value: Any, low: float, high: float) -> float:
    number = _finite(value, "not_an_answer")
    if not low <= number <= high:
        raise RefusedError("outside")
    return number
