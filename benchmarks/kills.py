"""Nothing that was confirmed is lost: ``python -m benchmarks.kills [--kills 10] [--students 30]``.

Students change their answers without a pause while the server is killed (SIGKILL) again and again;
each time it comes back to the same step, and every student's last confirmed answer has to be there.
``--store redis://…`` tries another store.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.browser import PORT, ROOT
from benchmarks.class_client import Page

QUESTION = {"kind": "number", "text": "How many?", "low": 0, "high": 10**9}
APP = (sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}")


@dataclass
class Student:
    """One who answers with ever greater numbers."""

    page: Page
    sent: int = 0
    confirmed: int = 0
    n_confirmed: int = 0

    async def answer(self, stop: asyncio.Event) -> None:
        """Answer until told to stop or the server is gone."""
        while not stop.is_set():
            self.sent += 1
            try:
                told = await self.page.done("answer", question="q1", value=self.sent)
            except (OSError, EOFError):
                return
            self.confirmed = round(told["value"])
            self.n_confirmed += 1


class Server:
    """A server that is killed and started again.

    Parameters
    ----------
    command : sequence of str
        Starts it.
    port : int
        At which it answers.
    environment : mapping of str to str
        Says where classes are kept.
    """

    def __init__(self, command: Sequence[str], port: int, environment: Mapping[str, str]) -> None:
        self._command, self.port = command, port
        self._environment = {**os.environ, **environment}

    async def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL
        )
        while True:
            try:
                (await asyncio.open_connection("127.0.0.1", self.port))[1].close()
                return
            except OSError:
                assert self._process.poll() is None, "the server did not start"
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


async def killed(server: Server, kills: int, students: int) -> list[str]:
    """Kill the server so often; a line about each time, `AssertionError` if anything is lost."""
    lines = []
    await server.start()
    try:
        teacher = Page(server.port)
        await teacher.open(QUESTION)
        room = [Student(Page(server.port)) for _ in range(students)]
        for student in room:
            await student.page.join(teacher.code)
        await teacher.done("step", question="q1", step="open")
        for k in range(kills):
            await _answer_until_killed(server, room)
            began = time.perf_counter()
            await server.start()
            lost = _lost(await teacher.state(), room)
            confirmed = sum(student.n_confirmed for student in room)
            lines.append(
                f"kill {k + 1}: {confirmed} answers confirmed so far, {len(lost)} lost, the same "
                f"step {time.perf_counter() - began:.1f} s later"
            )
            assert not lost, lines[-1]
            teacher.close()
    finally:
        server.kill()
    return lines


async def _answer_until_killed(server: Server, room: list[Student]) -> None:
    stop = asyncio.Event()
    working = [asyncio.create_task(student.answer(stop)) for student in room]
    await asyncio.sleep(0.3 + random.random())
    server.kill()
    await asyncio.gather(*working)


def _lost(state: dict[str, object], room: list[Student]) -> list[str]:
    """Students whose answer is neither the last confirmed one nor the one that was under way."""
    assert state["step"] == "open", state
    answers = state["answers"]
    assert isinstance(answers, list)
    kept = {each["student"]: round(each["value"]) for each in answers}
    lost = []
    for student in room:
        name = student.page.key.partition(".")[0]
        if not student.confirmed <= kept.get(name, 0) <= student.sent:
            lost.append(name)
    return lost


def main() -> None:
    """Kill the app."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--store", default="", help="address of Redis instead of a file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = {"LOSSOPT_STORE": asked.store} if asked.store else {"LOSSOPT_DATA": folder}
        for line in asyncio.run(killed(Server(APP, PORT, where), asked.kills, asked.students)):
            print(line)


if __name__ == "__main__":
    main()
