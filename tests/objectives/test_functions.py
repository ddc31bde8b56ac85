"""What every test function promises: exact derivatives, true minimizers, a start that moves."""

import numpy as np
import pytest

import lossopt as lo
from tests.objectives.differences import differences

VARIANTS = {
    **{name: kind() for name, kind in lo.OBJECTIVES.items()},
    "quadratic-round": lo.OBJECTIVES["quadratic"](condition_number=1.0),
    "quadratic-tilted": lo.OBJECTIVES["quadratic"](condition_number=1000.0, rotation=30.0),
    "quadratic-upright": lo.OBJECTIVES["quadratic"](condition_number=25.0, rotation=90.0),
}
EVERY = pytest.mark.parametrize("function", VARIANTS.values(), ids=VARIANTS)
WITH_MINIMUM = pytest.mark.parametrize(
    "function",
    [function for function in VARIANTS.values() if len(function.minimizers)],
    ids=[name for name, function in VARIANTS.items() if len(function.minimizers)],
)


def points_of(function, n=40, seed=0):
    """Random points within the bounds, four corners and the start."""
    lows, highs = np.array(function.bounds).T
    sides = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])[:, np.arange(function.n_params) % 2]
    corners = np.where(sides, highs, lows)
    inside = np.random.default_rng(seed).uniform(lows, highs, (n, function.n_params))
    return np.concatenate([inside, corners, function.start[None]])


def test_all_that_are_asked_for_exist():
    asked = "quadratic rosenbrock himmelblau beale booth rastrigin ackley styblinski_tang saddle"
    assert set(lo.OBJECTIVES) >= {*asked.split(), "plateau"}


@EVERY
def test_gradient_equals_differences(function):
    for point in points_of(function):
        slope = differences(function.value, point)
        scale = 1.0 + abs(function.value(point)) + np.abs(slope).max()
        np.testing.assert_allclose(function.gradient(point), slope, rtol=0, atol=1e-8 * scale)


@EVERY
def test_vectorised_equals_one_by_one(function):
    points = points_of(function, n=19).reshape(4, 3, 2, -1)
    flat = points.reshape(24, -1)
    values, slopes = function.value(points), function.gradient(points)
    assert values.shape == (4, 3, 2) and slopes.shape == points.shape
    np.testing.assert_array_equal(values.ravel(), [function.value(point) for point in flat])
    np.testing.assert_array_equal(
        slopes.reshape(24, -1), [function.gradient(point) for point in flat]
    )


@EVERY
def test_hessian_equals_differences_of_the_gradient(function):
    matrix = function.hessian(function.start)
    slopes = differences(function.gradient, function.start)
    scale = 1.0 + np.abs(slopes).max()
    np.testing.assert_allclose(matrix, slopes, rtol=0, atol=1e-6 * scale)
    np.testing.assert_array_equal(matrix, matrix.T)


@EVERY
def test_start_lies_inside_and_is_not_stationary(function):
    lows, highs = np.array(function.bounds).T
    assert ((function.start > lows) & (function.start < highs)).all()
    assert np.linalg.norm(function.gradient(function.start)) > 0.01
    if len(function.minimizers):
        assert function.value(function.start) > function.minimum + 0.5
        assert function.distance(function.start) > 0.5


@WITH_MINIMUM
def test_declared_minimizers_are_stationary_and_equally_low(function):
    goals = function.minimizers
    lows, highs = np.array(function.bounds).T
    assert ((goals > lows) & (goals < highs)).all()
    np.testing.assert_allclose(function.gradient(goals), 0.0, atol=1e-12)
    np.testing.assert_allclose(function.value(goals), function.minimum, rtol=1e-15, atol=1e-24)
    np.testing.assert_array_equal(function.distance(goals), 0.0)


@WITH_MINIMUM
def test_nothing_is_lower_and_no_minimizer_is_missing(function):
    ends = lowest_points_reached(function)
    values = function.value(ends)
    assert values.min() >= function.minimum - 1e-12
    lowest = ends[values < function.minimum + 1e-9]
    gaps = np.linalg.norm(lowest[:, None] - function.minimizers, axis=-1)
    assert gaps.min(axis=1).max() < 1e-3, "a lowest point that is not declared"
    assert set(gaps.argmin(axis=1)) == set(range(len(function.minimizers)))


def lowest_points_reached(function, n=400, n_steps=250):
    """Ends of descents from a multi-start, each with a step size of its own that adapts."""
    points = points_of(function, n, seed=1)
    values = function.value(points)
    sizes = np.full(len(points), 1e-2)
    for _ in range(n_steps):
        slopes = function.gradient(points)
        moved = points - sizes[:, None] * slopes
        lower = function.value(moved)
        better = lower < values
        points = np.where(better[:, None], moved, points)
        values = np.where(better, lower, values)
        sizes = np.where(better, 1.7 * sizes, 0.3 * sizes)
    ends = []
    for end in points[::4]:
        point = end
        for _ in range(20):
            matrix = function.hessian(point)
            if np.linalg.eigvalsh(matrix)[0] <= 0:
                break
            moved = point - np.linalg.solve(matrix, function.gradient(point))
            if not function.value(moved) < function.value(point):
                break
            point = moved
        ends.append(point)
    return np.array(ends)


