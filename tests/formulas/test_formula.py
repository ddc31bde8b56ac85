"""Formulas: exact derivatives, holes, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.formulas._duals import FUNCTIONS
from lossopt.formulas._read import MAX_LENGTH, WORDS

KNOWN = {
    "rosenbrock": "(1-x)^2 + 100*(y-x^2)^2",
    "himmelblau": "(x^2+y-11)^2 + (x+y^2-7)^2",
    "beale": "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
    "booth": "(x+2*y-7)^2 + (2*x+y-5)^2",
    "rastrigin": "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "ackley": "-20*exp(-0.2*sqrt(0.5*(x^2+y^2))) - exp(0.5*(cos(2*pi*x)+cos(2*pi*y))) + e + 20",
    "styblinski_tang": "0.5*(x^4-16*x^2+5*x + y^4-16*y^2+5*y)",
}
BRIEFLY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
PLACES = np.random.default_rng(0).uniform(-3.0, 3.0, size=(40, 2))


@pytest.mark.parametrize("name", KNOWN)
def test_equals_the_function_written_by_hand(name):
    written, known = lo.formula(KNOWN[name]), lo.OBJECTIVES[name]()
    np.testing.assert_allclose(written.value(PLACES), known.value(PLACES), rtol=1e-12, atol=1e-10)
    ours, theirs = written.gradient(PLACES), known.gradient(PLACES)
    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-9)


LEAVES = st.sampled_from(["x", "y", "pi", "e", "2", "0.5", "3.25"])


def grown(parts):
    binary = st.tuples(parts, st.sampled_from("+-*/"), parts).map(lambda p: f"({p[0]}{p[1]}{p[2]})")
    calls = st.tuples(st.sampled_from(sorted(FUNCTIONS)), parts)
    choosers = st.tuples(st.sampled_from(["min", "max"]), parts, parts)
    powers = st.tuples(parts, st.sampled_from(["2", "3", "-1", "0.5", "y"]))
    return st.one_of(
        binary,
        calls.map(lambda p: f"{p[0]}({p[1]})"),
        choosers.map(lambda p: f"{p[0]}({p[1]},{p[2]})"),
        powers.map(lambda p: f"({p[0]})^{p[1]}"),
        parts.map(lambda p: f"(-{p})"),
    )


@BRIEFLY
@given(text=st.recursive(LEAVES, grown, max_leaves=8))
def test_any_formula_has_the_slopes_of_its_values(text):
    """Where differences of two widths agree with each other, the gradient agrees with them."""
    try:
        made = lo.formula(text)
    except lo.FormulaError as refusal:
        assert refusal.code == "nowhere"
        return
    gradient = made.gradient(PLACES)
    for k, axis in enumerate(np.eye(2)):
        with np.errstate(all="ignore"):
            wide, narrow = (
                (made.value(PLACES + h * axis) - made.value(PLACES - h * axis)) / (2 * h)
                for h in (2e-5, 1e-5)
            )
            scale = np.maximum(1.0, np.maximum(np.abs(narrow), np.abs(made.value(PLACES))))
            sure = np.isfinite(scale) & (np.abs(wide - narrow) < 1e-6 * scale)
        sure &= np.isfinite(gradient[:, k])
        assert (np.abs(gradient[:, k] - narrow)[sure] < 1e-4 * scale[sure]).all(), text
    undefined = np.isnan(made.value(PLACES))
    assert np.isnan(gradient[undefined]).all()


def test_known_slopes_at_kinks_and_edges():
    def slopes(text, x, y):
        return lo.formula(text).gradient(np.array([x, y])).tolist()

    assert slopes("abs(x)", 0.0, 1.0) == [0.0, 0.0]
    assert slopes("min(x, y)", 1.0, 1.0) == [1.0, 0.0]
    assert slopes("max(x, 2*y)", 2.0, 1.0) == [1.0, 0.0]
    assert slopes("x^2 + y", 0.0, 0.0) == [0.0, 1.0]
    assert slopes("x^0", 0.0, 0.0) == [0.0, 0.0]
    assert slopes("x^1", 0.0, 0.0) == [1.0, 0.0]
    assert slopes("sqrt(y) + x", 2.0, 4.0) == [1.0, 0.25]
    assert slopes("2^x", 0.0, 0.0) == [np.log(2.0), 0.0]
    assert slopes("7", 0.3, 0.4) == [0.0, 0.0]


SLOPES = {  # written, place, value, gradient: closed forms, and 0 · ∞ in the chain rule
    "a root of a flat part": ("sqrt(max(x,0))", (-1, 0), 0.0, (0.0, 0.0)),
    "a power of a flat part": ("max(0,x)^0.5", (-1, 0), 0.0, (0.0, 0.0)),
    "a norm at 0": ("sqrt(x^2+y^2)", (0, 0), 0.0, (0.0, 0.0)),
    "another norm at 0": ("(x^2+y^2)^(1/2)", (0, 0), 0.0, (0.0, 0.0)),
    "a size at 0": ("(x^2)^0.5", (0, 1), 0.0, (0.0, 0.0)),
    "a parabola as a root": ("sqrt(x^4)", (0, 1), 0.0, (0.0, 0.0)),
    "a function flat at 0": ("exp(-1/x^2)", (0, 1), 0.0, (0.0, 0.0)),
    "the same with a power": ("exp(-x^-2)", (0, 1), 0.0, (0.0, 0.0)),
    "an exponent that stands still": ("x^(2+0*y)", (-1, 1), 1.0, (-2.0, 0.0)),
    "one that is chosen": ("x^max(2,y)", (-1, 1), 1.0, (-2.0, 0.0)),
    "a product that vanishes": ("x*sqrt(abs(x))", (0, 1), 0.0, (0.0, 0.0)),
    "a factor of 0": ("y*sqrt(x)", (0, 0), 0.0, (0.0, 0.0)),
    "an overflow below": ("1/(1+exp(-x))", (-800, 0), 0.0, (0.0, 0.0)),
    "an overflow inside": ("tanh(exp(x))", (800, 0), 1.0, (0.0, 0.0)),
    "an overflow of a power": ("1/x^300", (100, 0), 0.0, (0.0, 0.0)),
    "a norm that underflows": ("sqrt(x^2+y^2)", (1e-200, 0), 0.0, (0.0, 0.0)),
    "a power that underflows": ("(x^4+y^4)^0.5", (1e-82, 1e-90), 0.0, (0.0, 0.0)),
    "a tail of tanh": ("tanh(x)", (20, 0), 1.0, (1.6993417021166355e-17, 0.0)),
}


@pytest.mark.parametrize("name", SLOPES)
def test_no_derivative_is_lost_to_zero_times_infinity(name):
    text, place, value, gradient = SLOPES[name]
    made = lo.formula(text, bounds=((-9.0, 9.0), (-9.0, 9.0)))
    assert float(made.value(np.array(place, dtype=float))) == value
    np.testing.assert_allclose(made.gradient(np.array(place, dtype=float)), gradient, rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("sqrt(x)", (0, 1)),
        ("sqrt(x)^2", (0, 1)),
        ("1/(1/x)", (0, 1)),
        ("atan(1/x)", (0, 1)),
        ("asin(x)", (1, 0)),
        ("1/x^2", (0, 1)),
        ("1/x^2", (1e-200, 1)),
        ("log(x^2)", (1e-200, 1)),
        ("log(max(x,0))", (-1, 0)),
        ("x^y", (-1, 2)),
    ],
)
def test_where_there_is_no_derivative_none_is_made_up(text, place):
    made = lo.formula(text)
    assert np.isnan(made.gradient(np.array(place, dtype=float))).any()


def test_a_run_rests_at_a_minimum_where_a_part_underflows():
    step = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.4)
    for compiled in (True, False):
        run = lo.descend(step, lo.formula("sqrt(x^4+y^4)"), n_steps=300, compiled=compiled)
        assert run.ending is None and run.losses[-1] == 0.0


FUNCTIONS_KNOWN = {  # values and derivatives at 0.3, to 50 digits by mpmath
    "ln": (-1.2039728043259360, 3.3333333333333333),
    "log": (-1.2039728043259360, 3.3333333333333333),
    "log2": (-1.7369655941662061, 4.8089834696298783),
    "log10": (-0.52287874528033756, 1.4476482730108394),
    "sinh": (0.30452029344714262, 1.0453385141288605),
    "cosh": (1.0453385141288605, 0.30452029344714262),
    "asin": (0.30469265401539751, 1.0482848367219183),
    "acos": (1.2661036727794991, -1.0482848367219183),
    "atan": (0.29145679447786709, 0.91743119266055046),
    "sign": (1.0, 0.0),
}


@pytest.mark.parametrize("name", FUNCTIONS_KNOWN)
def test_functions_of_school(name):
    made, place = lo.formula(f"{name}(x) + 0*y"), np.array([0.3, 1.0])
    value, slope = FUNCTIONS_KNOWN[name]
    np.testing.assert_allclose(made.value(place), value, rtol=1e-15)
    np.testing.assert_allclose(made.gradient(place), [slope, 0.0], rtol=1e-15)
    assert lo.formula(f"{name}(x)").formula.startswith("\\")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1e-8^x", r"{\left(10^{-8}\right)}^{x}"),
        ("2e-8^x", r"{\left(2 \cdot 10^{-8}\right)}^{x}"),
        ("1234567", "1234567"),
        ("0.1234567*x", r"0.1234567 \cdot x"),
        ("x--y", r"x - \left(-y\right)"),
        ("x+-y", r"x + \left(-y\right)"),
        ("pi*x", r"\pi \cdot x"),
        ("atan(x)+log10(2+y)", r"\arctan\left(x\right) + \log_{10}\left(2 + y\right)"),
        ("01*x", r"1 \cdot x"),
        ("00.50*x", r"0.5 \cdot x"),
    ],
)
def test_is_shown_as_it_was_read(text, shown):
    assert lo.formula(text).formula == shown


def test_precedence_is_that_of_mathematics():
    def value(text):
        return float(lo.formula(text).value(np.array([3.0, 2.0])))

    assert value("-x^2") == -9.0
    assert value("2^x^y") == 512.0
    assert value("x-y-1") == 0.0
    assert value("x/y*2") == 3.0
    assert value("1/2") == 0.5


def test_undefined_regions_are_holes():
    made = lo.formula("log(x) + y^2")
    surface = lo.evaluate_surface(made, resolution=21)
    assert np.isnan(surface.z[:, surface.x < 0]).all()
    assert np.isfinite(surface.z[:, surface.x > 0]).all()
    assert np.isfinite(made.value(made.start))
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.3), made, n_steps=50)
    assert run.diverged_at is not None and np.isnan(run.losses[run.diverged_at - 1])
    assert np.isfinite(run.iterates[run.diverged_at - 1]).all()


def test_descends_like_the_function_written_by_hand():
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.05)
    written, known = (
        lo.descend(rule, goal, start=[-1.5, 2.0], n_steps=300)
        for goal in (lo.formula(KNOWN["rosenbrock"]), lo.OBJECTIVES["rosenbrock"]())
    )
    np.testing.assert_allclose(written.iterates, known.iterates, rtol=1e-9)


REFUSED = {
    "": "empty",
    "   ": "empty",
    "__import__('os')": "word",
    "9**9**9**9": "nowhere",
    "(" * 10_000: "too_long",
    "(" * 400 + "x" + ")" * 400: "too_deep",
    "-" * 900 + "x": "too_deep",
    "*".join(["(x+x+x+x)"] * 70): "too_large",
    "х + 1": "character",  # Cyrillic
    "ｘ + 1": "character",
    "x\0": "character",
    "x" * 900: "word",
    "lambda: 3": "word",
    "[x for x in y]": "character",
    "x.__class__": "character",
    "(x).real": "character",
    "x = 3": "character",
    "x if y else 2": "word",
    "x, y": "syntax",
    "x // y": "syntax",
    "x +": "syntax",
    "max(x, *x)": "syntax",
    "2x": "times",
    "2(x)": "times",
    "x y": "times",
    "x(y)": "not_a_function",
    "sin": "call",
    "sin + 1": "call",
    "sin x": "call",
    "sin^2(x)": "call",
    "max x": "call",
    "sin()": "arguments",
    "sin(x, y)": "arguments",
    "max(x)": "arguments",
    "1e999": "number",
    "9" * 500: "number",
    "0x10": "word",
    "True": "word",
    "1j": "word",
    "'x'": "character",
    "log(-1)": "nowhere",
    "<b>x</b>": "character",
    "eval(x)": "word",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_is_refused_with_a_sentence(text):
    with pytest.raises(lo.FormulaError) as caught:
        lo.formula(text)
    assert caught.value.code == REFUSED[text]
    assert str(caught.value).endswith(".") and len(str(caught.value)) < 200
    assert isinstance(caught.value, ValueError)


def test_limits():
    assert lo.formula("x" + " " * (MAX_LENGTH - 1)).parts == 1
    assert lo.formula("+".join(["x"] * 100)).parts == 199
    assert {"x", "y", "pi", "e", "sin", "cos", "exp", "log", "sqrt", "abs", "tanh"} < set(WORDS)


@BRIEFLY
@given(text=st.text(max_size=60) | st.text("xy0123456789.+-*/^() ,esincoaplg", max_size=40))
def test_any_text_is_a_formula_or_a_sentence(text):
    try:
        made = lo.formula(text)
    except lo.FormulaError as refusal:
        assert str(refusal)
    else:
        assert np.isfinite(made.value(made.start))
        assert made.formula
