"""Which store a server uses: what its environment says, else a file in a folder of its own."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from classroom.stores import Store
from classroom.stores.sqlite import SQLiteStore


def chosen(environment: Mapping[str, str]) -> Store:
    """The store that ``LOSSOPT_STORE`` or ``LOSSOPT_DATA`` names.

    Parameters
    ----------
    environment : mapping of str to str
        ``LOSSOPT_STORE`` is an address of Redis, ``LOSSOPT_DATA`` a folder. Without them it is a
        folder for temporary files that the next start finds again.

    Raises
    ------
    ValueError
        If the address is none of Redis.

    Examples
    --------
    >>> type(chosen({"LOSSOPT_DATA": "data"})).__name__
    'SQLiteStore'
    """
    address = environment.get("LOSSOPT_STORE", "")
    if address:
        if not address.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("LOSSOPT_STORE is not an address of Redis (redis://HOST:6379)")
        from classroom.stores.redis import RedisStore

        return RedisStore(address)
    folder = environment.get("LOSSOPT_DATA")
    return SQLiteStore((Path(folder) if folder else _temporary()) / "classes.sqlite")


def _temporary() -> Path:
    """A folder that is found again; a new one where somebody else has made that."""
    folder = Path(tempfile.gettempdir()) / f"lossopt-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    foreign = os.name == "posix" and folder.stat().st_uid != os.getuid()
    return Path(tempfile.mkdtemp(prefix="lossopt-")) if foreign else folder
