"""From bytes to text: UTF-8, UTF-16, CP949 and Latin-1 with the signs of Windows-1252."""

from __future__ import annotations

import codecs
import re

from lossopt.tables._told import DataError

PROBE = 4096
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
PAIR = re.compile(rb"[\x81-\xfe][\x41-\xfe]")
KOREAN = re.compile(rb"[\xb0-\xc8\xca-\xfd][\xa1-\xfe]")
"""Hangul syllables and Hanja as KS X 1001 places them; other pairs of CP949 are rare words."""


def decode(data: bytes) -> str:
    """Text of a file in whatever encoding it has.

    A few stray control characters stay in it; with many of them it is no text.

    Raises
    ------
    DataError
        If it is empty, no text, or broken.

    Examples
    --------
    >>> decode("키,몸무게".encode("cp949")), decode("größe;año".encode("latin-1"))
    ('키,몸무게', 'größe;año')
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise DataError("empty")
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise DataError("encoding") from None
    stray = len(CONTROL.findall(text))
    if 1000 * text.count("\0") > len(text) or 20 * stray > max(20, len(text)):
        raise DataError("binary")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise DataError("empty")
    return text


def _encoding(data: bytes) -> str:
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return name
    probe = data[:PROBE]
    low, high = probe[0::2].count(0), probe[1::2].count(0)
    if max(low, high) > len(probe) // 5 and min(low, high) * 8 < max(low, high):
        return "utf-16-be" if low > high else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_korean(data):
            return "cp949"
        return "cp1252" if _can_be(data, "cp1252") else "latin-1"  # the former has € and ’
    return "utf-8"


def _can_be(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_korean(data: bytes) -> bool:
    pairs = PAIR.findall(data[: 20 * PROBE])
    if 10 * sum(bool(KOREAN.fullmatch(pair)) for pair in pairs) < 8 * len(pairs):
        return False
    return _can_be(data, "cp949")
