"""What is kept is kept, in a file and in Redis alike."""

import sqlite3
import time
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from classroom.stores import ChangedError, GoneError, Store, UnknownError
from classroom.stores.chosen import chosen
from classroom.stores.sqlite import SQLiteStore
from tests.classroom.conftest import Opener

CODE = "ABCDEF"


def opened(store: Store, code: str = CODE, life: float = 60, most: int = 50) -> bool:
    return store.open(code, {"now": "1", "gone": "2"}, time.time() + life, most)


def test_what_is_written_is_read_by_all(opener: Opener) -> None:
    here, there = opener(), opener()
    assert opened(here)
    assert there.read(CODE) == (1, {"now": "1", "gone": "2"})
    assert there.write(CODE, {"gone": None, "new": '"é한"'}, {"now": "1", "new": None}) == 2
    assert here.read(CODE, since=1) == (2, {"gone": None, "new": '"é한"'})
    assert here.read(CODE, since=2) == (2, {})
    assert here.versions() == {CODE: 2}


def opens(together: Barrier, paths: list[Path], told: "Queue[str]") -> None:
    for path in paths:
        store = SQLiteStore(path)
        together.wait()
        try:
            told.put("" if store.versions() == {} else "classes")
        except GoneError as error:
            told.put(str(error))


def test_many_processes_open_a_new_file_at_the_same_moment(tmp_path: Path) -> None:
    paths = [tmp_path / f"{place}.sqlite" for place in range(60)]
    spawning = get_context("spawn")
    together, told = spawning.Barrier(4), spawning.Queue()
    some = [spawning.Process(target=opens, args=(together, paths, told)) for _ in range(4)]
    for each in some:
        each.start()
    assert {told.get(timeout=60) for _ in range(240)} == {""}
    for each in some:
        each.join()


@pytest.mark.parametrize("given", [{"now": "2"}, {"now": None}, {"none": "1"}, {"gone": "3"}])
def test_a_write_whose_ground_has_changed_writes_nothing(
    store: Store, given: dict[str, str | None]
) -> None:
    opened(store)
    with pytest.raises(ChangedError):
        store.write(CODE, {"new": "1", "now": "9"}, given)
    assert store.read(CODE, since=1) == (1, {})


def test_a_code_is_given_once_and_only_as_many_classes_are_open(store: Store) -> None:
    assert opened(store, most=2)
    with pytest.raises(ChangedError):
        opened(store, most=2)
    assert opened(store, "BBBBBB", most=2) and not opened(store, "CCCCCC", most=2)
    store.drop("BBBBBB")
    assert opened(store, "CCCCCC", most=2)
    assert store.versions().keys() == {CODE, "CCCCCC"}


@pytest.mark.parametrize("how", ["expired", "dropped", "never opened"])
def test_a_class_that_is_gone_is_unknown(store: Store, how: str) -> None:
    if how != "never opened":
        opened(store, life=-1 if how == "expired" else 60)
    if how == "dropped":
        store.drop(CODE)
    store.drop(CODE)
    assert store.versions() == {}
    with pytest.raises(UnknownError):
        store.read(CODE)
    with pytest.raises(UnknownError):
        store.write(CODE, {"now": "2"}, {})
    assert opened(store, most=1)
    assert store.read(CODE, since=0) == (1, {"now": "1", "gone": "2"})


def test_expired_classes_leave_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "classes.sqlite"
    store = SQLiteStore(path)
    store.open(CODE, {"secret": "moonlight"}, time.time() - 1, 50)
    store.tidy()
    assert not any(b"moonlight" in file.read_bytes() for file in tmp_path.iterdir())
    assert path.stat().st_mode & 0o077 == 0
    store.close()


def test_a_full_disk_keeps_what_was_kept(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "classes.sqlite")
    opened(store)
    pages = store._base().execute("PRAGMA page_count").fetchone()[0]
    store._base().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(GoneError, match="full"):
        store.write(CODE, {"long": "x" * 100_000}, {})
    assert store.read(CODE) == (1, {"now": "1", "gone": "2"})
    store.close()
    assert store.write(CODE, {"long": "x" * 100_000}, {}) == 2
    store.close()


def test_a_file_that_is_taken_away_takes_nothing_more_until_it_is_back(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "data" / "classes.sqlite", tmp_path / "elsewhere"
    store = SQLiteStore(path)
    opened(store)
    path.parent.rename(elsewhere)
    for _ in range(2):
        with pytest.raises(GoneError):
            store.write(CODE, {"now": "2"}, {})
    assert not path.parent.exists()
    elsewhere.rename(path.parent)
    assert store.write(CODE, {"now": "2"}, {}) == 2
    store.close()


@pytest.mark.parametrize("what", ["no database", "a folder", "no folder can be made"])
def test_a_place_that_is_none_is_a_store_that_is_gone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "classes.sqlite"
    if what == "no database":
        path.write_text("something else" * 100)
    elif what == "a folder":
        path.mkdir()
    else:
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "classes.sqlite"
    store = SQLiteStore(path)
    with pytest.raises(GoneError):
        opened(store)
    store.close()


def test_another_process_that_writes_is_waited_for(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "classes.sqlite")
    opened(store)
    store._base().execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "classes.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(GoneError, match="locked"):
        store.write(CODE, {"now": "2"}, {})
    assert store.read(CODE)[0] == 1
    other.close()
    assert store.write(CODE, {"now": "2"}, {}) == 2
    store.close()


def test_a_redis_that_is_not_there_is_gone(redis_address: str) -> None:
    store = chosen({"LOSSOPT_STORE": redis_address + "-not"})
    with pytest.raises(GoneError):
        opened(store)
    with pytest.raises(ValueError, match="not an address"):
        chosen({"LOSSOPT_STORE": "mysql://localhost"})


def test_without_a_folder_the_next_start_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one, two = chosen({}), chosen({})
    assert opened(one) and two.versions() == {CODE: 1}
    assert len(list(tmp_path.iterdir())) == 1
    one.close()
    two.close()
