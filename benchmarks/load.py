"""A class at work: ``python -m benchmarks.load [--students 100] [--processes 1]``.

Simulated students speak Streamlit's protocol with a server on this machine: each opens the Lab, and
makes a move every few seconds, of which some tune an optimizer and the others choose another
problem. What was tuned is told as the browser tells it: before the next other move, or in older
apps when the hand rests. Printed are how long the server takes to answer, what it computes
meanwhile, and what memory it holds, as a median over each fifth of the time.

With `--processes 2` it is served as in `deploy/`, by processes behind nginx. With `--maps 1`
another student computes one outcome map of 64 × 64 runs after the other meanwhile. A soak is
`--settle 120 --seconds 600`: it counts from when most of what is kept for others is there. With
`--app FOLDER ...` checkouts of the app are measured in turn, one process each. With `--class` the
students join a class and answer instead (`benchmarks.class_load`).
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.browser import PORT, ROOT, wait_for_server
from benchmarks.class_load import measured
from benchmarks.deployed import COOKIE, cookie_of, deployed, fetch

RACE = "problem=line&runs=batch-momentum-adam-rmsprop&run.n_steps=200"
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
TICKS = 100
"""In a second of the times that Linux counts for a process."""
LOOK = 2.0
"""Seconds between two looks at the memory."""
Processes = list[subprocess.Popen[bytes]]


@dataclasses.dataclass
class Told:
    """Seconds from a move to its whole answer, and bytes of the answer, by the kind of move."""

    waits: dict[str, list[float]] = dataclasses.field(default_factory=dict)
    sizes: dict[str, list[int]] = dataclasses.field(default_factory=dict)

    def keep(self, kind: str, wait: float, size: int) -> None:
        self.waits.setdefault(kind, []).append(wait)
        self.sizes.setdefault(kind, []).append(size)


class Student:
    """One browser, as far as the server can tell."""

    page = ""

    def __init__(self, number: int, told: Told, port: int = PORT) -> None:
        self.random = random.Random(number)
        self.told, self.port = told, port
        self.query, self.number = RACE, 0
        self.untold: dict[str, str] = {}
        self.widgets: dict[str, tuple[Any, str]] = {}
        self.kept: dict[str, bytes] = {}

    async def open(self) -> None:
        """Open the page."""
        answer = await asyncio.to_thread(fetch, self.port, "/_stcore/health")
        self.socket = await websockets.connect(
            f"ws://localhost:{self.port}/_stcore/stream",
            additional_headers={"Cookie": f"{COOKIE}={cookie_of(answer)}"},
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=120,  # type: ignore[list-item]
        )
        await self._ask("open")

    async def work(self, moves: int, every: float, tunes: float) -> None:
        """Make moves, one in so many seconds."""
        began = time.perf_counter() + self.random.random() * every
        for k in range(moves):
            await asyncio.sleep(max(0.0, began + k * every - time.perf_counter()))
            await (self.tune() if self.random.random() < tunes else self.choose())

    async def tune(self) -> None:
        """Another learning rate; a slider where there is no tuner."""
        name, proto, fragment = self._widget("lab tuner", "lab:batch.learning_rate")
        if type(proto).__name__ != "BidiComponent":
            state = WidgetState(id=name)
            state.string_array_value.data.append(self.random.choice(list(proto.options)))
            await self._ask("tune", state, fragment)
            return
        self.untold["batch.learning_rate"] = f"{10 ** self.random.uniform(-3, -1):.3g}"
        if '"limited"' not in (proto.json or proto.mixed.json):
            await self._tell("lab tuner")

    async def tell(self) -> None:
        """Tell the page what it has not heard yet: something else is being used."""
        if self.untold:
            await self._tell("lab stage")

    async def _tell(self, component: str) -> None:
        """Tell the page what was tuned, through one of its components."""
        name, _, fragment = self._widget(component)
        self.number += 1
        told = {"number": self.number, "changes": self.untold, "ran": True}
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{name}__events")
        state.json_trigger_value = json.dumps([{"event": "tuned", "value": told}])
        self.untold = {}
        await self._ask("tune", state, fragment)

    async def choose(self) -> None:
        """Another problem, none of one's own."""
        await self._take(self.random.choice(self._problems))

    async def choose_all(self) -> None:
        """Every problem once: what the server computes for the first who chooses it is kept."""
        for problem in self._problems:
            await self._take(problem)

    @property
    def _problems(self) -> list[str]:
        return list(self._widget("lab:problem")[1].options)[2:]

    async def _take(self, problem: str) -> None:
        await self.tell()
        name, _, fragment = self._widget("lab:problem")
        await self._ask("choose", WidgetState(id=name, string_value=problem), fragment)

    def _widget(self, *names: str) -> tuple[str, Any, str]:
        """The newest widget with one of these keys, as the page names them."""
        for key in reversed(self.widgets):
            if key.split("-", 2)[2].rstrip("0123456789").rstrip(":") in names:
                return key, *self.widgets[key]
        raise LookupError(names)

    async def _ask(self, kind: str, state: WidgetState | None = None, fragment: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.page_name = self.page
        if state:
            message.rerun_script.widget_states.widgets.append(state)
        began, size = time.perf_counter(), 0
        await self.socket.send(message.SerializeToString())
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            size += len(data)
            answer = self._read(data)
            if answer.WhichOneof("type") == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            if answer.WhichOneof("type") == "delta":
                self._keep(answer)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished != EARLY:
                break
        self.told.keep(kind, time.perf_counter() - began, size)

    def _read(self, data: bytes) -> ForwardMsg:
        answer = ForwardMsg.FromString(data)
        if answer.WhichOneof("type") == "ref_hash":
            return ForwardMsg.FromString(self.kept[answer.ref_hash])
        if answer.metadata.cacheable:
            self.kept[answer.hash] = data
        return answer

    def _keep(self, answer: ForwardMsg) -> None:
        if answer.delta.WhichOneof("type") != "new_element":
            return
        kind = answer.delta.new_element.WhichOneof("type")
        proto = getattr(answer.delta.new_element, kind)
        if kind == "exception":
            raise RuntimeError(proto.message)
        if kind in ("bidi_component", "slider", "selectbox"):
            self.widgets.pop(proto.id, None)
            self.widgets[proto.id] = (proto, answer.delta.fragment_id)


class MapStudent(Student):
    """Somebody who computes maps that nobody has computed before."""

    page = "compare"

    async def work_on(self) -> None:
        """Open one map after the other."""
        while True:
            target = f"{self.random.uniform(0.001, 0.1):.6g}"
            self.query = f"mode=map&problem=overlapping&run.n_steps=2000&map.share_left={target}"
            self.widgets.clear()
            await self.open()
            await self.socket.close()


def _cpu(processes: Processes) -> float:
    """Seconds that processes have computed."""
    return sum(_stat(process)[0] for process in processes)


def _memory(processes: Processes) -> float:
    """Megabytes that processes hold."""
    return sum(_stat(process)[1] for process in processes)


def _stat(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * 4096 / 1e6


async def _work(students: list[Student], seconds: float, asked: argparse.Namespace) -> int:
    """Let all of them work for so long; how many moves each has made."""
    moves = max(1, round(seconds / asked.every))
    await asyncio.gather(*(student.work(moves, asked.every, asked.tunes) for student in students))
    return moves


async def _watch(processes: Processes, seen: list[float]) -> None:
    while True:
        seen.append(_memory(processes))
        await asyncio.sleep(LOOK)


async def _class(processes: Processes, port: int, asked: argparse.Namespace) -> Iterator[str]:
    told, maps, seen = Told(), Told(), list[float]()
    students = [Student(k, told, port) for k in range(asked.students)]
    for student in students:
        await student.open()
        await student.tune()  # what happens once per process and session does not count
        await student.tell()
    await students[0].choose_all()
    if asked.settle:
        await _work(students, asked.settle, asked)
    told.waits.clear()
    told.sizes.clear()
    others = [MapStudent(-1 - k, maps, port).work_on() for k in range(asked.maps)]
    beside = [asyncio.create_task(each) for each in (*others, _watch(processes, seen))]
    before, began = _cpu(processes), time.perf_counter()
    moves = await _work(students, asked.seconds, asked)
    spent, took = _cpu(processes) - before, time.perf_counter() - began
    for task in beside:
        if task.done():
            task.result()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return iter([*_lines(told, spent, took, asked.students, moves), *_others(maps, seen)])


def _others(maps: Told, seen: list[float]) -> Iterator[str]:
    if maps.waits:
        waits = maps.waits["open"]
        yield f"    map     {len(waits):5d}: p50 {1e3 * np.median(waits):6.0f} ms"
    fifths = [np.median(part) for part in np.array_split(seen, 5) if len(part)]
    told, grown = " → ".join(f"{part:.0f}" for part in fifths), fifths[-1] / fifths[0] - 1
    yield f"    memory {told} MB ({100 * grown:+.1f} %)"


def _lines(told: Told, spent: float, took: float, students: int, moves: int) -> Iterator[str]:
    every, total = np.concatenate(list(told.waits.values())), students * moves
    yield (
        f"  {total} moves in {took:.0f} s, {len(every)} answers: p50 {1e3 * np.median(every):.0f} "
        f"ms, p95 {1e3 * np.percentile(every, 95):.0f} ms; server {1e3 * spent / total:.1f} ms of "
        f"CPU a move, {60 * spent / took / students:.3f} s per student and minute"
    )
    for kind, waits in sorted(told.waits.items()):
        size = np.median(told.sizes[kind]) / 1e3
        yield (
            f"    {kind:7s} {len(waits):5d}: p50 {1e3 * np.median(waits):6.0f} ms, "
            f"p95 {1e3 * np.percentile(waits, 95):6.0f} ms, {size:.1f} kB"
        )


@contextmanager
def _one(folder: Path) -> Iterator[Processes]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PORT}"]
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"LOSSOPT_DATA": data}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for_server()
            yield [process]
        finally:
            process.kill()
            process.wait()


@contextmanager
def _several(count: int) -> Iterator[Processes]:
    with deployed(count, PORT) as server:
        yield server.processes


def main() -> None:
    """Measure the class in every checkout named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--every", type=float, default=3.0, help="seconds between moves of one")
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--settle", type=float, default=0.0, help="seconds that do not count")
    parser.add_argument("--tunes", type=float, default=0.7, help="share of moves that tune")
    parser.add_argument("--class", action="store_true", dest="joins", help="join and answer")
    parser.add_argument("--maps", type=int, default=0, help="others who compute maps meanwhile")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--app", type=Path, nargs="*", default=[ROOT])
    asked = parser.parse_args()
    for folder in asked.app:
        with _one(folder) if asked.processes == 1 else _several(asked.processes) as processes:
            if asked.joins:
                print(f"{asked.students} students join a class and answer, {folder.name}:")
                work = measured(PORT, asked.students, lambda each=processes: _cpu(each))
                print(*asyncio.run(work), sep="\n", flush=True)
                continue
            print(f"{asked.students} students, a move each per {asked.every:g} s, {folder.name}:")
            for line in asyncio.run(_class(processes, PORT, asked)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
