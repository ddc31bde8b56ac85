"""Lessons: every measured answer against its closed form, and every claim of the prose."""

import dataclasses
import math

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import MARGIN
from lossopt.lessons import LESSONS, LEVELS, judge
from lossopt.lessons._measure import paths, settled_from
from lossopt.lessons._objectives import Ignored, Ramp, RareSpike, Targets

TOLERANCES = {"noise_ball": 0.1, "damping": 1e-4}
VARIANTS = {
    "stable_rate": [{"condition_number": 3.0}, {"condition_number": 80.0}],
    "ravine": [{"condition_number": 4.0}, {"condition_number": 120.0, "rotation": 30.0}],
    "damping": [{"learning_rate": 0.01}, {"learning_rate": 0.3}],
    "nesterov_limit": [{"momentum": 0.5}],
    "noise_ball": [{"batch_size": 4}, {"learning_rate": 0.3}],
    "adagrad_step": [{"step": 17}, {"step": 1000, "learning_rate": 0.5}],
    "bias_correction": [{"beta1": 0.0}, {"beta2": 0.9}],
    "adam_rotation": [{"rotation": 10.0}, {"rotation": 0.0}, {"rotation": 90.0}],
    "saddle_escape": [{"offset": 0.02}, {"learning_rate": 0.2, "offset": 1e-9}],
    "outliers": [{"loss": "mae"}, {"loss": "huber"}, {"outlier": 10.0}],
    "sigmoid_plateau": [{"logit": 1.0}, {"logit": 14.0}],
    "feature_scaling": [{"standardize": True}],
    "adam_counterexample": [{"beta2": 0.999}, {"spike": 8.0}, {"beta2": 0.0}],
    "weight_decay": [{"weight_decay": 0.1}, {"learning_rate": 0.1}],
    "fair_comparison": [{"condition_number": 40.0}, {"condition_number": 150.0}],
    "three_libraries": [{"step": 1}, {"step": 300, "learning_rate": 0.5}],
}
CASES = [(name, {}) for name in LESSONS] + [
    (name, fields) for name, each in VARIANTS.items() for fields in each
]


@pytest.mark.parametrize("name, fields", CASES)
def test_the_measured_answer_is_the_closed_form(name, fields):
    lesson = LESSONS[name](**fields)
    answer, theory = lesson.answer(), lesson.theory()
    if lesson.choices:
        assert answer == theory and answer in lesson.choices
    else:
        assert answer == pytest.approx(theory, rel=TOLERANCES.get(name, 1e-3))


@pytest.mark.parametrize("name", LESSONS)
def test_every_stage_can_be_played(name):
    lesson = LESSONS[name]()
    before, after = lesson.opening(), lesson.setup()
    for setup in (before, after):
        runs = setup.descents()
        assert len(runs) == len(setup.entries) >= 1
        assert all(np.isfinite(run.losses[0]) for run in runs)
    assert after.entries or before.entries


def test_all_topics_have_a_lesson_in_teaching_order():
    orders = [lesson.order for lesson in LESSONS.values()]
    assert orders == list(range(1, len(LESSONS) + 1)) and len(LESSONS) == 16


NUMBERS = {name: lesson().numbers() for name, lesson in LESSONS.items()}


def number(name, key):
    return NUMBERS[name][key]


def test_what_the_stable_rate_says():
    assert number("stable_rate", "growth") == pytest.approx(1.04)
    assert number("stable_rate", "above") > 2.0 / number("stable_rate", "curvature")


def test_what_the_ravine_says():
    numbers = NUMBERS["ravine"]
    kappa = numbers["kappa"]
    assert numbers["best_rate"] == 2.0 / (1.0 + kappa)
    assert numbers["easy_steps"] == math.ceil(math.log(100.0) / math.log(6.0 / 4.0))
    slower = dataclasses.replace(LESSONS["ravine"](), condition_number=2.0 * kappa).answer()
    assert slower / LESSONS["ravine"]().answer() == pytest.approx(2.0, rel=0.02)
    ratio = LESSONS["ravine"](condition_number=4.0 * kappa).numbers()["momentum_steps"]
    assert ratio / numbers["momentum_steps"] == pytest.approx(2.0, rel=0.2), "√κ, not κ"


