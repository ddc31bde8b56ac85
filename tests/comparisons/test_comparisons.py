"""Comparisons are fair: equal budgets, equal searches, and no winner where luck decides."""

import csv
import io
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.comparisons import (
    Budget,
    Entry,
    Merit,
    Ranking,
    curves,
    leaders,
    lowest,
    performance_profile,
    rank,
    scoreboard,
    tune,
)
from lossopt.comparisons.records import race_code, scoreboard_code, scoreboard_csv, to_csv
from lossopt.schedules import SCHEDULES

ROSENBROCK = lo.OBJECTIVES["rosenbrock"]()
RULES = [name for name, rule in lo.OPTIMIZERS.items() if rule.fits(ROSENBROCK)]


def risk(data="line", model="linear", loss="mse", **fields):
    return lo.EmpiricalRisk(lo.DATASETS[data](**fields), lo.MODELS[model](), lo.LOSSES[loss]())


class Slope(lo.Objective):
    n_params = 1

    def __init__(self, sense):
        self.sense = sense

    def value(self, params):
        return params[..., 0]

    def gradient(self, params, rows=None):
        return np.full_like(params, self.sense)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("size", [1, 7, None])
def test_budgets_are_spent_and_never_exceeded(name, size):
    objective = risk(n_samples=30)
    entry = Entry(lo.OPTIMIZERS[name](), size)
    for unit, amount in [("evaluations", 905.0), ("samples", 905.0), ("epochs", 7.0)]:
        n_steps = Budget(amount, unit).n_steps(entry, objective)
        run = lo.descend(entry.optimizer, objective, n_steps=n_steps + 1, batch_size=size)
        drawn = np.resize(np.minimum(run.batch_size, 30 - np.arange(0, 30, run.batch_size)), 10**4)
        spent = {
            "evaluations": run.gradient_evaluations,
            "samples": np.append(0, np.cumsum(drawn)),
            "epochs": np.arange(n_steps + 2) / run.steps_per_epoch,
        }[unit]
        assert spent[n_steps] <= amount < spent[n_steps + 1]


def test_sam_pays_twice():
    sam, plain = (Entry(lo.OPTIMIZERS[name](), 10) for name in ("sam", "gradient_descent"))
    goal, budget = risk(), Budget(1000, "evaluations")
    assert 2 * budget.n_steps(sam, goal) == budget.n_steps(plain, goal) == 100


@pytest.mark.parametrize("condition_number", [4.0, 25.0])
@pytest.mark.parametrize("kind", ["final", "area"])
def test_tuning_finds_the_best_rate_of_gradient_descent(condition_number, kind):
    """On a quadratic it is 2/(μ + L), for many steps from a start that feels both curvatures."""
    bowl = lo.OBJECTIVES["quadratic"](condition_number=condition_number)
    ends = np.linalg.eigvalsh(bowl.hessian(np.zeros(2)))
    found = tune(
        lo.OPTIMIZERS["gradient_descent"](),
        bowl,
        budget=Budget(20, "steps"),
        merit=Merit(kind),
        start=(1.0, 1.0),
    )
    rate = found.entry.optimizer.learning_rate
    assert rate < 2 / ends[1]
    if kind == "final":
        assert rate == pytest.approx(2 / ends.sum(), rel=0.1)
    assert found.border == "" and found.survived


@pytest.mark.parametrize("name", RULES)
def test_every_trial_is_the_run_it_claims_to_be(name):
    found = tune(lo.OPTIMIZERS[name](), ROSENBROCK, budget=Budget(25, "steps"), n_trials=16)
    assert len(found.values) == 16
    chosen = lo.descend(found.entry.optimizer, ROSENBROCK, n_steps=25).losses[-1]
    assert chosen == found.values[found.chosen] == found.final_loss[found.chosen]
    best = found.values.min()
    assert chosen <= best + 1e-9 * (12.5 - 0.0)
    for k in (0, 7, 15):
        rate = found.trials["learning_rate"][k]
        rule = type(found.entry.optimizer)(learning_rate=float(rate))
        run = lo.descend(rule, ROSENBROCK, n_steps=25)
        expected = np.inf if run.diverged_at is not None else run.losses[-1]
        assert found.values[k] == (expected if np.isfinite(expected) else np.inf)


