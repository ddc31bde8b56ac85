"""Every shortcut against the plain definition, on ordinary and on nasty data."""

import dataclasses
from typing import final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.landscapes.fast import SHORTCUTS, fast_values
from lossopt.landscapes.fast._logs import HIGHEST
from lossopt.landscapes.surfaces import Plane, axis_plane, evaluate_surface

MODELS = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}
LOSSES = [
    *(kind() for kind in lo.LOSSES.values()),
    lo.LOSSES["huber"](delta=0.01),
    lo.LOSSES["huber"](delta=30.0),
    lo.LOSSES["categorical_cross_entropy"](label_smoothing=0.3),
]
RESOLUTION = 13


def make_risk(loss, X, y):
    names = ("a", "b", "c") if loss.task == "multiclass" else ()  # a class may have no sample
    data = lo.Dataset(X, y, loss.task, class_names=names)
    return lo.EmpiricalRisk(data, lo.MODELS[MODELS[loss.task]](), loss)


def sample_risk(loss, n_samples=60, *, offset=0.0, spread=1.0, seed=0, clean=False):
    rng = np.random.default_rng(seed)
    X = offset + spread * rng.normal(size=(n_samples, 2))
    score = (X - offset) @ [1.0, -0.5] / spread + (0.0 if clean else rng.normal(size=n_samples))
    if loss.task == "regression":
        return make_risk(loss, X, score)
    edges = [0.0] if loss.task == "binary" else [-0.7, 0.7]
    return make_risk(loss, X, np.digitize(score, edges).astype(float))


def definition(risk, plane, x, y):
    """Plain values, and how far rounding of params and predictions alone may move them."""
    params = plane.params(x[None, :], y[:, None])
    with np.errstate(all="ignore"):
        predictions = risk.model.predict(params, risk.inputs)
        values = np.mean(risk.loss.value(predictions, risk.y), axis=-1)
        reach = Plane(np.abs(plane.origin), np.abs(plane.directions), plane.labels)
        largest = reach.params(
            np.full_like(x, np.abs(x).max())[None, :], np.abs(y).max()[None, None]
        )
        terms = risk.model.predict(largest, np.abs(risk.inputs))
        if risk.loss.task == "regression":
            terms = terms + np.abs(risk.y)
        moved = 4.0 * np.finfo(float).eps * terms
        near = [predictions - moved, predictions, predictions + moved]  # both sides of a kink
        slopes = np.max([np.abs(risk.loss.gradient(each, risk.y)) for each in near], axis=0)
        effect = (slopes + moved) * moved
    return values, effect.reshape(*values.shape, -1).sum(axis=-1) / risk.n_samples


def check(risk, plane, bounds, *, tolerance=1e-12):
    surface = evaluate_surface(risk, plane=plane, bounds=bounds, resolution=RESOLUTION)
    plain, unavoidable = definition(risk, plane, surface.x, surface.y)
    finite = np.isfinite(plain)
    assert (np.isfinite(surface.z) == finite).all()
    gap = np.abs(surface.z - plain)[finite]
    allowed = tolerance * np.abs(plain[finite]) + unavoidable[finite] + 1e-300
    assert (gap <= allowed).all(), float((gap / allowed).max())


def planes(risk):
    """Weight and bias, bias and weight, two weights, and a tilted plane."""
    last = risk.n_params - 1
    rng = np.random.default_rng(5)
    directions = np.linalg.qr(rng.normal(size=(risk.n_params, 2)))[0].T
    tilted = Plane(0.3 * rng.normal(size=risk.n_params), directions, ("a", "b"))
    return [axis_plane(risk, *axes) for axes in ((0, last), (last, 0), (0, 1))] + [tilted]


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("side", [0.5, 3.0, 1000.0])
def test_equals_the_definition(loss, number, side):
    risk = sample_risk(loss)
    check(risk, planes(risk)[number], ((-side, 1.1 * side), (-0.9 * side, side)))


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("number", range(4))
def test_far_off_data(loss, number):
    risk = sample_risk(loss, offset=1000.0)
    check(risk, planes(risk)[number], ((-2.0, 2.0), (-3.0, 3.0)))
    around = risk.reference.params
    where = dataclasses.replace(planes(risk)[number], origin=around)
    check(risk, where, ((-1e-3, 2e-3), (-2e-3, 1e-3)))


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_losses_near_nothing(loss):
    """Around an exact fit, or where all classes are right by far."""
    risk = sample_risk(loss, clean=True)
    where = axis_plane(risk, 0, risk.n_params - 1)
    check(risk, where, ((-1.0, 200.0), (-50.0, 60.0)))
    away = np.append(40.0 * np.array([1.0, -0.5]), 0.0)
    if loss.task == "binary":
        for size in (1.0, 10.0, 300.0):
            plane = Plane(size * away, np.eye(3)[[0, 2]], ("w1", "b"))
            check(risk, plane, ((-5.0, 5.0), (-2.0, 2.0)))
    if loss.task == "regression":
        exact = np.array([1.0, -0.5, 0.0])
        plane = Plane(exact, np.eye(3)[[0, 2]], ("w1", "b"))
        check(risk, plane, ((-1e-6, 1e-6), (-1e-6, 2e-6)))


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_many_samples_and_columns(loss):
    """More than one block in every direction."""
    risk = sample_risk(loss, n_samples=2500)
    plane = axis_plane(risk, 0, 1)
    x = np.linspace(-4.0, 3.0, 150)
    surface = evaluate_surface(risk, plane=plane, bounds=((-4.0, 3.0), (-2.0, 2.0)), resolution=150)
    rows, columns = np.arange(0, 150, 37), np.arange(0, 150, 29)
    y = np.linspace(-2.0, 2.0, 150)
    plain, _ = definition(risk, plane, x[columns], y[rows])
    np.testing.assert_allclose(surface.z[np.ix_(rows, columns)], plain, rtol=1e-12)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "categorical_cross_entropy"])
