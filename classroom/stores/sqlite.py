"""Classes in one file, which several processes of a machine share."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from classroom.stores import ChangedError, Fields, GoneError, UnknownError

P = ParamSpec("P")
R = TypeVar("R")
SCHEMA = """
CREATE TABLE IF NOT EXISTS classes (
    code TEXT PRIMARY KEY, version INTEGER NOT NULL, expires REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fields (
    code TEXT NOT NULL REFERENCES classes ON DELETE CASCADE,
    name TEXT NOT NULL, value TEXT, version INTEGER NOT NULL,
    PRIMARY KEY (code, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS changed ON fields (code, version);
"""
SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""
"""Kept means on the disk, and dropped means overwritten."""
PATIENCE = 5.0
"""Seconds to wait for another process that writes."""
TURN = 0.01
"""Seconds between two tries where SQLite itself does not wait."""
WHOLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY}
"""What a file refuses that can be read all the same."""


def _told(
    method: Callable[Concatenate[SQLiteStore, P], R],
) -> Callable[Concatenate[SQLiteStore, P], R]:
    """Let errors of the file be those of a store; what is broken is opened anew."""

    @wraps(method)
    def told(self: SQLiteStore, /, *args: P.args, **options: P.kwargs) -> R:
        try:
            return method(self, *args, **options)
        except (sqlite3.Error, OSError) as error:
            if _refusal(error) not in WHOLE:
                self.close()
            raise GoneError(str(error)) from error

    return told


class SQLiteStore:
    """Classes in a file; one thread uses it.

    Parameters
    ----------
    path : Path
        The file. It and its folder are made when they are needed first, and never again: who takes
        them away takes the classes away, and is told so.

    Examples
    --------
    >>> import tempfile
    >>> store = SQLiteStore(Path(tempfile.mkdtemp()) / "classes.sqlite")
    >>> store.open("ABCDEF", {"now": "1"}, time.time() + 60, most=50)
    True
    >>> store.write("ABCDEF", {"now": "2"}, given={"now": "1"})
    2
    >>> store.read("ABCDEF", since=1)
    (2, {'now': '2'})
    >>> store.close()
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made = False
        self._opened: tuple[sqlite3.Connection, int] | None = None

    @_told
    def open(self, code: str, fields: Fields, expires: float, most: int) -> bool:
        with self._writing() as base:
            _forget_expired(base)
            if base.execute("SELECT count(*) FROM classes").fetchone()[0] >= most:
                return False
            if base.execute("SELECT 1 FROM classes WHERE code = ?", (code,)).fetchone():
                raise ChangedError(code)
            base.execute("INSERT INTO classes VALUES (?, 1, ?)", (code, expires))
            _keep(base, code, fields, 1)
        return True

    @_told
    def write(self, code: str, fields: Fields, given: Fields) -> int:
        with self._writing() as base:
            version = _version(base, code) + 1
            for name, value in given.items():
                kept = base.execute(
                    "SELECT value FROM fields WHERE code = ? AND name = ?", (code, name)
                ).fetchone()
                if (kept[0] if kept else None) != value:
                    raise ChangedError(name)
            base.execute("UPDATE classes SET version = ? WHERE code = ?", (version, code))
            _keep(base, code, fields, version)
        return version

    @_told
    def read(self, code: str, since: int = 0) -> tuple[int, dict[str, str | None]]:
        base = self._base()
        # The version comes first: what is written in between is read once more, and never missed.
        version = _version(base, code)
        changed = "SELECT name, value FROM fields WHERE code = ? AND version > ?"
        return version, dict(base.execute(changed, (code, since)).fetchall())

    @_told
    def versions(self) -> dict[str, int]:
        alive = "SELECT code, version FROM classes WHERE expires > ?"
        return dict(self._base().execute(alive, (time.time(),)).fetchall())

    @_told
    def drop(self, code: str) -> None:
        with self._writing() as base:
            base.execute("DELETE FROM classes WHERE code = ?", (code,))

    @_told
    def tidy(self) -> None:
        with self._writing() as base:
            _forget_expired(base)
        # What was overwritten still stands in the log until that is emptied.
        self._base().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        if self._opened:
            self._opened[0].close()
            self._opened = None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing."""
        base = self._base()
        base.execute("BEGIN IMMEDIATE")
        try:
            yield base
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise

    def _base(self) -> sqlite3.Connection:
        """The open file. A file that was taken away would take everything and keep nothing."""
        if not self._made:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            self._made = True
        inode = self._path.stat().st_ino
        if self._opened and self._opened[1] != inode:
            self.close()
        if not self._opened:
            self._opened = _connected(self._path), inode
        return self._opened[0]


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        _prepare(base)
    except BaseException:
        base.close()
        raise
    return base


def _prepare(base: sqlite3.Connection) -> None:
    """Give the file its settings and tables.

    Whoever switches a new file to its log needs it alone, and SQLite does not wait for that.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            base.executescript(SETTINGS + SCHEMA)
            return
        except sqlite3.OperationalError as error:
            if _refusal(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(TURN)


def _refusal(error: Exception) -> int | None:
    """Kind of a refusal; the other bits say more about it."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _version(base: sqlite3.Connection, code: str) -> int:
    found = base.execute(
        "SELECT version FROM classes WHERE code = ? AND expires > ?", (code, time.time())
    ).fetchone()
    if not found:
        raise UnknownError(code)
    return int(found[0])


def _keep(base: sqlite3.Connection, code: str, fields: Fields, version: int) -> None:
    rows = [(code, name, value, version) for name, value in fields.items()]
    base.executemany("INSERT OR REPLACE INTO fields VALUES (?, ?, ?, ?)", rows)


def _forget_expired(base: sqlite3.Connection) -> None:
    base.execute("DELETE FROM classes WHERE expires <= ?", (time.time(),))
