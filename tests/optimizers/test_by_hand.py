"""Rules that no fixture covers, against steps worked out with pencil and paper."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.testing import Slopes, path
from tests.fixtures.quadratic import Quadratic

ADAN, NEWTON, SAM, SOPHIA = (lo.OPTIMIZERS[name] for name in ("adan", "newton", "sam", "sophia"))


def steps(rule, objective, start, n_steps=3):
    run = lo.descend(rule, objective, start=start, n_steps=n_steps)
    return run.iterates[1:]


def test_three_steps_of_adan():
    """Gradients 4, 2, 5/6, so c = 0, −2, −7/6 and g + β₂c = 4, 1, 1/4.

    m̂ = 4, 8/3, 34/21; δ̂ = 0, −4/3, −26/21; m̂ + β₂δ̂ = 4, 2, 1; n̂ = 16, 4, 1. With ε = 2 the
    directions are 4/6, 2/4, 1/3, and ηλ = 3 divides by 4 after every step.
    """
    given = iter([4.0, 2.0, 5.0 / 6.0])
    rule = ADAN(learning_rate=6.0, beta1=0.5, beta2=0.5, beta3=0.25, eps=2.0, weight_decay=0.5)
    taken = path(rule, [10.0, -10.0], lambda _: next(given) * np.array([[1.0, -1.0]]), 3)
    expected = np.array([10.0, 1.5, -0.375, -0.59375])
    np.testing.assert_allclose(taken[:, 0], np.stack([expected, -expected], axis=1), rtol=1e-14)


def test_three_steps_of_sophia():
    """Curvatures 2, 8, −1: in the clip, cut by it, and bent downwards, where the sign decides.

    h is estimated before the first and the third step: 1, 4, −1/2 and then 3/2, 6, −3/4.
    """
    rule = SOPHIA(learning_rate=0.5, beta1=0.5, beta2=0.5, gamma=0.5, weight_decay=0.5)
    rule = dataclasses.replace(rule, interval=2)
    taken = steps(rule, Quadratic([2.0, 8.0, -1.0]), [0.25, -3.0, 2.0])
    third = -0.08203125 + 0.5 * 0.078125 / 0.75
    expected = [[-0.0625, -1.75, 2.0], [-0.109375, -0.8125, 2.0], [third, -0.109375, 2.0]]
    np.testing.assert_allclose(taken, expected, rtol=1e-8)


def test_sophia_estimates_the_diagonal_without_bias():
    """u ⊙ Hu is the diagonal plus or minus the entry beside it, each half of the time."""
    slanted = Quadratic([[2.0, 1.0], [1.0, 3.0]])
    found = []
    for seed in range(200):
        rule, theta = SOPHIA(beta2=0.0, probe_seed=seed), np.array([[0.5, -40.0]])
        _, state = rule.step(slanted.gradient(theta), slanted, None, rule.init(theta), theta)
        found.append(state["curvature"][0])
    distance = np.abs(np.array(found) - [2.0, 3.0])
    np.testing.assert_allclose(distance, 1.0, rtol=1e-7)
    np.testing.assert_allclose(np.mean(found, axis=0), [2.0, 3.0], atol=0.2)


def test_sophia_measures_curvature_at_the_scale_of_the_params():
    """The slope θ³/3 bends by θ²; a fixed reach would be too short far out, or too long near 0."""
    quartic, rule = Slopes(lambda theta: theta**3 / 3.0), SOPHIA(beta2=0.0)
    theta = np.array([[-1e4, 1.0], [0.5, -0.5]])
    _, state = rule.step(quartic.gradient(theta), quartic, None, rule.init(theta), theta)
    found = state["curvature"][[0, 1, 1], [0, 0, 1]]
    np.testing.assert_allclose(found, [1e8, 0.25, 0.25], rtol=1e-9)


def test_first_step_of_sam_climbs_along_the_gradient():
    """g = (3, 4); at θ + ρg/5 = (1.8, 0.9) it is (3.6, 7.2), and λθ = (0.375, 0.125) joins it."""
    rule = SAM(learning_rate=0.1, radius=0.5, weight_decay=0.25)
    taken = steps(rule, Quadratic([2.0, 8.0]), [1.5, 0.5], 1)
    np.testing.assert_allclose(taken, [[1.5 - 0.3975, 0.5 - 0.7325]], rtol=1e-11)


def test_three_steps_of_sam_with_momentum():
    """Towards the minimizer of ‖θ‖² on a straight line, so r ← r − ηv with v ← μv + 2(r + ρ) + λr.

    From r = 5: v = 14.5, 18.125, 15.40625.
    """
    rule = SAM(learning_rate=0.1, radius=1.0, momentum=0.5, weight_decay=0.5)
    taken = steps(rule, Quadratic([2.0, 2.0]), [3.0, 4.0])
    expected = np.outer([3.55, 1.7375, 0.196875], [0.6, 0.8])
    np.testing.assert_allclose(taken, expected, rtol=1e-11)


def test_sam_stays_where_the_gradient_vanishes():
    """1e-12 joins the norm: at g = 0 nothing moves, at ‖g‖ = 1e-12 the climb is half of ρ."""
    rule, bowl = SAM(learning_rate=1.0, radius=1.0), Quadratic([1.0, 1.0])
    np.testing.assert_array_equal(steps(rule, bowl, [0.0, 0.0]), np.zeros((3, 2)))
    np.testing.assert_allclose(steps(rule, bowl, [1e-12, 0.0], 1), [[-0.5, 0.0]], rtol=1e-11)


def test_two_damped_steps_of_newton():
    """H = (2 1; 1 2), δ = 1: (H + δI)⁻¹ = (3 −1; −1 3)/8, the directions (5, 1) and (27, 3)/8."""
    rule = NEWTON(learning_rate=0.5, damping=1.0)
    taken = steps(rule, Quadratic([[2.0, 1.0], [1.0, 2.0]]), [8.0, 0.0], 2)
    np.testing.assert_allclose(taken, [[5.5, -0.5], [3.8125, -0.6875]], rtol=1e-7)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [0.0, 0.0]),  # the saddle itself
        ({"absolute": True}, [2.0, -2.0]),
        ({"absolute": True, "damping": 1.0}, [0.4 + 5.0 / 3.0, 0.4 - 5.0 / 3.0]),
    ],
)
def test_a_saddle_draws_newton_and_repels_its_saddle_free_form(fields, expected):
    """θ = 2(1, 1) + (1, −1), whose curvatures are 4 and −2."""
    taken = steps(NEWTON(**fields), Quadratic([[1.0, 3.0], [3.0, 1.0]]), [3.0, 1.0], 1)
    np.testing.assert_allclose(taken, [expected], atol=1e-6)


@pytest.mark.parametrize("scale", [1.0, 1e3, -1.0])
@pytest.mark.parametrize("unit", [1e-12, 1e-6, 1.0, 1e6, 1e12])
def test_newton_stands_still_along_what_has_no_curvature(scale, unit):
    """(θ₁ + u θ₂)² bends along (1, u) only; in any unit u of θ₂ the step is the shortest."""
    bend = np.array([1.0, unit])
    state = {"hessian": 2.0 * scale * np.outer(bend, bend)[None]}
    moved, _ = NEWTON().update(2.0 * scale * bend[None], state, np.zeros((1, 2)))
    np.testing.assert_allclose(moved[0] @ bend, -1.0, rtol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(moved), 1.0 / np.linalg.norm(bend), rtol=1e-6)


@pytest.mark.parametrize("share", [0.0, 1e-30, 1e-12, -1e-12, 1e6])
def test_newton_takes_any_curvature_for_one(share):
    """Where each parameter has a curvature of its own, none is too small beside another."""
    state = {"hessian": np.diag([1.0, share])[None]}
    moved, _ = NEWTON().update(np.array([[1.0, 2.0 * share]]), state, np.array([[3.0, 5.0]]))
    np.testing.assert_allclose(moved, [[2.0, 3.0 if share else 5.0]], rtol=1e-12)


def test_newton_stands_still_where_nothing_bends():
    rule, theta = NEWTON(), np.array([[3.0, 5.0]])
    moved, _ = rule.update(np.array([[1.0, 2.0]]), {"hessian": np.zeros((1, 2, 2))}, theta)
    np.testing.assert_array_equal(moved, theta)


def test_newton_knows_no_curvature_at_first_and_none_that_is_no_number():
    rule, theta = NEWTON(learning_rate=0.5), np.array([[3.0, 5.0], [1.0, 1.0]])
    slopes, state = np.array([[1.0, 2.0], [4.0, 8.0]]), rule.init(theta)
    moved, _ = rule.update(slopes, state, theta)
    np.testing.assert_array_equal(moved, theta - 0.5 * slopes)
    for unknown in (np.nan, np.inf):
        hessian = state["hessian"].copy()
        hessian[1, 0, 0] = unknown
        moved, _ = rule.update(slopes, {"hessian": hessian}, theta)
        np.testing.assert_array_equal(moved, [[2.5, 4.0], [np.nan, np.nan]])


def test_yogi_keeps_a_second_moment_that_is_right():
    """sign(v − g²) = 0 where v = g²."""
    rule = lo.OPTIMIZERS["yogi"](initial_accumulator=4.0)
    _, state = rule.update(np.array([[2.0, 0.0]]), rule.init(np.ones((1, 2))), np.ones((1, 2)))
    np.testing.assert_array_equal(state["second"], [[4.0, 4.0]])


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (SOPHIA(interval=3), [0.0, 3.0, 4.0, 5.0, 8.0]),
        (SAM(), [0.0, 2.0, 4.0, 6.0, 8.0]),
        (NEWTON(), [0.0, 7.0, 14.0, 21.0, 28.0]),
        (ADAN(), [0.0, 1.0, 2.0, 3.0, 4.0]),
    ],
)
def test_counted_gradients(rule, counts):
    run = lo.descend(rule, Quadratic([1.0, 2.0, 4.0]), start=[1.0, 1.0, 1.0], n_steps=4)
    np.testing.assert_array_equal(run.gradient_evaluations, counts)
