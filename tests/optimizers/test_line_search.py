"""The line search, try by try: what it sees is dictated, so that every decision is visible."""

import numpy as np
import pytest

import lossopt as lo
from lossopt import testing
from lossopt.optimizers._line_search import strong_wolfe
from tests.fixtures.quadratic import Quadratic

LBFGS = lo.OPTIMIZERS["lbfgs"]


class Dictated(lo.Objective):
    """Answers with the next value and slope, wherever it is asked; the last ones stay."""

    n_params = 2

    def __init__(self, *answers):
        self.answers, self.values, self.slopes = [(0.0, None), *answers], 0, 1
        self.asked = []

    def value(self, params):
        self.values += 1
        self.asked.append(float(params[0]))
        return self.answers[min(self.values, len(self.answers)) - 1][0]

    def gradient(self, params, rows=None):
        self.slopes += 1
        return np.array([self.answers[min(self.slopes, len(self.answers)) - 1][1], 0.0])


def search(goal, length=1.0, slope=-1.0, size=1.0):
    """From 0 along the first axis; the second one must not count."""
    start, axis = np.zeros(goal.n_params), np.eye(goal.n_params)[0]
    return strong_wolfe(goal, start, size * axis, slope * axis, length)


@pytest.mark.parametrize("slope", [0.0, 0.5, 3.0])
def test_no_step_uphill(slope):
    assert search(Dictated((-1.0, 0.0)), slope=slope) == (0.0, 0)


@pytest.mark.parametrize(("value", "tries"), [(-1.25e-4, 1), (-0.75e-4, 2)])
def test_the_value_must_fall_by_a_ten_thousandth_of_the_slope(value, tries):
    """The cubic with slopes −1 at 0 and 0 at 1 has that value at 1, and its minimum before."""
    a = -1.0 - 2.0 * value

    class Cubic(lo.Objective):
        n_params = 1

        def value(self, params):
            t = params[..., 0]
            return a * t**3 + (1.0 + value - a) * t**2 - t

        def gradient(self, params, rows=None):
            return 3.0 * a * params**2 + 2.0 * (1.0 + value - a) * params - 1.0

    length, found = search(Cubic())
    assert found == tries
    assert length == pytest.approx(1.0 if tries == 1 else 1.0 / (-3.0 * a), rel=1e-9)


def test_a_straight_slope_is_followed_for_26_tries():
    goal = Dictated(*((-(10.0**k), -1.0) for k in range(40)))
    assert search(goal) == (pytest.approx(1e25), 26)


def test_the_value_before_counts_from_the_third_try():
    """The second try may lie higher than the first, the third not higher than the second."""
    goal = Dictated((-1.0, -1.0), (-0.5, -1.0), (-0.4, -1.0), (-2.0, 0.0))
    length, tries = search(goal)
    assert tries == 4
    assert goal.asked[2] < length < goal.asked[3]


def test_the_lower_end_is_the_better_one():
    """The second try is lower and bent upwards; the third lies between and is worse."""
    goal = Dictated((-1.0, -1.0), (-2.0, 1.0), (-1.5, 1.0), (-3.0, 0.0))
    length, tries = search(goal)
    _, first, second, third, _ = goal.asked
    assert tries == 4 and first < third < length < second


def test_the_slope_tells_on_which_side_to_go_on():
    """Lower and lower; a slope upwards leads back, one downwards on, from either end."""
    steep = [(-1.0, 5.0), (-2.0, -5.0), (-3.0, 5.0), (-4.0, -5.0), (-5.0, -5.0)]
    goal = Dictated((1.0, 1.0), *steep, (-6.0, 0.0))
    length, tries = search(goal)
    _, first, second, third, fourth, fifth, sixth, last, _ = [*goal.asked, None]
    assert tries == 7 and length == last
    assert 0.0 < third < fifth < sixth < last < fourth < second < first == 1.0


