"""Schedules of libraries are held to the rates that were measured."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.libraries import PLANNED, LibrarySchedule, schedule_groups
from lossopt.libraries import rates_of as rates_shown
from tests.libraries.schedules import (
    ANSWERS,
    KEPT,
    NEAR,
    WARMUP,
    error,
    rates_of,
    schedule_of,
    usual_of,
)

ROOT = Path(__file__).parents[2]
IDS = [" ".join(pair) for pair in ANSWERS]


@pytest.mark.parametrize(("library", "name"), ANSWERS, ids=IDS)
def test_a_schedule_gives_the_rates_of_the_library(library, name):
    found, usual = schedule_of(library, name), usual_of(name)
    if found is None:
        assert error(usual, library, name) > 1e-5
        known = lo.LIBRARIES[library].schedules[name].rates
        np.testing.assert_allclose(rates_of(library, name)[:11], known, rtol=6e-4, atol=1e-5)
    else:
        assert error(found, library, name) <= NEAR
        assert lo.LIBRARIES[library].schedules[name].rates == ()
        assert (found == usual) == (error(usual, library, name) <= NEAR)


@pytest.mark.parametrize(("library", "name"), ANSWERS, ids=IDS)
def test_what_follows_is_as_it_is_said(library, name):
    rates, said = rates_of(library, name), lo.LIBRARIES[library].schedules[name].after
    stops = len(rates) < len(KEPT[library]["answers"][name]["rates"])
    assert stops == (said in ("raises", "turns_negative"))
    assert (min(rates) < 0.0) == (said == "turns_negative")
    if said == "holds":
        assert np.ptp(rates[-2:]) < 1e-6 and len(rates) > PLANNED + 1
    if said == "rises":
        assert np.all(np.diff(rates[PLANNED:]) > 0.0)
    if said == "goes_on":
        usual = usual_of(name)
        longer = usual.after_warmup(np.arange(float(len(rates))), PLANNED)
        np.testing.assert_allclose(rates, longer, atol=NEAR)


@pytest.mark.parametrize("library", KEPT)
def test_a_library_and_its_schedules_say_the_same(library):
    kind, kept = lo.LIBRARIES[library], KEPT[library]
    assert (kept["library"], kept["version"]) == (library, kind.version)
    assert kept["answers"].keys() == kind.schedules.keys()


def test_every_library_with_schedules_was_asked():
    assert {name for name, kind in lo.LIBRARIES.items() if kind.schedules} == KEPT.keys()


def test_the_first_update_of_a_warm_up():
    first = {name: rates_of(name, "constant warmup")[0] for name in KEPT if name != "keras"}
    assert {name: round(WARMUP * rate) for name, rate in first.items()} == {
        "mlx": 0,
        "optax": 0,
        "paddle": 0,
        "pytorch": 1,
        "timm": 0,
    }


def test_one_list_of_boundaries_drops_at_three_updates():
    drops = {name: 1 + np.argmax(np.diff(rates_of(name, "boundaries")) < 0) for name in BOUNDED}
    assert drops == BOUNDED


BOUNDED = {"timm": 3, "pytorch": 4, "optax": 4, "paddle": 4, "keras": 5}
"""The last update at the full rate."""


def test_one_cycle_of_pytorch_gives_gradient_descent_a_momentum():
    assert max(rates_of("pytorch", "one_cycle default")) > 3.0


def test_a_late_schedule_and_a_warm_up_from_zero():
    step = lo.SCHEDULES["step"](every=2, gamma=0.5, warmup=2)
    form = LibrarySchedule(base=step, late=1, rise="from_zero")
    np.testing.assert_array_equal(form.factors(7), [0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5])
    np.testing.assert_array_equal(form.factors(1), [0.0])
    under = LibrarySchedule(base=lo.SCHEDULES["linear"](warmup=2), under=True)
    np.testing.assert_allclose(under.factors(4), [0.5, 1.0, 0.5, 0.25])
    assert len(form.factors(0)) == 0
    with pytest.raises(ValueError, match="rise must be"):
        LibrarySchedule(rise="up")


def test_names_that_there_are_not_are_refused():
    with pytest.raises(KeyError, match="among the schedules of Keras"):
        lo.LIBRARIES["keras"].schedule("cosin")
    with pytest.raises(ValueError, match="gamma must lie"):
        lo.LIBRARIES["keras"].schedule("step", gamma=-1.0)


def test_a_run_follows_the_schedule_of_a_library():
    goal, descent = lo.OBJECTIVES["booth"](), lo.OPTIMIZERS["gradient_descent"](0.02)
    schedule = lo.LIBRARIES["optax"].schedule("constant", warmup=2)
    run = lo.descend(lo.Entry(descent, schedule=schedule), goal, n_steps=4)
    np.testing.assert_array_equal(run.iterates[1], run.iterates[0])
    assert (run.iterates[2] != run.iterates[1]).all()


def test_rates_that_are_shown_are_those_that_were_measured():
    shown = [pair for pairs in schedule_groups(lo.LIBRARIES).values() for pair in pairs]
    assert set(shown) <= set(ANSWERS) and len(shown) > 45
    for library, name in shown:
        found = rates_shown(lo.LIBRARIES[library], name)
        measured = rates_of(library, name)[:PLANNED]
        np.testing.assert_allclose(found, measured, rtol=6e-4, atol=1e-5)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_otherwise_is_said_in_words(language):
    text = (ROOT / "assets" / language / "libraries.toml").read_text("utf-8")
    told = tomllib.loads(text)["schedule_note"]
    for library, kind in lo.LIBRARIES.items():
        noted = told.get(library, {}).keys()
        assert noted <= kind.schedules.keys()
        peculiar = {
            name for name, each in kind.schedules.items() if each.late or each.under or each.rates
        }
        assert peculiar <= noted, library