def test_many_bands(name):
    """Exponents of a row's factor far beyond what one band may hold."""
    loss = lo.LOSSES[name]()
    risk = sample_risk(loss, spread=5.0)
    side = 40.0
    assert np.abs(risk.inputs).max() * side > 5 * HIGHEST
    for plane in planes(risk):
        check(risk, plane, ((-side, side), (-side, side)))


numbers = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e-9, 1000.0, 1e6, -1e3]),
    st.floats(-50.0, 50.0, allow_subnormal=False),
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), loss=st.sampled_from(LOSSES))
def test_nasty_data(data, loss):
    """Repeated and constant columns, huge and tiny numbers, one sample, empty classes."""
    n_samples = data.draw(st.integers(1, 9))
    rows = st.lists(numbers, min_size=n_samples, max_size=n_samples)
    X = np.array([data.draw(rows), data.draw(rows)]).T
    if loss.task == "regression":
        y = np.array(data.draw(rows))
    else:
        top = 1 if loss.task == "binary" else 2
        labels = st.lists(st.integers(0, top), min_size=n_samples, max_size=n_samples)
        y = np.array(data.draw(labels), dtype=float)
        if loss.task == "multiclass":
            y[-1] = 2.0
    risk = make_risk(loss, X, y)
    sides = [data.draw(st.sampled_from([1e-3, 1.0, 7.0, 500.0])) for _ in range(2)]
    shifts = [data.draw(st.floats(-1.0, 1.0)) for _ in range(2)]
    bounds = tuple((s * (h - 1.0), s * (h + 1.0)) for s, h in zip(sides, shifts, strict=True))
    number = data.draw(st.integers(0, 3))
    last = risk.n_params - 1
    first, second = [(0, last), (last, 0), (0, 1), (1, last)][number]
    plane = Plane(
        np.array(data.draw(st.lists(numbers, min_size=last + 1, max_size=last + 1))),
        np.eye(last + 1)[[first, second]],
        ("a", "b"),
    )
    check(risk, plane, bounds, tolerance=2e-12)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize("side", [1e200, 1e307])
def test_overflow_is_quiet(loss, side):
    """No warning (they are errors here), and the minimum of the box is still found finite."""
    risk = sample_risk(loss, n_samples=5)
    surface = evaluate_surface(
        risk, plane=axis_plane(risk), bounds=((-side, side), (-side, side)), resolution=5
    )
    assert surface.z.shape == (5, 5)
    assert np.isfinite(surface.z[2, 2])


@final
@dataclasses.dataclass(frozen=True)
class LogCosh(lo.Loss):
    """A loss of the user's own: no shortcut knows it."""

    name = "log cosh"
    task = "regression"
    formula = "x"

    def value(self, y_pred, y):
        size = np.abs(y_pred - y)
        return size + np.log1p(np.exp(-2.0 * size)) - np.log(2.0)

    def gradient(self, y_pred, y):
        return np.tanh(y_pred - y)

    def curvature(self, y_pred, y):
        return 1.0 / np.square(np.cosh(y_pred - y))


def test_a_loss_without_a_shortcut():
    assert LogCosh not in SHORTCUTS
    risk = sample_risk(LogCosh(), n_samples=20_000)
    plane = axis_plane(risk)
    x = y = np.linspace(-2.0, 2.0, 7)
    values = fast_values(risk, plane.origin, plane.directions, x, y)
    np.testing.assert_allclose(values, definition(risk, plane, x, y)[0], rtol=1e-13)


def test_test_functions_have_no_shortcut():
    goal = lo.OBJECTIVES["rosenbrock"]()
    axis = np.linspace(0.0, 1.0, 3)
    assert fast_values(goal, np.zeros(2), np.eye(2), axis, axis) is None
