"""Numbers for people: Python and JavaScript write every case of one table alike."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from lossopt.numbers import short
from tests.programs.node import node_program

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests" / "numbers.json").read_text("utf-8"))
"""A number as both languages read it, and its text."""
SCRIPT = """
import { readFileSync } from "node:fs";
import { number, shortNumber } from %s;
const values = JSON.parse(readFileSync(0, "utf-8")).map(Number);
console.log(JSON.stringify(values.map((value) => [shortNumber(value), number(value)])));
"""


def written_by_javascript(numbers):
    """Each number without zeros at its end, and with them."""
    module = json.dumps((ROOT / "static" / "stage" / "numbers.js").as_uri())
    command = [node_program(), "--input-type=module", "-e", SCRIPT % module]
    sent = json.dumps(numbers).encode()
    return json.loads(subprocess.run(command, input=sent, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("number, text", CASES, ids=[number for number, _ in CASES])
def test_python(number, text):
    assert short(float(number)) == text


def test_javascript():
    found = written_by_javascript([number for number, _ in CASES])
    assert [[number, text] for (number, _), (text, _) in zip(CASES, found, strict=True)] == CASES


def test_both_write_any_number_alike():
    random = np.random.default_rng(0)
    exact = random.normal(size=4000) * 10.0 ** random.integers(-12, 12, 4000)
    ties = random.integers(1, 10_000, 2000) / 2.0 ** random.integers(1, 8, 2000)
    numbers = [*map(repr, exact.tolist()), *map(repr, ties.tolist())]
    expected = [short(float(number)) for number in numbers]
    assert [text for text, _ in written_by_javascript(numbers)] == expected


def test_zeros_that_keep_the_width_are_the_only_difference():
    numbers = [number for number, _ in CASES if "Infinity" not in number]
    for number, (text, wide) in zip(numbers, written_by_javascript(numbers), strict=True):
        assert re.sub(r"(?<=\.)(\d*?)0+(?=×|$)", r"\1", wide).replace(".×", "×").rstrip(".") == text
        digits = re.sub(r"\D", "", wide.partition("×")[0]).lstrip("0")
        assert len(digits) >= 3 or text in ("0", "–") or "10" in text, number


def test_pictures_say_that_they_cannot_hold_a_number():
    assert written_by_javascript(["Infinity", "-Infinity"]) == [
        ["∞", ">3×10³⁸"],
        ["−∞", "<−3×10³⁸"],
    ]


def test_more_digits_and_other_things():
    assert [short(1234.5678, digits) for digits in (1, 4, 6)] == ["1,235", "1,235", "1,234.57"]
    assert [short(it) for it in (True, "adam", None, np.float32(0.1), np.int64(12_000))] == [
        "True",
        "adam",
        "None",
        "0.1",
        "12,000",
    ]
