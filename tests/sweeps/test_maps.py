"""Outcome maps: theory's stability line is where the runs begin to fail."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.maps import nearest_cell, outcome_message
from lossopt.sweeps.maps import (
    BATCH_SIZE,
    affordable_map_steps,
    best_cell,
    lowest_known,
    map_axes,
    map_side,
    neutral,
    outcome_map,
    second_settings,
    stability_line,
    telling_cells,
    usual_target,
)

LINE = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
BOWL = lo.OBJECTIVES["quadratic"](condition_number=30.0, rotation=20.0)
RATES = np.geomspace(1e-3, 10.0, 64)


def mapped(rule, goal, name, values, **setting):
    setting = {"learning_rates": RATES, "start": goal.start, **setting}
    return outcome_map(rule, goal, name, values=np.asarray(values), **setting)


def first_failure(failed):
    """Column of the first failing learning rate in every row; from there on all must fail."""
    columns = failed.argmax(axis=1)
    assert failed.any(axis=1).all()
    assert all(row[column:].all() for row, column in zip(failed, columns, strict=True))
    return columns


@pytest.mark.parametrize("goal", [LINE, BOWL], ids=["linear regression", "quadratic"])
@pytest.mark.parametrize(
    "name, second",
    [
        ("gradient_descent", "weight_decay"),
        ("momentum", "momentum"),
        ("momentum", "dampening"),
        ("nesterov", "momentum"),
    ],
)
def test_stability_line_and_divergence_border_agree_within_a_cell(name, second, goal):
    rule = lo.OPTIMIZERS[name]()
    values = np.linspace(0.0, {"momentum": 0.95, "dampening": 0.7, "weight_decay": 1.0}[second], 8)
    line = stability_line(rule, goal, second, values)
    expected = np.searchsorted(RATES, line)
    found = mapped(rule, goal, second, values, n_steps=6000)
    overflow = first_failure(found.diverged_at >= 0)
    assert np.abs(overflow - expected).max() <= 1
    short = mapped(rule, goal, second, values, n_steps=500)
    failed = short.ends_higher | (short.diverged_at >= 0)
    assert np.abs(first_failure(failed) - expected).max() <= 1


def test_a_map_equals_single_runs():
    rule = lo.OPTIMIZERS["adam"]()
    setting = {"n_steps": 30, "seed": 4, "batch_size": 5}
    values = [0.5, 0.9]
    found = mapped(rule, LINE, "beta1", values, target=0.5, **setting)
    for row, beta1 in enumerate(values):
        for column in (3, 40, 60):
            single = lo.OPTIMIZERS["adam"](learning_rate=RATES[column], beta1=beta1)
            run = lo.descend(single, LINE, **setting)
            np.testing.assert_allclose(found.final_loss[row, column], run.losses[-1], rtol=1e-9)
            there = np.flatnonzero(run.losses <= 0.5)
            assert found.steps_to_target[row, column] == (there[0] if len(there) else -1)


def test_a_map_over_batch_sizes_equals_single_runs():
    rule, told = lo.OPTIMIZERS["gradient_descent"](), []
    sizes = np.array([1, 7, LINE.n_samples])
    found = mapped(rule, LINE, BATCH_SIZE, sizes, n_steps=25, seed=2, progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0
    for row, size in enumerate(sizes):
        single = lo.OPTIMIZERS["gradient_descent"](learning_rate=RATES[30])
        run = lo.descend(single, LINE, n_steps=25, batch_size=int(size), seed=2)
        np.testing.assert_allclose(found.final_loss[row, 30], run.losses[-1], rtol=1e-9)


def test_a_cancelled_map_says_so():
    found = mapped(
        lo.OPTIMIZERS["momentum"](), BOWL, "momentum", [0.5], n_steps=200, cancelled=lambda: True
    )
    assert not found.finished


@pytest.mark.parametrize("name", lo.OPTIMIZERS)
def test_every_second_setting_can_be_mapped(name):
    kind = lo.OPTIMIZERS[name]
    goal = LINE if kind.fits(LINE) else lo.OBJECTIVES["matrix_factorization"]()
    for second in second_settings(kind, goal):
        rates, values, _ = map_axes(kind, goal, second, rates=(0.01, 1.0), n=3)
        rule = neutral(kind(), second).optimizer
        found = outcome_map(
            rule, goal, second, learning_rates=rates, values=values, start=goal.start, n_steps=3
        )
        assert found.final_loss.shape == (len(values), 3)
        layers = outcome_message(found, 0.0, log=False).layers
        assert [layer.id for layer in layers] == ["steps", "final_loss"]


def test_the_target_lies_between_start_and_minimum():
    target = usual_target(LINE, LINE.start, 0.1)
    low, high = lowest_known(LINE), float(LINE.value(LINE.start))
    assert target == pytest.approx(low + 0.1 * (high - low))
    assert usual_target(LINE, LINE.minimizers[0], 0.1) is None


def test_the_telling_cells_are_of_their_kinds():
    bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    rates, values = np.geomspace(1e-4, 1e9, 25), np.array([0.0, 0.5, 0.9])
    found = outcome_map(
        lo.OPTIMIZERS["momentum"](),
        bowl,
        "momentum",
        start=bowl.start,
        learning_rates=rates,
        values=values,
        target=0.01,
        n_steps=80,
    )
    cells = telling_cells(found)
    assert cells["best"] == best_cell(found)
    assert {row for _, row in cells.values()} == {cells["best"][1]}
    (slow, row), (explodes, _) = cells["slow"], cells["explodes"]
    assert found.steps_to_target[row, slow] < 0 <= found.diverged_at[row, explodes]
    assert found.diverged_at[row, slow] < 0 and not found.ends_higher[row, slow]
    assert slow < cells["best"][0] < explodes


def test_the_best_cell_is_the_first_at_the_target():
    rule = lo.OPTIMIZERS["momentum"]()
    found = mapped(rule, BOWL, "momentum", [0.0, 0.5, 0.9], n_steps=100, target=0.01)
    column, row = best_cell(found)
    reached = found.steps_to_target[found.steps_to_target >= 0]
    assert found.steps_to_target[row, column] == reached.min()
    wild = mapped(rule, BOWL, "momentum", [0.0], learning_rates=np.array([50.0]), n_steps=900)
    assert best_cell(wild) is None


def test_nearest_cell():
    assert nearest_cell(RATES, 1e-3, log=True) == 0
    assert nearest_cell(RATES, 10.0, log=True) == 63
    assert nearest_cell(RATES, 0.0, log=True) is None
    assert nearest_cell(np.linspace(0.0, 1.0, 5), 0.6, log=False) == 2
    assert nearest_cell(np.linspace(0.0, 1.0, 5), 1.2, log=False) is None


def test_costly_maps_get_fewer_steps():
    logistic = lo.EmpiricalRisk(
        lo.DATASETS["overlapping"](), lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]()
    )
    assert affordable_map_steps(BOWL, 4096) > affordable_map_steps(logistic, 4096) >= 500


def test_only_a_method_that_needs_a_hessian_per_run_gets_a_coarse_map():
    fitting = {name: kind for name, kind in lo.OPTIMIZERS.items() if kind.fits(BOWL)}
    coarse = [name for name, kind in fitting.items() if map_side(kind(), BOWL) < 64]
    assert coarse == ["newton"]


@pytest.mark.parametrize("name, endless", [("saddle", True), ("quadratic", False)])
def test_a_fall_without_end_is_colored_on_both_sides_of_zero(name, endless):
    goal, rule = lo.OBJECTIVES[name](), lo.OPTIMIZERS["momentum"]()
    found = outcome_map(
        rule,
        goal,
        "momentum",
        learning_rates=np.geomspace(1e-4, 1.0, 12),
        values=np.linspace(0.0, 0.9, 4),
        start=goal.start,
        n_steps=60,
    )
    assert (np.nanmin(found.best_loss) < -1e30) == endless
    (_, final) = outcome_message(found, lowest_known(goal), log=False).layers
    assert (final.log, final.signed is not None) == (not endless, endless)
