"""Races as the browser runs them, packed and run in Node, against `descend`."""

import dataclasses
import json

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import stopped
from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.figures.scene import frame_steps
from lossopt.landscapes.surfaces import axis_plane
from lossopt.programs import script_of
from lossopt.registry import id_of
from lossopt.schedules import SCHEDULES
from tests.programs.test_javascript import POWERS
from tests.programs.test_programs import NUMPY_ONLY, RULES, risk, variants

PROBLEMS = {
    "rosenbrock": lo.OBJECTIVES["rosenbrock"],
    "ackley": lo.OBJECTIVES["ackley"],
    "formula": lambda: lo.formula("(1 - x)^2 + 3*abs(y - x^2)"),
    "linear": lambda: risk("line", "linear", "mse"),
    "huber": lambda: risk("line_outliers", "linear", "huber"),
    "logistic": lambda: risk("overlapping", "logistic", "binary_cross_entropy"),
    "softmax": lambda: risk("three_blobs", "softmax", "categorical_cross_entropy"),
    "network": lambda: risk("moons", "mlp", "binary_cross_entropy"),
    "network of classes": lambda: risk("three_blobs", "mlp", "categorical_cross_entropy"),
}
OUTSIDE = ("learning_rate", "batch_size", "seed", "clip_norm", "average")
EXACT = {"rosenbrock", "formula", "linear"}
"""No function and no sum of the library's own order enters."""


def descended(goal, entries, *, limits, **race):
    runs = lo.descend(entries, goal, **race)
    return [stopped(*pair) for pair in zip(runs, limits, strict=True)] if limits else runs


def check_race(node, goal, entries, *, n_steps, start=None, seed=0, limits=(), exact=(), sent=()):
    """Run a packed race in Node and compare all that the stage shows with `descend`.

    Where a run is so chaotic that a start moved by rounding changes NumPy's own, this one may be
    off by as much. With `sent`, entries that differ in numbers only, their race is packed and then
    changed.
    """
    start = np.asarray(goal.start if start is None else start)
    race = {"n_steps": n_steps, "seed": seed, "limits": limits}
    runs = descended(goal, entries, start=start, **race)
    steps, _ = frame_steps(n_steps)
    live = live_message(goal, axis_plane(goal), runs)
    asked = {}
    if sent:
        changes = [
            {**run.settings, **{name: getattr(run, name) for name in OUTSIDE}} for run in live.runs
        ]
        others = descended(goal, sent, start=goal.start, **(race | {"seed": seed + 1}))
        live = live_message(goal, axis_plane(goal), others)
        asked = {"start": start, "changes": changes}
    found = node.race(json.loads(json.dumps(as_json(live))), steps, **asked)
    nudged = descended(goal, entries, start=start + 1e-15 * (1.0 + np.abs(start)), **race)
    for entry, mine, run, other in zip(entries, found, runs, nudged, strict=True):
        if mine is None:
            continue
        path, expected = mine["params"].reshape(len(steps), -1), run.iterates[steps]
        moved = np.nan_to_num(np.abs(expected - other.iterates[steps]).max(axis=1), nan=np.inf)
        lost = len(steps) if run.diverged_at is None else np.searchsorted(steps, run.diverged_at)
        moved[lost:] = moved[lost - 1]
        slack = 1e-11 * (1.0 + np.abs(expected[:lost]).max(axis=1))
        slack += 1e3 * np.maximum.accumulate(moved[:lost])
        calm = bool(slack[-1] < 1e-6 * (1.0 + np.abs(expected[lost - 1]).max()))
        assert entry not in exact or np.array_equal(path, expected, equal_nan=True), entry
        assert (np.abs(path[:lost] - expected[:lost]).max(axis=1) <= slack).all(), entry
        if calm:
            assert mine["diverged_at"] == run.lost_at, entry
            assert mine.get("ending") == run.ending, entry
            assert np.isnan(path[lost:]).all()
        np.testing.assert_array_equal(mine["evaluations"], run.gradient_evaluations[steps])
        check_figures(mine, path, goal)
    return found


def check_figures(mine, path, goal):
    """Loss, gradient and distance are those of the params shown."""
    alive = np.isfinite(path).all(axis=1)
    at, near = path[alive], {"rtol": 1e-9, "atol": 1e-11}
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(goal.gradient(at), axis=-1)
        distance, tested = goal.distance(at), getattr(goal, "test_loss", lambda at: None)(at)
        np.testing.assert_allclose(mine["loss"][alive], goal.value(at), **near)
    np.testing.assert_allclose(mine["gradientNorm"][alive], norms, **near)
    for name, expected in (("distance", distance), ("testLoss", tested)):
        assert (expected is None) == (mine.get(name) is None), name
        if expected is not None:
            np.testing.assert_allclose(mine[name][alive], expected, **near)
    assert np.isnan(mine["loss"][~alive]).all()


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_rule_runs_as_in_python(node, problem):
    goal = PROBLEMS[problem]()
    entries = [Entry(kind()) for kind in lo.OPTIMIZERS.values() if kind().fits(goal)]
    plain = [entry for entry in entries if id_of(entry.optimizer) not in POWERS]
    found = check_race(node, goal, entries, n_steps=60, exact=plain if problem in EXACT else ())
    for entry, mine in zip(entries, found, strict=True):
        too_long = problem.startswith("network") and entry.optimizer.needs_matrices
        assert (mine is None) == (id_of(entry.optimizer) in NUMPY_ONLY or too_long), entry


