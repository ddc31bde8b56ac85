"""What runs on plain floats equals NumPy to the bit; what cannot is run by NumPy, and says why."""

import dataclasses
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.params import params_of
from lossopt.programs import _kept, trace_rule, trace_sample, why_not
from lossopt.programs._arrays import Traced, _folded
from lossopt.programs._python import NAMES, PYTHON, init_text, step_text
from lossopt.programs._tape import LONGEST, OPERATIONS, Tape, Untraceable
from lossopt.registry import id_of
from lossopt.schedules import SCHEDULES
from tests.optimizers.test_rules import others, switches

NUMPY_ONLY = {"newton", "lbfgs", "sophia"}
"""Second derivatives, a memory that grows, and a probe every few steps."""
RULES = pytest.mark.parametrize("kind", lo.OPTIMIZERS.values(), ids=lo.OPTIMIZERS)
BRIEFLY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
BOWL = lo.OBJECTIVES["quadratic"](condition_number=10.0, rotation=30.0)
EXTREMES = (0.0, 1e-300, 1e300)


def goal_of(kind):
    name = "matrix_factorization" if kind.needs_matrices else "rosenbrock"
    return lo.OBJECTIVES[name]()


def variants(kind):
    """The defaults, every switch, every number varied, and a rate ten times the default."""
    fast = {"learning_rate": 10.0 * kind().learning_rate}
    numbers = [field for field in params_of(kind) if isinstance(field.default, float | int)]
    numbers = [{field.name: other} for field in numbers for other in others(field)]
    return [*switches(kind), *numbers, fast]


def assert_same(run, plain):
    np.testing.assert_array_equal(run.iterates, plain.iterates)
    np.testing.assert_array_equal(run.losses, plain.losses)
    np.testing.assert_array_equal(run.gradient_evaluations, plain.gradient_evaluations)
    assert run.diverged_at == plain.diverged_at


def both(rule, goal, **how):
    how = {"n_steps": 200} | how
    return lo.descend(rule, goal, **how), lo.descend(rule, goal, compiled=False, **how)


def risk(data, model, loss):
    return lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]())


@RULES
def test_equals_numpy_to_the_bit(kind):
    for fields in variants(kind):
        assert_same(*both(kind(**fields), goal_of(kind)))


@RULES
def test_rules_that_have_no_program_say_why(kind):
    goal = goal_of(kind) if kind.needs_matrices else BOWL
    reason = why_not(kind(), goal)
    if id_of(kind) in NUMPY_ONLY:
        assert reason.startswith("The rule ")
    elif kind.needs_matrices:
        assert reason.endswith("multiplies matrices, which libraries sum in an order of their own.")
    else:
        assert reason is None


@pytest.mark.parametrize("name", lo.OBJECTIVES)
def test_every_function_equals_numpy_to_the_bit(name):
    goal = lo.OBJECTIVES[name]()
    for rule in ("momentum", "adam", "rmsprop", "sam"):
        assert_same(*both(lo.OPTIMIZERS[rule](), goal))
    assert (why_not(lo.OPTIMIZERS["adam"](), goal) is None) == (name != "matrix_factorization")


@pytest.mark.parametrize(
    ("data", "model", "loss"),
    [
        ("line", "linear", "mse"),
        ("line_outliers", "linear", "huber"),
        ("overlapping", "logistic", "binary_cross_entropy"),
        ("three_blobs", "softmax", "categorical_cross_entropy"),
    ],
)
def test_data_equal_numpy_to_the_bit(data, model, loss):
    goal = risk(data, model, loss)
    rules = [lo.OPTIMIZERS[name]() for name in ("adam", "rmsprop", "adan", "sam")]
    for batch_size in (None, 8):
        for run, plain in zip(*both(rules, goal, batch_size=batch_size), strict=True):
            assert_same(run, plain)


@pytest.mark.parametrize("rule", ["rprop", "adam", "sam", "schedule_free_adamw", "asgd"])
def test_what_acts_from_outside_equals_numpy_to_the_bit(rule):
    rules = [lo.OPTIMIZERS[rule]()] * 3
    how = {"schedule": [SCHEDULES["cosine"](warmup=7), None, None], "clip_norm": [None, 0.5, None]}
    how |= {"average": [False, False, True]}
    for run, plain in zip(*both(rules, lo.OBJECTIVES["beale"](), **how), strict=True):
        assert_same(run, plain)


