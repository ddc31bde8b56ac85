"""Helpers compute for the server, and whatever becomes of them, the work is done."""

import asyncio
import os
import signal
from functools import partial

import numpy as np
import pytest

import lossopt as lo
from lossopt.keys import key_of
from pages.ui import warm_up
from pages.ui.frame.helpers import HELPERS, Helpers

ADAM, VALLEY = lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["rosenbrock"]()
SHORT = partial(lo.sweep, ADAM, VALLEY, learning_rate=[0.001, 0.1], n_steps=60)
LONG = partial(lo.sweep, ADAM, VALLEY, learning_rate=np.full(4096, 0.01), n_steps=1_000_000)
HERE = key_of(SHORT())


class LeftError(BaseException):
    pass


def nothing():
    return None


def leave(fraction):
    raise LeftError


@pytest.fixture(scope="module")
def helpers():
    found = Helpers()
    with found.ready(1):
        yield found


def pid(helpers):
    (helper,) = helpers.started
    return helper.process.pid


def test_a_helper_comes_to_the_same_and_tells_its_progress(helpers):
    told = []
    found = helpers.make(SHORT, told.append, nothing)
    assert key_of(found) == HERE and all(0.0 <= part <= 1.0 for part in told)
    assert pid(helpers) != os.getpid()


def test_who_leaves_ends_the_work_and_the_same_helper_goes_on(helpers):
    with pytest.raises(LeftError):
        helpers.make(LONG, leave, nothing)
    before = pid(helpers)
    assert key_of(helpers.make(SHORT, nothing_told, nothing)) == HERE
    assert pid(helpers) == before


def nothing_told(fraction):
    return None


def test_work_of_a_killed_helper_is_done_here_and_the_next_has_a_new_one(helpers):
    helpers.make(SHORT, nothing_told, nothing)
    killed = pid(helpers)

    def kill(fraction):
        if helpers.started and pid(helpers) == killed:
            os.kill(killed, signal.SIGKILL)
        elif not helpers.started:
            raise LeftError  # it runs here now, which would take too long

    with pytest.raises(LeftError):
        helpers.make(LONG, kill, nothing)
    assert key_of(helpers.make(SHORT, nothing_told, nothing)) == HERE
    assert pid(helpers) != killed


def test_a_helper_killed_at_rest_is_not_missed(helpers):
    helpers.make(SHORT, nothing_told, nothing)
    os.kill(pid(helpers), signal.SIGKILL)
    next(iter(helpers.started)).process.wait()
    assert key_of(helpers.make(SHORT, nothing_told, nothing)) == HERE


def test_what_fails_there_or_cannot_be_sent_is_done_here(helpers):
    helpers.make(SHORT, nothing_told, nothing)
    before = pid(helpers)
    with pytest.raises(ValueError, match="n_steps"):
        helpers.make(
            partial(lo.sweep, ADAM, VALLEY, n_steps=-1, beta1=[0.9]), nothing_told, nothing
        )
    seen = []
    assert helpers.make(lambda progress: seen.append(0) or 7, nothing_told, nothing) == 7
    assert seen == [0]
    assert pid(helpers) == before


def test_who_has_waited_takes_what_another_has_made(helpers):
    assert helpers.make(LONG, nothing_told, lambda: "made") == "made"


def test_no_helper_beyond_the_life_of_the_server():
    assert key_of(HELPERS.make(SHORT, nothing_told, nothing)) == HERE and not HELPERS.started
    own = Helpers()
    with own.ready(0):
        assert key_of(own.make(SHORT, nothing_told, nothing)) == HERE and not own.started
    with own.ready(1):
        with pytest.raises(LeftError):
            own.make(LONG, leave, nothing)
        (helper,) = own.started
    assert helper.process.returncode is not None and not own.started


def test_one_core_is_left_to_the_server(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    own = Helpers()
    with own.ready():
        assert own.places is None


def test_there_are_helpers_while_the_server_runs(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr(warm_up, "_make_ready", lambda: None)

    async def life():
        async with warm_up.warmed_up(None):
            return HELPERS.places.qsize(), len(HELPERS.started)

    assert asyncio.run(life()) == (2, 0) and HELPERS.places is None
