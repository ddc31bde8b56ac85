"""Answers leave the server when they are written."""

from __future__ import annotations

import contextlib
import os
import socket
import stat

MOST = 1024
"""Files that a process may have open as it starts."""


def answer_at_once() -> None:
    """Let all who connect be sent each part of an answer at once.

    Streamlit binds its socket itself, and asyncio asks for this only where a socket names its
    protocol. Without it the second part of an answer, its content, waits until the browser has
    acknowledged the first one, which browsers put off by 40 ms. What is accepted has the options
    of the socket that listens.
    """
    for number in range(MOST):
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                _at_once(number)


def _at_once(number: int) -> None:
    with socket.socket(fileno=os.dup(number)) as found:
        listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        if listens and found.family in (socket.AF_INET, socket.AF_INET6):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
