"""Schedules equal those of PyTorch, and every one behaves."""

import json
from pathlib import Path

import numpy as np
import pytest

from lossopt.schedules import SCHEDULES

FIXTURES = Path(__file__).parents[1] / "fixtures" / "schedules.json"
CASES = json.loads(FIXTURES.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted({case["schedule"] for case in CASES}))
def test_factors_equal_those_of_torch(name: str) -> None:
    for case in CASES:
        if case["schedule"] == name:
            factors = SCHEDULES[name](**case["fields"]).factors(case["n"])[case["t"]]
            np.testing.assert_allclose(
                factors, case["factors"], rtol=1e-11, atol=1e-13, err_msg=str(case)
            )


def test_the_fixtures_hold_every_schedule_that_torch_has() -> None:
    assert {case["schedule"] for case in CASES} == SCHEDULES.keys() - {"inverse_sqrt"}
    assert {case["n"] for case in CASES} >= {1, 2, 3}
    assert any(case["fields"].get("warmup", 0) > case["n"] for case in CASES)


@pytest.mark.parametrize(("rising", "last"), [(0.05, 4e-6), (0.5, 4e-6), (0.95, 4e-6)])
def test_one_cycle_ends_low_however_late_its_top_is(rising: float, last: float) -> None:
    for n_steps in (1, 2, 3, 10, 100):
        factors = SCHEDULES["one_cycle"](rising=rising).factors(n_steps)
        assert factors[-1] == pytest.approx(last, rel=1e-12)


def test_one_cycle_begins_at_the_full_rate_where_its_top_is_the_first_step() -> None:
    assert SCHEDULES["one_cycle"](rising=0.5).factors(2).tolist() == [1.0, pytest.approx(4e-6)]


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("n_steps", [0, 1, 2, 3, 777])
@pytest.mark.parametrize("warmup", [0, 1, 5, 777, 1_000_000])
def test_factors_are_sane_for_any_length(name: str, n_steps: int, warmup: int) -> None:
    factors = SCHEDULES[name](warmup=warmup).factors(n_steps)
    assert factors.shape == (n_steps,)
    assert ((factors >= 0) & (factors <= 1)).all()


@pytest.mark.parametrize("name", SCHEDULES)
def test_warmup_rises_to_where_the_schedule_begins(name: str) -> None:
    plain, warmed = SCHEDULES[name]().factors(90), SCHEDULES[name](warmup=10).factors(100)
    np.testing.assert_allclose(warmed[10:], plain)
    np.testing.assert_allclose(np.diff(warmed[:10]), plain[0] / 10)
    assert warmed[9] == pytest.approx(plain[0])


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("n_steps", [1, 5, 9, 10])
def test_a_run_that_ends_within_the_warmup_ends_on_the_way_up(name: str, n_steps: int) -> None:
    begin = 1 / 25 if name == "one_cycle" else 1.0
    factors = SCHEDULES[name](warmup=10).factors(n_steps)
    np.testing.assert_allclose(factors, begin * np.arange(1, n_steps + 1) / 10, rtol=1e-15)


def test_only_the_constant_schedule_changes_nothing() -> None:
    flat = [name for name, kind in SCHEDULES.items() if (kind().factors(200) == 1).all()]
    assert flat == ["constant"]
