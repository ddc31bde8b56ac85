"""Surfaces: the grid, the plane it lies in, and what is refused."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.landscapes.surfaces import Plane, axis_plane, evaluate_surface


def every_objective():
    yield from (kind() for kind in lo.OBJECTIVES.values())
    for loss, data, model in (
        ("mae", "engel", "linear"),
        ("binary_cross_entropy", "separable", "logistic"),
        ("categorical_cross_entropy", "iris", "softmax"),
        ("mse", "line", "mlp"),
    ):
        yield lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]())


@pytest.mark.parametrize("objective", list(every_objective()), ids=repr)
def test_each_point_is_the_value_there(objective):
    surface = evaluate_surface(objective, resolution=6)
    assert surface.z.shape == (surface.y.size, surface.x.size) == (6, 6)
    for row, y in enumerate(surface.y):
        for column, x in enumerate(surface.x):
            value = objective.value(surface.plane.at(x, y))
            assert surface.z[row, column] == pytest.approx(value, rel=1e-10, abs=1e-300)


def test_rows_go_up_and_columns_across():
    rosenbrock = lo.OBJECTIVES["rosenbrock"]()
    surface = evaluate_surface(rosenbrock, bounds=((0.0, 1.0), (5.0, 7.0)), resolution=3)
    assert surface.x.tolist() == [0.0, 0.5, 1.0]
    assert surface.y.tolist() == [5.0, 6.0, 7.0]
    assert surface.z[2, 0] == rosenbrock.value(np.array([0.0, 7.0]))


def test_a_plane_that_turns():
    risk = lo.EmpiricalRisk(
        lo.DATASETS["overlapping"](), lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]()
    )
    straight = axis_plane(risk, 0, 2)
    turned = Plane(straight.origin, straight.directions[::-1], straight.labels[::-1])
    bounds = ((-2.0, 3.0), (-1.0, 4.0))
    one = evaluate_surface(risk, plane=straight, bounds=bounds, resolution=20)
    other = evaluate_surface(risk, plane=turned, bounds=bounds[::-1], resolution=20)
    np.testing.assert_allclose(one.z, other.z.T, rtol=1e-12)


@pytest.mark.parametrize("resolution", [1, 501, 0, -5])
def test_refused_resolutions(resolution):
    with pytest.raises(ValueError, match="resolution"):
        evaluate_surface(lo.OBJECTIVES["beale"](), resolution=resolution)


@pytest.mark.parametrize("bounds", [((0, 0), (0, 1)), ((1, 0), (0, 1)), ((0, np.inf), (0, 1))])
def test_refused_bounds(bounds):
    with pytest.raises(ValueError, match="bounds"):
        evaluate_surface(lo.OBJECTIVES["beale"](), bounds=bounds)