def test_what_damping_says():
    angle = math.acos((1.0 + 0.9 - 0.04) / (2.0 * math.sqrt(0.9)))
    assert number("damping", "crossings") == pytest.approx(200 * angle / math.pi, abs=1)
    critical, under, over = (
        lo.descend(
            LESSONS["damping"]()._ball(mu).optimizer,
            lo.OBJECTIVES["quadratic"](condition_number=1.0),
            n_steps=60,
        ).losses[-1]
        for mu in (0.64, 0.9, 0.3)
    )
    assert critical < under and critical < over, "critically damped arrives fastest"


def test_what_the_nesterov_limit_says():
    numbers = NUMBERS["nesterov_limit"]
    limits = [numbers[f"{name}_limit"] for name in LESSONS["nesterov_limit"].choices]
    assert limits == pytest.approx([2.0, 3.8, 3.8 / 2.8], rel=1e-3)
    ends = [
        run.losses[-1] > run.losses[0] for run in LESSONS["nesterov_limit"]().setup().descents()
    ]
    assert ends == [False, False, True], "only Nesterov runs away"
    assert numbers["product"] == pytest.approx(numbers["eta"] * numbers["curvature"])


def test_standing_more_is_not_being_faster():
    bowl = lo.OBJECTIVES["quadratic"](condition_number=50.0, rotation=30.0)
    best = {}
    for name in ("momentum", "nesterov"):
        path = paths(lo.OPTIMIZERS[name](), bowl, 500, learning_rate=np.geomspace(1e-4, 0.1, 60))
        with np.errstate(all="ignore"):
            steps = settled_from(bowl.value(path), 1e-4)
        best[name] = steps[steps >= 0].min()
    assert best["nesterov"] < best["momentum"]


def test_what_the_noise_ball_says():
    numbers = NUMBERS["noise_ball"]
    assert numbers["radius_one"] == pytest.approx(numbers["radius_theory"], rel=0.05)
    assert numbers["radius_one"] / numbers["radius_batch"] == pytest.approx(4.0, rel=0.05)


def test_what_adagrad_says():
    numbers = NUMBERS["adagrad_step"]
    assert numbers["second"] == pytest.approx(math.sqrt(0.5))
    assert numbers["fourth"] == pytest.approx(0.5)
    assert numbers["rmsprop_first"] == pytest.approx(10.0, rel=1e-4), "η/√(1 − ρ)"
    assert numbers["rmsprop_last"] == pytest.approx(1.0 / math.sqrt(1.0 - 0.99**100), rel=1e-4)
    settled = LESSONS["adagrad_step"](step=1000).numbers()["rmsprop_last"]
    assert settled == pytest.approx(1.0, rel=1e-3)


def test_what_bias_correction_says():
    numbers, steps = NUMBERS["bias_correction"], np.arange(1.0, 3001.0)
    excess = (1.0 - 0.9**steps) / np.sqrt(1.0 - 0.999**steps)
    assert numbers["largest"] == pytest.approx(excess.max(), rel=1e-4)
    assert numbers["largest_step"] == excess.argmax() + 1
    assert numbers["late"] == pytest.approx(excess[-1], rel=1e-4)


def test_what_the_rotation_says():
    numbers = NUMBERS["adam_rotation"]
    assert numbers["descent_straight"] == numbers["descent_turned"] > 0
    assert numbers["adam_turned"] > 2 * numbers["adam_straight"] > 0
    assert numbers["scaled_gap"] < 1e-12