@pytest.mark.parametrize("n_trials", [16, 64])
@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam", "rmsprop", "qhm"])
def test_everybody_has_the_same_number_of_trials(name, n_trials):
    for second in (False, True):
        found = tune(
            lo.OPTIMIZERS[name](),
            ROSENBROCK,
            budget=Budget(10, "steps"),
            n_trials=n_trials,
            second=second,
        )
        assert len(found.values) == n_trials
        assert len(found.trials) == 1 + (second and name != "gradient_descent")


def test_a_best_rate_at_the_border_is_followed_and_then_admitted():
    rule, setting = lo.OPTIMIZERS["gradient_descent"](), {"budget": Budget(5, "steps")}
    high = tune(rule, Slope(1.0), **setting)  # the faster, the lower
    assert high.border == "high"
    assert high.entry.optimizer.learning_rate == high.trials["learning_rate"].max() > 1e4
    low = tune(rule, Slope(-1.0), **setting)  # any step is a bad step
    assert low.trials["learning_rate"].min() < low.entry.optimizer.learning_rate < 1e-7


def test_with_seeds_the_median_decides():
    goal, seeds = risk(), (5, 6, 7)
    found = tune(
        Entry(lo.OPTIMIZERS["momentum"](), 8),
        goal,
        budget=Budget(2, "epochs"),
        seeds=seeds,
        n_trials=16,
    )
    runs = [
        lo.descend(found.entry.optimizer, goal, n_steps=26, batch_size=8, seed=seed).losses[-1]
        for seed in seeds
    ]
    assert found.n_steps == 26
    assert found.values[found.chosen] == pytest.approx(np.median(runs), rel=1e-9)


@pytest.mark.parametrize("kind", ["final", "best", "target", "area"])
def test_what_acts_from_outside_is_tuned_with_it(kind):
    goal = risk()
    entry = Entry(lo.OPTIMIZERS["adam"](), 20, SCHEDULES["cosine"](), 5.0, True)
    merit = Merit(kind)
    found = tune(entry, goal, budget=Budget(30, "steps"), merit=merit, n_trials=16)
    chosen = found.entry
    assert chosen.schedule == entry.schedule and chosen.average and chosen.clip_norm == 5.0
    run = lo.descend(chosen.optimizer, goal, n_steps=30, **chosen.outside)
    value = merit.of_curves(run.losses, goal, 30.0)
    assert value == pytest.approx(found.values[found.chosen], rel=1e-9)


def test_target_counts_the_budget_not_the_steps():
    goal = risk()
    merit, budget = Merit("target"), Budget(4, "epochs")
    entry = Entry(lo.OPTIMIZERS["gradient_descent"](0.05), 5)
    values = rank([entry], goal, budget=budget, merit=merit, seeds=(0,)).values
    run = lo.descend(entry.optimizer, goal, n_steps=80, batch_size=5)
    low = lowest(goal)
    step = np.argmax(run.losses <= low + 0.001 * (run.losses[0] - low))
    assert step > 0 and values[0, 0] == pytest.approx(step / run.steps_per_epoch)


def test_no_clear_winner_when_the_spreads_overlap():
    apart = Ranking.of(np.array([[1.0, 2.0, 3.0], [3.5, 4.0, 9.0], [3.6, 5.0, 7.0]]))
    assert apart.winner == 0 and apart.ranks.tolist() == [1, 2, 2]
    overlap = Ranking.of(np.array([[1.0, 2.0, 3.6], [3.5, 4.0, 9.0]]))
    assert overlap.winner is None and overlap.ranks.tolist() == [1, 1]
    lost = Ranking.of(np.array([[np.inf], [np.inf], [7.0]]))
    assert lost.winner == 2 and lost.ranks.tolist() == [2, 2, 1]
    assert Ranking.of(np.array([[np.inf], [np.inf]])).winner is None
    assert Ranking.of(np.array([[1.0]])).winner is None
    assert Ranking.of(np.array([[1.0], [1.0 + 1e-12]]), lambda low: 1e-9 * low).winner is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.floats(-1e6, 1e6) | st.just(np.inf), min_size=5, max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_ranks_obey_the_rule(rows):
    values = np.array(rows)
    found = Ranking.of(values)
    for i, own in enumerate(found.low):
        assert found.ranks[i] == 1 + sum(high < own for high in found.high)
    alone = [i for i in range(len(rows)) if np.sum(found.high[i] < found.low) == len(rows) - 1]
    assert found.winner == (alone[0] if len(rows) > 1 and alone else None)


