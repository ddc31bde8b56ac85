"""Schedules equal those of PyTorch, and every one behaves."""

import json
from pathlib import Path

import numpy as np
import pytest

from lossopt.schedules import SCHEDULES

FIXTURES = Path(__file__).parents[1] / "fixtures" / "schedules.json"
CASES = json.loads(FIXTURES.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['schedule']} {case['fields']}")
def test_factors_equal_those_of_torch(case: dict) -> None:
    expected = np.array(case["factors"])
    factors = SCHEDULES[case["schedule"]](**case["fields"]).factors(len(expected))
    np.testing.assert_allclose(factors, expected, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("n_steps", [0, 1, 2, 3, 777])
@pytest.mark.parametrize("warmup", [0, 1, 5])
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


def test_only_the_constant_schedule_changes_nothing() -> None:
    flat = [name for name, kind in SCHEDULES.items() if (kind().factors(200) == 1).all()]
    assert flat == ["constant"]
