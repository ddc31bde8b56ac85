"""Curvatures, minimizers and pictures that do not depend on the units of features and params."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.landscapes.planes import plane_between
from lossopt.landscapes.surfaces import _principal_directions, box_around
from lossopt.objectives._reduced import coordinates
from lossopt.objectives._separation import separation
from lossopt.theory.diagnostics import condition_number
from lossopt.theory.loss_facts import best_constant
from lossopt.theory.noise_balls import ellipse, share_inside

UNITS = [1e-12, 1e-6, 1.0, 1e6, 1e12]
PASSENGERS = [
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149),
    *(170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
    *(171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243),
    *(264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
    *(242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374),
    *(413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
    *(340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472),
    *(548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
]
"""Box and Jenkins' airline passengers of each month from January 1949, in thousands."""


def fit(X, y, loss="mse", **fields) -> lo.EmpiricalRisk:
    model = "linear" if lo.LOSSES[loss].task == "regression" else "logistic"
    data = lo.Dataset(np.asarray(X, dtype=float), np.asarray(y, dtype=float))
    return lo.EmpiricalRisk(data, lo.MODELS[model](**fields), lo.LOSSES[loss]())


def newton(risk, n_steps=1):
    return lo.descend(lo.OPTIMIZERS["newton"](), risk, n_steps=n_steps)


@pytest.mark.parametrize("x", [1e-6, 1e-8])
def test_a_hessian_near_the_edge_stays_where_there_is_a_value(x):
    made = lo.formula("x - log(x) + y^2")
    exact = np.diag([1.0 / x**2, 2.0])
    np.testing.assert_allclose(made.hessian(np.array([x, 1.0])), exact, rtol=1e-13)
    run = lo.descend(lo.OPTIMIZERS["newton"](), made, start=[x, 1.0], n_steps=60)
    np.testing.assert_allclose(run.iterates[-1], [1.0, 0.0], atol=1e-9)


def test_no_condition_number_is_below_one():
    for text in ("x^2+y^2+1e8", "1e-200*(x^2+y^2)", "3*x^2+3*y^2"):
        assert 1.0 <= condition_number(lo.formula(text), np.zeros(2)) < 1.0 + 1e-9


@pytest.mark.parametrize("unit", UNITS)
def test_one_newton_step_solves_least_squares_in_any_unit(unit):
    risk = fit(unit * np.array([[3.0], [6.0], [9.0]]), [1.0, 2.0, 4.0])
    np.testing.assert_allclose(newton(risk).losses[1], 1.0 / 18.0, rtol=1e-12)
    np.testing.assert_allclose(risk.minimum, 1.0 / 18.0, rtol=1e-12)


def test_newton_on_the_airline_passengers():
    years = 1949.0 + np.arange(144)[:, None] / 12.0
    np.testing.assert_allclose(newton(fit(years, PASSENGERS)).losses[1], 2091.799434, rtol=1e-9)


@pytest.mark.parametrize("unit", UNITS)
def test_a_feature_told_twice_gives_the_shortest_answer(unit):
    """[x, u·x] is one feature in two units; the loss is as with one of them."""
    x = np.array([3.0, 6.0, 9.0])
    risk = fit(np.column_stack([x, unit * x]), [1.0, 2.0, 4.0])
    run = newton(risk)
    np.testing.assert_allclose(run.losses[1], 1.0 / 18.0, rtol=1e-12)
    shortest = risk.reference.params
    np.testing.assert_allclose(risk.value(shortest), 1.0 / 18.0, rtol=1e-12)
    lengths = np.linalg.norm(run.iterates[1]), np.linalg.norm(shortest)
    np.testing.assert_allclose(*lengths, rtol=1e-6)
    assert condition_number(risk) < np.inf


