"""What every update rule promises, whichever it is; and the steps that are known exactly."""

import dataclasses
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt import testing
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.params import params_of
from lossopt.registry import id_of
from lossopt.testing import path, slope
from tests.fixtures.quadratic import Quadratic

EVERY = pytest.mark.parametrize("kind", lo.OPTIMIZERS.values(), ids=lo.OPTIMIZERS)
FIRST_MOMENT = [lo.OPTIMIZERS[name] for name in ("adam", "adamw", "amsgrad")]
START = [1.5, -0.5]
CONVEX_START = [0.6, -0.25]  # where L-BFGS finds pairs to remember
BRIEFLY = settings(max_examples=30, deadline=None, derandomize=True, database=None)

ADAM = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
DEFAULTS = {
    "gradient_descent": {"learning_rate": 0.01},
    "newton": {"learning_rate": 1.0, "damping": 0.0, "absolute": False},
    "momentum": {"learning_rate": 0.01, "momentum": 0.9, "dampening": 0.0, "averaged": False}
    | {"displacement": False},
    "nesterov": {"learning_rate": 0.01, "momentum": 0.9, "displacement": False},
    "lbfgs": {"learning_rate": 1.0, "history_size": 100, "line_search": "none"},
    "asgd": {"learning_rate": 0.01, "rate_decay": 1e-4, "rate_power": 0.75}
    | {"averaging_start": 1_000_000},
    "rprop": {"learning_rate": 0.01, "shrink": 0.5, "grow": 1.2}
    | {"smallest_step": 1e-6, "largest_step": 50.0},
    "adagrad": {"learning_rate": 0.01, "eps": 1e-10, "initial_accumulator": 0.0},
    "adadelta": {"learning_rate": 1.0, "decay": 0.9, "eps": 1e-6},
    "rmsprop": {"learning_rate": 0.01, "decay": 0.99, "eps": 1e-8, "momentum": 0.0},
    "adam": ADAM,
    "adamax": ADAM | {"learning_rate": 2e-3},
    "nadam": ADAM | {"learning_rate": 2e-3, "momentum_decay": 0.004},
    "adamw": ADAM | {"weight_decay": 0.01},
    "amsgrad": ADAM,
    "qhadam": ADAM | {"beta1": 0.995, "mix1": 0.7, "mix2": 1.0},
    "qhm": {"learning_rate": 0.01, "beta": 0.999, "mix": 0.7},
    "yogi": ADAM | {"learning_rate": 0.01, "eps": 1e-3, "initial_accumulator": 1e-6},
    "radam": ADAM,
    "adabelief": ADAM,
    "sam": {"learning_rate": 0.01, "radius": 0.05, "momentum": 0.0},
    "adan": {"learning_rate": 1e-3, "beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "eps": 1e-8},
    "lion": {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99},
    "prodigy": ADAM
    | {"learning_rate": 1.0, "bias_correction": False, "initial_distance": 1e-6}
    | {"decoupled_weight_decay": True},
    "sophia": {"learning_rate": 1e-4, "beta1": 0.96, "beta2": 0.99, "gamma": 0.01, "eps": 1e-12}
    | {"interval": 10},
    "schedule_free_sgd": {"learning_rate": 1.0, "beta": 0.9},
    "schedule_free_adamw": ADAM | {"learning_rate": 0.0025},
    "adafactor": {"learning_rate": 0.01, "decay_power": 0.8, "clip_threshold": 1.0}
    | {"eps": 2.0**-52, "smallest_scale": 1e-3},
    "muon": {"learning_rate": 1e-3, "momentum": 0.95, "nesterov": True, "iterations": 5}
    | {"rate_scale": "original"},
}
PAPERS = {
    "rprop": {"learning_rate": 0.1},
    "adadelta": {"decay": 0.95},
    "rmsprop": {"decay": 0.9, "eps": 0.0},
    "adamax": {"eps": 0.0},
    "amsgrad": {"bias_correction": False, "eps": 0.0},
    "yogi": {"bias_correction": False},
    "sam": {"momentum": 0.9},
    "sophia": {"weight_decay": 0.2},
}
COUPLED = set(DEFAULTS) - {"newton", "lbfgs", "rprop"}  # these have no weight decay
DECOUPLED = {"adamw", "adan", "lion", "prodigy", "sophia", "schedule_free_adamw"}
DECOUPLED |= {"adafactor", "muon"}
COUPLED -= DECOUPLED | {"sam"}  # its first gradient is not penalized
SWITCHED = ("adam", "amsgrad", "nadam", "radam", "prodigy")


def others(field):
    """Values of a field besides its default."""
    if field.choices:
        return [choice for choice in field.choices if choice != field.default]
    if isinstance(field.default, bool):
        return [not field.default]
    if isinstance(field.default, int):
        return [{"probe_seed": 1, "interval": 3}.get(field.name, 1)]
    if field.name in ("largest_step", "smallest_scale"):
        return [{"largest_step": 0.05, "smallest_scale": 2.0}[field.name]]
    return [max(0.5 * field.default + 0.1, 1.5 * field.limits[0])]


def switches(kind):
    """Every setting of one field that is no number at a time, and the defaults."""
    flags = [field for field in params_of(kind) if field.choices or isinstance(field.default, bool)]
    return [{}, *({field.name: other} for field in flags for other in others(field))]


@EVERY
def test_is_described(kind):
    fields = {field.name for field in dataclasses.fields(kind)}
    assert fields == {field.name for field in params_of(kind)}
    assert "learning_rate" in fields
    assert all(field.label and field.low < field.high for field in params_of(kind))
    assert kind.__dataclass_params__.frozen
    assert kind.__final__
    assert kind.year >= 1847
    assert r"\theta" in kind.formula
    assert {"Notes", "References", "Examples"} <= set(re.findall(r"\w+", kind.__doc__))


def test_ids_and_names_are_unique():
    kinds = lo.OPTIMIZERS.values()
    assert [id_of(kind) for kind in kinds] == list(lo.OPTIMIZERS)
    assert len({kind.name for kind in kinds}) == len(lo.OPTIMIZERS)
    assert len({kind.formula for kind in kinds}) == len(lo.OPTIMIZERS)
    assert [kind.year for kind in kinds] == sorted(kind.year for kind in kinds)


@pytest.mark.parametrize("name", DEFAULTS)
def test_defaults(name):
    rule = lo.OPTIMIZERS[name]()
    assert {field: getattr(rule, field) for field in DEFAULTS[name]} == DEFAULTS[name]
    decay = {"adamw": 0.01, "muon": 0.1}.get(name, 0.0)
    assert getattr(rule, "weight_decay", 0.0) == decay


def test_every_rule_has_tested_defaults():
    assert set(DEFAULTS) == set(lo.OPTIMIZERS)


def test_numbers_of_papers():
    """What a paper changes; all else is the default."""
    assert {name: kind.paper for name, kind in lo.OPTIMIZERS.items() if kind.paper} == PAPERS
    for kind in lo.OPTIMIZERS.values():
        published = kind.published()
        assert (published is None) == (kind.paper is None)
        assert published is None or published == kind(**kind.paper)


def test_second_order_rules_take_no_batches():
    whole = [name for name, kind in lo.OPTIMIZERS.items() if kind.full_batch]
    assert whole == ["newton", "lbfgs"]
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    for rule in (lo.OPTIMIZERS[name]() for name in whole):
        runs = [lo.descend(rule, risk, n_steps=2, batch_size=size) for size in (None, 1)]
        np.testing.assert_array_equal(runs[0].iterates, runs[1].iterates)


@EVERY
@BRIEFLY
@given(seed=st.integers(0, 2**32 - 1))
def test_batch_equals_one_by_one(kind, seed):
    for flags in switches(kind):
        testing.check_batch_equals_one_by_one(kind, seed=seed, **flags)


CONTEXT = {name: {"decoupled_weight_decay": {"weight_decay": 0.1}} for name in SWITCHED} | {
    "rmsprop": {"centered": {"momentum": 0.5}, "eps_place": {"eps": 0.1}},
}


def falling_path(rule, start, gradient):
    """Iterates of a run whose learning rate is halved after every step."""
    params, found = np.atleast_2d(start), []
    state = rule.init(params)
    for factor in 0.5 ** np.arange(6.0):
        now = dataclasses.replace(rule, learning_rate=factor * rule.learning_rate)
        params, state = now.update(gradient(params), state, params)
        found.append(params)
    return np.array(found)


@EVERY
def test_every_field_matters(kind):
    """A field that changes nothing would be a control that does nothing."""
    context = CONTEXT.get(id_of(kind), {})
    for field in params_of(kind):
        around = {"learning_rate": 0.1} | context.get(field.name, {})
        changes = field.name in ONLY_WHERE_THE_RATE_CHANGES
        taken = falling_path if changes else path
        start = CONVEX_START if id_of(kind) == "lbfgs" else START
        usual = taken(kind(**around), start, slope)
        for other in others(field):
            other_rule = kind(**around | {field.name: other})
            changed = taken(other_rule, start, slope)
            assert np.abs(changed - usual).max() > 1e-9, (field.name, other)
            if changes:
                steady = path(kind(**around), start, slope)
                np.testing.assert_allclose(path(other_rule, start, slope), steady, rtol=1e-12)


@EVERY
def test_keeps_what_every_optimizer_promises(kind):
    for flags in switches(kind):
        testing.check_optimizer(kind, **flags)


@EVERY
def test_coupled_weight_decay_is_a_steeper_objective(kind):
    """Weight decay λ on curvatures c is no weight decay on curvatures c + λ."""
    if not hasattr(kind, "weight_decay"):
        return
    plain, steep = Quadratic([1.0, 4.0]).gradient, Quadratic([1.25, 4.25]).gradient
    decayed = path(kind(weight_decay=0.25), [3.0, -1.0], plain)
    equivalent = path(kind(weight_decay=0.0), [3.0, -1.0], steep)
    assert np.allclose(decayed, equivalent, rtol=1e-12, atol=0.0) == (id_of(kind) in COUPLED)


@pytest.mark.parametrize("name", SWITCHED)
def test_switched_to_coupled_weight_decay_is_a_steeper_objective(name):
    fields = {"learning_rate": 0.1, "decoupled_weight_decay": False}
    fields |= {"initial_distance": 1.0} if name == "prodigy" else {}
    rules = [lo.OPTIMIZERS[name](weight_decay=decay, **fields) for decay in (0.25, 0.0)]
    slopes = [Quadratic(curvatures).gradient for curvatures in ([1.0, 4.0], [1.25, 4.25])]
    decayed, equivalent = (
        path(rule, [3.0, -1.0], gradient) for rule, gradient in zip(rules, slopes, strict=True)
    )
    np.testing.assert_allclose(decayed, equivalent, rtol=1e-12)


@pytest.mark.parametrize("name", ["adamw", "lion", "sophia", "adafactor", "muon", *SWITCHED])
def test_decoupled_weight_decay_shrinks_by_eta_lambda(name):
    flag = {"decoupled_weight_decay": True} if name in SWITCHED else {}
    fixed = {"initial_distance": 1.0} if name == "prodigy" else {}
    rule = lo.OPTIMIZERS[name](learning_rate=0.1, weight_decay=0.5, **flag, **fixed)
    shrunk = path(rule, [2.0, -8.0], np.zeros_like, n_steps=3)[:, 0]
    np.testing.assert_allclose(shrunk, np.outer(0.95 ** np.arange(4), [2.0, -8.0]), rtol=1e-14)


@pytest.mark.parametrize("kind", FIRST_MOMENT)
@BRIEFLY
@given(
    gradient=st.lists(st.floats(1e-3, 1e6) | st.floats(-1e6, -1e-3), min_size=2, max_size=2),
    rate=st.floats(1e-4, 1.0),
)
def test_first_step_of_adam_is_its_learning_rate(kind, gradient, rate):
    gradient = np.array([gradient])
    moved = path(kind(learning_rate=rate, weight_decay=0.0), [0.0, 0.0], lambda _: gradient, 1)
    np.testing.assert_allclose(moved[1], -rate * np.sign(gradient), rtol=2e-5)


@BRIEFLY
@given(decay=st.floats(0.0, 0.999), gradient=st.floats(0.01, 1e6))
def test_first_step_of_rmsprop_is_too_large(decay, gradient):
    rule = lo.OPTIMIZERS["rmsprop"](learning_rate=0.1, decay=decay, eps=0.0)
    moved = path(rule, [0.0], lambda _: np.array([[gradient]]), 1)
    np.testing.assert_allclose(moved[1], -0.1 / np.sqrt(1.0 - decay), rtol=1e-12)


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({}, [-8.0, -20.0, -34.0]),
        ({"dampening": 0.25}, [-8.0, -18.0, -29.0]),  # the first gradient is not damped
        ({"averaged": True}, [-4.0, -10.0, -17.0]),
        ({"averaged": True, "dampening": 0.25}, [-4.0, -9.0, -14.5]),
        ({"averaged": True, "dampening": 0.25, "displacement": True}, [-4.0, -9.0, -14.5]),
    ],
)
def test_momentum_weighs_gradients_as_stated(fields, places):
    rule = lo.OPTIMIZERS["momentum"](learning_rate=1.0, momentum=0.5, **fields)
    moved = path(rule, [0.0], lambda _: np.array([[8.0]]), 3)
    np.testing.assert_array_equal(moved[1:, 0, 0], places)


