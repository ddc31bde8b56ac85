"""What listeners hear, from their own process and from others."""

import asyncio
import signal
import socket
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from classroom import bounds, live
from classroom.live import Live
from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.sqlite import SQLiteStore
from pages.ui.frame.files import Compressed
from pages.ui.frame.sockets import answer_at_once
from tests.classroom.calls import Caller
from tests.classroom.conftest import Opener
from tests.classroom.test_service import PARTS, RATE, joined, opened, served


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def process(opener: Opener) -> Caller:
    """A server process of its own, as far as the store can tell."""
    return Caller(Starlette(routes=class_routes(Live(Service(opener(), PARTS)))))


def test_listeners_of_one_process_hear_what_another_one_does(opener: Opener) -> None:
    async def whole() -> None:
        here, there = process(opener), process(opener)
        teacher = await opened(here, RATE)
        student = await joined(teacher)
        far = Caller(there.app, teacher.code, student.key)
        async with teacher.listening() as desk, far.listening() as phone:
            await phone.until(bool)
            await desk.until(lambda state: state["students"][0]["present"])
            await teacher.done("step", question="q1", step="open")
            await phone.until(lambda state: state["step"] == "open")
            await far.done("answer", question="q1", value=0.1)
            await desk.until(lambda state: state["students"][0]["answered"])
            await teacher.done("end")
            for ear in (desk, phone):
                await ear.until(lambda state: state == {"error": "unknown_class"})
            assert (await far.get("live"))[0] == 404

    run(whole())


def test_who_leaves_is_not_present(tmp_path: Path) -> None:
    async def whole() -> None:
        teacher = await opened(served(tmp_path))
        student = await joined(teacher)
        async with teacher.listening() as desk:
            async with student.listening():
                await desk.until(lambda state: state["students"][0]["present"])
            await desk.until(lambda state: not state["students"][0]["present"])
            await teacher.done("remove", student="s1", what="student")
            await desk.until(lambda state: not state["students"])

    run(whole())


def test_who_is_removed_hears_it(tmp_path: Path) -> None:
    async def whole() -> None:
        teacher = await opened(served(tmp_path))
        student = await joined(teacher)
        async with student.listening() as phone:
            await phone.until(bool)
            await teacher.done("remove", student="s1", what="student")
            await phone.until(lambda state: state == {"error": "removed"})

    run(whole())


def test_everybody_hears_how_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "COUNT", 0.3)

    async def whole() -> None:
        teacher = await opened(served(tmp_path))
        student = await joined(teacher)
        async with student.listening() as phone:
            await phone.until(bool)
            for _ in range(5):
                await joined(teacher)
            await phone.until(lambda state: state["n_students"] == 6)
            assert phone.raw.count("data:") < 5

    run(whole())


def test_the_oldest_of_too_many_pages_ends(tmp_path: Path) -> None:
    async def whole() -> None:
        teacher = await opened(served(tmp_path))
        student = await joined(teacher)
        async with student.listening() as first:
            await first.until(bool)
            lines = [student.listening() for _ in range(bounds.PAGES)]
            others = [await line.__aenter__() for line in lines]
            await first.until(lambda state: state == {"error": "too_many_pages"})
            assert all([await other.until(bool) for other in others])
            for line in lines:
                await line.__aexit__(None, None, None)

    run(whole())


def test_a_silent_line_gives_signs_of_life_and_nothing_holds_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT", 0.05)

    async def whole() -> None:
        teacher = await opened(served(tmp_path))
        teacher.app = Compressed(teacher.app)
        async with teacher.listening() as desk:
            await desk.until(bool)
            while ":\n\n:\n\n" not in desk.raw:
                await asyncio.sleep(0.01)

    run(whole())


def test_a_server_that_is_told_to_stop_lets_go_of_who_listens(tmp_path: Path) -> None:
    async def whole() -> None:
        classes = Live(Service(SQLiteStore(tmp_path / "classes.sqlite"), PARTS))
        app = Starlette(routes=class_routes(classes), middleware=[Middleware(Compressed)])
        heard: list[int] = []
        before = signal.signal(signal.SIGTERM, lambda number, frame: heard.append(number))
        try:
            async with classes.running():
                teacher = await opened(Caller(app))
                async with teacher.listening() as desk:
                    await desk.until(bool)
                    signal.raise_signal(signal.SIGTERM)
                    await asyncio.wait_for(desk.over.wait(), 20)
                assert heard == [signal.SIGTERM]
        finally:
            signal.signal(signal.SIGTERM, before)

    run(whole())


def test_what_connects_to_a_server_is_sent_each_part_at_once() -> None:
    with socket.socket() as listens, socket.socket() as other:
        listens.bind(("127.0.0.1", 0))
        listens.listen()
        answer_at_once()
        with socket.create_connection(listens.getsockname()), listens.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not other.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
