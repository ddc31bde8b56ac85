"""Rates to begin with: nobody diverges at once, everybody moves, on every problem."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import lowest, usual_rate
from lossopt.comparisons.rates import RACE

CLIMBS = {("newton", name) for name in ("beale", "rastrigin", "ackley", "plateau")}
"""Newton's method goes uphill where the curvature is negative, at every rate."""


def share_left(run: lo.Trajectory) -> float:
    """Part of the way down that a run leaves, where one is known; else whether it fell."""
    assert run.objective
    low, first, last = lowest(run.objective), run.losses[0], run.losses[-1]
    return float(last >= first) if low is None else float((last - low) / (first - low))


@pytest.mark.parametrize("problem", lo.OBJECTIVES)
def test_every_rule_descends_every_function(problem: str) -> None:
    goal = lo.OBJECTIVES[problem]()
    for name, kind in lo.OPTIMIZERS.items():
        if not kind.fits(goal) or (name, problem) in CLIMBS:
            continue
        rate = usual_rate(kind(), goal)
        run = lo.descend(kind(learning_rate=rate), goal, n_steps=RACE)
        assert run.diverged_at is None, (name, rate)
        assert share_left(run) < 0.97, (name, rate)


def test_the_race_on_rosenbrock_has_sensible_rates() -> None:
    """Gradient descent needs η < 0.002 there; at 0.01 it dies within ten steps."""
    goal = lo.OBJECTIVES["rosenbrock"]()
    found = {name: usual_rate(lo.OPTIMIZERS[name](), goal) for name in ("gradient_descent", "adam")}
    assert found == {"gradient_descent": 0.001, "adam": 0.1}


def test_a_field_that_nobody_turned_decides_nothing_but_itself() -> None:
    """The search is deterministic, and it is scale-free in the loss for gradient descent."""
    rule = lo.OPTIMIZERS["gradient_descent"]()
    one, thousand = (lo.formula(f"{factor}*(x^2 + 10*y^2)") for factor in (1, 1000))
    assert usual_rate(rule, one) == usual_rate(rule, one)
    assert np.isclose(usual_rate(rule, one) / usual_rate(rule, thousand), 1000.0)


@pytest.mark.parametrize("text", ["0*x", "x", "x^2 - y^2", "-x^2", "1e300*x^2", "log(x + 1)"])
def test_what_has_no_way_down_gets_a_finite_race(text: str) -> None:
    """Flat, endless, far too steep, and without a value at the start."""
    goal = lo.formula(text)
    for name in ("gradient_descent", "momentum", "adam", "newton"):
        rate = usual_rate(lo.OPTIMIZERS[name](), goal)
        assert 0.0 < rate <= 10.0
        run = lo.descend(lo.OPTIMIZERS[name](learning_rate=rate), goal, n_steps=RACE)
        if text in ("x", "x^2 - y^2", "-x^2") and name != "newton":
            assert run.losses[-1] < run.losses[0] and run.losses[-1] > -1e3


def test_many_params_and_samples_cost_little() -> None:
    """Of a large problem only a few steps are tried, and the search still ends below the start."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 1000)
    data = lo.Dataset(rng.normal(size=(1000, 30)), y, task="multiclass")
    risk = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]())
    rate = usual_rate(lo.OPTIMIZERS["adam"](), risk)
    run = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=rate), risk, n_steps=20)
    assert run.losses[-1] < run.losses[0]