@pytest.mark.parametrize(
    ("x", "kappa"),  # to 60 digits by mpmath
    [
        ([1e5, 2e5, 3e5], 326666666679.0),
        ([1e9, 2e9, 3e9], 3.26666666667e19),
        ([1e-9, 2e-9, 3e-9], 1.5e18),
        ([1e15, 2e15, 3e15], 3.26666666667e31),
    ],
)
def test_condition_number_however_large(x, kappa):
    risk = fit(np.array(x)[:, None], [1.0, 2.0, 4.0])
    np.testing.assert_allclose(condition_number(risk), kappa, rtol=1e-9)


def test_condition_number_of_functions_in_unlike_units():
    place = np.array([0.3, 0.7])
    np.testing.assert_allclose(condition_number(lo.formula("1e12*x^2+y^2"), place), 1e12, rtol=1e-6)
    assert condition_number(lo.formula("(x+3*y)^2"), place) == np.inf
    assert condition_number(lo.formula("x^4+y^2"), np.zeros(2)) == np.inf


def test_a_hessian_of_a_function_that_lives_in_a_small_region():
    made = lo.formula("sin(1e6*x)+y^2", bounds=((-1e-6, 1e-6), (-1.0, 1.0)))
    exact = np.diag([-1e12 * np.sin(0.1), 2.0])
    np.testing.assert_allclose(made.hessian(np.array([1e-7, 0.5])), exact, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("unit", UNITS)
def test_a_noise_ball_in_any_unit_holds_its_points(unit):
    """The correlation ½ stays; the second param is u times as large."""
    spread = np.array([[1.0, 0.5], [0.5, 1.0]]) * np.multiply.outer([1.0, unit], [1.0, unit])
    places = np.random.default_rng(0).standard_normal((4000, 2)) @ [[1.0, 0.5], [0.0, 0.75**0.5]]
    inside = share_inside(places * [1.0, unit], np.zeros(2), spread)
    assert inside == share_inside(places, np.zeros(2), np.array([[1.0, 0.5], [0.5, 1.0]]))
    assert abs(inside - 0.9) < 0.01
    edge = ellipse(np.zeros(2), spread) / [1.0, unit]
    np.testing.assert_allclose(edge, ellipse(np.zeros(2), spread / [[1, unit], [unit, unit**2]]))


@pytest.mark.parametrize("unit", UNITS)
def test_points_span_a_plane_in_any_unit(unit):
    goal = lo.OBJECTIVES["quadratic"]()
    corners = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, -1.0]]) * [1.0, unit]
    plane = plane_between(goal, *corners)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    with pytest.raises(ValueError, match="one line"):
        plane_between(goal, corners[0], corners[1], 3.0 * corners[1])


@pytest.mark.parametrize("unit", [1e-12, 1e-9, 1e-6])
def test_the_second_direction_of_movement_is_found_however_small(unit):
    """θ₁ moves in a line, θ₂ and θ₃ together, u times as far."""
    t = np.linspace(0.0, 1.0, 50)
    moves = np.column_stack([t, unit * t * (1.0 - t), unit * t * (1.0 - t)])
    directions = _principal_directions(moves)
    np.testing.assert_allclose(np.abs(directions[1, 1:]), np.sqrt(0.5), rtol=1e-3)


@pytest.mark.parametrize("unit", UNITS)
def test_a_picture_that_follows_a_path_keeps_its_proportions(unit):
    """The region drawn around a path is measured in the units of each axis."""
    box = ((-1.0, 1.0), (-unit, unit))
    path = np.array([[0.0, 0.0], [2.0, 3.0 * unit]])
    (left, right), (low, high) = box_around(path, box=box)
    (other_left, other_right), (other_low, other_high) = box_around(
        path / [1.0, unit], box=((-1.0, 1.0), (-1.0, 1.0))
    )
    np.testing.assert_allclose(
        [left, right, low / unit, high / unit], [other_left, other_right, other_low, other_high]
    )


@pytest.mark.parametrize("unit", [1e-12, 1e-6])
def test_a_region_of_small_targets_is_as_small(unit):
    X, y = [[1.0], [2.0], [3.0]], np.array([1.0, -1.0, 0.5])
    small, usual = (np.array(fit(X, size * y).bounds) for size in (unit, 1e-2))
    np.testing.assert_allclose(small / unit, usual / 1e-2, rtol=1e-9)


