"""Which rates schedules of libraries gave, and which ours give."""

import json
from pathlib import Path

import numpy as np

import lossopt as lo
from lossopt.libraries import PLANNED
from lossopt.libraries._schedules import asked_with

FIXTURES = Path(__file__).parents[1] / "fixtures" / "libraries" / "schedules"
KEPT = {p.stem: json.loads(p.read_text("utf-8")) for p in sorted(FIXTURES.glob("*.json"))}
ANSWERS = [(library, name) for library, kept in KEPT.items() for name in kept["answers"]]
WARMUP, NEAR = 3, 1e-6


def rates_of(library, name):
    """Measured rates; they end where the library raised an error."""
    return [r for r in KEPT[library]["answers"][name]["rates"] if not isinstance(r, str)]


def schedule_of(library, name):
    """The schedule that stands for it, None where none does."""
    return lo.LIBRARIES[library].schedule(name, **asked_with(name))


def usual_of(name):
    """Ours under that name."""
    first = {"boundaries": "step"}.get(name.split()[0], name.split()[0])
    return lo.SCHEDULES[first](**asked_with(name))


def error(schedule, library, name):
    return float(np.abs(schedule.factors(PLANNED) - rates_of(library, name)[:PLANNED]).max())


def table():
    """One line for each schedule that was asked."""
    forms = 0
    for library, name in ANSWERS:
        found, convention = schedule_of(library, name), lo.LIBRARIES[library].schedules[name]
        forms += found is not None
        said = "another one" if found is None else f"{error(found, library, name):.1e}"
        print(f"{library:10} {name:30} {said:12} then it {convention.after.replace('_', ' ')}")
    print(f"{len(ANSWERS)} schedules of {len(KEPT)} libraries, {forms} of a form of ours")
