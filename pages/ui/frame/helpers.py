"""A few processes that compute for the server, so that its own answers do not wait for maps.

They are plain Python processes, started when the first of them is needed: `multiprocessing` would
have them run a page, because Streamlit puts the script of a page in the place of ``__main__``.
Whatever goes wrong with a helper, its work is done in the server after all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any, TypeVar

from lossopt.sweeps import Progress

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
MOST = 4
LOOK = 0.1
"""Seconds between two looks at the page of who waits for a helper."""


class LostError(Exception):
    """A helper has not done its work."""


class GoneError(LostError):
    """A helper is no more."""


class Helper:
    """One process that computes for the server, one thing after the other."""

    def __init__(self) -> None:
        self.link, theirs = Pipe()
        self.owes = False
        with theirs:
            handle = theirs.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pages.ui.frame.helper", str(handle)],
                cwd=ROOT,
                pass_fds=[handle],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C is for the server, which ends its helpers
            )

    def make(self, work: Callable[..., T], told: Progress) -> T:
        """What some work makes; whoever leaves `told` by an exception ends the work.

        Raises
        ------
        LostError
            If the helper cannot do it.
        GoneError
            If the helper is no more.
        """
        try:
            if self.owes:
                self._answer(lambda _: told(0.0))
            self._tell(work)
            self.owes = True
            kind, made = self._answer(told)
        finally:
            if self.owes:
                with suppress(LostError):
                    self._tell(None)
        if kind == "lost":
            raise LostError
        return made  # type: ignore[no-any-return]

    def _tell(self, message: Any) -> None:
        try:
            self.link.send(message)
        except OSError as reason:
            raise GoneError from reason
        except Exception as reason:  # nothing that can be sent
            raise LostError from reason

    def _answer(self, told: Progress) -> tuple[str, Any]:
        fraction = 0.0
        while True:
            try:
                kind, value = self.link.recv() if self.link.poll(LOOK) else ("part", fraction)
            except Exception as reason:
                raise GoneError from reason
            if kind != "part":
                self.owes = False
                return kind, value
            fraction = value
            told(fraction)

    def end(self) -> None:
        """End the process."""
        self.link.close()
        self.process.kill()
        self.process.wait()


class Helpers:
    """All helpers of the server; there are none before it has started and after it has ended."""

    def __init__(self) -> None:
        self.places: LifoQueue[Helper | None] | None = None
        self.started: set[Helper] = set()

    @contextmanager
    def ready(self, count: int | None = None) -> Iterator[None]:
        """Let there be helpers; one core is left to the server, so with one there are none."""
        count = _usual_count() if count is None else count
        self.places = LifoQueue() if count else None
        for _ in range(count):
            self.places.put(None)
        try:
            yield
        finally:
            self.places = None
            for helper in [*self.started]:
                self._end(helper)

    def make(self, work: Callable[..., T], told: Progress, known: Callable[[], T | None]) -> T:
        """What some work makes, in a helper if there is one.

        Parameters
        ----------
        work : callable
            Takes `progress` and `cancelled`.
        told : callable
            Gets the progress, and is called while a helper is waited for; what it raises ends the
            work.
        known : callable
            Result that somebody else has come to in the meantime, or None.
        """
        places = self.places
        if places is None:
            return work(progress=told)
        helper = _next(places, told)
        try:
            if (found := known()) is not None:
                return found
            helper = helper or self._start()
            return helper.make(work, told)
        except GoneError:
            self._end(helper)
            helper = None
        except (LostError, OSError):
            pass
        finally:
            places.put(helper)
        return work(progress=told)

    def _start(self) -> Helper:
        helper = Helper()
        self.started.add(helper)
        return helper

    def _end(self, helper: Helper) -> None:
        helper.end()
        self.started.discard(helper)


def _next(places: LifoQueue[Helper | None], told: Progress) -> Helper | None:
    while True:
        try:
            return places.get(timeout=LOOK)
        except Empty:
            told(0.0)


def _usual_count() -> int:
    if os.name != "posix":  # only there a process inherits a connection
        return 0
    mine = getattr(os, "sched_getaffinity", None)  # not on macOS
    cores = len(mine(0)) if mine else os.cpu_count() or 1
    return min(MOST, cores - 1)


HELPERS = Helpers()
