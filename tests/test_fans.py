"""Fans: a dial shows what the engine computes for its value, and no more is sent than allowed."""

import base64
import json

import numpy as np
import pytest

import lossopt as lo
from lossopt.fans import can_turn, fan_rows
from lossopt.figures.fan import fan_message, values_for
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane
from pages.ui.runs.cache import fan_picture
from pages.ui.runs.race import Race

RULES = lo.OPTIMIZERS
LINE = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
NETWORK = lo.EmpiricalRisk(
    lo.DATASETS["spiral"](), lo.MODELS["mlp"](), lo.LOSSES["binary_cross_entropy"]()
)


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


def entries(*rules: lo.Optimizer, batch_size: int | None = None) -> tuple[lo.Entry, ...]:
    return tuple(lo.Entry(rule, batch_size) for rule in rules)


@pytest.mark.parametrize("field", ["learning_rate", "momentum"])
@pytest.mark.parametrize("n_values", [11, 41])
def test_one_row_is_the_race_as_it_is_and_the_dial_rises(field: str, n_values: int) -> None:
    rules = entries(RULES["adam"](learning_rate=0.013), RULES["momentum"](momentum=0.8765))
    rows = fan_rows(rules, field, n_values=n_values)
    assert len(rows) == n_values and rules in rows
    turned = [getattr(row[1].optimizer, field) for row in rows]
    assert turned == sorted(turned) and len(set(turned)) == n_values


@pytest.mark.parametrize("momenta", [(0.9, 0.0), (0.0, 0.9), (0.5, 0.99)])
def test_momenta_that_differ_stay_in_the_race_as_it_is(momenta: tuple[float, float]) -> None:
    first, second = momenta
    rules = entries(RULES["momentum"](momentum=first), RULES["rmsprop"](momentum=second))
    rows = fan_rows(rules, "momentum")
    assert rows.count(rules) == 1
    assert all(
        len({entry.optimizer.momentum for entry in row}) == 1 for row in rows if row != rules
    )


def test_learning_rates_keep_their_proportions_and_one_can_be_turned_alone() -> None:
    rules = entries(RULES["adam"](learning_rate=0.001), RULES["momentum"](learning_rate=0.02))
    for adam, momentum in fan_rows(rules, "learning_rate"):
        ratio = momentum.optimizer.learning_rate / adam.optimizer.learning_rate
        assert ratio == pytest.approx(20.0, rel=0.01)
    assert {row[0] for row in fan_rows(rules, "learning_rate", only=1)} == {rules[0]}


@pytest.mark.parametrize("rate", [1e-11, 1e-5, 1.0, 5000.0])
def test_the_dial_reaches_any_rate(rate: float) -> None:
    rules = entries(RULES["gradient_descent"](learning_rate=rate))
    assert rules in fan_rows(rules, "learning_rate")
    assert all(row[0].optimizer.learning_rate > 0 for row in fan_rows(rules, "learning_rate"))


def test_what_cannot_be_turned_is_refused() -> None:
    assert not can_turn(RULES["gradient_descent"](learning_rate=0.0), "learning_rate")
    with pytest.raises(ValueError, match="momentum"):
        fan_rows(entries(RULES["adam"]()), "momentum")


@pytest.mark.parametrize("objective", [LINE, lo.OBJECTIVES["rosenbrock"]()])
def test_every_value_holds_the_engines_own_run(objective: lo.Objective) -> None:
    rules = entries(RULES["momentum"](), RULES["adam"](), batch_size=8)
    rows = fan_rows(rules, "learning_rate", n_values=11)
    options = {"n_steps": 500, "seed": 3}
    runs = [lo.descend(row, objective, **options) for row in rows]
    message = fan_message(objective, axis_plane(objective), runs)
    frames = message.frames
    steps = np.minimum(np.arange(frames.count) * frames.stride, 500)
    assert steps[-1] == 500
    for k in (0, 5, 10):
        for i in range(2):
            own = lo.descend(rows[k][i], objective, **options)
            sent = message.runs[i]
            losses = floats(sent.loss).reshape(11, -1)[k]
            params = floats(sent.params).reshape(11, -1, 2)[k]
            with np.errstate(over="ignore"):
                np.testing.assert_array_equal(losses, own.losses[steps].astype("f4"))
                np.testing.assert_array_equal(params, own.iterates[steps].astype("f4"))
            assert sent.diverged_at[k] == own.lost_at


@pytest.mark.parametrize("objective", [LINE, NETWORK, lo.OBJECTIVES["quadratic"]()])
@pytest.mark.parametrize("n_runs, n_steps", [(8, 1), (6, 300), (3, 2500)])
def test_a_fan_stays_below_its_size(objective: lo.Objective, n_runs: int, n_steps: int) -> None:
    n_values = values_for(objective, n_runs, n_steps)
    assert n_values is not None
    rows = fan_rows(entries(RULES["adam"]()) * n_runs, "learning_rate", n_values=n_values)
    # What is sent has the size of the arrays whatever they hold: one run stands for all.
    one = lo.descend(RULES["adam"](), objective, n_steps=n_steps)
    message = fan_message(objective, axis_plane(objective), [[one] * n_runs for _ in rows])
    assert len(json.dumps(as_json(message))) <= 800_000
    assert message.frames.count >= min(25, n_steps + 1)


def test_a_race_that_is_too_long_has_no_dial() -> None:
    assert values_for(LINE, 8, 10_000) is None


def test_runs_of_a_fan_rest_where_their_budget_ends() -> None:
    rules = entries(RULES["momentum"](), RULES["adam"]())
    start = (0.5, -0.5)
    race = Race(rules, 40, start, limits=(40, 10))
    rows = fan_rows(rules, "learning_rate", n_values=11)
    message = fan_picture(rows, race, LINE, axis_plane(LINE))
    losses = floats(message.runs[1].loss).reshape(11, -1)
    own = lo.descend(rows[8][1], LINE, start=start, n_steps=10).losses
    assert losses.shape[1] == 41
    np.testing.assert_array_equal(losses[8, :11], own.astype("f4"))
    assert (losses[8, 10:] == losses[8, 10]).all()


def test_a_fan_tells_the_test_loss_of_every_value() -> None:
    data = lo.DATASETS["line"]().make()
    rest = lo.DATASETS["line"](seed=1).make()
    risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"](), test=rest)
    rows = fan_rows(entries(RULES["adam"]()), "learning_rate", n_values=11)
    runs = [lo.descend(row, risk, n_steps=8) for row in rows]
    sent = floats(fan_message(risk, axis_plane(risk), runs).runs[0].test_loss)
    assert sent.reshape(11, 9)[3] == pytest.approx(risk.test_loss(runs[3][0].iterates), rel=1e-6)
