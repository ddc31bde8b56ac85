"""What the texts on losses and batches say in words, checked by running it."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.datasets import move_points
from lossopt.theory.gradient_noise import gradient_variance, sample_gradients
from pages.ui.controls.moved_points import parse_moves
from pages.ui.losses import STARTS, examples


def descent(example, side, task_model, n_samples=24):
    """The run that an example of the page shows on one of its sides."""
    chosen = examples()[example]
    usual = {"a": ("mse", "binary_cross_entropy"), "b": ("mae", "sigmoid_mse")}[side]
    name = chosen.get(f"{side}.loss", usual[task_model == "logistic"])
    fields = {
        key.rpartition(".")[2]: float(text)
        for key, text in chosen.items()
        if key.startswith(f"{side}.{name}.")
    }
    data = lo.DATASETS[chosen["data"]](n_samples=n_samples).make()
    if moved := chosen.get(f"{chosen['data']}.moved"):
        data = move_points(data, parse_moves(moved))
    risk = lo.EmpiricalRisk(data, lo.MODELS[task_model](), lo.LOSSES[name](**fields))
    rate = float(chosen[f"{side}.run.learning_rate"])
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=rate)
    n_steps = int(chosen["run.n_steps"])
    return risk, lo.descend(rule, risk, start=STARTS[chosen["data"]], n_steps=n_steps)


def test_the_outlier_pulls_the_squared_error_only():
    clean = lo.DATASETS["line"](n_samples=24).make()
    for side, name, least, most in (("a", "mse", 0.4, 9.0), ("b", "mae", 0.0, 0.1)):
        risk, run = descent("outlier", side, "linear")
        before = lo.EmpiricalRisk(clean, risk.model, lo.LOSSES[name]()).minimizers[0]
        moved = np.linalg.norm(risk.minimizers[0] - before)
        assert least <= moved <= most
        assert risk.distance(run.iterates[-1]) < 0.15


def test_the_forces_of_the_regression_losses():
    r = np.array([-300.0, -2.0, 0.5, 2.0, 300.0])
    slopes = {
        name: lo.LOSSES[name]().gradient(r, np.zeros(5)).tolist()
        for name in ("mse", "mae", "huber")
    }
    assert slopes["mse"] == [-600.0, -4.0, 1.0, 4.0, 600.0]
    assert slopes["mae"] == [-1.0, -1.0, 1.0, 1.0, 1.0]
    assert slopes["huber"] == [-1.0, -1.0, 0.5, 1.0, 1.0]


def test_the_absolute_error_keeps_jumping_at_a_constant_rate():
    late = {}
    for side in "ab":
        _, run = descent("outlier", side, "linear")
        late[side] = np.linalg.norm(np.diff(run.iterates[-20:], axis=0), axis=1).max()
    assert late["a"] < 1e-3 < 5e-3 < late["b"]


def test_two_quantiles_hold_four_fifths_of_the_points():
    lines = [descent("quantiles", side, "linear") for side in "ab"]
    below = [
        (risk.y < risk.model.predict(risk.reference.params, risk.inputs)).mean()
        for risk, _ in lines
    ]
    assert below[0] <= 0.1 and below[1] >= 0.8


def test_the_plateau_holds_the_squared_error_and_not_cross_entropy():
    right, kept = {}, {}
    for side in "ab":
        risk, run = descent("plateau", side, "logistic")
        logits = risk.model.predict(run.iterates[-1], risk.inputs)
        right[side] = ((logits > 0.0) == (risk.y > 0.0)).mean()
        kept[side] = run.losses[-1] / run.losses[0]
    assert right["a"] > 0.9 and kept["a"] < 0.02
    assert right["b"] < 0.1 and kept["b"] > 0.99


def test_hinge_and_focal_loss_stop_caring():
    z, y = np.array([1.0, 1.5, 40.0]), np.ones(3)
    np.testing.assert_array_equal(lo.LOSSES["hinge"]().gradient(z, y), 0.0)
    probability = np.array([0.3, 0.6, 0.9, 0.99])
    logits, ones = np.log(probability / (1.0 - probability)), np.ones(4)
    share = lo.LOSSES["focal"]().value(logits, ones) / lo.LOSSES["binary_cross_entropy"]().value(
        logits, ones
    )
    np.testing.assert_allclose(share, (1.0 - probability) ** 2, rtol=1e-9)


def test_label_smoothing_punishes_certainty_and_keeps_params_small():
    kind = lo.LOSSES["categorical_cross_entropy"]
    sure, label = np.array([[9.0, 0.0, 0.0]]), np.zeros(1)
    assert kind(label_smoothing=0.2).gradient(sure, label)[0, 0] > 0.0
    assert kind().gradient(sure, label)[0, 0] < 0.0
    ends = []
    for smoothing in (0.0, 0.2):
        data = lo.DATASETS["three_blobs"](n_samples=24)
        risk = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), kind(label_smoothing=smoothing))
        rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.5)
        ends.append(np.linalg.norm(lo.descend(rule, risk, n_steps=120).iterates[-1]))
    assert ends[1] < 0.6 * ends[0]


def test_four_times_the_batch_is_about_half_the_noise():
    risk = lo.EmpiricalRisk(
        lo.DATASETS["line"](n_samples=40), lo.MODELS["linear"](), lo.LOSSES["mse"]()
    )
    single = sample_gradients(risk, np.array([4.6, 2.4]))
    for size in (1, 2, 4):
        ratio = np.sqrt(gradient_variance(single, 4 * size) / gradient_variance(single, size))
        assert ratio == pytest.approx(0.5, abs=0.1)


def test_at_the_minimizer_the_gradient_vanishes_and_the_noise_does_not():
    risk = lo.EmpiricalRisk(
        lo.DATASETS["line"](n_samples=40), lo.MODELS["linear"](), lo.LOSSES["mse"]()
    )
    best = risk.minimizers[0]
    np.testing.assert_allclose(risk.gradient(best), 0.0, atol=1e-12)
    assert gradient_variance(sample_gradients(risk, best), 8) > 0.1
    rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    for size, wanders in ((None, False), (1, True)):
        run = lo.descend(rule, risk, start=best, n_steps=100, batch_size=size)
        assert (risk.distance(run.iterates[50:]).max() > 0.1) == wanders
