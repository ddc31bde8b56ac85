"""The descent loop: batches, divergence, schedules, clipping, averaging."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons.steps import steps_csv
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane
from lossopt.lanes import batches
from lossopt.schedules import SCHEDULES

GD, MOMENTUM, ADAM = (lo.OPTIMIZERS[name] for name in ("gradient_descent", "momentum", "adam"))
BOWL = lo.OBJECTIVES["quadratic"](condition_number=10.0, rotation=30.0)


@pytest.fixture(scope="module")
def risk() -> lo.EmpiricalRisk:
    return lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())


def test_an_epoch_sees_every_sample_once() -> None:
    stream = batches(10, 3, seed=4)
    for _ in range(3):
        seen = np.concatenate([next(stream) for _ in range(4)])
        assert sorted(seen) == list(range(10))


def test_all_batch_sizes_see_the_same_order() -> None:
    one, three = batches(9, 1, seed=1), batches(9, 3, seed=1)
    for _ in range(6):
        assert [next(one)[0] for _ in range(3)] == list(next(three))


def test_runs_side_by_side_equal_runs_alone(risk: lo.EmpiricalRisk) -> None:
    rules, sizes = [GD(), ADAM(), MOMENTUM(), GD(0.1)], [None, 8, 1, 8]
    together = lo.descend(rules, risk, n_steps=40, batch_size=sizes, seed=3)
    for rule, size, run in zip(rules, sizes, together, strict=True):
        alone = lo.descend(rule, risk, n_steps=40, batch_size=size, seed=3)
        np.testing.assert_allclose(run.iterates, alone.iterates, rtol=1e-14, atol=1e-15)
        assert run.steps_per_epoch == {None: 1, 8: 13, 1: 100}[size]


def test_starts_and_seeds_may_differ(risk: lo.EmpiricalRisk) -> None:
    rules, sizes, seeds = [ADAM(), GD(), ADAM(), GD()], [4, 4, 4, None], [1, 2, 2, 3]
    starts = np.random.default_rng(0).normal(size=(4, 2))
    together = lo.descend(rules, risk, start=starts, n_steps=30, batch_size=sizes, seed=seeds)
    for rule, start, size, seed, run in zip(rules, starts, sizes, seeds, together, strict=True):
        alone = lo.descend(rule, risk, start=start, n_steps=30, batch_size=size, seed=seed)
        np.testing.assert_allclose(run.iterates, alone.iterates, rtol=1e-14, atol=1e-15)
    other = lo.descend(ADAM(), risk, start=starts[0], n_steps=30, batch_size=4, seed=2)
    assert np.abs(other.iterates - together[0].iterates).max() > 1e-4


def test_losses_are_those_of_all_samples(risk: lo.EmpiricalRisk) -> None:
    run = lo.descend(GD(), risk, n_steps=20, batch_size=1)
    plain = [risk.loss.value(risk.inputs @ params, risk.y).mean() for params in run.iterates]
    np.testing.assert_allclose(run.losses, plain, rtol=1e-12)


def test_gradient_evaluations_count_samples(risk: lo.EmpiricalRisk) -> None:
    run = lo.descend(GD(), risk, n_steps=14, batch_size=8)
    assert run.gradient_evaluations[12] == 96 and run.gradient_evaluations[13] == 100
    sam = lo.descend(lo.OPTIMIZERS["sam"](), risk, n_steps=3)
    assert sam.gradient_evaluations.tolist() == [0, 200, 400, 600]


def test_divergence_is_told_and_nothing_is_clamped() -> None:
    run = lo.descend(GD(1.0), BOWL, n_steps=2000)
    assert run.diverged_at is not None
    assert np.isnan(run.iterates[run.diverged_at :]).all()
    assert np.isfinite(run.iterates[: run.diverged_at]).all()
    assert np.abs(run.iterates[run.diverged_at - 1]).max() > 1e300


def test_a_schedule_scales_the_learning_rate() -> None:
    schedule = SCHEDULES["cosine"](warmup=5)
    run = lo.descend(GD(0.1), BOWL, n_steps=30, schedule=schedule)
    params = BOWL.start
    for k, factor in enumerate(schedule.factors(30)):
        params = params - 0.1 * factor * BOWL.gradient(params)
        np.testing.assert_allclose(run.iterates[k + 1], params, rtol=1e-13)


def test_a_rule_that_keeps_its_learning_rate_begins_at_the_schedules() -> None:
    """As in PyTorch, where a scheduler sets the rate before the first step."""
    rule = lo.OPTIMIZERS["rprop"](learning_rate=0.1)
    warmed = lo.descend(
        rule,
        lo.OBJECTIVES["quadratic"](),
        start=[1.0, 1.0],
        n_steps=1,
        schedule=lo.SCHEDULES["constant"](warmup=4),
    )
    np.testing.assert_allclose(warmed.iterates[1], [0.975, 0.975], rtol=1e-15)


def test_schedules_belong_to_one_run_each() -> None:
    step = SCHEDULES["step"](every=3)
    both = lo.descend([ADAM(), ADAM()], BOWL, n_steps=20, schedule=[None, step])
    np.testing.assert_array_equal(both[0].iterates, lo.descend(ADAM(), BOWL, n_steps=20).iterates)
    assert np.abs(both[0].iterates - both[1].iterates).max() > 1e-4


def test_clipping_shortens_long_gradients_only() -> None:
    start = np.array([2.0, 1.0])
    slope = BOWL.gradient(start)
    norm = np.linalg.norm(slope)
    clipped = lo.descend(GD(0.1), BOWL, start=start, n_steps=1, clip_norm=0.5)
    expected = start - 0.1 * 0.5 / (norm + 1e-6) * slope
    np.testing.assert_allclose(clipped.iterates[1], expected, rtol=1e-14)
    wide = lo.descend(GD(0.1), BOWL, start=start, n_steps=1, clip_norm=2.0 * norm)
    np.testing.assert_array_equal(wide.iterates[1], start - 0.1 * slope)


def test_averaging_shows_the_running_mean(risk: lo.EmpiricalRisk) -> None:
    plain = lo.descend(GD(0.05), risk, n_steps=50, batch_size=1)
    averaged = lo.descend(GD(0.05), risk, n_steps=50, batch_size=1, average=True)
    np.testing.assert_allclose(averaged.iterates[7], plain.iterates[1:8].mean(axis=0))
    np.testing.assert_array_equal(averaged.iterates[0], plain.iterates[0])
    np.testing.assert_allclose(averaged.losses[7], risk.value(averaged.iterates[7]))


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"n_steps": -1}, "n_steps"),
        ({"batch_size": 0}, "batch_size"),
        ({"batch_size": [1, 2]}, "batch_size"),
        ({"start": [1.0]}, "start"),
        ({"start": [[1.0, 2.0], [3.0, 4.0]]}, "start"),
        ({"seed": [1, 2]}, "seed"),
        ({"start": [1.0, np.nan]}, "start"),
        ({"schedule": [None, None]}, "schedule"),
    ],
)
def test_bad_settings_get_a_sentence(settings: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        lo.descend([GD()], BOWL, **settings)


def test_the_user_objective_of_the_readme_needs_three_things_only() -> None:
    class Bowl(lo.Objective):
        n_params = 3

        def value(self, params):
            return (params**2).sum(axis=-1)

        def gradient(self, params, rows=None):
            return 2.0 * params

    run = lo.descend(GD(0.1), Bowl(), n_steps=60)
    assert run.losses[-1] < 1e-9
    np.testing.assert_allclose(Bowl().hessian(np.ones(3)), 2.0 * np.eye(3), atol=1e-8)


@pytest.mark.parametrize("name", lo.OPTIMIZERS)
def test_rules_that_differ_in_numbers_equal_runs_alone_to_the_bit(name: str) -> None:
    kind = lo.OPTIMIZERS[name]
    goal = lo.OBJECTIVES["matrix_factorization" if kind.needs_matrices else "himmelblau"]()
    rules = [kind(learning_rate=rate) for rate in (0.01, 0.3, 1e-4, 0.3)]
    starts = goal.start + np.linspace(0.1, 0.5, 4)[:, None]
    together = lo.descend([*rules, GD()], goal, start=[*starts, goal.start], n_steps=30)
    for rule, start, run in zip(rules, starts, together, strict=False):
        alone = lo.descend(rule, goal, start=start, n_steps=30)
        np.testing.assert_array_equal(run.iterates, alone.iterates)
        np.testing.assert_array_equal(run.gradient_evaluations, alone.gradient_evaluations)


def test_rules_that_differ_in_numbers_move_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, update = [], ADAM.update

    def counted(self, gradient, state, params):
        calls.append(len(params))
        return update(self, gradient, state, params)

    monkeypatch.setattr(ADAM, "update", counted)
    rules = [ADAM(learning_rate=0.001 * k, beta1=0.9 - 0.1 * (k % 2)) for k in range(1, 51)]
    limits = [*[None] * 49, 1.0, None]
    runs = lo.descend([*rules, GD()], BOWL, n_steps=7, clip_norm=limits, compiled=False)
    assert sorted(calls) == [1] * 7 + [49] * 7
    assert all(run.optimizer is rule for run, rule in zip(runs, rules, strict=False))


ENDINGS = {  # rule, its rate, formula, start, why it cannot go on
    "a step that overflows": ("gradient_descent", 1.0, "x^4", (9.0, 1.0), "too_large"),
    "an infinite loss": ("gradient_descent", 0.1, "1/x", (0.0, 1.0), "too_large"),
    "beyond a logarithm": ("gradient_descent", 0.1, "log(x) + y^2", (0.5, 1.0), "no_value"),
    "the edge of a root": ("gradient_descent", 0.5, "sqrt(x) + y^2", (0.0, 1.0), "no_gradient"),
    "an infinite curvature": ("newton", 1.0, "x^1.5 + y^2", (0.0, 1.0), "no_step"),
    "a minimum with a tip": ("gradient_descent", 0.5, "sqrt(x^2 + y^2)", (0.0, 0.0), None),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_why_a_run_cannot_go_on(name):
    rule, rate, text, start, ending = ENDINGS[name]
    run = lo.descend(lo.OPTIMIZERS[rule](learning_rate=rate), lo.formula(text), start=start)
    assert run.ending == ending and (run.diverged_at is None) == (ending is None)
    assert run.left_domain == (ending == "no_value")


def test_a_division_of_zero_by_zero_is_no_overflow():
    run = lo.descend(lo.OPTIMIZERS["adam"](eps=0.0), lo.formula("x^2 + y^2"), start=[0.0, 1.0])
    assert (run.diverged_at, run.ending) == (1, "no_step")


@pytest.mark.parametrize("rate", [0.25, 0.3, 5.0])
def test_a_run_is_lost_where_its_loss_is_infinite(rate):
    """One truth for pictures, tables, texts and files: no row before it holds an infinite loss."""
    bowl, rule = lo.OBJECTIVES["quadratic"](), lo.OPTIMIZERS["gradient_descent"](rate)
    run = lo.descend(rule, bowl, n_steps=3000)
    assert run.lost_at and run.diverged_at and run.lost_at < run.diverged_at
    assert np.isfinite(run.losses[: run.lost_at]).all()
    assert not np.isfinite(run.losses[run.lost_at :]).any() and run.ending == "too_large"
    assert np.isfinite(run.iterates[: run.diverged_at]).all()
    rows = steps_csv([run], ["a"], ["b"], bowl.param_names).splitlines()
    assert len(rows) == 1 + run.lost_at and not any("inf" in row for row in rows)
    plane = axis_plane(bowl)
    ground = surface_message(lo.evaluate_surface(bowl, resolution=3), None)
    look = Contestant("a", "a", "", look_of("adam", 0))
    (drawn,) = stage_scene(bowl, plane, [run], [look], ground).runs
    assert drawn.diverged_at == run.lost_at
    short = lo.descend(rule, bowl, n_steps=run.diverged_at - 1)
    assert short.diverged_at is None and short.lost_at == run.lost_at
    assert short.ending == "too_large"
