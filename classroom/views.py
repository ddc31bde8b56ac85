"""What a class tells: to all its students, to each of them, and to the teacher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom.questions import KINDS, Json
from classroom.refusals import RefusedError
from classroom.room import STEPS, TEACHER, Room, in_order, packed


@dataclass
class View:
    """What a class tells: to students in common and each, and to the teacher."""

    version: int
    n_students: int
    everybody: str
    each: dict[str, str]
    teacher: str

    def message(self, who: str, n_students: int) -> str:
        """The whole state for a student or the teacher."""
        if who == TEACHER:
            return self.teacher
        if who not in self.each:
            return packed({"error": "removed"})
        count = f'{{"n_students":{n_students},'
        return f"{count}{self.everybody[1:-1]},{self.each[who][1:]}"


def view_of(room: Room) -> View:
    """What a class tells."""
    students = room.all("student")
    each = {student: packed(own(room, student)) for student in students}
    return View(room.version, len(students), packed(shared(room)), each, packed(desk(room)))


def shared(room: Room) -> Json:
    """What every student is told. Nobody else's answer and no truth is in it before its step."""
    question, step = room.now, room.step(room.now)
    told: Json = {"step": step, "question": None}
    if question is None or step is None:
        return told
    asked = room.all("question")[question]
    told["question"] = {"id": question, **{k: v for k, v in asked.items() if k != "truth"}}
    shown = STEPS.index(step)
    if shown >= STEPS.index("answers"):
        told["answers"] = _thought(room, question)
    if shown >= STEPS.index("truth"):
        told["truth"] = room.all("step")[question].get("truth", asked.get("truth"))
    return told


def own(room: Room, student: str) -> Json:
    """What a student is told of him- or herself."""
    about = room.all("student").get(student)
    if about is None:
        raise RefusedError("removed", 401)
    answer = room.answers(room.now).get(student)
    return {"student": student, "nickname": about["nickname"], "answer": _value(answer)}


def desk(room: Room) -> Json:
    """What the teacher is told: everything but keys."""
    answers, present = room.answers(room.now), room.present()
    about = room.all("student")
    students = [
        {
            "student": student,
            "nickname": about[student]["nickname"],
            "answered": student in answers,
            "present": student in present,
        }
        for student in in_order(about)
    ]
    given = [
        {
            "student": student,
            "nickname": about[student]["nickname"],
            "value": answers[student]["value"],
        }
        for student in in_order(answers)
        if student in about
    ]
    everybody = shared(room)
    if "answers" in everybody:
        everybody["thought"] = everybody["answers"]
    opened = {name: room.about[name] for name in ("link", "language", "expires")}
    return {
        **everybody,
        **opened,
        "students": students,
        "answers": given,
        "questions": [_asked(room, question) for question in in_order(room.all("question"))],
    }


def _asked(room: Room, question: str) -> Json:
    """A question with all that the teacher knows of it."""
    counted = len(room.answers(question))
    told = {"id": question, "step": None, "truth": None, **room.all("question")[question]}
    return {**told, **room.all("step").get(question, {}), "n_answers": counted}


def _thought(room: Room, question: str) -> Any:
    asked = room.all("question")[question]
    values = [answer["value"] for answer in room.answers(question).values()]
    return KINDS[asked["kind"]].room(asked, values)


def _value(answer: Json | None) -> Any:
    return answer["value"] if answer else None
