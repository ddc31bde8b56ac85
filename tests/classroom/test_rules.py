"""Who may do what in a class, and what is refused."""

import csv
import io
import json
from typing import Any

import pytest

from classroom import bounds
from classroom.keys import hashed
from classroom.refusals import RefusedError
from classroom.service import Service
from classroom.stores import GoneError, Store
from classroom.views import view_of
from tests.classroom.conftest import Opener

PARTS = {"en": (["Brave"], ["saddle"]), "ko": (["용감한"], ["안장점"])}
NUMBER = {"kind": "number", "text": "Largest rate?", "scale": "log", "low": 1e-3, "high": 10}
CHOICE = {"kind": "choice", "text": "Who wins?", "options": ["Adam", "SGD", "=1+1"]}
POINT = {"kind": "point", "text": "Where to?", "region": [[-2, 2], [-1, 3]]}
RACE = {"kind": "race", "text": "Race!", "n_steps": 100, "rules": ["adam", "momentum"]}
ADAM = {"rule": "adam", "settings": {"learning_rate": "0.1"}}
EVERY = [NUMBER, CHOICE, POINT, RACE]
GIVEN = {"q1": 0.5, "q2": 1, "q3": [0.5, -1], "q4": ADAM}
QUESTIONS = [f"q{k}" for k in range(1, 5)]


