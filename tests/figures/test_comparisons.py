"""Pictures of comparisons hold the numbers they claim to hold."""

import json

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import Budget, Entry, Merit, contest, default_rate
from lossopt.figures.palette import look_of
from lossopt.figures.profiles import RATIOS, profile_figure
from lossopt.figures.rates import ABOVE, rates_figure

NAMES = ("momentum", "adam", "sam")
TEXTS = {
    "rate": "rate",
    "merit": "merit",
    "common": "common",
    "lost": "lost",
    "off": "off",
    "below": "below",
}


def drawn(kind, objective, mode="light", **search):
    entries = [Entry(lo.OPTIMIZERS[name]()) for name in NAMES]
    found = contest(
        entries, objective, common_rate=0.01, budget=Budget(60), merit=Merit(kind), **search
    )
    usual = [
        (default_rate(entry), float(value))
        for entry, value in zip(entries, found.default.middle, strict=True)
    ]
    first = float(objective.value(objective.start))
    figure = rates_figure(
        found.tunings,
        NAMES,
        [look_of(name) for name in NAMES],
        usual,
        first=first,
        kind=kind,
        common=0.01,
        texts=TEXTS,
        mode=mode,
    )
    return found, figure, first


@pytest.mark.parametrize("kind", ["final", "best", "target", "area"])
def test_every_trial_is_drawn_and_the_chosen_one_marked(kind):
    found, figure, _ = drawn(kind, lo.OBJECTIVES["rosenbrock"]())
    top = max(np.max(trace["y"]) for trace in figure["data"])
    for k, tuning in enumerate(found.tunings):
        curve, chosen, _ = figure["data"][3 * k : 3 * k + 3]
        np.testing.assert_array_equal(curve["x"], np.unique(tuning.trials["learning_rate"]))
        below = np.asarray(curve["y"]) < top
        values = dict(zip(tuning.trials["learning_rate"], tuning.values, strict=True))
        for x, y in zip(np.asarray(curve["x"])[below], np.asarray(curve["y"])[below], strict=True):
            assert y == pytest.approx(values[x], rel=1e-9) or y > values[x]  # the lower edge
        assert chosen["x"] == [tuning.entry.optimizer.learning_rate]


def test_what_diverges_stands_on_the_upper_edge():
    found, figure, first = drawn("final", lo.OBJECTIVES["rosenbrock"]())
    curve, tuning = figure["data"][0], found.tunings[0]
    lost = ~(tuning.values <= ABOVE * first)
    rates = set(tuning.trials["learning_rate"][lost])
    assert lost.any()
    crossed = {
        x
        for x, symbol in zip(curve["x"], curve["marker"]["symbol"], strict=True)
        if symbol == "x-thin-open"
    }
    assert crossed == rates
    assert any("off" in note["text"] for note in figure["layout"]["annotations"])


def test_of_a_second_hyperparameter_the_best_is_drawn():
    found, figure, _ = drawn("best", lo.OBJECTIVES["booth"](), n_trials=64, second=True)
    tuning, curve = found.tunings[0], figure["data"][0]
    rates = tuning.trials["learning_rate"]
    middle = list(curve["x"]).index(tuning.entry.optimizer.learning_rate)
    same = rates == curve["x"][middle]
    assert same.sum() == 4
    assert curve["y"][middle] == pytest.approx(max(tuning.values[same].min(), min(curve["y"])))


def test_a_rate_that_falls_without_end_leaves_the_others_readable():
    _, figure, first = drawn("final", lo.OBJECTIVES["saddle"]())
    low, high = figure["layout"]["yaxis"]["range"]
    assert low > first - 6.0 * abs(first) - 6.0 and high < 100.0
    symbols = {
        symbol for trace in figure["data"] for symbol in np.atleast_1d(trace["marker"]["symbol"])
    }
    assert "triangle-down-open" in symbols
    assert any("below" in note["text"] for note in figure["layout"]["annotations"])


def test_profiles_start_with_the_cheapest_and_end_with_all_that_arrived():
    spent = np.array([[1.0, 8.0], [2.0, 4.0], [np.inf, 40.0]])
    looks = [look_of(name) for name in NAMES]
    texts = {"factor": "factor", "share": "share"}
    figure = profile_figure(spent, NAMES, looks, texts=texts, mode="dark")
    ends = [(trace["y"][0], trace["y"][-1]) for trace in figure["data"]]
    assert ends == [(0.5, 1.0), (0.5, 1.0), (0.0, 0.5)]
    nobody = profile_figure(np.full((3, 2), np.inf), NAMES, looks, texts=texts, mode="light")
    assert [(trace["y"][0], trace["y"][-1]) for trace in nobody["data"]] == [(0.0, 0.0)] * 3
    axes = [key for key in figure["layout"] if key.startswith("xaxis")]
    assert axes == ["xaxis"], "panels beside each other have no room for their titles on a phone"
    assert figure["data"][0]["line"]["color"] == look_of("momentum").dark
    assert RATIOS[0] == 1.0
    json.dumps(figure["layout"])
