"""Formulas read by Python and by the browser: the same verdict, the same numbers.

    python -m benchmarks.formulas          # 12 000 of the corpus of benchmarks.fuzz, 4 000 grown
    python -m benchmarks.formulas 300      # that many of each

Node reads every formula with ``static/programs/formula.js``. Both must refuse it with the same code
and the same words, or take it, start at the same place, and agree in value and gradient to 1e-12.
Besides, the browser's numbers must have the bits of the module that `lossopt.programs` writes.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

import lossopt as lo
from benchmarks.fuzz import formulas
from lossopt.formulas._duals import CHOOSERS, FUNCTIONS
from lossopt.params import Array
from lossopt.programs import Untraceable, script_of

ROOT = Path(__file__).parents[1]
COUNTS = {"corpus": 12_000, "grown": 4_000}
CLOSE = 1e-12
LEAVES = ("x", "y", "x", "y", "pi", "e", "2", "0.5", "3", "1e3", "7.25")
PLACES = np.concatenate(
    [
        np.random.default_rng(0).uniform(-2.0, 2.0, (12, 2)),
        [[0.0, 0.0], [1.0, -1.0], [-0.0, 2.0], [0.5, 0.5], [-1.4, -1.4], [0.0, 1.0]],
    ]
)


def grown(rng: random.Random) -> Iterator[str]:
    """Formulas that can be read."""
    while True:
        yield _grown(rng, rng.randint(1, 5))


def _grown(rng: random.Random, size: int) -> str:
    if size == 0:
        return rng.choice(LEAVES)
    part, other = (_grown(rng, rng.randint(0, size - 1)) for _ in range(2))
    kind = rng.random()
    if kind < 0.5:
        return f"({part}){rng.choice('+-*/')}({other})"
    if kind < 0.65:
        return f"({part})^{rng.choice(('2', '3', '-1', '0.5', '0', other))}".replace("^(", "^ (")
    if kind < 0.75:
        return f"{rng.choice(sorted(CHOOSERS))}({part}, {other})"
    return f"-{part}" if kind < 0.8 else f"{rng.choice(sorted(FUNCTIONS))}({part})"


KINDS = {"corpus": formulas, "grown": grown}


class Browser:
    """The browser's reader, run by Node."""

    def __init__(self, program: str) -> None:
        command = [program, str(ROOT / "tests" / "formulas" / "formulas.mjs")]
        folder = (ROOT / "static" / "programs").as_uri()
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([*command, folder], stdin=pipe, stdout=pipe, text=True)

    def ask(self, **job: object) -> dict[str, Any]:
        """What becomes of a formula."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Let it end."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


@dataclasses.dataclass
class Figures:
    """What was found of a number of formulas."""

    taken: int = 0
    refused: Counter[str] = dataclasses.field(default_factory=Counter)
    numbers: int = 0
    worst: float = 0.0
    programs: int = 0
    wrong: list[str] = dataclasses.field(default_factory=list)


def compared(kind: str, count: int, browser: Browser, seed: int = 0) -> Figures:
    """Let both read formulas of a kind."""
    figures = Figures()
    for text in islice(KINDS[kind](random.Random(seed)), count):
        fault = _fault(text, browser, figures)
        if fault:
            figures.wrong.append(f"{text!r}: {fault}"[:300])
    return figures


def _fault(text: str, browser: Browser, figures: Figures) -> str:
    try:
        made = lo.formula(text)
    except lo.FormulaError as refusal:
        figures.refused[refusal.code] += 1
        told, expected = browser.ask(text=text), {"code": refusal.code, "values": refusal.values}
        if told.get("code") == "character":  # few characters have a name in the browser
            name = str(told["values"]["name"])
            if name.startswith("u+"):
                told["values"]["name"] = expected["values"]["name"]  # type: ignore[index]
        return "" if told == expected else f"{expected} in Python, {told} in the browser"
    figures.taken += 1
    script = _script(made)
    found = browser.ask(text=text, script=script, places=PLACES.tolist())
    if "code" in found:
        return f"{found} in the browser alone"
    figures.programs += script is not None
    return _apart(made, found, figures)


def _script(made: lo.Objective) -> str | None:
    try:
        return script_of(made, []).text
    except Untraceable:
        return None


def _apart(made: lo.Objective, found: dict[str, Any], figures: Figures) -> str:
    """How the numbers of both differ, empty where they do not."""
    if found["start"] != made.start.tolist():
        return f"starts at {made.start.tolist()} in Python, at {found['start']} in the browser"
    if found.get("theirs") not in (None, found["ours"]):  # the longest have no program
        return "another program has other bits"
    ours = np.frombuffer(base64.b64decode(found["ours"])).reshape(-1, 3)
    theirs = np.column_stack([made.value(PLACES), made.gradient(PLACES)])
    worst = float(np.max(error(ours, theirs), initial=0.0))
    figures.numbers += ours.size
    figures.worst = max(figures.worst, worst)
    return "" if worst <= CLOSE else f"apart by {worst:.1e}"


def error(ours: Array, theirs: Array) -> Array:
    """Distance in terms of the larger of 1 and the number; what is no number has to be the same."""
    with np.errstate(all="ignore"):
        apart = np.abs(ours - theirs) / np.maximum(1.0, np.abs(theirs))
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    return np.where(same, 0.0, np.where(np.isfinite(apart), apart, np.inf))


def main() -> None:
    counts = dict.fromkeys(COUNTS, int(sys.argv[1])) if len(sys.argv) > 1 else COUNTS
    program = shutil.which("node")
    if program is None:
        sys.exit("Node is not installed: nothing can be compared.")
    browser, wrong = Browser(program), 0
    for kind, count in counts.items():
        found = compared(kind, count, browser)
        refused = ", ".join(f"{number} {code}" for code, number in found.refused.most_common())
        print(f"{kind}: {count} formulas, {found.taken} taken, the others refused: {refused}")
        print(f"  {found.numbers} values and slopes, worst error {found.worst:.1e}")
        print(f"  {found.programs} with a program of Python's, the same to the bit")
        print(f"  {len(found.wrong)} wrong", *found.wrong[:20], sep="\n  ")
        wrong += len(found.wrong)
    browser.stop()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
