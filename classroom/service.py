"""Who may do what in a class, and what is kept of it. Answers count when they are kept."""

from __future__ import annotations

import csv
import io
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from classroom import bounds
from classroom.keys import hashed, new_code, student_key, teacher_key
from classroom.nicknames import Parts, made_up
from classroom.questions import KINDS, Json, link_of, question_of, truth_of
from classroom.refusals import RefusedError, unknown_class
from classroom.room import STEPS, TEACHER, Room, in_order, number_of, packed
from classroom.stores import ChangedError, Fields, GoneError, Store, UnknownError
from classroom.texts import plain

LOG = logging.getLogger(__name__)
TRIES = 50
"""After so many writes of others that came in between, a write is given up."""
PATIENCE, REST = 0.5, 1.0
"""Seconds after which a store that fails has let one wait, and for which it is not asked then."""
QUIET = 10.0
"""Seconds between two lines of the log about a store that is gone."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute begins with one of these."""


class Change:
    """What a request changes.

    Parameters
    ----------
    fields : mapping of str to str or None
        To keep; nothing is written where it is empty.
    based_on : iterable of str
        Names of fields that must not have changed meanwhile.
    told : dict
        The answer to the request.
    """

    def __init__(self, fields: Fields, based_on: tuple[str, ...] = (), told: Json | None = None):
        self.fields, self.based_on, self.told = fields, based_on, told or {}


