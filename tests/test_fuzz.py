"""A small part of ``python -m benchmarks.fuzz``, and links with any text in any setting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import HOSTILE, fuzz, parameters, try_link

VALUES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.lists(st.text(max_size=9), min_size=2, max_size=3),
)


@pytest.mark.parametrize("kind, count", [("formulas", 600), ("tables", 300)])
def test_a_result_or_a_sentence(kind, count):
    assert fuzz(kind, count, seed=1) == []


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(
    problem=st.sampled_from(["line", "formula", "own", "iris", "rosenbrock"]),
    settings=st.dictionaries(st.sampled_from(parameters()), VALUES, min_size=1, max_size=5),
)
def test_any_link_draws_a_picture(problem, settings):
    assert try_link({"problem": problem, "runs": "batch-adam", **settings}).startswith("picture")
