"""Rules as loops over many params, and networks as the browser runs and shows them."""

import dataclasses
import json

import numpy as np
import pytest

import lossopt as lo
from lossopt.entries import Entry
from lossopt.figures.fits import fit_view
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.figures.packing import unpack
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane
from lossopt.programs import Untraceable, script_of, trace_rule
from lossopt.registry import id_of
from lossopt.theory.diagnostics import sharpness
from tests.programs.test_javascript import POWERS
from tests.programs.test_programs import NUMPY_ONLY, RULES, variants

N = 140
"""Params, so many that NumPy sums them by halves."""


class Valley(lo.Objective):
    """Its gradient has the same bits everywhere."""

    n_params = N
    bounds = ((-2.0, 2.0),) * N
    start = np.linspace(-1.5, 2.0, N)
    weights = np.linspace(0.25, 3.0, N)

    def value(self, params):
        return (self.weights * params * params).sum(axis=-1)

    def gradient(self, params, rows=None):
        return self.weights * params - 0.375


@RULES
def test_loops_over_params_equal_numpy_to_the_bit(node, kind):
    if id_of(kind) in NUMPY_ONLY or kind.needs_matrices:
        with pytest.raises(Untraceable):
            trace_rule(kind(), N, loops=True)
        return
    for fields in variants(kind):
        rule, goal = kind(**fields), Valley()
        path, _ = node.descend(rule, goal, n_steps=40)
        run = lo.descend(rule, goal, n_steps=40)
        if id_of(kind) in POWERS:
            np.testing.assert_allclose(path, run.iterates, rtol=1e-12)
        else:
            np.testing.assert_array_equal(path, run.iterates, err_msg=str(rule))


@dataclasses.dataclass(frozen=True)
class Own(lo.Optimizer):
    name = "Own"
    formula = "x"
    learning_rate: float = 0.01
    how: str = ""

    def init(self, params):
        return {}

    def update(self, gradient, state, params):
        return params - self.learning_rate * APART[self.how](gradient), state


def _first_only(gradient):
    found = np.zeros_like(gradient)
    found[:, 0] = gradient[:, 0]
    return found


APART = {
    "turned around": lambda gradient: gradient[:, ::-1],
    "the next one's": lambda gradient: np.concatenate([gradient[:, 1:], gradient[:, :1]], axis=-1),
    "each its own": lambda gradient: gradient * np.arange(gradient.shape[-1]),
    "first only": _first_only,
    "the largest": lambda gradient: gradient.max(axis=-1, keepdims=True) + 0.0 * gradient,
    "all with all": lambda gradient: (gradient[:, :, None] * gradient[:, None, :]).sum(axis=-1),
    "columns": lambda gradient: (gradient.reshape(-1, 2) * np.array([1.0, 2.0])).reshape(1, -1),
}


@pytest.mark.parametrize("how", APART)
def test_a_rule_that_does_not_treat_all_params_alike_is_no_loop(node, how):
    rule, goal = Own(how=how), lo.OBJECTIVES["matrix_factorization"](rows=12, columns=12)
    assert goal.n_params == 48
    with pytest.raises(Untraceable):
        trace_rule(rule, goal.n_params, loops=True)
    (run,) = script_of(goal, [rule]).runs
    if run:  # line by line
        path, _ = node.descend(rule, goal, n_steps=5)
        np.testing.assert_allclose(path, lo.descend(rule, goal, n_steps=5).iterates, rtol=1e-12)


def network(data, loss, **fields):
    model = lo.MODELS["mlp"](**fields)
    return lo.EmpiricalRisk(lo.DATASETS[data](), model, lo.LOSSES[loss]())


