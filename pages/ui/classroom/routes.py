"""What a class sees, as JSON: ready questions, the ground of a question, and its runs."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from pages.ui.frame.files import root, unpacks
from pages.ui.frame.words import Words, language_of

MOST = 262_144
"""Bytes of what a desk sends: 500 answers to a race."""
AT_ONCE = 2
"""Questions that are computed at the same time; the others wait."""
Json = dict[str, Any]
Answer = Callable[[Words, str, Json], Any]


def scene_routes() -> list[Route]:
    """Routes for the pages of a class; all may be asked by anybody, as the pages of the Lab may.

    ``GET class/questions``, ``class/scene`` and ``class/tuner``, and ``POST class/played``, each
    with the link in question as ``link`` and the language as ``lang``. What is refused is told as
    ``error``, the name of a sentence.
    """
    at_once = asyncio.Semaphore(AT_ONCE)

    def route(name: str, answer: Answer, method: str) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                sent = await _sent(request) if method == "POST" else {}
            except ClientDisconnect:
                return Response(status_code=400)
            except ValueError as refusal:
                return _told(request, {"error": str(refusal)}, 400)
            query = {**request.query_params, **{k: v for k, v in sent.items() if k == "link"}}
            words = Words(language_of(str(query.get("lang")), "en"))
            async with at_once:
                told, status = await run_in_threadpool(
                    _answered, answer, words, str(query.get("link") or ""), sent
                )
            return _told(request, told, status)

        return Route(f"{root()}/class/{name}", endpoint, methods=[method])

    return [
        route("questions", _questions, "GET"),
        route("scene", _scene, "GET"),
        route("tuner", _tuner, "GET"),
        route("played", _played, "POST"),
    ]


async def _sent(request: Request) -> Json:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise ValueError("too_large")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("malformed") from error
    if not isinstance(sent, dict):
        raise ValueError("malformed")
    return sent


def _answered(answer: Answer, words: Words, link: str, sent: Json) -> tuple[Any, int]:
    """What is told, and its status."""
    from pages.ui.classroom.seen import NothingToShowError

    try:
        return answer(words, link, sent), 200
    except NothingToShowError as refusal:
        return {"error": str(refusal)}, 404
    except Exception:
        logging.getLogger(__name__).exception("a question could not be computed")
        return {"error": "not_computed"}, 500


# What keeps results can only be imported once there is a server to keep them.


def _questions(words: Words, link: str, _sent: Json) -> Any:
    from pages.ui.classroom import questions, seen

    query = seen.query_of(link)
    return {"questions": questions.questions(seen.seen(words, query), query)}


def _scene(words: Words, link: str, _sent: Json) -> Any:
    from pages.ui.classroom import played, seen

    query = seen.query_of(link)
    return played.ground(seen.seen(words, query), query)


def _tuner(words: Words, link: str, _sent: Json) -> Any:
    from lossopt.figures.messages import as_json
    from pages.ui.classroom import seen, tuner

    return as_json(tuner.class_tuner(words, seen.seen(words, seen.query_of(link)).goal))


def _played(words: Words, link: str, sent: Json) -> Any:
    from lossopt.figures.messages import as_json
    from pages.ui.classroom import played, seen

    query = seen.query_of(link)
    shown = seen.seen(words, query)
    if sent.get("opening"):
        scene = played.opening(shown)
        return {"scene": as_json(scene) if scene else None}
    entered = sent.get("answers")
    found = played.played(shown, query, entered if isinstance(entered, list) else [])
    scene = found["scene"]
    return {**found, "scene": as_json(scene) if scene else None}


def _told(request: Request, told: Any, status: int) -> Response:
    content, headers = json.dumps(told).encode(), {"Cache-Control": "no-store"}
    if unpacks(request):
        content = gzip.compress(content, compresslevel=3, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, status, headers, "application/json")
