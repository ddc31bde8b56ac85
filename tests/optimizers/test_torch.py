"""Every rule that PyTorch has takes PyTorch's steps, to float64 rounding.

The fixture is written by benchmarks/make_torch_fixtures.py. The error of an iterate is the largest
|ours − torch's| / max(1, |torch's|) over its params; it must be at most 1e-12 at all 200 steps.
A case is marked as sensitive where torch departs from itself by more than that when its start moves
by one unit in the last place; there, ten times the departure up to that step is allowed. Where
torch overflows, so must we, at the same step.

    python -m benchmarks.torch_fixtures       # number of cases, worst errors
"""

import json
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from tests.fixtures.quadratic import Quadratic

TOLERANCE = 1e-12
FIXTURE = dict(np.load(Path(__file__).parents[1] / "fixtures" / "torch.npz"))
ABOUT = json.loads(str(FIXTURE["about"]))
CASES = ABOUT["cases"]
STRICT = [number for number in range(len(CASES)) if f"one_ulp/{number}" not in FIXTURE]
SENSITIVE = [number for number in range(len(CASES)) if f"one_ulp/{number}" in FIXTURE]


def label(number):
    case = CASES[number]
    fields = ",".join(f"{name}={value}" for name, value in case["fields"].items())
    return f"{case['rule']}({fields})-{case['problem']}"


def objective_of(problem):
    if problem == "rosenbrock":
        return lo.OBJECTIVES["rosenbrock"]()
    if problem == "quadratic":
        return Quadratic(FIXTURE["quadratic/matrix"])
    if problem == "factorization":
        goal = lo.OBJECTIVES["matrix_factorization"](rows=5, columns=3, rank=2)
        vars(goal)["target"] = FIXTURE["factorization/target"]
        return goal
    data = lo.Dataset(FIXTURE["logistic/x"], FIXTURE["logistic/y"])
    return lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())


def run_of(number):
    case = CASES[number]
    rule = lo.OPTIMIZERS[case["rule"]](**case["fields"])
    start = FIXTURE[f"{case['problem']}/start"]
    return lo.descend(rule, objective_of(case["problem"]), start=start, n_steps=200)


def errors_of(number):
    """Error of every iterate up to torch's first overflow."""
    expected = FIXTURE[f"path/{number}"]
    expected = expected[np.isfinite(expected).all(axis=1)]
    gaps = np.abs(run_of(number).iterates[: len(expected)] - expected)
    return (gaps / np.maximum(1.0, np.abs(expected))).max(axis=1)


@pytest.mark.parametrize("number", STRICT, ids=label)
def test_equals_torch(number):
    assert errors_of(number).max() <= TOLERANCE


@pytest.mark.parametrize(
    "number",
    SENSITIVE,
    ids=lambda number: f"{label(number)}-one-ulp-{CASES[number]['one_ulp']:.0e}",
)
def test_equals_torch_as_closely_as_torch_equals_itself(number):
    own = FIXTURE[f"one_ulp/{number}"]
    errors = errors_of(number)
    assert own[-1] > TOLERANCE
    assert (errors <= np.maximum(TOLERANCE, 10.0 * own[: len(errors)])).all()


@pytest.mark.parametrize("number", range(len(CASES)), ids=label)
def test_overflows_where_torch_overflows(number):
    finite = np.isfinite(FIXTURE[f"path/{number}"]).all(axis=1)
    assert run_of(number).diverged_at == (None if finite.all() else int(np.argmin(finite)))


def test_most_cases_are_strict_and_some_overflow():
    finite = [np.isfinite(FIXTURE[f"path/{number}"]).all() for number in range(len(CASES))]
    assert len(STRICT) > 0.85 * len(CASES)
    assert 0 < finite.count(False) < 0.1 * len(CASES)


def report():
    """Print how many cases there are, and the worst errors."""
    problems = {case["problem"] for case in CASES}
    rules = {case["rule"] for case in CASES}
    print(
        f"{len(CASES)} fixtures from torch {ABOUT['torch']}: {len(rules)} rules on "
        f"{', '.join(sorted(problems))}; 200 steps, float64"
    )
    errors = {number: float(errors_of(number).max()) for number in range(len(CASES))}
    worst = max(STRICT, key=errors.__getitem__)
    print(f"{len(STRICT)} strict, worst error {errors[worst]:.1e} (<= 1e-12): {label(worst)}")
    print(f"{len(SENSITIVE)} sensitive (torch departs from itself after one ulp at the start):")
    for number in SENSITIVE:
        print(
            f"  error {errors[number]:.1e}, torch {CASES[number]['one_ulp']:.1e}: {label(number)}"
        )
