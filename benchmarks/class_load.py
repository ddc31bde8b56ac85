"""A class that joins and answers: ``python -m benchmarks.load --class [--students 300]``.

Everybody joins within 30 s and listens, the teacher asks, and everybody answers within 10 s of
hearing it. Printed are how long it takes until an answer is confirmed, until the teacher sees it
and until phones hear the next step, what was lost, and what the server computes meanwhile.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.class_client import Page

JOIN, ANSWER = 30.0, 10.0
"""Seconds in which everybody joins, and answers."""
QUESTION = {
    "kind": "number",
    "text": "What is the largest learning rate that is stable here?",
    "link": "problem=line&runs=batch&run.n_steps=200",
    "scale": "log",
    "low": 1e-4,
    "high": 10,
}


class Student(Page):
    """One who answers once it is asked."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(port)
        self.random = random.Random(number)
        self.joined = self.waited = self.confirmed = 0.0
        self.heard: dict[str, float] = {}

    async def take_part(self, code: str) -> None:
        await asyncio.sleep(self.random.random() * JOIN)
        began = time.perf_counter()
        await self.join(code)
        self.joined = time.perf_counter() - began
        async for state in self.states():
            step = state["step"]
            if step and step not in self.heard:
                self.heard[step] = time.perf_counter()
                if step == "open":
                    self.answering = asyncio.create_task(self._answer())
                if step == "truth":
                    return

    async def _answer(self) -> None:
        await asyncio.sleep(self.random.random() * ANSWER * 0.98)
        began = time.perf_counter()
        value = 10 ** self.random.uniform(-4, 1)
        assert (await self.done("answer", question="q1", value=value))["stored"]
        self.confirmed = time.perf_counter()
        self.waited = self.confirmed - began


class Desk(Page):
    """The teacher's page, which notes when it sees whose answer."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.seen: dict[str, float] = {}
        self.present = 0
        self.answers: list[Any] = []

    async def watch(self) -> None:
        async for state in self.states():
            now = time.perf_counter()
            self.answers = state["answers"]
            self.present = sum(each["present"] for each in state["students"])
            for each in self.answers:
                self.seen.setdefault(each["student"], now)


async def measured(port: int, n_students: int, cpu: Callable[[], float]) -> list[str]:
    """Let a class join and answer; lines about it.

    Parameters
    ----------
    port : int
        Of a server that runs.
    n_students : int
        Number of students.
    cpu : callable
        Gives the seconds that the server has computed.
    """
    desk = Desk(port)
    await desk.open(QUESTION)
    watching = asyncio.create_task(desk.watch())
    room = [Student(port, k) for k in range(n_students)]
    before = cpu()
    parts = [asyncio.create_task(student.take_part(desk.code)) for student in room]
    await asyncio.sleep(JOIN + 3)
    joins, present = cpu() - before, desk.present
    told: dict[str, float] = {}
    for step, pause in (("open", ANSWER + 1.5), ("closed", 1.0), ("answers", 2.0), ("truth", 0.0)):
        told[step], before = time.perf_counter(), cpu()
        await desk.done("step", question="q1", step=step, truth=0.4 if step == "truth" else None)
        await asyncio.sleep(pause)
        if step == "open":
            answers = cpu() - before
    await asyncio.gather(*parts)
    watching.cancel()
    return list(_lines(desk, room, told, (joins, answers), present))


def _lines(
    desk: Desk, room: list[Student], told: dict[str, float], cpu: tuple[float, float], present: int
) -> Iterator[str]:
    joined = _times(room, "joined")
    yield f"  {present} of {len(room)} present after {JOIN:.0f} s; to join: {joined}"
    confirmed = [student for student in room if student.confirmed]
    kept = {each["student"] for each in desk.answers}
    lost = [student for student in confirmed if _name(student) not in kept]
    yield (
        f"  {len(confirmed)} answers confirmed within {ANSWER:.0f} s, {len(lost)} lost; answer to "
        f"confirmed: {_times(confirmed, 'waited')}"
    )
    late = [desk.seen[_name(student)] - student.confirmed for student in confirmed]
    yield f"  confirmed to seen by the teacher: {_spread(late)}"
    for step, at in told.items():
        heard = [student.heard[step] - at for student in room]
        yield f"  step {step} to heard by phones: {_spread(heard)}"
    yield (
        f"  server: {cpu[0]:.2f} s of CPU while they joined ({100 * cpu[0] / (JOIN + 3):.0f} %), "
        f"{cpu[1]:.2f} s while they answered ({100 * cpu[1] / (ANSWER + 1.5):.0f} %)"
    )


def _name(student: Student) -> str:
    return student.key.partition(".")[0]


def _times(room: list[Student], name: str) -> str:
    return _spread([getattr(student, name) for student in room])


def _spread(seconds: list[float]) -> str:
    middle, high, most = 1e3 * np.percentile(seconds, [50, 95, 100])
    return f"p50 {middle:.0f} ms, p95 {high:.0f} ms, at most {most:.0f} ms"
