"""Tells everybody who listens what has changed, by this process or by another one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import ParamSpec, TypeVar

from classroom import bounds
from classroom.refusals import RefusedError, unknown_class
from classroom.room import TEACHER, packed
from classroom.service import Service
from classroom.views import View, view_of

LOG = logging.getLogger(__name__)
ERROR = '{"error"'
P = ParamSpec("P")
R = TypeVar("R")
LOOK = 0.2
"""Seconds between two looks for what other processes changed."""
REST = 0.1
"""Seconds in which several changes become one message."""
COUNT = 1.0
"""Seconds between two messages to everybody only because somebody joined."""
HERE = 10.0
"""Seconds after which a process says again who listens to it."""
BEAT = 15.0
"""Seconds of silence after which a listener hears that the line is alive."""
TIDY = 600.0
"""Seconds between two times that expired classes are deleted."""


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
    """Those who listen to a class here, what they were told, and how many students they know of."""

    view: View
    n_students: int
    counted: float
    listeners: list[Listener] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    said: float = 0.0

    def tell(self, view: View) -> None:
        """Let everybody hear what is new; that somebody joined, not more often than it matters."""
        self.view, now = view, time.monotonic()
        if view.n_students != self.n_students and now - self.counted > COUNT:
            self.n_students, self.counted = view.n_students, now
        for listener in self.listeners:
            self.tell_one(listener)

    def tell_one(self, listener: Listener) -> None:
        listener.tell(self.view.message(listener.who, self.n_students))


class Live:
    """The classes of a process, for whoever asks or listens.

    Parameters
    ----------
    service : Service
        Their rules. One thread uses it, for stores wait.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self._thread = ThreadPoolExecutor(1, "classroom")
        self._audiences: dict[str, Audience] = {}
        self._views: dict[str, View] = {}
        self._process = secrets.token_hex(4)
        self._changed = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self._ends = False

    async def ask(self, method: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        """Let the service do something, and let everybody hear of it."""
        told = await self._do(method, *args, **options)
        self._changed.set()
        return told

    async def listen(self, code: str, key: str) -> AsyncGenerator[str]:
        """Messages for whoever has a key: the whole state, as often as it changes.

        Empty ones say that the line is alive. The last one says why it ends, where it does.
        """
        who = await self._do(self.service.who, code, key)
        listener = Listener(who)
        await self._enter(code, listener)
        try:
            while not self._ends:
                listener.news.clear()
                message = listener.message
                yield message
                if message.startswith(ERROR):
                    return
                while not await _within(BEAT, listener.news):
                    yield ""
        finally:
            self._leave(code, listener)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """As long as the server runs: forget what has expired, and let go of listeners at its end.

        A server that is told to stop waits for all answers to end, which streams never do.
        """
        loop = asyncio.get_running_loop()
        tidying = asyncio.create_task(self._tidy())
        with _signals(lambda: loop.call_soon_threadsafe(self.end)):
            yield
        self.end()
        tidying.cancel()
        await self._do(self.service.store.close)

    def end(self) -> None:
        """Let go of all who listen."""
        self._ends = True
        for audience in self._audiences.values():
            for listener in audience.listeners:
                listener.news.set()

    async def _tidy(self) -> None:
        while True:
            with contextlib.suppress(RefusedError):
                await self._do(self.service.tidy)
            await asyncio.sleep(TIDY)

    async def _do(self, work: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        call = partial(work, *args, **options)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def _enter(self, code: str, listener: Listener) -> None:
        view = await self._do(self._view, code)
        new = Audience(view, view.n_students, time.monotonic())
        audience = self._audiences.setdefault(code, new)
        others = [each for each in audience.listeners if each.who == listener.who]
        if len(others) >= bounds.PAGES:
            audience.listeners.remove(others[0])
            others[0].tell(packed({"error": "too_many_pages"}))
        audience.listeners.append(listener)
        audience.tell(view)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        self._changed.set()

    def _leave(self, code: str, listener: Listener) -> None:
        audience = self._audiences.get(code)
        if audience and listener in audience.listeners:
            audience.listeners.remove(listener)
            self._changed.set()

    def _view(self, code: str) -> View:
        """What a class tells now; the last one is kept, for a whole class asks for it at once."""
        room = self.service.room(code)
        known = self._views.get(code)
        if known is None or known.version != room.version:
            known = self._views[code] = view_of(room)
        return known

    async def _watch(self) -> None:
        """Look what has changed as long as anybody listens."""
        while self._audiences:
            await _within(LOOK, self._changed)
            self._changed.clear()
            try:
                await self._look()
            except RefusedError:  # a store that is gone may come back
                pass
            except Exception:
                LOG.exception("listeners could not be told")
            await asyncio.sleep(REST)
        self._views.clear()

    async def _look(self) -> None:
        versions = await self._do(self.service.versions)
        for code, audience in list(self._audiences.items()):
            if code not in versions:
                self._over(code, audience)
                continue
            await self._say_who_is_here(code, audience)
            changed = audience.view.version != versions[code]
            if changed or audience.n_students != audience.view.n_students:
                audience.tell(await self._do(self._view, code))
            if not audience.listeners and not audience.here:
                del self._audiences[code]

    def _over(self, code: str, audience: Audience) -> None:
        del self._audiences[code]
        for listener in audience.listeners:
            listener.tell(packed({"error": unknown_class().code}))

    async def _say_who_is_here(self, code: str, audience: Audience) -> None:
        here = sorted({each.who for each in audience.listeners} - {TEACHER})
        now = time.monotonic()
        waited = now - audience.said
        if (here and waited > HERE) or (here != audience.here and waited > COUNT):
            audience.here, audience.said = here, now
            await self._do(self.service.here, code, self._process, here)


@contextmanager
def _signals(stop: Callable[[], object]) -> Iterator[None]:
    """Hear of the signals that end a server before whoever has heard of them so far."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

    def heard(number: int, frame: FrameType | None) -> None:
        stop()
        then = before[signal.Signals(number)]
        if callable(then):
            then(number, frame)

    for each in before:
        signal.signal(each, heard)
    try:
        yield
    finally:
        for each, then in before.items():
            signal.signal(each, then)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    """Whether something happens within so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
