"""How a phone should listen: ``python -m benchmarks.listening [--listeners 300] [--changes 40]``.

A server as Streamlit starts it tells so many listeners of changes, by server-sent events, by a
websocket and by requests that wait for the next change. Printed are the time from a change until a
listener has read it, and what the server computes for each message.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

FILLER = "x" * 600
"""A state of a student is about as long."""
EVERY = 0.25
"""Seconds between two changes."""


class Changes:
    """Changes of a class, for who waits for the next one."""

    def __init__(self) -> None:
        self.number, self.state, self._changed = 0, "", asyncio.Event()

    def make(self) -> None:
        self.number += 1
        self.state = json.dumps({"n": self.number, "at": time.time(), "state": FILLER})
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def after(self, number: int) -> str:
        while self.number <= number:
            await self._changed.wait()
        return self.state


def _app(changes: int) -> Starlette:
    told = Changes()

    async def states() -> AsyncIterator[str]:
        while told.number < changes:
            yield await told.after(told.number)

    async def events(_: Request) -> Response:
        lines = (f"data: {state}\n\n" async for state in states())
        return StreamingResponse(lines, media_type="text/event-stream")

    async def sockets(line: WebSocket) -> None:
        await line.accept()
        async for state in states():
            await line.send_text(state)
        await line.close()

    async def waits(request: Request) -> Response:
        state = await told.after(int(request.path_params["after"]))
        return Response(state, media_type="application/json")

    async def begin(_: Request) -> Response:
        async def make() -> None:
            for _ in range(changes):
                await asyncio.sleep(EVERY)
                told.make()

        before = time.process_time()
        await make()
        await asyncio.sleep(EVERY)
        return JSONResponse({"cpu": time.process_time() - before})

    routes = [
        Route("/events", events),
        WebSocketRoute("/sockets", sockets),
        Route("/waits/{after:int}", waits),
        Route("/begin", begin),
    ]
    return Starlette(routes=routes)


def _serve(told: Connection, changes: int) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(2048)
        told.send(bound.getsockname()[1])
        config = uvicorn.Config(_app(changes), ws="websockets-sansio", log_level="error")
        uvicorn.Server(config).run(sockets=[bound])


async def _request(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return reader, writer


async def _by_events(port: int, changes: int, waits: list[float]) -> None:
    reader, writer = await _request(port, "/events")
    while len(line := await reader.readline()):
        if line.startswith(b"data:"):
            state = json.loads(line[5:])
            waits.append(time.time() - state["at"])
            if state["n"] == changes:
                break
    writer.close()


async def _by_socket(port: int, changes: int, waits: list[float]) -> None:
    async with websockets.connect(f"ws://127.0.0.1:{port}/sockets", compression=None) as line:
        waits.extend([time.time() - json.loads(message)["at"] async for message in line])


async def _by_waiting(port: int, changes: int, waits: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while number < changes:
        writer.write(f"GET /waits/{number} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        state = json.loads(await reader.readexactly(length))
        number = state["n"]
        waits.append(time.time() - state["at"])
    writer.close()


Way = Callable[[int, int, list[float]], Coroutine[Any, Any, None]]
WAYS: dict[str, Way] = {
    "server-sent events": _by_events,
    "a websocket": _by_socket,
    "requests that wait": _by_waiting,
}


async def _class(port: int, way: Way, listeners: int, changes: int) -> tuple[list[float], float]:
    waits: list[float] = []
    tasks = [asyncio.create_task(way(port, changes, waits)) for _ in range(listeners)]
    await asyncio.sleep(3)
    reader, _ = await _request(port, "/begin")
    await asyncio.gather(*tasks)
    await reader.readuntil(b"\r\n\r\n")
    return waits, float(json.loads(await reader.readuntil(b"}"))["cpu"])


def main() -> None:
    """Measure every way to listen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--listeners", type=int, default=300)
    parser.add_argument("--changes", type=int, default=40)
    asked = parser.parse_args()
    for name, way in WAYS.items():
        here, there = multiprocessing.Pipe()
        server = multiprocessing.Process(target=_serve, args=(there, asked.changes))
        server.start()
        try:
            waits, cpu = asyncio.run(_class(here.recv(), way, asked.listeners, asked.changes))
        finally:
            server.kill()
            server.join()
        wanted = asked.listeners * asked.changes
        print(
            f"{name}: {len(waits)} of {wanted} messages heard, p50 {1e3 * np.median(waits):.0f} "
            f"ms, p95 {1e3 * np.percentile(waits, 95):.0f} ms; server {1e6 * cpu / wanted:.0f} µs "
            "of CPU a message",
            flush=True,
        )


if __name__ == "__main__":
    main()
