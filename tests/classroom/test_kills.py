"""A server that is killed in the middle of a question has lost no answer that it confirmed."""

import asyncio
import socket
import sys
from pathlib import Path

import pytest

from benchmarks.kills import Server, killed


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_no_confirmed_answer_is_lost(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    where = {"LOSSOPT_DATA": str(tmp_path)}
    if kind == "redis":
        where = {"LOSSOPT_STORE": request.getfixturevalue("redis_address")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "tests.classroom.served:app", f"--port={port}"]
    quiet = [*command, "--log-level=error"]
    said = asyncio.run(killed(Server(quiet, port, where), kills=2, students=8))
    assert len(said) == 2 and " 0 lost" in said[-1]