SHAPED = [
    {"schedule": SCHEDULES["cosine"](warmup=7)},
    {"clip_norm": 0.3},
    {"average": True},
    {"schedule": SCHEDULES["step"](), "clip_norm": 1.0, "average": True},
]


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("batch_size", [None, 7, 32])
def test_what_acts_from_outside_runs_as_in_python(node, problem, batch_size):
    goal = PROBLEMS[problem]()
    names = ("momentum", "adam", "sam", "schedule_free_sgd", "prodigy")
    entries = [
        Entry(lo.OPTIMIZERS[name](), batch_size=batch_size, **shape)
        for name in names
        if name in lo.OPTIMIZERS
        for shape in SHAPED
    ]
    check_race(node, goal, entries, n_steps=75, seed=11)


def test_a_run_that_diverges_is_lost_at_the_same_step(node):
    kinds = ("gradient_descent", "momentum", "adagrad", "sam")
    for goal in (lo.OBJECTIVES["rosenbrock"](), risk("line", "linear", "mse")):
        rules = [lo.OPTIMIZERS[name](learning_rate=rate) for name in kinds for rate in (1.0, 50.0)]
        found = check_race(node, goal, [Entry(rule) for rule in rules], n_steps=400)
        assert sum(run["diverged_at"] is not None for run in found) >= 4


@pytest.mark.parametrize(
    ("text", "start", "ending"),
    [
        ("log(x) + y^2", (0.5, 1.0), "no_value"),
        ("sqrt(x) + y^2", (0.0, 1.0), "no_gradient"),
        ("x^4 + y^2", (1e60, 0.0), "too_large"),
        ("x^2 + y^2", (1.0, 1.0), "too_large"),
    ],
)
def test_a_run_says_why_it_ends(node, text, start, ending):
    goal, entry = lo.formula(text), Entry(lo.OPTIMIZERS["gradient_descent"](learning_rate=1.7))
    (run,) = check_race(node, goal, [entry], n_steps=3000, start=start)
    assert run["ending"] == ending


def test_runs_rest_where_their_budget_is_spent(node):
    goal = risk("overlapping", "logistic", "binary_cross_entropy")
    entries = [Entry(lo.OPTIMIZERS[name](), batch_size=16) for name in ("momentum", "sam", "adam")]
    check_race(node, goal, entries, n_steps=40, limits=(40, 20, 0))


def test_long_runs_are_shown_at_the_same_frames(node):
    goal = lo.OBJECTIVES["rosenbrock"]()
    rules = [lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["gradient_descent"](learning_rate=0.5)]
    found = check_race(node, goal, [Entry(rule) for rule in rules], n_steps=4001)
    assert len(found[0]["loss"]) == len(frame_steps(4001)[0]) < 4001


@pytest.mark.parametrize("n_steps", [0, 1, 7, 2000, 2001, 4001])
def test_a_race_can_take_another_number_of_steps(node, n_steps):
    goal, rules = lo.OBJECTIVES["booth"](), [lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["momentum"]()]
    live = as_json(live_message(goal, axis_plane(goal), lo.descend(rules, goal, n_steps=5)))
    steps, _ = frame_steps(n_steps)
    found = node.race(live, range(6), nSteps=n_steps)
    for mine, run in zip(found, lo.descend(rules, goal, n_steps=n_steps), strict=True):
        np.testing.assert_array_equal(mine["params"].reshape(-1, 2), run.iterates[steps])


@pytest.mark.parametrize(
    ("data", "model", "loss"),
    [("overlapping", "logistic", "binary_cross_entropy"), ("line", "linear", "mse")],
)
def test_samples_held_back_are_tested(node, data, model, loss):
    whole = lo.DATASETS[data]().make()
    learned, test = (
        dataclasses.replace(whole, X=whole.X[rows], y=whole.y[rows])
        for rows in (slice(60), slice(60, None))
    )
    goal = lo.EmpiricalRisk(learned, lo.MODELS[model](), lo.LOSSES[loss](), test)
    found = check_race(node, goal, [Entry(lo.OPTIMIZERS["adam"]())], n_steps=30)
    assert found[0]["testLoss"].shape == (31,)


def test_numbers_of_data_are_no_part_of_a_text():
    """A browser keeps the text of every kind of race it has seen."""
    rules = [lo.OPTIMIZERS["adam"]()]
    for model, loss in (("linear", "mse"), ("linear", "huber")):
        risks = [
            lo.EmpiricalRisk(lo.DATASETS["line"](seed=seed), lo.MODELS[model](), lo.LOSSES[loss]())
            for seed in (0, 1)
        ]
        assert len({script_of(goal, rules).text for goal in risks}) == 1