def test_adagrad_moves_by_eta_over_root_t():
    rule = lo.OPTIMIZERS["adagrad"](learning_rate=0.1)
    moves = -np.diff(path(rule, [0.0], lambda _: np.array([[7.0]]), 100)[:, 0, 0])
    np.testing.assert_allclose(moves, 0.1 / np.sqrt(np.arange(1, 101)), rtol=1e-9)


SCALE_FREE = {
    *("newton", "rprop", "adagrad", "rmsprop", "adam", "adamax", "nadam", "adamw", "amsgrad"),
    *("qhadam", "adabelief", "adan", "lion", "prodigy", "sophia", "schedule_free_adamw"),
    *("adafactor", "muon"),
}
ROTATION_FREE = {
    *("gradient_descent", "newton", "momentum", "nesterov", "asgd", "qhm", "sam"),
    "muon",  # on the right of its matrix, here a row
    *("lbfgs", "schedule_free_sgd"),  # L-BFGS only while its first gradient has |g|₁ < 1
}
NUMERIC_HESSIAN = {"newton"}


def is_scale_invariant(kind):
    """Whether the path stays when the loss is multiplied, by a power of two so it is exact."""
    rule = kind(eps=0.0) if hasattr(kind, "eps") else kind()
    plain = path(rule, START, slope)
    scaled = path(rule, START, lambda p: 1024.0 * slope(p))
    return np.array_equal(plain, scaled) and (plain[-1] != plain[0]).all()


def is_rotation_invariant(kind):
    """Whether the path turns with the axes."""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    rule = kind(learning_rate=0.1)
    plain = path(rule, START, slope)
    turned = path(rule, turn @ START, lambda p: slope(p @ turn) @ turn.T)
    close = 1e-6 if id_of(kind) in NUMERIC_HESSIAN else 1e-12
    return np.allclose(turned, plain @ turn.T, rtol=close, atol=close)


def test_without_momentum_nothing_is_dampened():
    """As in ``torch.optim.SGD``."""
    rule = lo.OPTIMIZERS["momentum"](learning_rate=0.1, momentum=0.0, dampening=0.5)
    plain = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    np.testing.assert_array_equal(path(rule, START, slope), path(plain, START, slope))
    assert rule.stability_limit() == plain.stability_limit()


@EVERY
def test_invariances(kind):
    assert is_scale_invariant(kind) == (id_of(kind) in SCALE_FREE)
    assert is_rotation_invariant(kind) == (id_of(kind) in ROTATION_FREE)
