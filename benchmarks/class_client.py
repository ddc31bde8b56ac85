"""A page of a class, as far as the server can tell: asks on a line that is kept, and listens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

HOST = "127.0.0.1"


class Page:
    """Somebody's page.

    Parameters
    ----------
    port : int
        Of the server.
    """

    def __init__(self, port: int) -> None:
        self.port, self.code, self.key = port, "", ""
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, **sent: Any) -> tuple[int, Any]:
        """Status and answer. `OSError` or `EOFError` if the server is not there (any more).

        A line that the server has closed meanwhile is replaced, as browsers do.
        """
        kept = self._line is not None
        try:
            self._line = self._line or await asyncio.open_connection(HOST, self.port)
            reader, writer = self._line
            body = json.dumps(sent).encode()
            head = (
                f"POST {self._path(path)} HTTP/1.1\r\nHost: {HOST}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
                f"Authorization: Bearer {self.key}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            told = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(told.partition("content-length:")[2].split()[0])
            return int(told.split()[1]), json.loads(await reader.readexactly(length))
        except (OSError, EOFError):
            self.close()
            if not kept:
                raise
        return await self.post(path, **sent)

    async def done(self, path: str, **sent: Any) -> Any:
        """What is answered where nothing is refused."""
        status, told = await self.post(path, **sent)
        assert status == 200, (path, status, told)
        return told

    async def open(self, *questions: Any) -> None:
        """Become the teacher of a new class."""
        told = await self.done("/class/open", questions=list(questions))
        self.code, self.key = told["code"], told["key"]

    async def join(self, code: str) -> None:
        """Become a student of a class."""
        self.code = code
        self.key = (await self.done("join"))["key"]

    async def states(self) -> AsyncIterator[Any]:
        """All that is told, until the stream ends."""
        reader, writer = await asyncio.open_connection(HOST, self.port, limit=2**22)
        try:
            head = f"GET {self._path('live')} HTTP/1.1\r\nHost: {HOST}\r\n"
            writer.write(f"{head}Authorization: Bearer {self.key}\r\n\r\n".encode())
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])
        finally:
            writer.close()

    async def state(self) -> Any:
        """What is told first."""
        states = self.states()
        try:
            return await anext(states)
        finally:
            await states.aclose()  # type: ignore[attr-defined]

    def close(self) -> None:
        if self._line:
            self._line[1].close()
        self._line = None

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"/class/{self.code}/{path}"