@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("problem", ["linear", "huber", "logistic", "softmax"])
def test_samples_that_count_by_weights_run_as_in_python(node, problem, batch_size, weighting):
    plain = PROBLEMS[problem]()
    weights = np.random.default_rng(0).integers(0, 4, plain.n_samples)
    goal = lo.WeightedRisk(plain, sample_weights=weights, weighting=weighting)
    names = ("momentum", "adam", "sam")
    entries = [Entry(lo.OPTIMIZERS[name](), batch_size=batch_size) for name in names]
    found = check_race(node, goal, entries, n_steps=40, seed=2)
    assert all(found)


def test_many_samples_of_a_squared_error_come_down_to_their_triangle(node):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(4000, 2))
    data = lo.Dataset(X, X @ np.array([1.0, -2.0]) + rng.normal(size=4000))
    goal = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())
    entries = [Entry(lo.OPTIMIZERS[name]()) for name in ("momentum", "adam")]
    check_race(node, goal, entries, n_steps=50, exact=entries)
    runs = lo.descend([entry.optimizer for entry in entries], goal, n_steps=5, batch_size=4)
    assert live_message(goal, axis_plane(goal), runs) is None


def test_orders_of_samples_are_those_of_numpy(node):
    for n_samples, seed in ((1, 0), (5, 0), (200, 1), (1000, 2**40), (3, 2**100 + 1)):
        rng = np.random.default_rng(seed)
        expected = np.concatenate([rng.permutation(n_samples) for _ in range(3)])
        np.testing.assert_array_equal(node.order(n_samples, seed), expected)


@dataclasses.dataclass(frozen=True)
class Sign(lo.Optimizer):
    name = "Sign"
    formula = "x"
    learning_rate: float = 0.01

    def init(self, params):
        return {}

    def update(self, gradient, state, params):
        return params - self.learning_rate * np.sign(gradient), state


class Counting(Sign):
    steps = 0

    def update(self, gradient, state, params):
        type(self).steps += 1
        return params - self.learning_rate * gradient / type(self).steps, state


class Noisy(lo.Objective):
    n_params = 2

    def value(self, params):
        return (params * params).sum(axis=-1)

    def gradient(self, params, rows=None):
        return 2.0 * params + np.random.default_rng().normal()


def test_what_is_someones_own_runs_if_its_program_does_as_it_does(node):
    goal = risk("overlapping", "logistic", "binary_cross_entropy")
    found = check_race(node, goal, [Entry(Sign()), Entry(Counting())], n_steps=30)
    assert found[0] and found[1] is None
    runs = lo.descend([lo.OPTIMIZERS["adam"]()], Noisy(), start=[1.0, 1.0])
    assert live_message(Noisy(), axis_plane(Noisy()), runs) is None


def test_what_is_too_large_is_left_to_the_server():
    goal = lo.OBJECTIVES["booth"]()
    runs = lo.descend([lo.OPTIMIZERS["adam"]()], goal, n_steps=100)
    assert live_message(goal, axis_plane(goal), runs)
    many = dataclasses.replace(runs[0], iterates=np.zeros((6_000_000, 2)))
    assert live_message(goal, axis_plane(goal), [many]) is None
    other = dataclasses.replace(runs[0], iterates=runs[0].iterates + 1.0)
    assert live_message(goal, axis_plane(goal), [*runs, other]) is None
    wide = lo.Dataset(np.random.default_rng(0).normal(size=(3000, 3)), np.arange(3000) % 2)
    big = lo.EmpiricalRisk(wide, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    runs = lo.descend([lo.OPTIMIZERS["adam"]()], big, n_steps=2)
    assert live_message(big, axis_plane(big), runs) is None


@RULES
def test_any_number_of_a_rule_can_be_turned(node, kind):
    """Also to zero, and from it."""
    goal = lo.OBJECTIVES["rosenbrock"]()
    if not kind().fits(goal) or id_of(kind) in NUMPY_ONLY:
        return
    entries = []
    for fields in variants(kind):
        rule = kind(**fields)
        plain = kind(
            **{name: value for name, value in fields.items() if not isinstance(value, float)}
        )
        entries.append((Entry(rule), Entry(plain)))
    to, sent = zip(*entries, strict=True)
    exact = () if id_of(kind) in POWERS else to
    check_race(node, goal, to, n_steps=40, start=(0.5, 0.25), sent=sent, exact=exact)
    check_race(node, goal, sent, n_steps=40, start=(0.5, 0.25), sent=to, exact=exact and sent)


def test_whatever_acts_from_outside_can_be_turned(node):
    goal = risk("overlapping", "logistic", "binary_cross_entropy")
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.3)
    to = [Entry(rule, batch_size=16, clip_norm=0.2), Entry(rule, average=True), Entry(rule, 5)]
    sent = [Entry(lo.OPTIMIZERS["adam"]()) for _ in to]
    check_race(node, goal, to, n_steps=60, start=goal.start + 0.25, seed=4, sent=sent)
