"""Work cut into independent blocks: one after the other here, or many at a time in an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pickle import PicklingError
from typing import Any, TypeVar

import numpy as np

from lossopt.arguments import callable_or_none, kind_of

K = TypeVar("K")
T = TypeVar("T")
AHEAD = 256
"""Blocks that an executor holds at a time: enough for a cluster, and their number bounds memory."""
ROOM = 1 << 20
"""Numbers that a process is to keep memory for."""
LOOK = 0.1
"""Seconds between two looks at who waits for an executor."""

Progress = Callable[[float], object]
Cancelled = Callable[[], bool]


class Pulse:
    """Tells the progress and hears of a cancellation, which holds once it was heard."""

    def __init__(
        self, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> None:
        self.progress = callable_or_none("progress", progress)
        self.cancelled = callable_or_none("cancelled", cancelled)
        self.stopped = False

    def tell(self, fraction: float) -> None:
        """Tell the finished fraction."""
        if self.progress:
            self.progress(min(1.0, fraction))

    def asked(self) -> bool:
        """Whether to stop."""
        self.stopped = self.stopped or bool(self.cancelled and self.cancelled())
        return self.stopped

    def beat(self, fraction: float) -> bool:
        """Tell the finished fraction; whether to stop."""
        self.tell(fraction)
        return self.asked()

    def part(self, done: int, size: int, total: int) -> Pulse:
        """Pulse of a part of the whole, told as that of the whole."""
        if self.progress is None:
            return Pulse(None, self.asked)
        return Pulse(lambda fraction: self.tell((done + fraction * size) / total), self.asked)

    @property
    def finished(self) -> bool:
        """Whether nobody has cancelled."""
        return not self.stopped


def executor_or_none(executor: Executor | None) -> Executor | None:
    """Whoever is to do the work, or None.

    Examples
    --------
    >>> executor_or_none(None)
    """
    return None if executor is None else kind_of("executor", executor, Executor)


def each(
    work: Callable[..., T],
    blocks: Iterable[tuple[K, int, tuple[Any, ...]]],
    total: int,
    pulse: Pulse,
    executor: Executor | None,
) -> Iterator[tuple[K, T]]:
    """Do the work for each block, until somebody cancels.

    Parameters
    ----------
    work : callable
        Gets what a block holds and a `Pulse`; of the top level of a module, so that another process
        finds it.
    blocks : iterable of (key, size, arguments)
    total : int
        Sum of the sizes.
    pulse : Pulse
    executor : Executor or None
        None: here. Blocks that run elsewhere when somebody cancels are left to end there.

    Yields
    ------
    key, result
        In the order of the blocks here, else in that in which they are done.
    """
    todo = iter(blocks)
    return (
        _here(work, todo, total, pulse)
        if executor is None
        else _elsewhere(work, todo, total, pulse, executor)
    )


def _here(
    work: Callable[..., T],
    todo: Iterator[tuple[K, int, tuple[Any, ...]]],
    total: int,
    pulse: Pulse,
) -> Iterator[tuple[K, T]]:
    done = 0
    for key, size, given in todo:
        if pulse.asked():
            return
        yield key, _done(work, given, pulse.part(done, size, total))
        done += size
        if not pulse.stopped:
            pulse.tell(done / total)


def _elsewhere(
    work: Callable[..., T],
    todo: Iterator[tuple[K, int, tuple[Any, ...]]],
    total: int,
    pulse: Pulse,
    executor: Executor,
) -> Iterator[tuple[K, T]]:
    done, running = 0, dict[Future[T], tuple[K, int]]()
    try:
        while not pulse.asked():
            for key, size, given in islice(todo, AHEAD - len(running)):
                running[executor.submit(_done, work, given, Pulse())] = key, size
            if not running:
                return
            for future in wait(running, LOOK, FIRST_COMPLETED).done:
                key, size = running.pop(future)
                yield key, _result(future)
                done += size
                pulse.tell(done / total)
    finally:
        for future in running:
            future.cancel()


def _done(work: Callable[..., T], given: tuple[Any, ...], pulse: Pulse) -> T:
    """Do the work for one block.

    A young process gives memory back after every step, and gets it again page by page, which takes
    longer than the step. One that has freed something large keeps as much (glibc's malloc).
    """
    np.empty(ROOM)
    return work(*given, pulse)


def _result(future: Future[T]) -> T:
    try:
        return future.result()
    except (PicklingError, AttributeError, TypeError) as refusal:
        if "pickle" not in str(refusal):
            raise
        raise ValueError(
            f"The executor cannot send this work to another process: {refusal}. Classes and "
            f"functions of your own must stand at the top level of a module."
        ) from refusal
