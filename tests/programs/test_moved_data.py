"""Samples that are moved in the browser, against the library on the moved data."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.datasets import move_points
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane, usual_box

KINDS = {
    "line": ("linear", {}, ("mse", "mae", "huber", "log_cosh", "pinball")),
    "one_feature": (
        "logistic",
        {},
        ("binary_cross_entropy", "hinge", "squared_hinge", "focal", "sigmoid_mse"),
    ),
    "overlapping": ("logistic", {}, ("binary_cross_entropy", "hinge", "sigmoid_mse")),
    "three_blobs": ("softmax", {}, ("categorical_cross_entropy",)),
    "curve": ("linear", {"degree": 3}, ("mse", "huber")),
    "moons": ("logistic", {"degree": 2}, ("binary_cross_entropy",)),
}
CASES = [(data, loss) for data, (_, _, losses) in KINDS.items() for loss in losses]
MOVES = [(0, 1.25, 0.75), (3, -0.5, 0.25), (7, 2.5, -1.5)]


def risk_of(data, loss, moves=(), n_samples=40):
    model, fields, _ = KINDS[data]
    samples = move_points(lo.DATASETS[data](n_samples=n_samples).make(), moves)
    return lo.EmpiricalRisk(samples, lo.MODELS[model](**fields), lo.LOSSES[loss]())


def message_of(goal, **race):
    rules = [lo.OPTIMIZERS[name](learning_rate=0.05) for name in ("gradient_descent", "adam")]
    plane = axis_plane(goal)
    return plane, as_json(live_message(goal, plane, lo.descend(rules, goal, n_steps=60, **race)))


def told(moves):
    return [dict(zip(("index", "x", "y"), move, strict=True)) for move in moves]


@pytest.mark.parametrize(("data", "loss"), CASES)
@pytest.mark.parametrize("batch_size", [None, 8])
def test_runs_and_surface_are_those_of_the_moved_data(node, data, loss, batch_size):
    """The race that was sent is one of the data as they were."""
    sent, goal = risk_of(data, loss), risk_of(data, loss, MOVES)
    plane, live = message_of(sent, batch_size=batch_size)
    grid = [np.linspace(*box, 30) for box in usual_box(sent)]
    runs, ground = node.ground(live, range(61), grid, moves=told(MOVES))
    expected = lo.descend(
        [lo.OPTIMIZERS[name](learning_rate=0.05) for name in ("gradient_descent", "adam")],
        goal,
        n_steps=60,
        batch_size=batch_size,
    )
    for mine, run in zip(runs, expected, strict=True):
        near = {"rtol": 1e-9, "atol": 1e-9 * np.abs(run.iterates).max()}
        np.testing.assert_allclose(mine["params"].reshape(61, -1), run.iterates, **near)
        np.testing.assert_allclose(mine["loss"], run.losses, rtol=1e-9)
    here = dataclasses.replace(plane, origin=ground["origin"])
    surface = lo.evaluate_surface(goal, plane=here, bounds=usual_box(sent), resolution=30)
    np.testing.assert_allclose(ground["z"].reshape(30, 30), surface.z, rtol=1e-9)
    if "goals" in live:
        assert ground["lowest"] <= surface.z.min() * (1.0 + 1e-9)


@pytest.mark.parametrize(("data", "loss"), CASES)
def test_every_sample_costs_what_it_costs_in_the_library(node, data, loss):
    goal = risk_of(data, loss, MOVES)
    _, live = message_of(risk_of(data, loss))
    beyond = (1000, 1.0, 1.0)  # held while a message came with fewer samples
    moves = told([*MOVES, beyond])
    runs, found = node.ground(live, range(61), [[0.0, 1.0]] * 2, moves=moves)
    outputs = goal.model.predict(runs[0]["params"][-goal.n_params :], goal.inputs)
    np.testing.assert_allclose(found["outputs"], outputs.ravel(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found["costs"], goal.loss.value(outputs, goal.y), atol=1e-9)
    slopes = goal.loss.gradient(outputs, goal.y).ravel()
    np.testing.assert_allclose(found["slopes"], slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("data", "loss"), CASES)
@pytest.mark.parametrize("moves", [MOVES, [(5, 4.0, 9.0)], [(k, k / 3 - 2, 0) for k in range(9)]])
def test_a_minimizer_is_told_only_where_it_is_one(node, data, loss, moves):
    sent, goal = risk_of(data, loss), risk_of(data, loss, moves)
    _, live = message_of(sent)
    runs, ground = node.ground(live, range(61), [[0.0, 1.0]] * 2, moves=told(moves))
    known = goal.reference.is_minimizer
    if ground["minimizer"] is not None:
        assert known
        gap = goal.distance(ground["minimizer"])
        assert gap <= 1e-6 * (1.0 + np.abs(goal.reference.params).max())
        expected = goal.distance(runs[0]["params"].reshape(61, -1))
        np.testing.assert_allclose(runs[0]["distance"], expected, rtol=1e-5, atol=1e-6)
    elif runs[0].get("distance") is not None:
        assert np.isnan(runs[0]["distance"]).all()
    assert (ground["lowest"] is None) == ("goals" not in live)  # JSON has no infinity
    if known and "goals" in live:
        assert ground["lowest"] == pytest.approx(goal.minimum, rel=1e-3, abs=1e-9)
    smooth = loss in ("mse", "log_cosh", "binary_cross_entropy", "categorical_cross_entropy")
    if known and sent.reference.is_minimizer and smooth:
        assert ground["minimizer"] is not None