def test_equal_arrivals_have_no_winner():
    """Both stand at the minimum but for rounding; to rank 1e-18 before 1e-15 would be silly."""
    bowl = lo.OBJECTIVES["quadratic"]()
    rules = [lo.OPTIMIZERS["gradient_descent"](0.1), lo.OPTIMIZERS["momentum"](0.05)]
    found = rank([Entry(rule) for rule in rules], bowl, budget=Budget(2000, "steps"))
    assert found.values[0, 0] != found.values[1, 0]
    assert found.winner is None and found.ranks.tolist() == [1, 1]


def test_seeds_differ_and_the_ranking_holds_them():
    goal = risk()
    entry = Entry(lo.OPTIMIZERS["gradient_descent"](0.05), 1)
    found = rank([entry, Entry(entry.optimizer)], goal, budget=Budget(50, "steps"), seeds=range(20))
    assert len(set(found.values[0])) == 20 and len(set(found.values[1])) == 1
    for seed in (0, 13):
        run = lo.descend(entry.optimizer, goal, n_steps=50, batch_size=1, seed=seed)
        assert found.values[0, seed] == pytest.approx(run.losses[-1], rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(1, 999) | st.just(np.inf), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_profiles_against_their_definition(rows):
    spent, ratios = np.array(rows, dtype=float), np.array([1.0, 1.5, 3.0, 50.0])
    found = performance_profile(spent, ratios)
    for s, row in enumerate(rows):
        for t, tau in enumerate(ratios):
            within = [
                row[p] < np.inf and row[p] <= tau * min(other[p] for other in rows)
                for p in range(3)
            ]
            assert found[s, t] == pytest.approx(np.mean(within))


def small_board(**changes):
    optimizers = {
        "gradient_descent": lo.OPTIMIZERS["gradient_descent"](),
        "=sgd": Entry(lo.OPTIMIZERS["gradient_descent"](), 4),
        "adam": lo.OPTIMIZERS["adam"](beta1=0.8),
    }
    objectives = {"rosenbrock": ROSENBROCK, "line": risk(n_samples=20, noise=0.25)}
    setting = {"budget": Budget(400, "evaluations"), "seeds": (3, 4), "n_trials": 16}
    return scoreboard(optimizers, objectives, **{**setting, **changes})


def test_the_csv_holds_every_run_and_no_formula():
    board = small_board()
    rows = list(csv.DictReader(io.StringIO(scoreboard_csv(board))))
    assert len(rows) == 2 * 3 * 2 * 2
    for row in rows:
        assert not any((text or "0").startswith(("=", "+", "@")) for text in row.values())
        name = row["optimizer"].removeprefix("'")
        i, j = [*board.optimizers].index(name), [*board.objectives].index(row["objective"])
        place = (int(row["settings"] == "tuned"), i, j, board.seeds.index(int(row["seed"])))
        assert float(row["final_loss"]) == board.final_loss[place]
        rule, goal = (eval(row[f"{kind}_code"], {"lo": lo}) for kind in ("optimizer", "objective"))
        run = lo.descend(
            rule,
            goal,
            n_steps=int(row["n_steps"]),
            batch_size=int(row["batch_size"]),
            seed=int(row["seed"]),
        )
        last = np.nan_to_num(run.losses[-1], nan=np.inf)
        assert last == pytest.approx(float(row["final_loss"]), rel=1e-9)
    assert {row["optimizer"] for row in rows} == {"gradient_descent", "'=sgd", "adam"}


def test_cells_are_neutral_and_numbers_stay_numbers():
    assert to_csv(["x"], [["@a"], ["+b"], ["-c"], [-1.5], ["d"]]).split() == [
        "x",
        "'@a",
        "'+b",
        "'-c",
        "-1.5",
        "d",
    ]


def test_the_snippets_reproduce_the_numbers(capsys):
    board = small_board()
    exec(scoreboard_code(board), {})
    assert capsys.readouterr().out.strip() == scoreboard_csv(board).strip()
    entry = Entry(lo.OPTIMIZERS["adam"](0.1), 8, SCHEDULES["cosine"](warmup=3), average=True)
    code = race_code({"adam": entry}, risk(), start=(1.0, 2.0), n_steps=[40], seeds=range(2, 5))
    exec(code, {})
    losses = curves(entry, risk(), start=(1.0, 2.0), n_steps=40, seeds=range(2, 5))[:, -1]
    assert capsys.readouterr().out.split(" ", 1)[1].strip() == str(sorted(losses))


def test_progress_rises_and_cancelling_stops():
    told = []
    board = small_board(progress=told.append)
    assert board.finished and told == sorted(told) and told[-1] == pytest.approx(1.0)
    stopped = small_board(cancelled=lambda: True)
    assert not stopped.finished and not stopped.entries
    found = tune(
        lo.OPTIMIZERS["adam"](), ROSENBROCK, budget=Budget(9, "steps"), cancelled=lambda: True
    )
    assert not found.finished and found.chosen == -1


def test_refusals():
    adam = lo.OPTIMIZERS["adam"]()
    with pytest.raises(ValueError, match="lowest"):
        saddle = lo.OBJECTIVES["saddle"]()
        tune(adam, saddle, budget=Budget(9, "steps"), merit=Merit("target"))
    with pytest.raises(ValueError, match="n_trials"):
        tune(adam, ROSENBROCK, budget=Budget(9, "steps"), n_trials=20)
    with pytest.raises(ValueError, match="unit"):
        Budget(9, "hours")
    with pytest.raises(ValueError, match="target"):
        small_board(merit=Merit("final"))


def test_a_hundredth_of_what_is_left_is_a_tie():
    """Without chance every difference would count as clear: 0.06863 against 0.06865."""
    goal = lo.OBJECTIVES["rosenbrock"]()
    ends = np.array([[0.06863], [0.06865], [0.06901]])
    tie = partial(Merit().tie, objective=goal, first=12.5, amount=100.0)
    found = Ranking.of(ends, tie)
    assert found.winner is None and found.ranks.tolist() == [1, 1, 1]
    assert found.spread == pytest.approx(0.00553, abs=1e-5)
    assert Ranking.of(np.array([[0.0686], [0.0700]]), tie).winner == 0
    assert Ranking.of(np.array([[1e-4], [1e-6]]), tie).winner == 1  # a hundred times nearer
    assert Ranking.of(np.array([[0.0], [0.0]]), tie).winner is None
    some = Ranking.of(np.array([[np.inf], [3.0], [3.01]]), tie)
    assert some.winner is None and some.ranks.tolist() == [3, 1, 1] and some.spread is None


@pytest.mark.parametrize("shift", [-5.0, 0.0, 1000.0])
def test_a_tie_is_counted_from_the_minimum(shift):
    """A constant added to a loss changes no ranking."""

    class Bowl(lo.Objective):
        n_params = 1
        minimizers = np.zeros((1, 1))

        def value(self, params):
            return params[..., 0] ** 2 + shift

        def gradient(self, params, rows=None):
            return 2.0 * params

    values = shift + np.array([[0.500], [0.502], [0.6]])
    tie = partial(Merit().tie, objective=Bowl(), first=4.0 + shift, amount=1.0)
    assert Ranking.of(values, tie).ranks.tolist() == [1, 1, 3]


def test_ties_where_nothing_bounds_the_loss_and_of_other_merits():
    saddle = lo.OBJECTIVES["saddle"]()
    tie = partial(Merit().tie, objective=saddle, first=2.0, amount=1.0)
    assert Ranking.of(np.array([[-100.0], [-99.5], [-50.0]]), tie).ranks.tolist() == [1, 1, 3]
    spent = partial(Merit("target").tie, objective=saddle, first=2.0, amount=200.0)
    assert Ranking.of(np.array([[150.0], [151.0], [153.0]]), spent).ranks.tolist() == [1, 1, 3]
    area = partial(Merit("area").tie, objective=saddle, first=2.0, amount=200.0)
    assert Ranking.of(np.array([[-3.0], [-2.997], [-2.9]]), area).ranks.tolist() == [1, 1, 3]


def test_nobody_leads_with_nothing_and_a_hundredth_more_is_a_tie():
    assert leaders(np.full((2, 3), np.inf)) == (([], 0), ([], 0))
    assert leaders(np.array([[100.0], [101.0], [103.0]])) == (([0, 1], 1), ([0, 1, 2], 1))