class Service:
    """Classes in a store, as one thread of a process sees them.

    Parameters
    ----------
    store : Store
        Where they are kept.
    nicknames : mapping
        What nicknames are made of, by language.

    Notes
    -----
    Every method raises `RefusedError` where a request is not allowed, and with the code
    ``store_gone`` where the store does not answer.
    """

    def __init__(self, store: Store, nicknames: Parts) -> None:
        self.store = store
        self._nicknames = nicknames
        self._rooms: dict[str, Room] = {}
        self._rests_until = self._complains_from = 0.0

    def open(self, sent: Json) -> Json:
        """Open a class, perhaps with questions, and give its code and the teacher's key."""
        key, expires = teacher_key(), time.time() + bounds.LIFE
        about = {
            "key": hashed(key),
            "link": link_of(sent.get("link")),
            "language": self._language(sent),
            "expires": expires,
        }
        questions = _questions_of(sent.get("questions", []), 0, 0)
        while True:
            code = new_code()
            try:
                fields = {"class": packed(about), **questions}
                opened = self._asked(self.store.open, code, fields, expires, bounds.CLASSES)
            except ChangedError:
                continue
            if not opened:
                raise RefusedError("too_many_classes", 503)
            return {"code": code, "key": key}

    def join(self, code: str, sent: Json) -> Json:
        """Let a student in."""
        language = self._language(sent)

        def joins(room: Room) -> Change:
            about = room.all("student")
            if len(about) >= bounds.PEOPLE:
                raise RefusedError("class_full", 409)
            student = room.next_id("student", "s")
            key, nickname = student_key(student), made_up(self._nicknames, language, _taken(room))
            kept = {"key": hashed(key), "nickname": nickname, "language": language}
            told = {"student": student, "key": key, "nickname": nickname}
            return _people(room, {f"student/{student}": packed(kept)}, told)

        return self._change(code, joins)

    def rename(self, code: str, key: str, sent: Json) -> Json:
        """Take another nickname."""
        nickname = plain(sent.get("nickname"), bounds.NICKNAME, "nickname")

        def renames(room: Room) -> Change:
            student = _student(room, key)
            if nickname.casefold() in {name.casefold() for name in _taken(room, student)}:
                raise RefusedError("nickname_taken", 409)
            kept = {**room.all("student")[student], "nickname": nickname}
            return _people(room, {f"student/{student}": packed(kept)}, {"nickname": nickname})

        return self._change(code, renames)

    def answer(self, code: str, key: str, sent: Json) -> Json:
        """Keep an answer; as long as the question is open, the last one counts."""
        question = _text(sent, "question")

        def answers(room: Room) -> Change:
            student, asked = _student(room, key), _question(room, question)
            if room.now != question or room.step(question) != "open":
                raise RefusedError("late", 409)
            value = KINDS[asked["kind"]].answered(asked, sent.get("value"))
            told = {"stored": True, "value": value}
            before = room.answers(question).get(student)
            if before and before["value"] == value:
                return Change({}, told=told)
            kept = {"value": value, "at": time.time()}
            based_on = ("now", f"step/{question}", f"question/{question}", f"student/{student}")
            return Change({f"answer/{question}/{student}": packed(kept)}, based_on, told)

        return self._change(code, answers)

    def add(self, code: str, key: str, sent: Json) -> Json:
        """Add questions."""

        def adds(room: Room) -> Change:
            _teacher(room, key)
            ids = room.all("question")
            last = max(map(number_of, ids), default=0)
            fields = _questions_of(sent.get("questions"), len(ids), last)
            told = {"questions": [name.partition("/")[2] for name in fields]}
            return Change(fields, tuple(fields), told)

        return self._change(code, adds)

    def drop(self, code: str, key: str, sent: Json) -> Json:
        """Take a question away, with its answers."""
        question = _text(sent, "question")

        def drops(room: Room) -> Change:
            _teacher(room, key)
            _question(room, question)
            gone = {f"question/{question}": None, **_forgotten(room, question)}
            return Change(gone | ({"now": packed(None)} if room.now == question else {}))

        return self._change(code, drops)

    def step(self, code: str, key: str, sent: Json) -> Json:
        """Ask a question, close it, show what the room thinks, or what is true."""
        question, step = _text(sent, "question"), sent.get("step")
        if step not in STEPS:
            raise RefusedError("malformed")
        truth = None if sent.get("truth") is None else truth_of(sent["truth"])

        def steps(room: Room) -> Change:
            _teacher(room, key)
            _question(room, question)
            before = room.all("step").get(question, {})
            if step == "open" and before.get("step") in ("answers", "truth"):
                raise RefusedError("already_shown", 409)
            kept = {**before, "step": step} | ({} if truth is None else {"truth": truth})
            fields = {"now": packed(question), f"step/{question}": packed(kept)}
            return Change(fields, tuple(fields), {"question": question, "step": step})

        return self._change(code, steps)

    def reset(self, code: str, key: str, sent: Json) -> Json:
        """Forget all answers to a question; the one that is asked is open again."""
        question = _text(sent, "question")

        def resets(room: Room) -> Change:
            _teacher(room, key)
            _question(room, question)
            again = {f"step/{question}": packed({"step": "open"})} if room.now == question else {}
            return Change(_forgotten(room, question) | again, ("now",))

        return self._change(code, resets)

    def remove(self, code: str, key: str, sent: Json) -> Json:
        """Take away a student's answer or nickname, or let the student leave with all answers."""
        student, what = _text(sent, "student"), sent.get("what")
        if what not in ("answer", "nickname", "student"):
            raise RefusedError("malformed")

        def removes(room: Room) -> Change:
            _teacher(room, key)
            about = room.all("student").get(student)
            if about is None:
                raise RefusedError("unknown_student", 404)
            if what == "answer":
                return Change({f"answer/{room.now}/{student}": None})
            if what == "nickname":
                nickname = made_up(self._nicknames, about["language"], _taken(room))
                kept = {**about, "nickname": nickname}
                return _people(room, {f"student/{student}": packed(kept)}, {"nickname": nickname})
            answers = (f"answer/{question}/{student}" for question in room.all("question"))
            return _people(room, dict.fromkeys([f"student/{student}", *answers]), {})

        return self._change(code, removes)

    def end(self, code: str, key: str) -> Json:
        """Forget a class with all that it holds."""
        _teacher(self.room(code), key)
        self._asked(self.store.drop, code)
        return {}

    def table(self, code: str, key: str) -> str:
        """All answers as CSV; what a spreadsheet would compute stays a text."""
        room = self.room(code)
        _teacher(room, key)
        lines = io.StringIO()
        table = csv.writer(lines)
        table.writerow(("question", "kind", "text", "nickname", "answer", "time"))
        for question in in_order(room.all("question")):
            asked, answers = room.all("question")[question], room.answers(question)
            for student in in_order(answers):
                about, given = room.all("student").get(student), answers[student]
                if about:
                    at = datetime.fromtimestamp(given["at"], UTC).isoformat(timespec="seconds")
                    answer = _written(asked, given["value"])
                    row = (question, asked["kind"], asked["text"], about["nickname"], answer, at)
                    table.writerow(map(_harmless, row))
        return lines.getvalue()

    def here(self, code: str, process: str, students: list[str]) -> None:
        """Keep who listens to a process."""
        told = {"at": time.time(), "students": students}
        self._change(code, lambda room: Change({f"present/{process}": packed(told)}))

    def who(self, code: str, key: str) -> str:
        """Whose key this is."""
        return self.room(code).who(key)

    def room(self, code: str) -> Room:
        """A class as it is now."""
        room = self._rooms.get(code) or Room()
        try:
            room.follow(*self._asked(self.store.read, code, room.version))
        except RefusedError as refused:
            if refused.status == 404:
                self._rooms.pop(code, None)
            raise
        self._rooms[code] = room
        return room

    def versions(self) -> dict[str, int]:
        """Version of every class; of those that are gone nothing is remembered."""
        found = self._asked(self.store.versions)
        for code in self._rooms.keys() - found:
            del self._rooms[code]
        return found

    def tidy(self) -> None:
        """Delete what has expired, from memory, too."""
        self._asked(self.store.tidy)
        self.versions()

    def _change(self, code: str, rule: Callable[[Room], Change]) -> Json:
        """Change a class as a rule says; should another change come first, it is asked again."""
        for _ in range(TRIES):
            room = self.room(code)
            change = rule(room)
            if not change.fields:
                return change.told
            given = {name: room.raw.get(name) for name in change.based_on}
            try:
                self._asked(self.store.write, code, change.fields, given)
            except ChangedError:
                continue
            return change.told
        raise RefusedError("busy", 503)

    def _asked(self, method: Callable[..., Any], *args: Any) -> Any:
        """What the store says; where it says nothing, the reason.

        After a store that let one wait the next ones are refused at once, for they would wait in
        a row.
        """
        began = time.monotonic()
        if began < self._rests_until:
            raise RefusedError("store_gone", 503)
        try:
            return method(*args)
        except UnknownError as error:
            raise unknown_class() from error
        except GoneError as error:
            if time.monotonic() - began > PATIENCE:
                self._rests_until = time.monotonic() + REST
            self._complain(str(error))
            raise RefusedError("store_gone", 503) from error

    def _complain(self, of: str) -> None:
        """Log what the store says, but not for each of the phones that try again."""
        now = time.monotonic()
        if now > self._complains_from:
            self._complains_from = now + QUIET
            LOG.warning("the store of classes: %s", of)

    def _language(self, sent: Json) -> str:
        asked = sent.get("language")
        known = isinstance(asked, str) and asked in self._nicknames
        return str(asked) if known else next(iter(self._nicknames))