def test_what_the_saddle_says():
    numbers = NUMBERS["saddle_escape"]
    assert numbers["far_steps"] == math.ceil(math.log(50.0) / math.log(1.1))
    assert numbers["closer"] == pytest.approx(1000.0)
    assert numbers["ratio"] < 3.0 and numbers["adam_steps"] < numbers["far_steps"]
    still = lo.descend(
        [lo.OPTIMIZERS[name]() for name in ("gradient_descent", "adam")],
        lo.OBJECTIVES["saddle"](),
        start=(-1.6, 0.0),
        n_steps=500,
    )
    assert all((run.iterates[:, 1] == 0.0).all() for run in still), "exactly on the ridge it stays"


def test_what_outliers_say():
    numbers = NUMBERS["outliers"]
    assert (numbers["mse"], numbers["mae"]) == pytest.approx((22.0, 3.0), abs=1e-3)
    assert numbers["mae"] < numbers["huber"] < numbers["mse"]
    heights = np.array([1.0, 2.0, 3.0, 4.0, numbers["outlier"]])
    assert numbers["mse"] == pytest.approx(heights.mean())
    assert numbers["mae"] == pytest.approx(np.median(heights), abs=1e-3)


def test_what_the_plateau_says():
    numbers = NUMBERS["sigmoid_plateau"]
    assert numbers["steep"] == pytest.approx(1.0, abs=1e-4)
    assert numbers["flat"] == pytest.approx(2.0 * math.exp(-10.0), rel=1e-3)
    assert numbers["probability"] == pytest.approx(math.exp(-10.0), rel=1e-3)
    assert numbers["steep_end"] < 0.05 and numbers["flat_end"] > 0.99


def test_what_scaling_says():
    numbers = NUMBERS["feature_scaling"]
    assert numbers["scaled_limit"] == pytest.approx(1.0, rel=1e-3)
    assert numbers["scaled_kappa"] == pytest.approx(1.0)
    assert numbers["square"] == pytest.approx(numbers["curvature"], rel=1e-3)
    assert numbers["ratio"] == pytest.approx(numbers["curvature"] / 2.0, rel=1e-3)
    assert numbers["kappa"] > 1e6 and numbers["raw_loss"] > 1.5 * numbers["lowest"]


@pytest.mark.parametrize("seed", range(5))
def test_adam_goes_the_wrong_way_in_any_order_and_amsgrad_does_not(seed):
    goal = RareSpike()
    rules = [
        lo.OPTIMIZERS[name](learning_rate=0.01, beta1=0.0, beta2=0.06)
        for name in ("adam", "amsgrad")
    ]
    adam, amsgrad = lo.descend(rules, goal, n_steps=900, batch_size=1, seed=seed)
    assert adam.iterates[-1, 0] > 0.9
    assert amsgrad.iterates[-1, 0] == pytest.approx(goal.minimizers[0, 0], abs=0.05)
    assert adam.losses[-1] > adam.losses[0] > amsgrad.losses[-1]


def test_what_the_counterexample_says():
    lesson = LESSONS["adam_counterexample"]()
    sgd = lesson.setup().descents()[2]
    assert sgd.iterates[-1, 0] == pytest.approx(
        number("adam_counterexample", "minimizer"), abs=0.05
    )
    assert number("adam_counterexample", "drift") > 0.0


def test_what_weight_decay_says():
    numbers = NUMBERS["weight_decay"]
    assert numbers["decoupled"] == pytest.approx(10.0)
    assert numbers["end"] == pytest.approx(numbers["end_more"], abs=1e-3)
    assert numbers["end_w"] == pytest.approx(2.0 * (1.0 - 1e-4) ** 150)
    assert numbers["end_w_more"] == pytest.approx(2.0 * (1.0 - 1e-3) ** 150)


def test_what_the_fair_comparison_says():
    numbers, lesson = NUMBERS["fair_comparison"], LESSONS["fair_comparison"]()
    descent, nesterov, adam = lesson.opening().descents()
    endings = [run.ending for run in (descent, nesterov, adam)]
    assert endings == ["too_large", "too_large", None]
    assert adam.losses[-1] < 1e-3 * adam.losses[0]
    assert numbers["gradient_descent_rate"] < numbers["limit"] < numbers["eta"]
    assert numbers["nesterov_steps"] < numbers["gradient_descent_steps"] < numbers["adam_steps"]
    assert numbers["adam_steps"] < numbers["same_adam"]


