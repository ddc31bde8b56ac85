"""Basins: local minimizers are found, and every start is told the right one."""

import numpy as np

import lossopt as lo
from lossopt.sweeps import basins
from lossopt.sweeps.valleys import DIVERGED, NOT_ARRIVED, difference, round_box, shares, valleys

GENTLE = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)


def test_local_minimizers_of_rastrigin_lie_near_whole_numbers():
    goal = lo.OBJECTIVES["rastrigin"]()
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.002)
    found = basins(rule, goal, bounds=((-1.4, 1.4), (-1.4, 1.4)), resolution=15, n_steps=300)
    places = valleys([found], goal)
    assert len(places.minimizers) == 8 and places.n_global == 1
    assert np.abs(places.minimizers - places.minimizers.round()).max() < 0.02
    assert len(np.unique(places.minimizers.round(), axis=0)) == 8
    assert (np.diff(places.losses) > -1e-9).all()
    norms = np.linalg.norm(goal.gradient(places.minimizers), axis=1)
    assert norms.max() < 1e-6
    index = places.index[0]
    for k, place in enumerate(places.minimizers):
        ends = found.ends[index == k]
        assert len(ends) and np.linalg.norm(ends - place, axis=1).max() <= 0.028


def test_ends_equal_single_runs():
    goal = lo.OBJECTIVES["himmelblau"]()
    rule = lo.OPTIMIZERS["momentum"](learning_rate=0.005)
    found = basins(rule, goal, resolution=4, n_steps=60)
    for row in range(4):
        for column in range(4):
            start = found.plane.at(found.x[column], found.y[row])
            run = lo.descend(rule, goal, start=start, n_steps=60)
            np.testing.assert_allclose(found.ends[row, column], run.iterates[-1], rtol=1e-9)


def test_a_run_that_still_moves_has_not_arrived():
    goal = lo.OBJECTIVES["styblinski_tang"]()
    places = valleys([basins(GENTLE, goal, resolution=6, n_steps=2)], goal)
    assert (places.index[0] == NOT_ARRIVED).mean() > 0.5


def test_ends_that_run_away_arrive_nowhere():
    goal = lo.OBJECTIVES["himmelblau"]()
    rule = lo.OPTIMIZERS["momentum"](learning_rate=0.02)
    found = basins(rule, goal, resolution=20, n_steps=8)
    away = np.abs(found.ends).max(axis=-1) > 1e160
    assert away.any()
    assert set(valleys([found], goal).index[0][away]) <= {NOT_ARRIVED, DIVERGED}


def test_a_saddle_is_no_minimizer():
    goal = lo.OBJECTIVES["saddle"]()
    found = basins(GENTLE, goal, bounds=((-1.0, 1.0), (-1e-9, 1e-9)), resolution=3, n_steps=900)
    assert len(valleys([found], goal).minimizers) == len(goal.minimizers)


def test_shares_and_difference():
    goal = lo.OBJECTIVES["himmelblau"]()
    wild = lo.OPTIMIZERS["gradient_descent"](learning_rate=1.0)
    fields = [basins(rule, goal, resolution=8, n_steps=300) for rule in (GENTLE, wild)]
    places = valleys(fields, goal)
    assert (places.index[1] == DIVERGED).all()
    assert difference(places) == 1.0
    np.testing.assert_allclose(shares(places).sum(axis=1), [1.0, 0.0])


def test_round_boxes_have_round_grids():
    box = round_box(((-1.2345678, 3.3333333), (-0.01, 0.5)), 64)
    for low, high in box:
        grid = np.linspace(low, high, 64)
        assert [float(f"{value:.6g}") for value in grid] == list(grid.round(12))