@RULES
def test_extreme_numbers_equal_numpy_to_the_bit(kind):
    """Where plain floats raise an error, NumPy takes the run over."""
    goal = goal_of(kind)
    starts = [goal.start, np.zeros(goal.n_params), np.full(goal.n_params, 1e200)]
    for field in params_of(kind):
        if not isinstance(field.default, float):
            continue
        for value in EXTREMES:
            try:
                rule = kind(**{field.name: value})
            except ValueError:
                continue  # beyond its limits
            for start in starts:
                assert_same(*both(rule, goal, start=start, n_steps=160))


FORMULAS = st.recursive(
    st.sampled_from(["x", "y", "2", "0.5", "3", "pi"]),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*", "/", "^"]), part).map(
            lambda t: f"({t[0]}{t[1]}{t[2]})"
        ),
        st.tuples(
            st.sampled_from(["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh"]), part
        ).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), part, part).map(
            lambda t: f"{t[0]}({t[1]},{t[2]})"
        ),
    ),
    max_leaves=8,
)


@BRIEFLY
@given(
    text=FORMULAS,
    rule=st.sampled_from(["gradient_descent", "momentum", "adam", "rmsprop", "sam"]),
    rate=st.sampled_from([1e-300, 1e-3, 0.1, 10.0, 1e300]),
    start=st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0)),
)
def test_formulas_equal_numpy_to_the_bit(text, rule, rate, start):
    try:
        goal = lo.formula(text)
    except ValueError:
        return
    rule = lo.OPTIMIZERS[rule](learning_rate=rate)
    assert_same(*both(rule, goal, start=start, n_steps=160))


def test_a_long_formula_has_no_program():
    goal = lo.formula("+".join(f"(x+{k})^y" for k in range(1, 55)))
    assert "operations" in why_not(lo.OPTIMIZERS["adam"](), goal)
    assert_same(*both(lo.OPTIMIZERS["adam"](), goal, n_steps=155))


def test_a_slider_changes_no_program():
    goal, kind = lo.OBJECTIVES["booth"](), lo.OPTIMIZERS["adam"]
    kept = [
        _kept.compiled_rule(kind(learning_rate=rate, beta1=beta), goal, 1000)
        for rate, beta in ((0.1, 0.9), (0.2, 0.8), (1, 0.7))
    ]
    assert kept[0] is kept[1] is kept[2] is not None
    assert _kept.compiled_rule(kind(beta1=0.0), goal, 1000) is not kept[0]


def test_a_few_steps_are_not_worth_a_program():
    @dataclasses.dataclass(frozen=True)
    class Once(lo.Objective):
        steep: float = 2.0
        n_params = 2

        def value(self, params):
            return (params * params).sum(axis=-1)

        def gradient(self, params, rows=None):
            return self.steep * params

    start = np.ones(2)
    assert _kept.compiled_gradient(Once(), start, 40) is None
    assert _kept.compiled_gradient(Once(), start, 1000) is not None
    assert _kept.compiled_gradient(Once(3.0), start, 40) is None


@dataclasses.dataclass(frozen=True)
class Own(lo.OPTIMIZERS["gradient_descent"].__mro__[1]):
    """A rule as a user may write it."""

    learning_rate: float = 0.1
    patience: float = 2.0
    name, formula = "Own", ""

    def init(self, params):
        return {"step": 0.0}

    def update(self, gradient, state, params):
        if self.patience > 1.0:  # a setting may decide
            gradient = gradient * self.patience
        return params - self.learning_rate * gradient, {"step": state["step"] + 1.0}


class Values(Own):
    """Looks at what it meets."""

    def update(self, gradient, state, params):
        if np.abs(gradient).max() > 1.0:
            gradient = gradient / 2.0
        return params - self.learning_rate * gradient, state


class Dice(Own):
    """Throws dice."""

    def update(self, gradient, state, params):
        noise = np.random.default_rng(int(1e6 * np.abs(params).sum())).normal(size=params.shape)
        return params - self.learning_rate * (gradient + noise), state


class HiddenDice(Own):
    """Throws dice that do not hang on anything."""

    def update(self, gradient, state, params):
        RANDOM.shuffle(ORDER)
        return params - self.learning_rate * gradient * ORDER, state