@pytest.mark.parametrize("kappa", [1.0, 10.0, 1000.0])
@pytest.mark.parametrize("rotation", [0.0, 30.0, 90.0, 180.0])
def test_quadratic_has_the_curvatures_1_and_kappa(kappa, rotation):
    function = lo.OBJECTIVES["quadratic"](condition_number=kappa, rotation=rotation)
    for point in ([0.0, 0.0], [2.0, -1.0]):
        matrix = function.hessian(np.array(point))
        np.testing.assert_allclose(np.linalg.eigvalsh(matrix), [1.0, kappa], rtol=1e-7)
    angle = np.deg2rad(rotation)
    flat = np.array([np.cos(angle), np.sin(angle)])
    np.testing.assert_allclose(function.gradient(flat), flat, atol=1e-12)
    np.testing.assert_allclose(function.value(flat), 0.5, rtol=1e-12)
    point = np.array([1.3, -0.4])
    np.testing.assert_allclose(
        function.value(point), 0.5 * point @ function.hessian(point) @ point, rtol=1e-7
    )


def test_rosenbrock_curvature_at_the_minimizer():
    curvatures = np.linalg.eigvalsh(lo.OBJECTIVES["rosenbrock"]().hessian(np.ones(2)))
    np.testing.assert_allclose(curvatures, [0.39936077, 1001.60063923], rtol=1e-7)


def test_booth_curvatures():
    matrix = lo.OBJECTIVES["booth"]().hessian(np.zeros(2))
    np.testing.assert_allclose(np.linalg.eigvalsh(matrix), [2.0, 18.0], rtol=1e-8)


def test_convex_and_quadratic_are_declared_where_true():
    named = {name for name, kind in lo.OBJECTIVES.items() if kind().quadratic}
    assert named == {"quadratic", "booth"}
    assert {name for name, kind in lo.OBJECTIVES.items() if kind().convex} == named


@pytest.mark.parametrize(
    ("name", "point", "value"),
    [
        ("rosenbrock", [-1.2, 1.0], 24.2),
        ("himmelblau", [0.0, 0.0], 170.0),
        ("beale", [1.0, 1.0], 14.203125),
        ("booth", [0.0, 0.0], 74.0),
        ("rastrigin", [1.0, 2.0], 5.0),
        ("rastrigin", [0.5, 0.0], 20.25),
        ("ackley", [1.0, 1.0], 20.0 - 20.0 * np.exp(-0.2)),
        ("styblinski_tang", [1.0, -1.0], -15.0),
        ("saddle", [2.0, 1.0], 3.0),
        ("plateau", [0.0, 1.0], 1.0 - np.exp(-1.0)),
        ("quadratic", [1.0, 1.0], 5.5),
    ],
)
def test_values_by_hand(name, point, value):
    np.testing.assert_allclose(lo.OBJECTIVES[name]().value(np.array(point)), value, rtol=1e-14)


def test_ackley_at_the_tip():
    ackley = lo.OBJECTIVES["ackley"]()
    assert ackley.value(np.zeros(2)) == 0.0
    np.testing.assert_array_equal(ackley.gradient(np.zeros((3, 2))), 0.0)
    beside = ackley.gradient(np.array([1e-300, 0.0]))
    np.testing.assert_allclose(beside, [np.sqrt(8.0), 0.0], rtol=1e-12)


def test_saddle_is_left_at_last():
    """Slowly at first: the way off the ridge doubles about every 35 steps at η = 0.01."""
    saddle = lo.OBJECTIVES["saddle"]()
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](), saddle, n_steps=300)
    off = np.abs(run.iterates[:, 1])
    assert saddle.minimum is None and not len(saddle.minimizers)
    assert off[100] < 0.2 and off[-1] > 5.0
    np.testing.assert_allclose(off[1:] / off[:-1], 1.02, rtol=1e-12)


def test_plateau_start_is_flat():
    plateau = lo.OBJECTIVES["plateau"]()
    lows, highs = np.array(plateau.bounds).T
    grid = np.stack(np.meshgrid(*np.linspace(lows, highs, 201).T), axis=-1)
    steepest = np.linalg.norm(plateau.gradient(grid), axis=-1).max()
    assert np.linalg.norm(plateau.gradient(plateau.start)) < steepest / 20.0


def test_four_wells_of_himmelblau_attract():
    function = lo.OBJECTIVES["himmelblau"]()
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01)
    ends = [
        lo.descend(rule, function, start=goal + 0.1, n_steps=500).iterates[-1]
        for goal in function.minimizers
    ]
    np.testing.assert_allclose(ends, function.minimizers, atol=1e-9)