@pytest.mark.parametrize("goal", [Ramp(), Targets(), RareSpike(), Ignored()], ids=repr)
def test_gradients_of_the_small_objectives(goal):
    for params in np.array([[0.3, -0.7], [1.3, 0.2], [-1.4, 0.6]]):
        steps = 1e-6 * np.eye(2)
        slopes = (goal.value(params + steps) - goal.value(params - steps)) / 2e-6
        assert goal.gradient(params) == pytest.approx(slopes, abs=1e-6)
        every = [goal.gradient(params, np.array([row])) for row in range(goal.n_samples)]
        assert np.mean(every, axis=0) == pytest.approx(goal.gradient(params), abs=1e-9)


@pytest.mark.parametrize(
    "guess, kind",
    [
        (0.08, "close"),
        (0.1, "high"),
        (0.07, "low"),
        (0.2, "high_factor"),
        (0.01, "low_factor"),
        (0.0, "sign"),
        (-1.0, "sign"),
    ],
)
def test_predictions_are_judged_by_how_far_off_they_are(guess, kind):
    assert judge(LESSONS["stable_rate"](), guess, 0.08).kind == kind


def test_choices_are_right_or_wrong():
    lesson = LESSONS["adam_rotation"]()
    assert [judge(lesson, guess, "adam").kind for guess in ("adam", "both")] == ["right", "wrong"]


def test_who_wins_in_a_lesson_wins_by_more_than_the_tie_margin():
    for kappa in (40.0, 50.0, 90.0, 200.0):
        numbers = LESSONS["fair_comparison"](condition_number=kappa).numbers()
        first, second = sorted(v for name, v in numbers.items() if name.endswith("_steps"))[:2]
        assert first * (1.0 + MARGIN) < second
    for momentum in (0.1, 0.5, 0.99):
        numbers = LESSONS["nesterov_limit"](momentum=momentum).numbers()
        limits = sorted(v for name, v in numbers.items() if name.endswith("_limit"))
        assert limits[-1] > limits[-2] * (1.0 + MARGIN)


def test_what_three_libraries_say():
    numbers = NUMBERS["three_libraries"]
    assert numbers["pytorch_first"] == pytest.approx(10.0, rel=1e-6)
    assert numbers["keras_first"] == pytest.approx(math.sqrt(10.0), rel=1e-6)
    assert numbers["heavyball_first"] == pytest.approx(1.0, rel=1e-5)
    assert numbers["heavyball_whole"] == pytest.approx(numbers["step"], rel=1e-5)
    assert numbers["pytorch_whole"] > 2.0 * numbers["keras_whole"] > 2.0 * numbers["step"]


@pytest.mark.parametrize("name", LESSONS)
def test_one_can_point_at_the_answer(name: str) -> None:
    lesson = LESSONS[name]()
    assert lesson.level in LEVELS and 1 < lesson.minutes <= 15
    assert (lesson.span is None) == bool(lesson.choices)
    if lesson.span:
        low, high = lesson.span.low, lesson.span.high
        assert lesson.possible[0] <= low < lesson.answer() < high <= lesson.possible[1]
        assert all(low <= mark <= high for mark in lesson.span.marks)
    if spots := lesson.spots():
        assert tuple(spots) == lesson.choices
        end = lesson.setup().descents()[0].iterates[-1]
        assert min(spots, key=lambda spot: math.dist(spots[spot], end)) == lesson.answer()


@pytest.mark.parametrize("name", LESSONS)
def test_the_step_that_decides_is_played(name: str) -> None:
    lesson = LESSONS[name]()
    assert 1 <= lesson.decides() <= lesson.setup().n_steps