@pytest.mark.parametrize(
    ("numbers", "loss", "best"),
    [
        ([1, 2, 3, 4, 1e15], lo.LOSSES["mae"](), 3.0),
        ([1, 2, 3, 4, 1e15], lo.LOSSES["pinball"](tau=0.25), 2.0),
        ([1e10 + k for k in (1, 2, 3, 4, 100)], lo.LOSSES["mae"](), 1e10 + 3),
        ([0, 0, 1, 2, 1e12], lo.LOSSES["mae"](), 1.0),
        ([1e-12, 2e-12, 3e-12, 1, 1e12], lo.LOSSES["mae"](), 3e-12),
        ([1, 2, 3, 4, 1e15], lo.LOSSES["huber"](), 3.0),  # clipped residuals −1, −1, 0, 1, 1
        ([1, 2, 3, 4, 1e15], lo.LOSSES["log_cosh"](), 3.0),  # tanh is odd: −2, −1, 0, 1, against 1
    ],
)
def test_an_outlier_however_far_does_not_blur_the_others(numbers, loss, best):
    found = best_constant(numbers, loss)
    if loss.name == "Log-cosh loss":
        assert abs(np.tanh(found - np.array(numbers)).sum()) < 1e-6
    else:
        np.testing.assert_allclose(found, best, rtol=1e-12)


@pytest.mark.parametrize("unit", UNITS)
def test_the_median_line_in_any_unit(unit):
    X, y = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]]), [1.0, 2.2, 2.9, 4.1, 5.0, 6.3]
    risk = fit(unit * X, y, "mae")
    assert risk.reference.is_minimizer and risk.reference.is_unique
    np.testing.assert_allclose(risk.minimum, 0.1, rtol=1e-12)


def classes_of(X, y):
    names = tuple("abcdefghi")[: int(np.max(y)) + 1]
    data = lo.Dataset(np.asarray(X, dtype=float), y, "multiclass", class_names=names)
    loss = lo.LOSSES["categorical_cross_entropy"]()
    return lo.EmpiricalRisk(data, lo.MODELS["softmax"](), loss).reference


def nine_classes(which):
    """89 samples of 9 classes around centers; how far each class spreads decides."""
    rng = np.random.default_rng(1)
    y = np.arange(89.0) % 9
    wide = {"separable": [0.02] * 9, "partly separable": [4.0] * 4 + [0.02] * 5, "": [60.0] * 9}
    spread = np.array(wide[which])[y.astype(int), None]
    return 6.0 * rng.normal(size=(9, 4))[y.astype(int)] + spread * rng.normal(size=(89, 4)), y


@pytest.mark.parametrize("which", ["separable", "partly separable", ""])
@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_many_classes_are_separable_wholly_partly_or_not_in_any_unit(which, unit):
    X, y = nine_classes(which)
    found = classes_of(X * [1.0, unit, 1.0, 1.0 / unit], y)
    assert (found.reason, found.is_minimizer) == (which, which == "")


@pytest.mark.parametrize(
    ("x", "which"),
    [
        ([0.0, 1.0, 1.000001, 2.0], "separable"),
        ([0.0, 1.0, 1.0, 2.0], "partly separable"),
        ([0.0, 1.0, 0.999999, 2.0], ""),
    ],
)
def test_two_classes_almost_touch(x, which):
    data = lo.Dataset(np.array(x)[:, None], np.array([0.0, 0.0, 1.0, 1.0]), "binary")
    loss = lo.LOSSES["binary_cross_entropy"]()
    assert lo.EmpiricalRisk(data, lo.MODELS["logistic"](), loss).reference.reason == which


def test_separation_decides_what_newton_leaves_open():
    """Three pairs: far apart, touching, and mixed; only a certificate tells."""
    where = coordinates(np.column_stack([[0.0, 1.0, 1.0, 2.0], np.ones(4)]), 1)
    assert separation(where, np.array([0.0, 0.0, 1.0, 1.0])) == "partly separable"
    assert separation(where, np.array([0.0, 1.0, 1.0, 1.0])) == "separable"
    assert separation(where, np.array([0.0, 1.0, 0.0, 0.0])) == ""


