"""What runs in the browser: our own elementary functions, and the third runner of every rule."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.lanes import batches
from lossopt.programs import Untraceable, script_of
from lossopt.programs._javascript import JAVASCRIPT, OWN_NAMES
from lossopt.programs._tape import OPERATIONS
from lossopt.registry import id_of
from lossopt.schedules import SCHEDULES
from tests.optimizers import test_torch as torch
from tests.programs.node import ROOT
from tests.programs.test_programs import FORMULAS, NUMPY_ONLY, RULES, risk, variants

TABLE = json.loads((ROOT / "tests" / "fixtures" / "functions.json").read_text("utf-8"))
INF, NAN = float("inf"), float("nan")
BRIEFLY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
PLAIN = [
    name
    for name in lo.OBJECTIVES
    if name not in ("ackley", "plateau", "rastrigin", "matrix_factorization")
]
"""Functions of + − × ÷ only, and in which no matrix product sums in an order of its own."""
POWERS = {"asgd", "nadam", "adafactor"}
"""Rules with a power, in which libraries differ by one unit in the last place."""


def test_functions_are_within_one_unit_of_the_last_place(node):
    """The table has 240-digit values by mpmath: the nearest float, and what is left of a unit."""
    for name, rows in TABLE.items():
        columns = [[float.fromhex(row[k]) for row in rows] for k in range(len(rows[0]) - 2)]
        nearest = np.array([float.fromhex(row[-2]) for row in rows])
        left = np.array([row[-1] for row in rows])
        found = node.call(name, *columns)
        errors = np.abs((found - nearest) / np.spacing(np.abs(nearest)) - left)
        errors = np.where(nearest == 0.0, found != 0.0, errors)
        worst = int(np.argmax(errors))
        assert errors[worst] <= 1.0, (name, rows[worst], found[worst])


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("exp", (0.0, -0.0, INF, -INF, NAN, 710.0, -746.0), (1, 1, INF, 0, NAN, INF, 0)),
        ("expm1", (0.0, -0.0, INF, -INF, NAN, 710.0, -50.0), (0, -0.0, INF, -1, NAN, INF, -1)),
        ("log", (1.0, 0.0, -0.0, INF, -1.0, NAN), (0, -INF, -INF, INF, NAN, NAN)),
        ("log1p", (0.0, -0.0, -1.0, INF, -2.0, NAN), (0, -0.0, -INF, INF, NAN, NAN)),
        ("tanh", (0.0, -0.0, INF, -INF, NAN, 1e300), (0, -0.0, 1, -1, NAN, 1)),
        ("sin", (0.0, -0.0, INF, -INF, NAN), (0, -0.0, NAN, NAN, NAN)),
        ("cos", (0.0, -0.0, INF, -INF, NAN), (1, 1, NAN, NAN, NAN)),
        ("tan", (0.0, -0.0, INF, -INF, NAN), (0, -0.0, NAN, NAN, NAN)),
        ("cosh", (0.0, INF, -INF, NAN, 1e4), (1, INF, INF, NAN, INF)),
        ("sinh", (0.0, -0.0, INF, -INF, NAN, -1e4), (0, -0.0, INF, -INF, NAN, -INF)),
        ("log2", (1.0, 0.0, INF, -1.0, NAN), (0, -INF, INF, NAN, NAN)),
        ("log10", (1.0, 0.0, INF, -1.0, NAN), (0, -INF, INF, NAN, NAN)),
        ("asin", (0.0, -0.0, 1.5, INF, NAN), (0, -0.0, NAN, NAN, NAN)),
        ("acos", (1.0, 1.5, INF, NAN), (0, NAN, NAN, NAN)),
        ("atan", (0.0, -0.0, INF, -INF, NAN), (0, -0.0, np.pi / 2, -np.pi / 2, NAN)),
    ],
)
def test_special_values_are_those_of_numpy(node, name, arguments, expected):
    found = node.call(name, arguments)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(np.signbit(found), np.signbit(np.array(expected, dtype=float)))
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(found, getattr(np, name)(arguments))


SPECIAL = (0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 1e300, -1e300, INF, -INF, NAN)


@pytest.mark.parametrize("name", ["pow", "hypot"])
def test_special_pairs_are_those_of_numpy(node, name):
    a, b = (grid.ravel() for grid in np.meshgrid(SPECIAL, SPECIAL))
    with np.errstate(all="ignore"):
        expected = (np.power if name == "pow" else np.hypot)(a, b)
    found = node.call(name, a, b)
    np.testing.assert_allclose(found, expected, rtol=4e-16, atol=0.0)
    known = ~np.isnan(expected)
    np.testing.assert_array_equal(np.signbit(found[known]), np.signbit(expected[known]))


def test_only_exact_operations_are_used():
    """Nothing but + − × ÷, roots and what chooses or rounds to whole numbers."""
    text = (ROOT / "static" / "programs" / "math.js").read_text("utf-8")
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    assert set(re.findall(r"Math\.(\w+)", code)) == {"abs", "floor", "max", "sqrt"}
    assert "**" not in code


@RULES
def test_equals_python_to_the_bit(node, kind):
    if id_of(kind) in NUMPY_ONLY or kind.needs_matrices:
        return
    for goal in (lo.OBJECTIVES["rosenbrock"](), lo.OBJECTIVES["beale"]()):
        for fields in variants(kind):
            rule = kind(**fields)
            run = lo.descend(rule, goal, n_steps=150)
            path, diverged_at = node.descend(rule, goal, n_steps=150)
            assert diverged_at == run.diverged_at, fields
            if id_of(kind) in POWERS:
                np.testing.assert_allclose(path, run.iterates, rtol=1e-9, atol=1e-9)
            else:
                np.testing.assert_array_equal(path, run.iterates)


@pytest.mark.parametrize("name", PLAIN)
def test_every_function_equals_python_to_the_bit(node, name):
    goal = lo.OBJECTIVES[name]()
    for rule in (lo.OPTIMIZERS[name]() for name in ("momentum", "adam", "sam")):
        path, _ = node.descend(rule, goal)
        np.testing.assert_array_equal(path, lo.descend(rule, goal, n_steps=200).iterates)


@pytest.mark.parametrize("name", lo.OBJECTIVES)
def test_functions_and_gradients_are_those_of_numpy(node, name):
    goal = lo.OBJECTIVES[name]()
    lows, highs = np.array(goal.bounds).T
    for place in np.random.default_rng(0).uniform(lows, highs, size=(10, goal.n_params)):
        for ask in ("gradient", "value"):
            found, expected = node.objective(goal, ask, place), getattr(goal, ask)(place)
            np.testing.assert_allclose(found, np.ravel(expected), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("number", range(len(torch.CASES)), ids=torch.label)
def test_equals_torch(node, number):
    """The fixtures that every rule is held to, with the same tolerances."""
    case = torch.CASES[number]
    if case["rule"] in NUMPY_ONLY:
        return
    rule = lo.OPTIMIZERS[case["rule"]](**case["fields"])
    goal = torch.objective_of(case["problem"])
    try:
        path, diverged_at = node.descend(
            rule, goal, start=torch.FIXTURE[f"{case['problem']}/start"]
        )
    except Untraceable:
        assert case["rule"] == "muon"  # too long
        return
    expected = torch.FIXTURE[f"path/{number}"]
    finite = np.isfinite(expected).all(axis=1)
    assert diverged_at == (None if finite.all() else int(np.argmin(finite)))
    expected = expected[finite]
    errors = np.abs(path[: len(expected)] - expected) / np.maximum(1.0, np.abs(expected))
    allowed = torch.TOLERANCE
    if number in torch.SENSITIVE:
        own = torch.FIXTURE[f"one_ulp/{number}"][: len(errors)]
        allowed = np.maximum(allowed, 10.0 * own)
    assert (errors.max(axis=1) <= allowed).all()


@pytest.mark.parametrize("loss", lo.LOSSES)
def test_every_loss_is_that_of_numpy(node, loss):
    task = lo.LOSSES[loss].task
    data = {"regression": "line", "binary": "overlapping", "multiclass": "three_blobs"}[task]
    model = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}[task]
    goal = risk(data, model, loss)
    for place in np.random.default_rng(1).normal(size=(5, goal.n_params)):
        for ask in ("gradient", "value"):
            found, expected = node.objective(goal, ask, place), getattr(goal, ask)(place)
            np.testing.assert_allclose(found, np.ravel(expected), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "focal"])
def test_a_loss_and_its_slope_share_one_exponential(loss):
    """So that a run leaves the losses of its path on the way."""
    text = script_of(risk("overlapping", "logistic", loss), [lo.OPTIMIZERS["adam"]()]).text
    gradient = text[text.index("function gradient(") : text.index("function value(")]
    assert gradient.count("exp(") == 1 and "loss = " in gradient
    assert "const both = gradient;" in text


@pytest.mark.parametrize("scale", [0.0, 1.0, 30.0, 100.0])
def test_a_sum_of_logarithms_loses_neither_small_nor_many(node, scale):
    X = np.linspace(-3.0, 3.0, 400)[:, None]
    samples = lo.Dataset(X, (X[:, 0] > 0.0).astype(float), "binary")
    goal = lo.EmpiricalRisk(samples, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    place = np.array([scale, 0.0])  # where none is sure, the product has 400 factors of 2
    np.testing.assert_allclose(node.objective(goal, "value", place), goal.value(place), rtol=1e-13)


def test_what_acts_from_outside_is_that_of_numpy(node):
    goal, rule = risk("overlapping", "logistic", "binary_cross_entropy"), lo.OPTIMIZERS["sam"](0.1)
    stream = batches(goal.n_samples, 16, 3)
    rows = [next(stream) for _ in range(60)]
    schedule = SCHEDULES["cosine"](warmup=5)
    run = lo.descend(
        rule, goal, n_steps=60, batch_size=16, seed=3, clip_norm=0.3, schedule=schedule
    )
    path, _ = node.descend(
        *(rule, goal),
        n_steps=60,
        factors=schedule.factors(60),
        batches=[some.tolist() for some in rows],
        clip_norm=0.3,
    )
    np.testing.assert_allclose(path, run.iterates, rtol=1e-11, atol=1e-12)


@BRIEFLY
@given(
    text=FORMULAS,
    rule=st.sampled_from(["gradient_descent", "momentum", "adam", "rmsprop", "sam"]),
    field=st.sampled_from([{}, {"eps": 0.0}, {"eps": 1e300}, {"weight_decay": 1e-300}]),
    rate=st.sampled_from([0.0, 1e-300, 1e-3, 0.1, 10.0, 1e300]),
    start=st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0)),
)
def test_formulas_equal_numpy(node, text, rule, field, rate, start):
    """To the bit, where only exact operations enter."""
    try:
        goal = lo.formula(text)
        rule = lo.OPTIMIZERS[rule](learning_rate=rate, **field)
    except (ValueError, TypeError):
        return
    if not set(re.findall(r"[a-z]{3,}|\^", text)) <= {"sqrt", "abs", "min", "max"}:
        return
    path, diverged_at = node.descend(rule, goal, start=start, n_steps=70)
    run = lo.descend(rule, goal, start=start, n_steps=70)
    np.testing.assert_array_equal(path, run.iterates)
    assert diverged_at == run.diverged_at


def test_one_script_serves_all_values_of_a_slider():
    kind = lo.OPTIMIZERS["adam"]
    one, other = (script_of(lo.OBJECTIVES["booth"](), [kind(beta1=b)]) for b in (0.9, 0.5))
    assert one.text == other.text and one.runs[0].settings != other.runs[0].settings


WORDS = {
    *("function", "return", "const", "let", "for", "if", "null", "yield"),
    *("Math", "abs", "min", "set", "sqrt", "pow", "Infinity", "NaN"),
    *("gradient", "value", "both", "loss", "start", "nSteps", "how", "path", "at", "k", "rows"),
    *("rate", "slopes", "clipped", "noted", "valueAt", "noteAt", "learnFrom", "runs", "sampledAt"),
    *("learningRate", "settings", "factors", "batches", "clipNorm", "losses", "norms"),
    *("outputsAt", "points", "leavesLoss"),
}
OF_MANY = {
    *("new", "Float64Array", "from", "fill", "length", "total", "slice", "subarray", "map"),
    *("given", "inputs", "labels", "label", "weight", "continue", "found", "sampled", "grown"),
    *("p", "t", "i", "j", "n"),
}


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_only_words_of_the_table_are_written(many):
    assert set(JAVASCRIPT.words) == set(OPERATIONS)
    hostile = lo.formula("max(x, 3) + sin(y) * asin(x / 9)")
    goal = risk("moons", "mlp", "binary_cross_entropy") if many else hostile
    text = script_of(goal, [kind() for kind in lo.OPTIMIZERS.values() if scripted(kind)]).text
    body = text[text.index("function gradient(") :]
    words = set(re.findall(r"[A-Za-z_]\w*", body))
    allowed = {*JAVASCRIPT.words, *OWN_NAMES.values()} | WORDS | (OF_MANY if many else set())
    names = r"(new_)?[pgshv]\d+|run_\d+|e\d*" + (r"|[agvx]t?\d+" if many else "")
    assert [w for w in words if w not in allowed and not re.fullmatch(names, w)] == []


def scripted(kind):
    return id_of(kind) not in NUMPY_ONLY and not kind.needs_matrices


def test_what_has_no_program_has_no_script():
    rules = [lo.OPTIMIZERS[name]() for name in ("newton", "adam")]
    newton, adam = script_of(lo.OBJECTIVES["booth"](), rules).runs
    assert newton is None and adam is not None
    large = lo.MODELS["mlp"](hidden_layers=3, width=16)
    with pytest.raises(Untraceable, match="more than"):
        script_of(
            lo.EmpiricalRisk(lo.DATASETS["moons"](), large, lo.LOSSES["binary_cross_entropy"]()),
            rules,
        )