class Class:
    """A class with one question of each kind."""

    def __init__(self, store: Store) -> None:
        self.service = Service(store, PARTS)
        self.code, self.key = self.service.open({"questions": EVERY, "language": "ko"}).values()

    def join(self) -> str:
        return str(self.service.join(self.code, {})["key"])

    def teacher(self, does: str, /, **sent: Any) -> Any:
        return getattr(self.service, does)(self.code, self.key, sent)

    def student(self, key: str, does: str, /, **sent: Any) -> Any:
        return getattr(self.service, does)(self.code, key, sent)

    def answer(self, key: str, question: str, value: Any) -> Any:
        return self.student(key, "answer", question=question, value=value)

    def told(self, key: str) -> dict[str, Any]:
        """What a student's page is sent."""
        room = self.service.room(self.code)
        told: dict[str, Any] = json.loads(view_of(room).message(room.who(key), 0))
        return told

    def desk(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(view_of(self.service.room(self.code)).teacher)
        return told


@pytest.fixture
def room(store: Store) -> Class:
    return Class(store)


class Refused:
    """That something is refused for this reason."""

    def __init__(self, code: str, status: int) -> None:
        self.code, self.status = code, status

    def __enter__(self) -> None:
        self._raises = pytest.raises(RefusedError)
        self._caught = self._raises.__enter__()

    def __exit__(self, *error: Any) -> bool:
        caught = self._raises.__exit__(*error)
        assert (self._caught.value.code, self._caught.value.status) == (self.code, self.status)
        return bool(caught)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_last_answer_counts_as_long_as_the_question_is_open(room: Class, question: str) -> None:
    key, value = room.join(), GIVEN[question]
    with Refused("late", 409):
        room.answer(key, question, value)
    room.teacher("step", question=question, step="open")
    other = {"q1": 0.25, "q2": 0, "q3": [0, 0], "q4": {"rule": "momentum", "settings": {}}}
    room.answer(key, question, other[question])
    for _ in range(2):
        assert room.answer(key, question, value) == {"stored": True, "value": value}
    room.teacher("step", question=question, step="closed")
    with Refused("late", 409):
        room.answer(key, question, other[question])
    assert room.told(key)["answer"] == value
    thought = {"q1": [0.5], "q2": [0, 1, 0], "q3": [[0.5, -1]], "q4": [["adam", 1]]}
    room.teacher("step", question=question, step="answers")
    assert room.told(key)["answers"] == room.desk()["thought"] == thought[question]
    room.teacher("step", question="q1" if question != "q1" else "q2", step="open")
    with Refused("late", 409):
        room.answer(key, question, value)


NONE = [None, "0.5", True, [], {}, "x" * 3000]
BAD = {
    "q1": [*NONE, float("nan"), float("inf"), 10**400, [1.0]],
    "q2": [*NONE, -1, 3, 1.0, 10**30],
    "q3": [*NONE, [1], [1, 2, 3], [None, 0], ["1", "2"], [float("nan"), 0], 0],
    "q4": [
        *NONE,
        {"rule": "adam"},
        {"rule": "lion", "settings": {}},
        {"rule": ["adam"], "settings": {}},
        {"rule": "adam", "settings": {"<b>": "1"}},
        {"rule": "adam", "settings": {f"a{k}": "1" for k in range(bounds.SETTINGS + 1)}},
        {"rule": "adam", "settings": []},
    ],
}
OUTSIDE = {"q1": [1e-4, 11, -1], "q3": [[2.1, 0], [0, -1.1]]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_does_not_answer_the_question_is_refused(room: Class, question: str) -> None:
    key = room.join()
    room.teacher("step", question=question, step="open")
    for value in BAD[question]:
        with Refused("not_an_answer", 400):
            room.answer(key, question, value)
    for value in OUTSIDE.get(question, []):
        with Refused("outside", 400):
            room.answer(key, question, value)
    for value in [1, None, "x" * 61, "\x00"] if question == "q4" else []:
        with pytest.raises(RefusedError):
            room.answer(key, question, {"rule": "adam", "settings": {"beta": value}})
    assert room.told(key)["answer"] is None


@pytest.mark.parametrize("step", ["open", "closed", "answers", "truth"])
def test_nobody_is_sent_answers_or_truth_before_their_step(room: Class, step: str) -> None:
    secret, others = 0.12345, room.join()
    key = room.join()
    room.teacher("add", questions=[{**NUMBER, "truth": 0.98765}, {**CHOICE, "text": "Later?"}])
    room.teacher("step", question="q5", step="open")
    room.answer(others, "q5", secret)
    room.teacher("step", question="q5", step=step, truth=0.56789 if step != "truth" else None)
    told = json.dumps(room.told(key))
    assert ("0.12345" in told) == (step in ("answers", "truth"))
    assert ("0.98765" in told or "0.56789" in told) == (step == "truth")
    assert "Later?" not in told and "Who wins?" not in told
    for kept in (room.key, key, others, hashed(key), hashed(room.key)):
        assert kept not in told and kept not in json.dumps(room.desk())


def test_only_hashes_of_keys_are_kept(room: Class, store: Store) -> None:
    key = room.join()
    kept = json.dumps(store.read(room.code)[1])
    assert key not in kept and key.partition(".")[2] not in kept and room.key not in kept
    assert hashed(key) in kept and len(room.key) >= 32


TEACHER = [
    ("add", {"questions": [NUMBER]}),
    ("drop", {"question": "q1"}),
    ("step", {"question": "q1", "step": "truth"}),
    ("reset", {"question": "q1"}),
    ("remove", {"student": "s1", "what": "student"}),
]


@pytest.mark.parametrize(("what", "sent"), TEACHER)
def test_who_is_not_the_teacher_changes_nothing(
    room: Class, what: str, sent: dict[str, Any]
) -> None:
    key = room.join()
    before = room.desk()
    with Refused("not_the_teacher", 403):
        room.student(key, what, **sent)
    for guess in ("", "x", room.code, hashed(room.key), room.key[:-1], "é", "\udc80"):
        with Refused("not_the_teacher", 401):
            room.student(guess, what, **sent)
    for guess in ("s1.", "s1.x", f"s1.{room.key}", "s2." + key.partition(".")[2], "teacher.x"):
        with Refused("removed", 401):
            room.student(guess, what, **sent)
    for whole in (room.service.table, room.service.end):
        with Refused("not_the_teacher", 403):
            whole(room.code, key)
    assert room.desk() == before


@pytest.mark.parametrize("what", ["answer", "rename"])
def test_the_teacher_is_no_student(room: Class, what: str) -> None:
    with Refused("not_a_student", 403):
        room.teacher(what, question="q1", value=1, nickname="Me")


NICKNAMES = {
    "nickname_empty": ["", "   ", "\n\t"],
    "nickname_long": ["x" * 25, "x" * 10_240, "é" * 25],
    "nickname_signs": [
        "a\x00b",
        "a\u202eb",
        "\u200b",
        "a\ud800",
        "e\u0301\u0302\u0303\u0304",
        "\x7f",
    ],
    "malformed": [None, 7, ["a"], {}],
}


@pytest.mark.parametrize("code", sorted(NICKNAMES))
def test_nicknames_that_are_none(room: Class, code: str) -> None:
    key = room.join()
    for nickname in NICKNAMES[code]:
        with Refused(code, 400):
            room.student(key, "rename", nickname=nickname)
    assert room.told(key)["nickname"] == "Brave saddle"


@pytest.mark.parametrize(
    ("nickname", "kept"),
    [
        ("<b>Bold</b>", "<b>Bold</b>"),
        ("  two \n words ", "two words"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("🦦", "🦦"),
    ],
)
def test_nicknames_are_plain_texts(room: Class, nickname: str, kept: str) -> None:
    key = room.join()
    assert room.student(key, "rename", nickname=nickname) == {"nickname": kept}
    assert room.told(key)["nickname"] == room.desk()["students"][0]["nickname"] == kept


def test_no_two_have_the_same_nickname(room: Class) -> None:
    key, other = room.join(), room.join()
    assert room.told(other)["nickname"] == "Brave saddle 2"
    with Refused("nickname_taken", 409):
        room.student(key, "rename", nickname="brave SADDLE 2")
    assert room.student(key, "rename", nickname="Brave saddle")


def test_the_teacher_takes_away_answers_nicknames_and_students(room: Class) -> None:
    key, other = room.join(), room.join()
    room.teacher("step", question="q1", step="open")
    for each in (key, other):
        room.answer(each, "q1", 1)
        room.student(each, "rename", nickname=f"Rude {each[:2]}")
    room.teacher("remove", student="s1", what="answer")
    assert [each["student"] for each in room.desk()["answers"]] == ["s2"]
    assert room.told(key)["answer"] is None and room.answer(key, "q1", 2)
    room.teacher("remove", student="s1", what="nickname")
    assert room.told(key)["nickname"] == "Brave saddle"
    room.teacher("remove", student="s1", what="student")
    assert [each["student"] for each in room.desk()["answers"]] == ["s2"]
    with Refused("removed", 401):
        room.answer(key, "q1", 2)
    with Refused("unknown_student", 404):
        room.teacher("remove", student="s1", what="answer")
    assert room.join().startswith("s3.")


def test_a_question_begins_anew_and_goes(room: Class) -> None:
    key = room.join()
    room.teacher("step", question="q1", step="open")
    room.answer(key, "q1", 1)
    room.teacher("step", question="q1", step="truth", truth=[1, 2])
    with Refused("already_shown", 409):
        room.teacher("step", question="q1", step="open")
    room.teacher("reset", question="q1")
    told = room.told(key)
    assert told["step"] == "open" and told["answer"] is None and "truth" not in told
    room.answer(key, "q1", 1)
    room.teacher("step", question="q1", step="closed")
    room.teacher("step", question="q1", step="open")
    room.teacher("drop", question="q1")
    assert room.told(key)["question"] is None
    assert [each["id"] for each in room.desk()["questions"]] == ["q2", "q3", "q4"]
    for what in ("step", "reset", "drop"):
        with Refused("unknown_question", 404):
            room.teacher(what, question="q1", step="open")
    with Refused("unknown_question", 404):
        room.answer(key, "q1", 1)
    assert room.teacher("add", questions=[NUMBER])["questions"] == ["q5"]


MALFORMED = [
    None,
    [],
    {},
    "x",
    {**NUMBER, "kind": "essay"},
    {**NUMBER, "kind": []},
    {**NUMBER, "text": None},
    {**NUMBER, "low": "1"},
    {**NUMBER, "low": 10},
    {**NUMBER, "low": 0},
    {**NUMBER, "high": float("inf")},
    {**NUMBER, "scale": "cubic"},
    {**NUMBER, "scale": []},
    {**NUMBER, "label": 7},
    {**CHOICE, "options": ["one"]},
    {**CHOICE, "options": ["one"] * 9},
    {**CHOICE, "options": "one two"},
    {**CHOICE, "options": ["one", 2]},
    {**CHOICE, "runs": ["one"]},
    {**POINT, "region": [[0, 1]]},
    {**POINT, "region": [[0, 1], [1, 1]]},
    {**POINT, "region": [[0, 1], [0, None]]},
    {**POINT, "labels": ["a", "b", "c"]},
    {**RACE, "n_steps": 0},
    {**RACE, "n_steps": True},
    {**RACE, "n_steps": 1e3},
    {**RACE, "rules": ["<script>"]},
    {**RACE, "rules": [1]},
    {**RACE, "rules": {"a": 1}},
    {**NUMBER, "link": ["a"]},
]


@pytest.mark.parametrize("k", range(len(MALFORMED)))
def test_questions_that_are_none(room: Class, k: int) -> None:
    for sent in ([MALFORMED[k]], [NUMBER, MALFORMED[k]]):
        with pytest.raises(RefusedError) as refused:
            room.teacher("add", questions=sent)
        assert refused.value.code == "malformed"
    assert len(room.desk()["questions"]) == 4


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("text", "", "text_empty"),
        ("text", "x" * 601, "text_long"),
        ("text", "a\x1b[31m", "text_signs"),
        ("label", "x" * 61, "text_long"),
        ("link", "x" * 8001, "link_long"),
    ],
)
def test_texts_of_questions(room: Class, field: str, text: str, code: str) -> None:
    with Refused(code, 400):
        room.teacher("add", questions=[{**NUMBER, field: text}])


def test_a_question_keeps_its_lines_and_nothing_that_no_question_has(room: Class) -> None:
    asked = {**NUMBER, "text": "One?\nTwo", "key": 1, "id": "q1", "link": " "}
    room.teacher("add", questions=[asked])
    kept = room.desk()["questions"][-1]
    assert kept["text"] == "One?\nTwo" and kept["id"] == "q5"
    assert "key" not in kept and kept["link"] is None


@pytest.mark.parametrize("k", range(3))
def test_a_truth_that_nobody_could_be_sent(room: Class, k: int) -> None:
    truth: Any = ["half of a sign \ud800", [1e999], {}][k]
    for _ in range(2000 if k == 2 else 0):
        truth = [truth]
    with Refused("malformed", 400):
        room.teacher("step", question="q1", step="truth", truth=truth)
    with Refused("malformed", 400):
        room.teacher("add", questions=[{**NUMBER, "truth": truth}])


def test_there_are_bounds(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    with Refused("too_many_questions", 409):
        room.teacher("add", questions=[NUMBER] * (bounds.QUESTIONS - 3))
    with Refused("too_large", 413):
        room.teacher("step", question="q1", step="truth", truth="x" * bounds.TRUTH)
    monkeypatch.setattr(bounds, "PEOPLE", 3)
    for _ in range(3):
        room.join()
    with Refused("class_full", 409):
        room.join()
    room.teacher("remove", student="s2", what="student")
    assert room.join().startswith("s4.")
    monkeypatch.setattr(bounds, "CLASSES", 2)
    room.service.open({})
    with Refused("too_many_classes", 503):
        room.service.open({})


def test_an_expired_or_ended_class_is_unknown_to_all(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = room.join()
    room.service.end(room.code, room.key)
    monkeypatch.setattr(bounds, "LIFE", -1.0)
    expired = Class(room.service.store)
    for each in (room, expired):
        with Refused("unknown_class", 404):
            each.answer(key, "q1", 1)
        with Refused("unknown_class", 404):
            each.join()
        with Refused("unknown_class", 404):
            each.teacher("step", question="q1", step="open")


def test_a_table_computes_nothing(room: Class) -> None:
    key = room.join()
    room.student(key, "rename", nickname='@SUM(1)"')
    for question, value in GIVEN.items():
        room.teacher("step", question=question, step="open")
        room.answer(key, question, 2 if question == "q2" else value)
    told = room.service.table(room.code, room.key)
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {row["nickname"] for row in rows} == {"'@SUM(1)\""}
    answers = [row["answer"] for row in rows]
    assert answers[:3] == ["0.5", "'=1+1", "[0.5,-1.0]"] and json.loads(answers[3]) == ADAM
    assert key not in told and rows[0]["time"].endswith("+00:00")


class Slow:
    """A store that lets one wait for a second, and then does not answer."""

    def __init__(self) -> None:
        self.asked, self.now = 0, 100.0

    def versions(self) -> dict[str, int]:
        self.asked += 1
        self.now += 1
        raise GoneError("away")


def test_a_store_that_lets_one_wait_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Slow()
    monkeypatch.setattr("classroom.service.time.monotonic", lambda: store.now)
    service = Service(store, PARTS)  # type: ignore[arg-type]
    for _ in range(3):
        with Refused("store_gone", 503):
            service.versions()
    assert store.asked == 1
    store.now += 2
    with Refused("store_gone", 503):
        service.versions()
    assert store.asked == 2


def test_two_processes_see_what_the_other_has_changed(opener: Opener) -> None:
    here = Class(opener())
    there = Class(opener())
    there.service = Service(opener(), PARTS)
    there.code, there.key = here.code, here.key
    key, other = here.join(), there.join()
    assert (key[:3], other[:3]) == ("s1.", "s2.")
    there.teacher("step", question="q1", step="open")
    here.answer(other, "q1", 1)
    assert there.desk() == here.desk() and len(there.desk()["answers"]) == 1
    there.teacher("step", question="q1", step="closed")
    with Refused("late", 409):
        here.answer(key, "q1", 1)
