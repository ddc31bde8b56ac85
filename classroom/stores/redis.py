"""Classes in Redis, which servers on several machines share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from classroom.stores import ChangedError, Fields, GoneError, UnknownError

P = ParamSpec("P")
R = TypeVar("R")
PATIENCE = 2.0
"""Seconds for an answer."""
CLASSES, VERSIONS = "{lossopt}:classes", "{lossopt}:versions"
"""Codes by the time when they are forgotten, and versions by code. What is in braces keeps all keys
on one machine of a cluster."""
OPEN = """
local expired = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
for _, code in ipairs(expired) do
  redis.call('ZREM', KEYS[1], code)
  redis.call('HDEL', KEYS[2], code)
end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
if redis.call('EXISTS', KEYS[3]) == 1 then return 'taken' end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], 1)
for i = 5, #ARGV, 2 do
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[4], 1, ARGV[i])
end
for k = 3, 4 do redis.call('PEXPIREAT', KEYS[k], math.floor(ARGV[3] * 1000)) end
return 'open'
"""
WRITE = """
if redis.call('EXISTS', KEYS[2]) == 0 then return 'unknown' end
local last = 2 + 2 * tonumber(ARGV[2])
for i = 3, last, 2 do
  if (redis.call('HGET', KEYS[2], ARGV[i]) or '') ~= ARGV[i + 1] then return 'changed' end
end
local version = redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
for i = last + 1, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[3], version, ARGV[i])
end
return version
"""
READ = """
if redis.call('EXISTS', KEYS[2]) == 0 then return 'unknown' end
local told = {redis.call('HGET', KEYS[1], ARGV[1])}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. ARGV[2], '+inf')) do
  told[#told + 1] = name
  told[#told + 1] = redis.call('HGET', KEYS[2], name)
end
return told
"""


def _told(
    method: Callable[Concatenate[RedisStore, P], R],
) -> Callable[Concatenate[RedisStore, P], R]:
    """Let errors of Redis be those of a store."""

    @wraps(method)
    def told(self: RedisStore, /, *args: P.args, **options: P.kwargs) -> R:
        try:
            return method(self, *args, **options)
        except RedisError as error:
            raise GoneError(str(error)) from error

    return told


class RedisStore:
    """Classes in Redis.

    Parameters
    ----------
    address : str
        As ``redis://HOST:6379/0``.

    Notes
    -----
    Fields of a class are a hash; in it, an empty text is a field that was dropped. A second,
    sorted by versions, says which fields have changed since when. Scripts run as one command.
    """

    def __init__(self, address: str) -> None:
        self._redis: Any = Redis.from_url(
            address,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            # A connection that a restart has cut is found out by using it.
            retry=Retry(NoBackoff(), 1),
        )
        self._open, self._write, self._read = map(self._redis.register_script, (OPEN, WRITE, READ))

    @_told
    def open(self, code: str, fields: Fields, expires: float, most: int) -> bool:
        keys = [CLASSES, VERSIONS, *_keys(code)]
        said = self._open(keys, [code, time.time(), expires, most, *_flat(fields)])
        if said == "taken":
            raise ChangedError(code)
        return bool(said == "open")

    @_told
    def write(self, code: str, fields: Fields, given: Fields) -> int:
        told = [code, len(given), *_flat(given), *_flat(fields)]
        said = self._write([VERSIONS, *_keys(code)], told)
        if said == "unknown":
            raise UnknownError(code)
        if said == "changed":
            raise ChangedError(code)
        return int(said)

    @_told
    def read(self, code: str, since: int = 0) -> tuple[int, dict[str, str | None]]:
        said = self._read([VERSIONS, *_keys(code)], [code, since])
        if said == "unknown":
            raise UnknownError(code)
        version, *rest = said
        return int(version), dict(
            zip(rest[::2], (value or None for value in rest[1::2]), strict=True)
        )

    @_told
    def versions(self) -> dict[str, int]:
        alive = self._redis.zrangebyscore(CLASSES, time.time(), "+inf")
        if not alive:
            return {}
        found = zip(alive, self._redis.hmget(VERSIONS, alive), strict=True)
        return {code: int(version) for code, version in found if version}

    @_told
    def drop(self, code: str) -> None:
        with self._redis.pipeline() as together:
            together.delete(*_keys(code)).zrem(CLASSES, code).hdel(VERSIONS, code).execute()

    @_told
    def tidy(self) -> None:
        """Redis forgets by itself."""

    @_told
    def close(self) -> None:
        self._redis.close()


def _keys(code: str) -> list[str]:
    return [f"{{lossopt}}:class:{code}", f"{{lossopt}}:changed:{code}"]


def _flat(fields: Fields) -> list[str]:
    return [text for name, value in fields.items() for text in (name, value or "")]
