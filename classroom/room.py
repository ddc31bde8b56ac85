"""A class as it stands: its fields understood, and what each in it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from classroom.keys import opens, owner
from classroom.questions import Json
from classroom.refusals import RefusedError

STEPS = ("open", "closed", "answers", "truth")
"""Of a question, in their order; None before it is asked."""
TEACHER = "teacher"
ABSENT = 30.0
"""Seconds after which a process that says nothing of its listeners has none."""


def packed(value: Any) -> str:
    """A value as a short text that a browser reads, too."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass
class Room:
    """All that is kept of a class: values by the names of their fields.

    Fields are ``class``, ``now`` (the question that is asked), and ``question/q1``, ``step/q1``,
    ``student/s1``, ``answer/q1/s1``, ``people`` (changes with who is there and with nicknames),
    ``present/PROCESS``.
    """

    version: int = 0
    raw: dict[str, str] = field(default_factory=dict)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def follow(self, version: int, fields: Mapping[str, str | None]) -> None:
        """Take over what has changed."""
        for name, text in fields.items():
            group, _, rest = name.rpartition("/")
            values = self.kept.setdefault(group, {})
            if text is None:
                self.raw.pop(name, None)
                values.pop(rest, None)
            else:
                self.raw[name], values[rest] = text, json.loads(text)
        self.version = version

    def all(self, group: str) -> dict[str, Any]:
        """Values of a group of fields, such as all questions by their ids."""
        return self.kept.get(group, {})

    @property
    def about(self) -> Json:
        """What the class was opened with."""
        return dict(self.all("")["class"])

    @property
    def now(self) -> str | None:
        """Id of the question that is asked."""
        return self.all("").get("now")

    def step(self, question: str | None) -> str | None:
        """How far a question is."""
        return self.all("step").get(question or "", {}).get("step")

    def answers(self, question: str | None) -> dict[str, Any]:
        """Answers to a question by their students."""
        return self.all(f"answer/{question}")

    def who(self, key: str) -> str:
        """Whose key this is: the teacher's or a student's.

        Raises
        ------
        RefusedError
            If it is nobody's.
        """
        student = owner(key)
        kept = self.all("student").get(student, {}).get("key") if student else self.about["key"]
        if kept and opens(key, kept):
            return student or TEACHER
        raise RefusedError("removed" if student else "not_the_teacher", 401)

    def next_id(self, group: str, letter: str) -> str:
        """An id after all that are taken."""
        return f"{letter}{max(map(number_of, self.all(group)), default=0) + 1}"

    def present(self) -> set[str]:
        """Students who listen to one of the processes."""
        recent = time.time() - ABSENT
        told = self.all("present").values()
        return {who for each in told if each["at"] > recent for who in each["students"]}


def number_of(name: str) -> int:
    """Number in an id."""
    return int(name[1:])


def in_order(ids: Iterable[str]) -> list[str]:
    """Ids in the order in which they were given.

    Examples
    --------
    >>> in_order({"q10", "q9"})
    ['q9', 'q10']
    """
    return sorted(ids, key=number_of)