def test_the_better_end_stays_though_it_fell_too_little():
    goal = Dictated((1.0, 1.0), (-1e-5, 1.0), (-8e-6, 1.0), (-1.0, 0.0))
    search(goal)
    _, _, second, third, last = goal.asked
    assert third < last < second


def test_a_second_try_close_to_the_left_end_moves_a_tenth_away():
    """One may stand; after the move the next may stand again. The left end is the try at 1."""
    steep = [(1e4, 3e3), (1e4, 1.8e5), (1e4, 1.8e6)]
    goal = Dictated((-1.0, -1.0), *steep, (-2.0, 0.0))
    search(goal)
    first, second, third, fourth, fifth = np.array(goal.asked[1:6]) - 1.0
    assert first == 0.0 and second == 9.0 and 0.0 < third < 0.9
    assert fourth == pytest.approx(0.1 * third, rel=1e-9)
    assert 0.0 < fifth < 0.09 * fourth


def test_a_second_try_close_to_the_right_end_moves_a_tenth_away():
    """Slopes −1000 and 1 put the minimum near the right end twice."""
    goal = Dictated((-1.0, -1000.0), (-5000.0, 1.0), (-4999.0, -1000.0), (-6000.0, 0.0))
    length, tries = search(goal)
    first, second, third, fourth = goal.asked[1:5]
    assert tries == 4 and 0.9 * (second - first) < third - first < second - first
    assert length == fourth == pytest.approx(second - 0.1 * (second - third), rel=1e-12)


def test_gives_up_when_the_ends_are_close():
    assert search(Dictated((1.0, 1.0)), length=0.9e-9) == (0.0, 1)
    assert search(Dictated((1.0, 1.0), (-1.0, 0.0)), length=1.1e-9)[1] == 2
    assert search(Dictated((1.0, 1.0), (-1.0, 0.0)), length=1.1e-12, size=1e3)[1] == 2


def test_gives_up_after_26_tries():
    assert search(Dictated((1.0, -0.99)), length=1e20)[1] == 26


def test_every_try_is_a_counted_gradient():
    """On 5θ² from 1, length 0.005 leaves a slope of −9.5, too steep; ten times that will do."""
    rule = LBFGS(learning_rate=0.05, line_search="strong_wolfe")
    run = lo.descend(rule, Quadratic([10.0, 10.0]), start=[1.0, 0.0], n_steps=1)
    np.testing.assert_allclose(run.iterates[1], [0.5, 0.0], rtol=1e-12)
    assert run.gradient_evaluations.tolist() == [0.0, 3.0]


@pytest.mark.parametrize("seed", range(5))
def test_runs_that_learn_nothing_keep_what_they_remember(seed):
    """Where a pair does not fit in one run of a batch but in another, with the memory full."""
    testing.check_batch_equals_one_by_one(LBFGS, history_size=1, seed=seed)


@pytest.mark.parametrize(
    ("text", "start", "minimizer", "minimum"),
    [
        ("x - log(x) + y^2", (20.0, 1.0), (1.0, 0.0), 1.0),
        ("x*log(x) + y^2", (10.0, 3.0), (np.exp(-1.0), 0.0), -np.exp(-1.0)),
        ("x - sqrt(x) + y^2", (9.0, 1.0), (0.25, 0.0), -0.25),
        ("exp(x^2) + y^2", (3.0, 1.0), (0.0, 0.0), 1.0),
    ],
)
def test_it_steps_back_from_where_there_is_no_value(text, start, minimizer, minimum):
    goal = lo.formula(text, bounds=((0.01, 3.0), (-1.0, 1.0)))
    run = lo.descend(LBFGS(line_search="strong_wolfe"), goal, start=start, n_steps=60)
    assert run.diverged_at is None and np.isfinite(run.losses).all()
    np.testing.assert_allclose(run.iterates[-1], minimizer, atol=1e-7)
    np.testing.assert_allclose(run.losses[-1], minimum, rtol=1e-14)
