"""Calls an app as a server would, without one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp


class Caller:
    """Someone at an address who may hold a key."""

    def __init__(
        self, app: ASGIApp, code: str = "", key: str = "", address: str = "10.0.0.1"
    ) -> None:
        self.app, self.code, self.key, self.address = app, code, key, address

    async def get(self, path: str) -> tuple[int, str]:
        status, body = await self._whole("GET", path, b"", {})
        return status, body.decode()

    async def post(self, path: str, sent: Any = None, **more: Any) -> tuple[int, Any]:
        body = sent if isinstance(sent, bytes) else json.dumps({**(sent or {}), **more}).encode()
        return await self.raw(path, body)

    async def raw(self, path: str, body: bytes, media: str = "application/json") -> tuple[int, Any]:
        status, answer = await self._whole("POST", path, body, {"content-type": media})
        return status, json.loads(answer or b"null")

    async def done(self, path: str, sent: Any = None, **more: Any) -> Any:
        """What is answered where nothing is refused."""
        status, answer = await self.post(path, sent, **more)
        assert status == 200, answer
        return answer

    async def _whole(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        parts: list[dict[str, Any]] = []

        async def keep(part: Any) -> None:
            parts.append(part)

        await self.app(self._scope(method, path, headers), _request(body), keep)
        content = b"".join(part.get("body", b"") for part in parts[1:])
        return parts[0]["status"], content

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Ear"]:
        """The stream of the class."""
        ear = Ear()
        scope = self._scope("GET", f"/class/{self.code}/live", {})
        task = asyncio.create_task(self.app(scope, ear.receive, ear.send))  # type: ignore[arg-type]
        try:
            yield ear
        finally:
            ear.left.set()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _scope(self, method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
        told = {**headers, **({"authorization": f"Bearer {self.key}"} if self.key else {})}
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "method": method,
            "path": path if path.startswith("/") else f"/class/{self.code}/{path}",
            "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in told.items()],
            "client": (self.address, 1),
        }


class Ear:
    """Who hears a stream."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.left, self.over, self.status = asyncio.Event(), asyncio.Event(), 0
        self.raw = ""

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, part: Any) -> None:
        self.status = part.get("status", self.status)
        text = part.get("body", b"").decode()
        self.raw += text
        if part["type"] == "http.response.body" and not part.get("more_body"):
            self.over.set()
        if text.startswith("data:"):
            self.heard.put_nowait(json.loads(text.removeprefix("data:")))

    async def until(self, holds: Any) -> dict[str, Any]:
        """The first state for which something holds."""
        while True:
            state = await asyncio.wait_for(self.heard.get(), 20)
            if holds(state):
                return state


def _request(body: bytes) -> Any:
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return parts.pop() if parts else {"type": "http.disconnect"}

    return receive