TASKS = {"regression": "curve", "binary": "moons", "multiclass": "three_blobs"}


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("task", TASKS)
def test_every_network_of_two_layers_of_sixteen_runs(node, task, activation):
    losses = [name for name, kind in lo.LOSSES.items() if kind.task == task]
    for loss in losses:
        goal = network(TASKS[task], loss, hidden_layers=2, width=16, activation=activation)
        for ask in ("value", "gradient"):
            found, expected = node.objective(goal, ask, goal.start), getattr(goal, ask)(goal.start)
            np.testing.assert_allclose(found, np.ravel(expected), rtol=1e-9, atol=1e-14)
    points = np.random.default_rng(0).normal(size=(7, goal.inputs.shape[1] - 1))
    inputs = goal.model.prepare(points)
    expected = goal.model.predict(goal.start, inputs).reshape(7, -1).T
    found = node.outputs(goal, goal.start, inputs)
    np.testing.assert_allclose(found, expected.ravel(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_neurons_of_the_diagram_say_what_those_of_the_model_say(node, layers, activation):
    for data, loss in (("spiral", "hinge"), ("three_blobs", "categorical_cross_entropy")):
        goal = network(data, loss, hidden_layers=layers, width=5, activation=activation)
        rng = np.random.default_rng(layers)
        path = rng.normal(scale=2.0, size=(3, goal.n_params))
        inputs = goal.model.prepare(rng.normal(size=(9, goal.inputs.shape[1] - 1)))
        fit, (weights, _) = fit_view(goal, [path, None])
        told = as_json(fit.network)
        for k in range(3):
            found = node.neurons(told, path, inputs, at=k * goal.n_params)
            expected = np.concatenate(goal.model.activations(path[k], inputs))
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(unpack(weights).reshape(path.shape), path, rtol=1e-6)


def test_entries_of_a_factorization_are_shown(node):
    goal = lo.OBJECTIVES["matrix_factorization"]()
    found = node.outputs(goal, goal.start, [])
    np.testing.assert_allclose(found, goal.product(goal.start).ravel(), rtol=1e-12)


def test_the_sharpness_is_that_of_the_library(node):
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.2)
    for goal in (network("moons", "binary_cross_entropy"), lo.OBJECTIVES["rosenbrock"]()):
        run = lo.descend(rule, goal, n_steps=48)
        live = as_json(live_message(goal, axis_plane(goal), [run]))
        (found,) = node.race(json.loads(json.dumps(live)), range(49), measured=[0])
        looks = found["sharpness"]
        path = found["params"].reshape(49, -1)[looks["frames"]]
        assert len(looks["frames"]) > 1
        np.testing.assert_allclose(looks["values"], sharpness(goal, path), rtol=1e-4)


def scene_of(goal, rules, n_steps=30):
    runs = lo.descend([Entry(rule) for rule in rules], goal, n_steps=n_steps)
    contestants = [Contestant(str(k), str(k), "", look_of("adam", k)) for k in range(len(runs))]
    plane = axis_plane(goal)
    surface = lo.evaluate_surface(goal, plane=plane, resolution=5)
    return stage_scene(goal, plane, runs, contestants, surface_message(surface, None))


@pytest.mark.parametrize("data", TASKS.values())
def test_of_runs_that_the_browser_makes_nothing_is_sent(data):
    loss = lo.MODELS["mlp"].usual_losses[lo.DATASETS[data].task]
    goal, adam, newton = network(data, loss), *(lo.OPTIMIZERS[k]() for k in ("adam", "lbfgs"))
    alone, beside = scene_of(goal, [adam]), scene_of(goal, [adam, newton])
    assert alone.live and alone.fit.key_frames is None and alone.fit.monomials
    assert alone.runs[0].params is alone.runs[0].outputs is alone.runs[0].xy is None
    assert beside.live.runs[1] is None and beside.fit.key_frames and beside.fit.monomials
    said = "outputs" if data == "curve" else "weights"
    assert getattr(beside.runs[0], said) is None and getattr(beside.runs[1], said)
    sent = scene_of(goal, [newton])
    assert sent.live is None and getattr(sent.runs[0], said)
    assert (sent.fit.monomials is None) == (data == "curve")
    assert alone.fit.basis is beside.fit.basis is sent.fit.basis is None
