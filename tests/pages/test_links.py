"""What is written into a link, or a file, reads back as the same number, to the bit."""

import csv
import io
import math
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt.comparisons.steps import steps_csv
from lossopt.links.race import race_of
from lossopt.links.starts import numbers_text, parse_numbers, pointed
from lossopt.params import decimal, params_of, read_decimal
from lossopt.registry import code_of
from lossopt.scripts import Run, write_script
from lossopt.tables import dataset_csv, parse_points, points_text
from pages.ui.controls.controls import different_texts
from pages.ui.controls.moved_points import moves_text, parse_moves
from pages.ui.lessons.question import answer_text

APP = str(Path(__file__).parents[2] / "home.py")
QUICK = settings(max_examples=300, deadline=None, derandomize=True, database=None)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
REGISTRIES = (lo.OPTIMIZERS, lo.LOSSES, lo.DATASETS, lo.MODELS, lo.OBJECTIVES, lo.SCHEDULES)
FIELDS = [
    pytest.param(field, id=f"{name}-{field.name}")
    for registry in REGISTRIES
    for name, kind in registry.items()
    for field in params_of(kind)
    if isinstance(field.default, float)
]


def bits(*values):
    return [struct.pack("<d", value) for value in values]


@QUICK
@given(FINITE)
@example(-0.0)
@example(1e22)
@example(5e-324)
@example(-2.2250738585072014e-308)
def test_a_number(value):
    written = decimal(value)
    assert bits(read_decimal(written)) == bits(value)
    assert len(written) <= 24 and not set(written) & set("_~,+ ")


@pytest.mark.parametrize("text", ["1_0", "0" * 40 + "1", "", "x", "0x10"])
def test_a_text_that_is_no_number_is_refused_and_never_cut(text):
    with pytest.raises(ValueError):
        read_decimal(text)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field(field):
    low, high = (float(np.clip(end, -1e308, 1e308)) for end in field.limits)
    rng = np.random.default_rng(0)
    for value in (low, high, field.default, *(low + (high - low) * rng.random(20))):
        assert bits(field.parse(field.text(value))) == bits(value)


@QUICK
@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=9))
@example([-0.0, 5e-324])
def test_a_start(start):
    for between in ("_", ", "):
        assert bits(*parse_numbers(numbers_text(start, between), len(start))) == bits(*start)


@QUICK
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=60))
def test_moved_points(places):
    moves = tuple((k, x, y) for k, (x, y) in enumerate(places))
    back = parse_moves(moves_text(moves))
    assert [bits(*move[1:]) for move in back] == [bits(*move[1:]) for move in moves]


@QUICK
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3), st.integers(0, 2)), max_size=60))
def test_clicked_points(points):
    back = parse_points(points_text(points))
    assert [bits(*point[:2]) for point in back] == [bits(*point[:2]) for point in points]
    assert [point[2] for point in back] == [point[2] for point in points]


@QUICK
@given(st.floats(-1e11, 1e11))
def test_a_prediction(guess):
    assert bits(read_decimal(answer_text(guess))) == bits(guess)


@QUICK
@given(FINITE.filter(lambda value: abs(value) < 1e300))
def test_a_pointer_is_rounded_before_anything_starts_from_it(place):
    at = pointed(place)
    assert bits(read_decimal(decimal(at))) == bits(at) and len(decimal(at)) <= 23
    assert math.isclose(at, place, rel_tol=5e-6, abs_tol=1e-320)


def test_options_of_a_slider_never_share_a_text():
    options = (0.1, 0.1000001, 0.2, 0.30000000000000004, 0.3, 1e22)
    texts = different_texts(options)
    assert len(set(texts.values())) == len(options)
    assert texts[0.2] == "0.2" and texts[0.3] == "0.3"


@QUICK
@given(st.lists(FINITE, min_size=2, max_size=5))
def test_a_table_of_samples(values):
    text = dataset_csv(lo.Dataset([[value] for value in values], values, "regression"))
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert [bits(*map(float, row)) for row in rows] == [bits(value, value) for value in values]


def test_a_table_of_steps():
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.1 + 0.2)
    run = lo.descend(rule, lo.OBJECTIVES["rosenbrock"](), start=[1 / 3, -2 / 3], n_steps=20)
    rows = list(csv.reader(io.StringIO(steps_csv([run], ["a"], ["b"], ["x", "y"]))))[1:]
    for row, loss, params in zip(rows, run.losses, run.iterates, strict=True):
        assert bits(*map(float, row[4:])) == bits(loss, *params)


def test_a_script_holds_plain_numbers():
    rule = lo.OPTIMIZERS["adam"](learning_rate=np.float32(0.1), beta1=np.float64(1 / 3))
    assert code_of(rule) == f'lo.OPTIMIZERS["adam"](learning_rate={float(np.float32(0.1))!r}, ' + (
        f"beta1={1 / 3!r})"
    )
    start = tuple(np.array([1 / 3, -2 / 3]))
    entry = lo.Entry(rule, clip_norm=np.float64(0.1))
    run = Run(entry, lo.OBJECTIVES["rosenbrock"](), start, 5)
    for library in ("lossopt", "pytorch", "optax"):
        text = write_script(library, run).text
        assert "np.float" not in text and "0.3333333333333333, -0.6666666666666666" in text


def test_the_page_runs_from_the_start_of_its_link_to_the_bit(monkeypatch):
    seen = []

    def noted(*given, **named):
        seen.append(race_of(*given, **named))
        return seen[-1]

    monkeypatch.setattr("pages.ui.lab.race_of", noted)
    start = (0.1 + 0.2, -1 / 3)
    rate = 0.0123456789012345
    test = AppTest.from_file(APP, default_timeout=60)
    test.query_params["problem"] = "rosenbrock"
    test.query_params["rosenbrock.start"] = numbers_text(start, "_")
    test.query_params["runs"] = "adam"
    test.query_params["adam.learning_rate"] = decimal(rate)
    test.run()
    assert not test.exception
    race = seen[-1]
    assert bits(*race.start) == bits(*start)
    assert race.entries[0].optimizer.learning_rate == rate
    written = test.query_params
    assert "".join(written["rosenbrock.start"]) == numbers_text(start, "_")
    assert "".join(written["adam.learning_rate"]) == decimal(rate)
