"""An objective of one param is drawn as a valley that is the same all along its second axis."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.landscapes.planes import plane_between, random_plane
from lossopt.landscapes.slices import SLICES, slice_plane
from lossopt.landscapes.surfaces import drawn_box, falls_below_zero


class Parabola(lo.Objective):
    """(θ − 3)² − 1."""

    n_params = 1

    @property
    def bounds(self):
        return ((-1.0, 5.0),)

    def value(self, params):
        return np.square(np.asarray(params)[..., 0] - 3.0) - 1.0

    def gradient(self, params, rows=None):
        return 2.0 * (np.asarray(params) - 3.0)


GOAL = Parabola()
RUN = lo.descend(lo.OPTIMIZERS["adam"](learning_rate=0.1), GOAL, n_steps=20)


def test_its_surface_is_its_curve():
    surface = lo.evaluate_surface(GOAL, resolution=7)
    np.testing.assert_array_equal(surface.x, np.linspace(-1.0, 5.0, 7))
    np.testing.assert_array_equal(surface.z, np.tile(np.square(surface.x - 3.0) - 1.0, (7, 1)))
    assert falls_below_zero(GOAL)


def test_the_stage_and_the_still_figure_show_it():
    assert r"\u03b81" in lo.stage([RUN, RUN]).page
    path = lo.figure(RUN).data[1]
    np.testing.assert_array_equal(path.x, RUN.iterates[:, 0])
    np.testing.assert_array_equal(path.y, np.zeros(21))


@pytest.mark.parametrize("follow", [False, True])
def test_the_region_holds_the_path(follow):
    plane = lo.pca_plane(GOAL, [RUN])
    (left, right), (low, high) = drawn_box(GOAL, plane, [RUN], follow=follow)
    assert left < RUN.iterates.min() <= RUN.iterates.max() < right and low < 0.0 < high


def test_analyses_take_it_or_refuse_it_with_a_sentence():
    assert all(slice_plane(kind, GOAL, [RUN]).directions.shape == (2, 1) for kind in SLICES)
    assert lo.basins(RUN.optimizer, GOAL, resolution=3, n_steps=5).index.shape == (3, 3)
    for plane in (lambda: random_plane(GOAL), lambda: plane_between(GOAL, [0.0], [1.0])):
        with pytest.raises(ValueError, match="two different params"):
            plane()