def least_squares(X, y):
    """Least mean square of LAPACK, with centered columns of length 1."""
    X, y = X - X.mean(axis=0), y - y.mean()
    X = X / np.linalg.norm(X, axis=0)
    return np.mean((X @ np.linalg.lstsq(X, y, rcond=1e-12)[0] - y) ** 2)


def choices(n_samples, seed, *, ordered=False):
    """A choice among three, as one column each; together they are the column of the bias."""
    choice = np.random.default_rng(seed).integers(3, size=n_samples)
    return np.eye(3)[np.sort(choice) if ordered else choice]


@pytest.mark.parametrize("n_samples", [300, 1076, 4266, 20_000])
@pytest.mark.parametrize("ordered", [False, True])
def test_one_newton_step_with_a_column_for_each_choice(n_samples, ordered):
    """Factoring many rows leaves more rounding than few, and none of it is a direction."""
    for seed in range(6):
        X = choices(n_samples, seed, ordered=ordered)
        y = 3e4 * (1.0 + np.random.default_rng(seed).random(n_samples)) + X @ [0.0, 5e3, 1e4]
        risk = fit(X, y)
        run = newton(risk)
        np.testing.assert_allclose(run.losses[1], least_squares(X, y), rtol=1e-9)
        np.testing.assert_allclose(run.iterates[1], risk.reference.params, rtol=1e-9)
        assert condition_number(risk) < 100.0


@pytest.mark.parametrize("n_samples", [300, 4000])
def test_newton_on_classes_with_a_column_for_each_choice(n_samples):
    """The bias repeats the columns, and classes have a shift in common: both stay as they are."""
    for seed in range(3):
        X = choices(n_samples, seed, ordered=True)
        y = np.random.default_rng(seed).integers(3, size=n_samples).astype(float)
        data = lo.Dataset(X, y, "multiclass", class_names=("a", "b", "c"))
        loss = lo.LOSSES["categorical_cross_entropy"]()
        risk = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), loss)
        found = newton(risk, n_steps=6).iterates[-1]
        np.testing.assert_allclose(found, risk.reference.params, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("unit", UNITS)
def test_a_repeated_column_beside_years_leaves_the_bias_alone(unit):
    """Rounding tells that the flat directions move the bias; a move along them is too far then."""
    rng = np.random.default_rng(0)
    year = np.arange(2020.0, 2051.0)
    grown, other = 20.0 * 1.02 ** (year - 2020.0), 1.0 + 0.3 * rng.random(31)
    parts = np.column_stack([grown, grown * other, grown * other**2])
    X = np.column_stack([year, unit * np.column_stack([parts, parts[:, 0] + parts[:, 1], parts])])
    y = 1e6 * (grown + other + 0.1 * rng.random(31))
    best = least_squares(X, y)
    risk = fit(X, y)
    np.testing.assert_allclose(newton(risk).losses[1], best, rtol=1e-6)
    np.testing.assert_allclose(risk.minimum, best, rtol=1e-6)
    np.testing.assert_allclose(risk.value(risk.reference.params), best, rtol=1e-6)


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_newton_on_an_exact_fit(gap):
    """One step is as good as the rounding of the gradient lets it be, the third as residuals are.

    Along two columns that differ by `gap` that of the gradient counts 1 / gap times.
    """
    rng = np.random.default_rng(0)
    x, other = rng.random(200), rng.random(200)
    X = np.column_stack([x, x + gap * other])
    y = 3.0 * x - 2.0 * other + 1.0
    losses = newton(fit(X, y), n_steps=3).losses
    assert losses[1] <= (20.0 * 2.2e-16 / gap) ** 2 * np.mean(y**2)
    weights = np.abs(X) @ [3.0 + 2.0 / gap, 2.0 / gap]
    assert losses[3] <= np.mean((20.0 * 2.2e-16 * (weights + np.abs(y))) ** 2)
