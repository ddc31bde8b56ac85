"""Codes that a class is told, and keys that only their owner has."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""None of them looks like another one."""
CODE = re.compile(f"[{SIGNS}]{{6}}")


def new_code() -> str:
    """Six signs, which a class is joined by.

    Examples
    --------
    >>> bool(CODE.fullmatch(new_code()))
    True
    """
    return "".join(secrets.choice(SIGNS) for _ in range(6))


def read_code(typed: str) -> str | None:
    """The code that was typed, in any case and with gaps; None if it is none.

    Examples
    --------
    >>> read_code("abc-234"), read_code("desk")
    ('ABC234', None)
    """
    code = re.sub(r"[\s-]", "", typed[:20]).upper()
    return code if CODE.fullmatch(code) else None


def teacher_key() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(24)


def student_key(student: str) -> str:
    """128 random bits, and whose they are."""
    return f"{student}.{secrets.token_urlsafe(16)}"


def owner(key: str) -> str:
    """The student whose key this says to be; empty for a teacher's.

    Examples
    --------
    >>> owner("s12.x"), owner("x")
    ('s12', '')
    """
    return key.rpartition(".")[0]


def hashed(key: str) -> str:
    """What is kept of a key. It is random, so that nobody can try them all."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def opens(key: str, kept: str) -> bool:
    """Whether a key is the one of which this is kept.

    Examples
    --------
    >>> opens("a", hashed("a")), opens("b", hashed("a"))
    (True, False)
    """
    return hmac.compare_digest(hashed(key), kept)
