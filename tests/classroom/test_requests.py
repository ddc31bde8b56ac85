"""What comes over the network: malformed, oversized, too often, for nobody."""

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from classroom import bounds
from classroom.addresses import Addresses, address_of
from classroom.refusals import RefusedError
from tests.classroom.calls import Caller
from tests.classroom.test_service import RATE, joined, opened, served

POSTS = ["nickname", "answer", "questions", "drop", "step", "reset", "remove"]
MALFORMED = [b"", b"{", b"[]", b"7", b"null", b'"x"', b"\xff", b'{"a": NaN}', b"[" * 4000]


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


@pytest.mark.parametrize("path", ["/class/open", "join", *POSTS])
def test_what_is_no_object_is_refused(tmp_path: Path, path: str) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path))
        for body in MALFORMED:
            assert await teacher.raw(path, body) == (400, {"error": "malformed"})
        assert await teacher.raw(path, b"{}", "text/plain") == (415, {"error": "malformed"})
        large = b'{"nickname": "%s"}' % (b"x" * bounds.LARGE)
        assert await teacher.raw(path, large) == (413, {"error": "too_large"})

    run(asks())


@pytest.mark.parametrize("path", POSTS)
def test_what_is_missing_is_said_and_changes_nothing(tmp_path: Path, path: str) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path), RATE)
        student = await joined(teacher)
        for who in (teacher, student):
            for sent in ({}, {"question": 7}, {"question": ["q1"], "student": {}, "step": []}):
                status, told = await who.post(path, sent)
                assert 400 <= status < 404 and told["error"] in (
                    *("malformed", "not_the_teacher", "not_a_student", "text_empty"),
                )

    run(asks())


@pytest.mark.parametrize("code", ["AAAAAA", "desk", "open", "OOOOOO", "x" * 5000, "%2e%2e", "é"])
def test_no_class_has_this_code(tmp_path: Path, code: str) -> None:
    async def asks() -> None:
        someone = served(tmp_path)
        someone.code, someone.key = code, "s1.x"
        for path in ("join", *POSTS, "end"):
            assert await someone.post(path, {}, question="q1", step="open", student="s1") in (
                *((404, {"error": "unknown_class"}), (400, {"error": "malformed"})),
            )
        for path in ("live", "answers.csv"):
            status, body = await someone.get(path)
            assert (status, json.loads(body)) == (404, {"error": "unknown_class"})

    run(asks())


def test_codes_are_read_as_they_are_typed(tmp_path: Path) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path))
        code = teacher.code.lower()
        await Caller(teacher.app).done(f"/class/{code[:3]}-{code[3:]} /join")

    run(asks())


@pytest.mark.parametrize("key", ["", "x", "s1.x", "s999.x", "é", "." * 3000])
def test_nobody_listens_without_a_key(tmp_path: Path, key: str) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path), RATE)
        await joined(teacher)
        guest = Caller(teacher.app, teacher.code, key)
        for path in ("live", "answers.csv"):
            status, body = await guest.get(path)
            assert status == 401 and json.loads(body)["error"] in ("removed", "not_the_teacher")

    run(asks())


def test_who_asks_only_for_the_head_of_a_stream_does_not_listen(tmp_path: Path) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path))
        told = teacher._whole("HEAD", "live", b"", {})
        assert await asyncio.wait_for(told, 20) == (200, b"")

    run(asks())


def test_one_address_joins_as_often_as_a_school_does(tmp_path: Path) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path))
        guests = [Caller(teacher.app, "AAAAAA", address=address) for address in ("a", "b")]
        for _ in range(bounds.JOINS):
            assert (await guests[0].post("join"))[0] == 404
        assert await guests[0].post("join") == (429, {"error": "too_often"})
        assert (await guests[1].post("join"))[0] == 404
        for _ in range(bounds.OPENS):
            await guests[0].raw("/class/open", b"{}")
        assert await guests[0].post("/class/open") == (429, {"error": "too_often"})

    run(asks())


def test_one_address_leaves_room_for_the_classes_of_others(tmp_path: Path) -> None:
    async def asks() -> None:
        greedy = served(tmp_path)
        classes = [await opened(greedy) for _ in range(bounds.HELD)]
        assert await greedy.post("/class/open") == (429, {"error": "too_often"})
        await opened(Caller(greedy.app, address="10.0.0.2"))
        await classes[3].done("end")
        await opened(greedy)

    run(asks())


@pytest.mark.parametrize(
    ("host", "forwarded", "address"),
    [
        ("10.0.0.1", "10.0.0.2", "10.0.0.1"),
        ("127.0.0.1", "6.6.6.6, 10.0.0.2", "10.0.0.2"),
        ("::ffff:127.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("::ffff:10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::"),
        ("::1", "", "::1"),
        ("::1", "nobody", "nobody"),
        ("", "", ""),
        ("::1", "x" * 3000, "x" * 64),
    ],
)
def test_whose_address_it_is(host: str, forwarded: str, address: str) -> None:
    assert address_of(host, forwarded) == address


def test_addresses_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("classroom.addresses.time.monotonic", lambda: now)
    monkeypatch.setattr(bounds, "ADDRESSES", 2)
    addresses = Addresses(most=1)
    for each in ("a", "b", "c", "a"):
        addresses.count(each)
    for _ in range(2):
        with pytest.raises(RefusedError):
            addresses.count("a")
    now = bounds.WINDOW + 1
    addresses.count("a")


def test_a_store_that_is_gone_is_said_and_may_come_back(tmp_path: Path) -> None:
    async def asks() -> None:
        teacher = await opened(served(tmp_path), RATE)
        student = await joined(teacher)
        async with teacher.listening() as desk:
            await teacher.done("step", question="q1", step="open")
            await desk.until(bool)
            (tmp_path / "data").rename(tmp_path / "away")
            for who, path in ((student, "answer"), (teacher, "reset"), (student, "join")):
                told = await who.post(path, question="q1", value=0.2)
                assert told == (503, {"error": "store_gone"})
            assert (await student.get("live"))[0] == 503
            (tmp_path / "away").rename(tmp_path / "data")
            await student.done("answer", question="q1", value=0.2)
            await desk.until(lambda state: state["answers"])

    run(asks())
