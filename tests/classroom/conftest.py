"""Stores of both kinds, for the same tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from classroom.stores import Store, sqlite
from classroom.stores.chosen import chosen

Opener = Callable[[], Store]


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test pulls the plug: none waits until the disk has turned."""
    monkeypatch.setattr(sqlite, "SETTINGS", sqlite.SETTINGS.replace("= FULL", "= OFF"))


@pytest.fixture(scope="session")
def redis_address() -> Iterator[str]:
    """A Redis of its own; without one a test is skipped, but fails where all is to be tested."""
    program = shutil.which("redis-server")
    if program is None or find_spec("redis") is None:
        said = "redis-server or redis-py is missing: classes in Redis are not tested here."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redis"
        command = [program, "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", folder]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not path.exists() and server.poll() is None:
            pass
        yield f"unix://{path}"
        server.kill()
        server.wait()


@pytest.fixture(params=["sqlite", "redis"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the same empty store again and again, as several processes do."""
    environment = {"LOSSOPT_DATA": str(tmp_path / "data")}
    if request.param == "redis":
        environment = {"LOSSOPT_STORE": request.getfixturevalue("redis_address")}
    stores: list[Store] = []

    def another() -> Store:
        stores.append(chosen(environment))
        return stores[-1]

    yield another
    if request.param == "redis":
        another()._redis.flushall()  # type: ignore[attr-defined]
    for store in stores:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()
