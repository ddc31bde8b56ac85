"""Slices through a network's loss: which plane, what it hides, the edge of stability."""

import base64

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.figures.slices import LOOKS, edge_message, edge_of, slice_lines
from lossopt.landscapes.planes import random_bounds
from lossopt.landscapes.slices import (
    SLICES,
    heights_below,
    hidden_slope,
    lowest_point,
    slice_box,
    slice_plane,
)
from lossopt.landscapes.surfaces import evaluate_surface, movement_shown
from lossopt.theory.diagnostics import sharpness
from lossopt.trajectories import Trajectory

RISK = lo.EmpiricalRisk(
    lo.DATASETS["moons"](n_samples=40),
    lo.MODELS["mlp"](width=4),
    lo.LOSSES["binary_cross_entropy"](),
)
RULES = [
    lo.OPTIMIZERS["gradient_descent"](learning_rate=0.5),
    lo.OPTIMIZERS["momentum"](learning_rate=0.1),
    lo.OPTIMIZERS["adam"](learning_rate=0.05),
]


@pytest.fixture(scope="module")
def runs() -> list[Trajectory]:
    return lo.descend(RULES, RISK, n_steps=80)


def floats(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4")


@pytest.mark.parametrize("kind", SLICES)
def test_the_paths_lie_in_the_region(kind: str, runs: list[Trajectory]) -> None:
    plane = slice_plane(kind, RISK, runs)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    (left, right), (low, high) = slice_box(kind, plane, runs)
    for run in runs:
        x, y = plane.project(run.iterates).T
        assert left < x.min() and x.max() < right and low < y.min() and y.max() < high


def test_pca_shows_most_and_a_random_plane_almost_nothing(runs: list[Trajectory]) -> None:
    shares = [movement_shown(slice_plane(kind, RISK, runs), runs) for kind in ("pca", "random")]
    assert shares[0] > 0.8 and shares[1] < 0.5 * shares[0]


def test_a_random_slice_passes_through_the_lowest_end(runs: list[Trajectory]) -> None:
    plane = slice_plane("random", RISK, runs, seed=3)
    lowest = min(runs, key=lambda run: run.losses[-1])
    assert np.array_equal(plane.origin, lowest.iterates[-1])
    (left, right), _ = slice_box("random", plane, runs)
    (inner_left, inner_right), _ = random_bounds(plane)
    assert left <= inner_left and inner_right <= right
    other = slice_plane("random", RISK, runs, seed=4)
    assert not np.allclose(plane.directions, other.directions)


def test_the_line_holds_both_ends_and_the_start(runs: list[Trajectory]) -> None:
    plane = slice_plane("line", RISK, runs)
    for point in (runs[0].iterates[0], runs[0].iterates[-1], runs[1].iterates[-1]):
        back = plane.at(*plane.project(point))
        np.testing.assert_allclose(back, point, atol=1e-10)
    assert abs(heights_below(RISK, plane, runs[0])[-1] - runs[0].losses[-1]) < 1e-9


def test_runs_that_move_nowhere_or_diverge_still_get_a_slice() -> None:
    still = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.0), RISK, n_steps=3)
    wild = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=1e300), RISK, n_steps=9)
    far = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=1e300), RISK, n_steps=1)
    for kind in SLICES:
        for run in (still, wild, far):
            plane = slice_plane(kind, RISK, [run])
            assert np.isfinite(slice_box(kind, plane, [run])).all()


def test_the_lines_hold_the_runs_numbers(runs: list[Trajectory]) -> None:
    plane = slice_plane("random", RISK, runs)
    edges = [edge_of(rule, RISK, run) for rule, run in zip(RULES, runs, strict=True)]
    texts = [("a", "{0} {1}", "{2}")] * 3
    head, *lines = slice_lines(RISK, plane, runs, edges, texts, "h\tx\ty")
    assert head.text == "h\tx\ty" and len(lines) == 3
    for run, edge, line in zip(runs, edges, lines, strict=True):
        numbers = floats(line.values).reshape(81, 3)
        np.testing.assert_allclose(numbers[:, 0], run.losses, rtol=1e-6)
        height = RISK.value(plane.at(*plane.project(run.iterates[7])))
        np.testing.assert_allclose(numbers[7, 1], height, rtol=1e-6)
        if edge is None:
            assert np.isnan(numbers[:, 2]).all()
        else:
            at = int(edge.steps[4])
            np.testing.assert_allclose(numbers[at, 2], edge.products[4], rtol=1e-6)
            assert numbers[at + 1, 2] == numbers[at, 2]


def test_the_edge_is_rate_times_sharpness_against_the_rules_limit(runs: list[Trajectory]) -> None:
    descent, momentum, adam = (
        edge_of(rule, RISK, run) for rule, run in zip(RULES, runs, strict=True)
    )
    assert adam is None and descent and momentum
    assert (descent.limit, momentum.limit) == (2.0, 3.8)
    assert len(descent.steps) == LOOKS and descent.steps[-1] == 80
    measured = 0.5 * sharpness(RISK, runs[0].iterates[descent.steps])
    np.testing.assert_allclose(descent.products, measured)


def test_training_on_spirals_climbs_to_the_edge_and_stays_near_it() -> None:
    risk = lo.EmpiricalRisk(
        lo.DATASETS["spiral"](),
        lo.MODELS["mlp"](hidden_layers=2),
        lo.LOSSES["binary_cross_entropy"](),
    )
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.5)
    run = lo.descend(rule, risk, n_steps=600)
    edge = edge_of(rule, risk, run)
    assert edge and edge.products[0] < 0.5
    late = edge.products[edge.steps >= 300]
    assert ((late > 1.5) & (late < 2.6)).all()
    assert run.losses[-1] < 0.5 * run.losses[300]


def test_the_lowest_point_of_a_slice_is_no_minimum(runs: list[Trajectory]) -> None:
    plane = slice_plane("pca", RISK, runs)
    surface = evaluate_surface(
        RISK, plane=plane, bounds=slice_box("pca", plane, runs), resolution=40
    )
    point = lowest_point(surface)
    assert float(RISK.value(point)) == pytest.approx(float(surface.z.min()))
    norm = hidden_slope(RISK, plane, point)
    assert norm > 1e-3
    gradient = RISK.gradient(point)
    shown = np.linalg.norm(plane.directions @ gradient)
    assert norm == pytest.approx(np.sqrt(gradient @ gradient - shown**2))


def test_the_message_holds_only_runs_with_a_limit(runs: list[Trajectory]) -> None:
    edges = [edge_of(rule, RISK, run) for rule, run in zip(RULES, runs, strict=True)]
    contestants = [Contestant(name, name, "", look_of(name)) for name in ("a", "b", "c")]
    message = edge_message(edges, contestants, 80)
    assert [run.label for run in message.runs] == ["a", "b"]
    np.testing.assert_allclose(floats(message.runs[0].products), edges[0].products, rtol=1e-6)