RANDOM, ORDER = np.random.default_rng(0), np.arange(1.0, 9.0)[:2]


def test_a_setting_may_decide_in_a_rule_of_ones_own():
    for patience in (0.5, 2.0):
        rule = Own(patience=patience)
        assert why_not(rule, BOWL) is None
        assert_same(*both(rule, BOWL))


def test_rules_of_ones_own_fall_back_by_themselves():
    for kind, reason in ((Values, "decides by values"), (Dice, "decides by values")):
        assert reason in why_not(kind(), BOWL)
        assert_same(*both(kind(), BOWL))
    assert "other steps" in why_not(HiddenDice(), BOWL)


class Bowl(lo.Objective):
    """An objective as a user may write it."""

    n_params = 3

    def __init__(self, steep=2.0):
        self.steep = steep

    def value(self, params):
        return 0.5 * self.steep * (params**2).sum(axis=-1)

    def gradient(self, params, rows=None):
        return self.steep * params


class Noisy(Bowl):
    def gradient(self, params, rows=None):
        return self.steep * params + RANDOM.normal(size=3)


class Counting(Bowl):
    def gradient(self, params, rows=None):
        self.asked = getattr(self, "asked", 0) + 1
        return self.steep * params


class Product(Bowl):
    def gradient(self, params, rows=None):
        return params @ np.eye(3)


class Copy(Bowl):
    def gradient(self, params, rows=None):
        return np.array(params) * 2.0


def test_objectives_of_ones_own_may_change_between_runs():
    goal = Bowl()
    assert why_not(lo.OPTIMIZERS["adam"](), goal) is None
    assert_same(*both(lo.OPTIMIZERS["adam"](), goal))
    goal.steep = 7.0
    assert_same(*both(lo.OPTIMIZERS["adam"](), goal))


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        (Noisy(), "another gradient"),
        (Counting(), "remembers what it was asked"),
        (Product(), "multiplies matrices"),
        (Copy(), "makes an array of values"),
    ],
)
def test_objectives_of_ones_own_fall_back_by_themselves(goal, reason):
    assert reason in why_not(lo.OPTIMIZERS["adam"](), goal)


def test_an_objective_is_asked_at_every_step_where_it_counts():
    goal = Counting()
    lo.descend(lo.OPTIMIZERS["adam"](), goal, n_steps=200)
    assert goal.asked >= 200


def test_only_words_of_the_table_are_written():
    assert set(PYTHON.words) == set(OPERATIONS)
    allowed = set(NAMES) | {"def", "return", "for", "in", "if", "else", "and", "or", "not"}
    allowed |= {"rate", "rates", "settings", "params", "state", "gradient", "more", "init", "e"}
    for kind in lo.OPTIMIZERS.values():
        if id_of(kind) in NUMPY_ONLY:
            continue
        goal = goal_of(kind)
        free, _ = _kept.settings_of(kind())
        program = trace_rule(kind(), goal.n_params, goal.matrices, free)
        text = init_text(program, goal.n_params)
        for number in range(len(program.steps)):
            text += step_text(program, number, goal.n_params)
        words = set(re.findall(r"[A-Za-z_]+\d*", text))
        assert all(w in allowed or re.fullmatch(r"[pgshv]\d+|step_\d+|e\d+", w) for w in words)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 9, 16, 31, 128, 129, 300, 1000])
def test_sums_go_in_the_order_of_numpy(size):
    rng = np.random.default_rng(size)
    for _ in range(20):
        numbers = rng.normal(size=(1, size)) * 10.0 ** rng.integers(-8, 8, (1, size))
        found = _folded("add", Traced(numbers.astype(object)), -1).cells
        assert found[0] == numbers.sum(axis=-1)[0]


@pytest.mark.parametrize("loss", lo.LOSSES)
def test_every_loss_of_one_sample_has_a_program(loss):
    kind = lo.LOSSES[loss]
    model = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}[kind.task]
    n_params = 9 if kind.task == "multiclass" else 3
    program = trace_sample(lo.MODELS[model](), kind(), n_params, 3)
    assert 0 < len(program.gradient) < LONGEST and 0 < len(program.value) < LONGEST


def test_a_program_is_bounded():
    tape = Tape()
    x = Traced.inputs(tape, "params", ())
    with pytest.raises(Untraceable, match="operations"):
        for _ in range(10 * LONGEST):
            x = x * x
