"""The claims of the article: every number is computed again and bears its verdict out."""

import math

import numpy as np
import pytest

import lossopt as lo
from lossopt.claims import CLAIMS, PARTS, VERDICTS, measured
from lossopt.claims._ground import heavy_ball, line
from lossopt.claims._measured import FILE, differing
from lossopt.theory.gradient_noise import gradient_variance, sample_gradients

KEPT = measured()["claims"]


@pytest.mark.parametrize("name", CLAIMS)
def test_the_numbers_of_the_page_are_those_of_a_run(name):
    claim = CLAIMS[name]()
    assert claim.verdict in VERDICTS and claim.part in PARTS
    assert all(map(math.isfinite, claim.numbers.values()))
    assert differing(claim.numbers, KEPT[name]) == []
    assert claim.holds()


@pytest.mark.parametrize("name", CLAIMS)
def test_a_verdict_needs_its_numbers(name):
    """With all numbers equal nothing is borne out."""
    claim = CLAIMS[name]()
    claim.__dict__["numbers"] = dict.fromkeys(KEPT[name], 7.0)
    assert not claim.holds()


def test_every_claim_stands_once_in_the_order_of_the_article():
    orders = [claim.order for claim in CLAIMS.values()]
    assert orders == list(range(1, len(CLAIMS) + 1)) and set(KEPT) == set(CLAIMS)
    parts = [claim.part for claim in CLAIMS.values()]
    assert [part for part in PARTS if part in parts] == list(dict.fromkeys(parts))
    assert {claim.verdict for claim in CLAIMS.values()} == set(VERDICTS)
    assert FILE.name == "measured.json" and measured()["machine"]["date"] >= "2026"


def number(claim, name):
    return KEPT[claim][name]


def test_losses_are_those_of_closed_forms():
    assert (number("many_losses", "mse"), number("squares", "median")) == pytest.approx((22.0, 3.0))
    assert number("loss_number", "minimum") == pytest.approx(least_squares()[1], rel=1e-9)
    assert number("large_error", "wrong") == pytest.approx(-math.log(0.01))
    sigma = 1.0 / (1.0 + math.exp(6.0))
    assert number("sigmoid", "cross_entropy") == pytest.approx(sigma - 1.0)
    assert number("sigmoid", "squared") == pytest.approx(
        2.0 * (sigma - 1.0) * sigma * (1.0 - sigma)
    )
    h, eps = 0.5 + math.atan(-6.0) / math.pi, 1e-6
    higher = 0.5 + math.atan(-6.0 + eps) / math.pi
    slope = (math.log(h) - math.log(higher)) / eps
    assert number("sigmoid", "arctangent") == pytest.approx(slope, rel=1e-4)
    assert number("one_formula", "first") == math.ceil(53 * math.log(2.0))
    assert number("one_formula", "first_single") == math.ceil(24 * math.log(2.0))


def least_squares():
    x, y = line().dataset.X[:, 0], line().y
    columns = np.column_stack([x, np.ones_like(x)])
    found, squares, *_ = np.linalg.lstsq(columns, y)
    return found, squares[0] / len(y), np.linalg.eigvalsh(2.0 / len(y) * columns.T @ columns)


def test_learning_rates_are_those_of_the_curvature():
    largest = least_squares()[2][-1]
    limits = [number("mse_formula", f"{name}_limit") for name in ("mean", "half", "sum")]
    assert limits == pytest.approx([2.0 / largest, 4.0 / largest, 0.02 / largest], rel=2e-3)


def test_noise_follows_its_formula():
    point = np.array([3.9, 2.3])
    single = sample_gradients(line(), point)
    length = np.linalg.norm(line().gradient(point))
    for size in (1, 4, 16, 64):
        stated = 100.0 * math.sqrt(gradient_variance(single, size)) / length
        assert number("mini_batch", f"formula_{size}") == pytest.approx(stated)
        assert number("mini_batch", f"noise_{size}") == pytest.approx(stated, rel=0.03)
    assert number("one_sample", "one_off") == pytest.approx(number("mini_batch", "noise_1"))


def test_momentum_is_that_of_theory():
    assert number("inertia", "second") == pytest.approx(1.9)
    assert number("inertia", "last") == pytest.approx(10.0)
    for kappa in (10.0, 100.0, 1000.0):
        root = math.sqrt(kappa)
        best = ((root - 1.0) / (root + 1.0)) ** 2
        assert heavy_ball(kappa).momentum == pytest.approx(best)
        assert heavy_ball(kappa).learning_rate == pytest.approx((2.0 / (1.0 + root)) ** 2)
    fits = number("usual_momentum", "fits")
    assert heavy_ball(fits).momentum == pytest.approx(0.9)
    for kappa in (10, 100):
        factor = (kappa - 1.0) / (kappa + 1.0)
        steps = math.ceil(math.log(100.0) / -math.log(factor))
        assert number("still_slow", f"steps_{kappa}") == steps


def test_the_brake_and_the_swing_are_those_of_theory():
    assert number("adagrad", "shrunk") == pytest.approx(10.0), "the root of a hundred steps"
    assert number("rmsprop", "rest") == pytest.approx(0.5), "from one side to the other, η apart"


def test_the_years_are_those_of_the_rules():
    for name in ("momentum", "rprop", "adagrad", "rmsprop", "adam"):
        assert number("came_about", f"year_{name}") == lo.OPTIMIZERS[name].year


def test_one_pass_is_quicker_in_larger_batches():
    times = [measured()["times"][f"milliseconds_{name}"] for name in ("one", "mini", "all")]
    assert times[0] > 4.0 * times[1] > 16.0 * times[2]
