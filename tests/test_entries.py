"""Who descends: one spec for the rule and all that acts on it from outside."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.entries import as_entries, as_entry
from lossopt.figures import live

GD, ADAM = lo.OPTIMIZERS["gradient_descent"], lo.OPTIMIZERS["adam"]
COSINE = lo.SCHEDULES["cosine"](warmup=3)
ACTING = [{"batch_size": 7}, {"schedule": COSINE}, {"clip_norm": 0.5}, {"average": True}]


@pytest.fixture(scope="module")
def risk() -> lo.EmpiricalRisk:
    return lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())


def test_every_field_but_the_rule_acts_and_is_tried_here() -> None:
    names = {field.name for field in dataclasses.fields(lo.Entry)} - {"optimizer"}
    assert names == {name for outside in ACTING for name in outside}


@pytest.mark.parametrize("outside", ACTING, ids=lambda outside: next(iter(outside)))
def test_an_entry_descends_as_the_keywords_say(risk: lo.EmpiricalRisk, outside: dict) -> None:
    entry = lo.Entry(GD(0.05), **outside)
    run = lo.descend(entry, risk, n_steps=30, seed=3)
    short = lo.descend(GD(0.05), risk, n_steps=30, seed=3, **outside)
    bare = lo.descend(GD(0.05), risk, n_steps=30, seed=3)
    np.testing.assert_array_equal(run.iterates, short.iterates)
    assert (run.iterates != bare.iterates).any()
    assert run.entry == short.entry == entry and run.optimizer is entry.optimizer
    assert entry.outside == outside and entry.is_plain == ("batch_size" in outside)


def test_entries_and_bare_rules_descend_side_by_side(risk: lo.EmpiricalRisk) -> None:
    mixed = [lo.Entry(ADAM(0.1), 8, clip_norm=1.0), GD(0.05)]
    runs = lo.descend(mixed, risk, n_steps=30, batch_size=[None, 16])
    assert [run.batch_size for run in runs] == [8, 16]
    for run, given in zip(runs, as_entries(mixed, batch_size=[None, 16]), strict=True):
        alone = lo.descend(given, risk, n_steps=30)
        np.testing.assert_array_equal(run.iterates, alone.iterates)


@pytest.mark.parametrize("outside", ACTING, ids=lambda outside: next(iter(outside)))
def test_nothing_acts_on_an_entry_besides(risk: lo.EmpiricalRisk, outside: dict) -> None:
    for call in (
        lambda: lo.descend(lo.Entry(GD()), risk, **outside),
        lambda: as_entry(lo.Entry(GD()), **outside),
    ):
        with pytest.raises(ValueError, match=f"brings its own {next(iter(outside))}"):
            call()


def test_equal_runs_are_equal_entries() -> None:
    given = lo.Entry(GD(), np.int64(4), lo.SCHEDULES["constant"](), np.float32(0.5), np.True_)
    assert repr(given) == repr(lo.Entry(GD(), 4, None, 0.5, True))
    assert given == lo.Entry(GD(), 4, None, 0.5, True)
    slow = lo.SCHEDULES["constant"](warmup=2)
    assert lo.Entry(GD(), schedule=slow).schedule == slow


def test_sweeps_take_entries_with_nothing_but_a_batch_size(risk: lo.EmpiricalRisk) -> None:
    entry, rates = lo.Entry(GD(), 8), [0.01, 0.1]
    swept = lo.sweep(entry, risk, n_steps=30, learning_rate=rates).final_loss
    own = lo.sweep(GD(), risk, n_steps=30, batch_size=8, learning_rate=rates).final_loss
    np.testing.assert_array_equal(swept, own)
    bands = [
        lo.seed_bands(entry, risk, seeds=3, n_steps=20),
        lo.seed_bands(GD(), risk, seeds=3, n_steps=20, batch_size=8),
    ]
    np.testing.assert_array_equal(*(band.losses for band in bands))
    with pytest.raises(ValueError, match="brings its own batch_size"):
        lo.seed_bands(entry, risk, seeds=3, n_steps=20, batch_size=4)
    for outside in ACTING[1:]:
        with pytest.raises(ValueError, match=f"but not {next(iter(outside))}"):
            lo.sweep(lo.Entry(GD(), **outside), risk, n_steps=3, learning_rate=rates)


@pytest.mark.parametrize("outside", ACTING, ids=lambda outside: next(iter(outside)))
def test_a_browser_runs_what_it_knows_only(
    risk: lo.EmpiricalRisk, outside: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = lo.descend([lo.Entry(GD(0.05), **outside), GD(0.05)], risk, n_steps=5)
    plane = lo.axis_plane(risk)
    assert all(live.live_message(risk, plane, runs).runs)
    monkeypatch.setattr(live, "KNOWN", live.KNOWN - outside.keys())
    known = live.live_message(risk, plane, runs).runs
    assert known[0] is None and known[1] is not None
