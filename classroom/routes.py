"""The class service as HTTP: JSON in, JSON out, and a stream for who listens."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from classroom import bounds
from classroom.addresses import Addresses, Held, address_of
from classroom.keys import read_code
from classroom.live import Live
from classroom.questions import Json
from classroom.refusals import RefusedError, unknown_class

STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nobody between server and page keeps what is told, or waits until there is more of it."""
Handler = Callable[[Request], Awaitable[Response]]


def class_routes(live: Live, prefix: str = "") -> list[Route]:
    """Routes of the class service; `docs/classroom.md` describes what they say.

    Parameters
    ----------
    live : Live
        The classes.
    prefix : str
        Path below which the app lies.
    """
    service = live.service
    joins, opens = Addresses(bounds.JOINS), Addresses(bounds.OPENS)
    held = Held(bounds.HELD)

    async def open_class(request: Request) -> Response:
        sent = await _sent(request, bounds.LARGE)
        address = _address(request)
        opens.count(address)
        held.check(address, await live.ask(service.versions))
        told = await live.ask(service.open, sent)
        held.add(address, told["code"])
        return JSONResponse(told)

    async def join(request: Request) -> Response:
        sent = await _sent(request, bounds.SMALL)
        joins.count(_address(request))
        return JSONResponse(await live.ask(service.join, _code(request), sent))

    async def listen(request: Request) -> Response:
        messages = live.listen(_code(request), _key(request))
        first = await anext(messages)
        if request.method == "HEAD":  # which would listen without hearing anything
            await messages.aclose()
            return Response(headers=STREAM, media_type="text/event-stream")
        return StreamingResponse(_events(first, messages), 200, STREAM, "text/event-stream")

    async def table(request: Request) -> Response:
        text = await live.ask(service.table, _code(request), _key(request))
        told = {"Content-Disposition": 'attachment; filename="answers.csv"'}
        # Spreadsheets take a text for Unicode only with this mark before it.
        return Response(f"\ufeff{text}", 200, told | STREAM, "text/csv")

    async def end(request: Request) -> Response:
        return JSONResponse(await live.ask(service.end, _code(request), _key(request)))

    def told(method: Callable[[str, str, Json], Json], most: int) -> Handler:
        async def handler(request: Request) -> Response:
            sent = await _sent(request, most)
            return JSONResponse(await live.ask(method, _code(request), _key(request), sent))

        return handler

    posts: dict[str, Handler] = {
        "/class/open": open_class,
        "/class/{code}/join": join,
        "/class/{code}/nickname": told(service.rename, bounds.SMALL),
        "/class/{code}/answer": told(service.answer, bounds.SMALL),
        "/class/{code}/questions": told(service.add, bounds.LARGE),
        "/class/{code}/drop": told(service.drop, bounds.SMALL),
        "/class/{code}/step": told(service.step, bounds.LARGE),
        "/class/{code}/reset": told(service.reset, bounds.SMALL),
        "/class/{code}/remove": told(service.remove, bounds.SMALL),
        "/class/{code}/end": end,
    }
    gets: dict[str, Handler] = {"/class/{code}/live": listen, "/class/{code}/answers.csv": table}
    return [
        Route(f"{prefix}{path}", _refusing(handler), methods=[method])
        for method, handlers in (("POST", posts), ("GET", gets))
        for path, handler in handlers.items()
    ]


def _refusing(handler: Handler) -> Handler:
    """What is refused is answered with the code of a sentence."""

    async def refusing(request: Request) -> Response:
        try:
            return await handler(request)
        except RefusedError as refused:
            return JSONResponse({"error": refused.code}, refused.status)
        except ClientDisconnect:
            return Response(status_code=400)

    return refusing


async def _events(first: str, messages: AsyncGenerator[str]) -> AsyncGenerator[str]:
    """Messages as server-sent events; an empty one is a comment."""
    yield f"data: {first}\n\n"
    async for message in messages:
        yield f"data: {message}\n\n" if message else ":\n\n"


async def _sent(request: Request, most: int) -> Json:
    """The object that was sent. Other pages cannot send one without asking the browser first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError("malformed", 415)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise RefusedError("too_large", 413)
    try:
        sent: Any = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise RefusedError("malformed") from error
    if not isinstance(sent, dict):
        raise RefusedError("malformed")
    return sent


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _code(request: Request) -> str:
    code = read_code(request.path_params["code"])
    if code is None:
        raise unknown_class()
    return code


def _key(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _address(request: Request) -> str:
    host = request.client.host if request.client else ""
    return address_of(host, request.headers.get("x-forwarded-for", ""))