def _text(sent: Json, name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise RefusedError("malformed")
    return value


def _teacher(room: Room, key: str) -> None:
    if room.who(key) != TEACHER:
        raise RefusedError("not_the_teacher", 403)


def _student(room: Room, key: str) -> str:
    who = room.who(key)
    if who == TEACHER:
        raise RefusedError("not_a_student", 403)
    return who


def _question(room: Room, question: str) -> Json:
    found: Json | None = room.all("question").get(question)
    if found is None:
        raise RefusedError("unknown_question", 404)
    return found


def _questions_of(sent: Any, n_before: int, last: int) -> dict[str, str]:
    """Fields of questions that were sent."""
    if not isinstance(sent, list):
        raise RefusedError("malformed")
    if n_before + len(sent) > bounds.QUESTIONS:
        raise RefusedError("too_many_questions", 409)
    return {f"question/q{last + k}": packed(question_of(each)) for k, each in enumerate(sent, 1)}


def _taken(room: Room, but: str = "") -> set[str]:
    about = room.all("student").items()
    return {each["nickname"] for student, each in about if student != but}


def _people(room: Room, fields: Fields, told: Json) -> Change:
    """A change of who is there, or by which name: only one comes after each state."""
    number = room.all("").get("people", 0) + 1
    return Change({**fields, "people": packed(number)}, ("people",), told)


def _forgotten(room: Room, question: str) -> dict[str, str | None]:
    answers = (f"answer/{question}/{student}" for student in room.answers(question))
    return dict.fromkeys([f"step/{question}", *answers])


def _written(asked: Json, value: Any) -> str:
    """An answer as a person reads it."""
    if asked["kind"] == "choice":
        return str(asked["options"][value])
    return value if isinstance(value, str) else packed(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
