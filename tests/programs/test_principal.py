"""The plane in which runs move most, as the browser finds it, against the library's."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.live import live_message, principal_message
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane, drawn_box, movement_shown, pca_plane

KINDS = {
    "moons": ("logistic", "binary_cross_entropy"),
    "curve": ("linear", "mse"),
    "iris": ("softmax", "categorical_cross_entropy"),
}
RULES = ("gradient_descent", "momentum", "adam")
SIDE = 12


def goal_of(name):
    if name not in KINDS:
        return lo.OBJECTIVES[name]()
    model, loss = KINDS[name]
    fields = {"degree": 3} if name == "curve" else {}
    return lo.EmpiricalRisk(lo.DATASETS[name](), lo.MODELS[model](**fields), lo.LOSSES[loss]())


def live_of(goal, runs):
    live = live_message(goal, axis_plane(goal), runs)
    return as_json(dataclasses.replace(live, principal=principal_message(goal, SIDE)))


def found_by(node, goal, rules, **race):
    live = live_of(goal, lo.descend(rules, goal, n_steps=60))
    _, found = node.ground(live, range(61), None, **race)
    return found


@pytest.mark.parametrize("rate", [0.01, 0.3])
@pytest.mark.parametrize("name", [*KINDS, "matrix_factorization"])
def test_plane_region_and_surface_are_those_of_the_library(node, name, rate):
    goal = goal_of(name)
    rules = [lo.OPTIMIZERS[rule](learning_rate=rate) for rule in RULES]
    runs = lo.descend(rules, goal, n_steps=60)
    plane = pca_plane(goal, runs)
    box = drawn_box(goal, plane, runs)
    found = found_by(node, goal, rules)
    np.testing.assert_allclose(found["origin"], plane.origin, rtol=1e-8, atol=1e-9)
    directions = found["directions"].reshape(2, -1)
    np.testing.assert_allclose(directions, plane.directions, atol=1e-6)
    np.testing.assert_allclose(directions @ directions.T, np.eye(2), atol=1e-12)
    for grid, sides in zip((found["x"], found["y"]), box, strict=True):
        np.testing.assert_allclose(grid, np.linspace(*sides, SIDE), rtol=1e-5)
    here = dataclasses.replace(plane, origin=found["origin"], directions=directions)
    bounds = tuple((float(grid[0]), float(grid[-1])) for grid in (found["x"], found["y"]))
    surface = lo.evaluate_surface(goal, plane=here, bounds=bounds, resolution=SIDE)
    np.testing.assert_allclose(found["z"].reshape(SIDE, SIDE), surface.z, rtol=1e-9)
    assert found["lowest"] == goal.minimum
    assert found["share"] == pytest.approx(movement_shown(plane, runs), abs=1e-9)


def test_a_plane_stays_under_the_hand_and_is_found_anew_at_rest(node):
    goal = goal_of("moons")
    rules = [lo.OPTIMIZERS[rule](learning_rate=0.1) for rule in RULES]
    tuned = [{"learning_rate": 2.0}, None, None]
    others = [dataclasses.replace(rules[0], learning_rate=2.0), *rules[1:]]
    sent, own = found_by(node, goal, rules), found_by(node, goal, others)
    held = found_by(node, goal, rules, then=[{"changes": tuned}])
    rested = found_by(node, goal, rules, then=[{"changes": tuned, "rests": True}])
    for name in ("origin", "directions", "x", "y", "z"):
        np.testing.assert_array_equal(held[name], sent[name])
        np.testing.assert_array_equal(rested[name], own[name])
    assert not np.array_equal(own["x"], sent["x"])
