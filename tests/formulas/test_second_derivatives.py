"""Second derivatives of formulas are exact, whatever is near."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.formulas._duals import FUNCTIONS

TAN = 1.0 + np.tan(0.3) ** 2
EXACT = {
    # formula, place: second derivatives along xx, xy, yy
    ("x - log(x) + y^2", (1e-5, 1.0)): (1e10, 0.0, 2.0),
    ("x - ln(x) + y^2", (1e-12, 1.0)): (1e24, 0.0, 2.0),
    ("y - log10(1e-9 - x)", (0.0, 1.0)): (1e18 / np.log(10.0), 0.0, 0.0),
    ("-log2(x) + x*y", (1e-7, 1.0)): (1e14 / np.log(2.0), 1.0, 0.0),
    ("1/x + y^2", (1e-6, 1.0)): (2e18, 0.0, 2.0),
    ("y/x", (1e-6, 2.0)): (4e18, -1e12, 0.0),
    ("x^-0.5 + y^2", (1e-8, 1.0)): (0.75e20, 0.0, 2.0),
    ("x*sqrt(x) + y", (1e-8, 1.0)): (0.75e4, 0.0, 0.0),
    ("-log(x - y)", (1e-9, 0.0)): (1e18, -1e18, 1e18),
    ("-log(1e-10 - x^2) + y^2", (0.0, 1.0)): (2e10, 0.0, 2.0),
    ("x^y", (2.0, 3.0)): (12.0, 4.0 * (1.0 + 3.0 * np.log(2.0)), 8.0 * np.log(2.0) ** 2),
    ("x^2 * y^3", (0.0, 2.0)): (16.0, 0.0, 0.0),
    ("sin(x^2) + y", (0.0, 0.0)): (2.0, 0.0, 0.0),
    ("tan(x) - y", (0.3, 0.0)): (2.0 * np.tan(0.3) * TAN, 0.0, 0.0),
    ("asin(1 - x) + y", (1e-10, 0.0)): (1.0 / (2e-10 * (1.0 - 5e-11)) ** 1.5, 0.0, 0.0),
    ("acos(1 - x) + y", (1e-10, 0.0)): (-1.0 / (2e-10 * (1.0 - 5e-11)) ** 1.5, 0.0, 0.0),
    ("abs(x) + y^2", (0.0, 1.0)): (0.0, 0.0, 2.0),
    ("max(x, y)^2", (1.0, 0.5)): (2.0, 0.0, 0.0),
    ("min(x^2, 3, y)", (0.5, 7.0)): (2.0, 0.0, 0.0),
    ("sqrt(x^4) + y^2", (0.0, 0.0)): (2.0, 0.0, 2.0),
    ("exp(-1/x^2) + y^2", (0.0, 0.0)): (0.0, 0.0, 2.0),
    ("x^(2 + 0*y)", (-1.0, 1.0)): (2.0, 0.0, 0.0),
    ("5 - 2", (1.0, 1.0)): (0.0, 0.0, 0.0),
}


@pytest.mark.parametrize(("text", "place"), EXACT)
def test_by_hand(text, place):
    xx, xy, yy = EXACT[text, place]
    made, place = lo.formula(text), np.array(place)
    differences = "sqrt(x^4)" in text or "x^(2" in text  # too steep for more
    rtol = 1e-10 if differences else 1e-13
    if "1 - x" in text:
        rtol = 1e-6  # 1 − x has lost as much
    np.testing.assert_allclose(made.hessian(place), [[xx, xy], [xy, yy]], rtol=rtol, atol=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_as_by_differences(name):
    made = lo.formula(f"3*{name}(x*y/2 + 0.1) - {name}(y - x/3)")
    place = np.array([0.4, 0.7])
    by_differences = lo.Objective.hessian(made, place)
    assert np.abs(by_differences).max() > 0.01 or name in ("abs", "sign")
    np.testing.assert_allclose(made.hessian(place), by_differences, rtol=1e-7, atol=1e-8)


def test_many_points_at_once():
    made = lo.formula("x - log(x) + x*y^3")
    params = np.array([[[1e-5, 1.0]], [[2.0, 3.0]], [[-1.0, 2.0]]])
    found = lo.hessian_product(made, params, np.array([1.0, 2.0]))
    assert found.shape == (3, 1, 2) and np.isnan(found[2]).any()
    for place, product in zip(params[:2, 0], found[:2, 0], strict=True):
        np.testing.assert_allclose(product, made.hessian(place) @ [1.0, 2.0], rtol=1e-14)


def test_exact_ones_are_sure():
    made = lo.formula("x - log(x) + y^2")
    assert not made.hessian_error(np.array([1e-5, 1.0])).any()
    assert lo.formula("sqrt(x^4)+y^2").hessian_error(np.zeros(2)).max() < 1e-6
    np.testing.assert_allclose(lo.condition_number(made, [1e-5, 1.0]), 0.5e10, rtol=1e-12)
    np.testing.assert_allclose(lo.sharpness(made, [1e-5, 1.0]), 1e10, rtol=1e-12)


def test_newton_from_close_to_an_edge():
    """One step of Newton's method on x − log x from a goes to a(2 − a)."""
    run = lo.descend(
        lo.OPTIMIZERS["newton"](), lo.formula("x-log(x)+y^2"), start=[1e-5, 1], n_steps=1
    )
    np.testing.assert_allclose(run.iterates[1], [1e-5 * (2.0 - 1e-5), 0.0], rtol=1e-12, atol=1e-15)
