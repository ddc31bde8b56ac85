"""Tells everybody who listens what has changed, by this process or by another one."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

from classroom import bounds
from classroom.refusals import RefusedError, unknown_class
from classroom.room import TEACHER, desk, own, packed, shared
from classroom.service import Service

P = ParamSpec("P")
R = TypeVar("R")
LOOK = 0.2
"""Seconds between two looks for what other processes changed."""
REST = 0.05
"""Seconds in which several changes become one message."""
COUNT = 1.0
"""Seconds between two messages to everybody only because somebody joined."""
HERE = 10.0
"""Seconds after which a process says again who listens to it."""
BEAT = 15.0
"""Seconds of silence after which a listener hears that the line is alive."""


@dataclass
class View:
    """What a class tells: to students in common and each, and to the teacher."""

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


@dataclass(eq=False)
class Listener:
    """A page that listens: what it is to hear next, and whether that is new to it."""

    who: str
    message: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message: str) -> None:
        """Let it hear this, unless it has."""
        if message != self.message:
            self.message = message
            self.news.set()


@dataclass
class Audience:
    """Those who listen to a class here."""

    view: View
    version: int
    listeners: list[Listener] = field(default_factory=list)
    n_students: int = 0
    counted: float = 0.0
    here: list[str] = field(default_factory=list)
    said: float = 0.0


class Live:
    """The classes of a process, for whoever asks or listens.

    Parameters
    ----------
    service : Service
        Their rules. One thread uses it, for stores wait.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._thread = ThreadPoolExecutor(1, "classroom")
        self._audiences: dict[str, Audience] = {}
        self._process = secrets.token_hex(4)
        self._changed = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    async def ask(self, method: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        """Let the service do something, and let everybody hear of it."""
        told = await self._do(method, *args, **options)
        self._changed.set()
        return told

    async def listen(self, code: str, key: str) -> AsyncIterator[str]:
        """Messages for whoever has a key: the whole state, as often as it changes.

        Empty ones say that the line is alive. The last one says why it ends, where it does.
        """
        who = await self._do(self._service.who, code, key)
        listener = Listener(who)
        await self._enter(code, listener)
        try:
            while True:
                listener.news.clear()
                message = listener.message
                yield message
                if message.startswith('{"error"'):
                    return
                while not await _within(BEAT, listener.news):
                    yield ""
        finally:
            self._leave(code, listener)

    async def _do(self, work: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        call = partial(work, *args, **options)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def _enter(self, code: str, listener: Listener) -> None:
        version, view, count = await self._do(self._view, code)
        audience = self._audiences.setdefault(code, Audience(view, version, n_students=count))
        others = [each for each in audience.listeners if each.who == listener.who]
        if len(others) >= bounds.PAGES:
            self._leave(code, others[0])
            others[0].tell(packed({"error": "too_many_pages"}))
        audience.listeners.append(listener)
        audience.view, audience.version = view, version
        listener.tell(view.message(listener.who, audience.n_students))
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        self._changed.set()

    def _leave(self, code: str, listener: Listener) -> None:
        audience = self._audiences.get(code)
        if audience and listener in audience.listeners:
            audience.listeners.remove(listener)
            self._changed.set()

    def _view(self, code: str) -> tuple[int, View, int]:
        room = self._service.room(code)
        students = room.all("student")
        each = {student: packed(own(room, student)) for student in students}
        return room.version, View(packed(shared(room)), each, packed(desk(room))), len(students)

    async def _watch(self) -> None:
        """Look what has changed as long as anybody listens."""
        while self._audiences:
            await _within(LOOK, self._changed)
            self._changed.clear()
            with contextlib.suppress(RefusedError):  # a store that is gone may come back
                await self._look()
            await asyncio.sleep(REST)

    async def _look(self) -> None:
        versions = await self._do(self._service.versions)
        for code, audience in list(self._audiences.items()):
            if code not in versions:
                self._end(code, audience)
                continue
            await self._say_who_is_here(code, audience)
            if audience.version != versions[code]:
                audience.version, audience.view, count = await self._do(self._view, code)
                self._publish(audience, count)
            if not audience.listeners and not audience.here:
                del self._audiences[code]

    def _end(self, code: str, audience: Audience) -> None:
        del self._audiences[code]
        for listener in audience.listeners:
            listener.tell(packed({"error": unknown_class().code}))

    def _publish(self, audience: Audience, count: int) -> None:
        audience.n_students = count
        for listener in audience.listeners:
            listener.tell(audience.view.message(listener.who, audience.n_students))

    async def _say_who_is_here(self, code: str, audience: Audience) -> None:
        here = sorted({each.who for each in audience.listeners} - {TEACHER})
        now = time.monotonic()
        waited = now - audience.said
        if waited > HERE or (here != audience.here and waited > COUNT):
            audience.here, audience.said = here, now
            await self._do(self._service.here, code, self._process, here)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    """Whether something happens within so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
