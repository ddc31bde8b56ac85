"""No script claims more than was checked."""

from itertools import combinations_with_replacement

import pytest

import lossopt as lo
from benchmarks.check_scripts import digest
from benchmarks.script_cases import PARTS, sampled
from lossopt.formulas._duals import CHOOSERS, FUNCTIONS, OPERATORS
from lossopt.scripts import Run, _checked, write_script
from lossopt.scripts._checked import Checked, checked, claim, tallied
from lossopt.scripts._formulas import FUNCTIONS as TEST_FUNCTIONS
from lossopt.scripts._rules import CALLS
from lossopt.scripts._settings import settings

RUNS = {library: sampled(library) for library in CALLS}


@pytest.mark.parametrize("library", CALLS)
def test_the_scripts_are_those_that_were_run(library):
    """Who changes what scripts say runs them again: see ``benchmarks/check_scripts.py``."""
    assert digest(write_script(library, run) for run in RUNS[library]) == checked()[library].digest


@pytest.mark.parametrize("library", CALLS)
def test_a_script_claims_what_the_table_holds_of_every_two_settings(library):
    table, claims = checked()[library], 0
    for run in [*RUNS[library], *sampled("lossopt")]:
        script = write_script(library, run)
        if script.exact:
            pairs = combinations_with_replacement(settings(run), 2)
            digits = [table.digits(*pair) for pair in pairs]
            error = float(script.notes[0].values["error"])
            assert None not in digits and error == pytest.approx(10.0 ** -min(digits))
            assert error <= 1e-9 and table.version in str(script.notes[0])
            claims += 1
    assert claims > 100


@pytest.mark.parametrize("library", CALLS)
def test_a_pair_that_was_not_checked_is_not_claimed(library, monkeypatch):
    run = next(run for run in RUNS[library] if write_script(library, run).exact)
    first, *_, second = settings(run)
    table = checked()[library]
    gone = tuple(sorted((first, second)))
    signs = [
        "".join(
            "." if (table.names[j], table.names[i]) == gone else sign for j, sign in enumerate(row)
        )
        for i, row in enumerate(table.signs)
    ]
    less = Checked(table.version, table.scripts, table.digest, table.names, signs)
    monkeypatch.setattr(_checked, "checked", lambda: {library: less})
    (note,) = claim(library, run)
    assert note.code == "unchecked" and set(note.values["what"].split(" + ")) == {first, second}


@pytest.mark.parametrize("library", CALLS)
def test_the_check_knows_everything_a_script_can_be_made_of(library):
    names = set(checked()[library].names)
    wanted = {f"optimizer={name}" for name in CALLS[library]}
    wanted |= {f"schedule={name}" for name in lo.SCHEDULES} | {"schedule=none"}
    wanted |= {f"loss={name}" for name in lo.LOSSES} | {f"model={name}" for name in lo.MODELS}
    wanted |= {f"objective={name}" for name in TEST_FUNCTIONS} | {"objective=formula"}
    wanted |= {f"formula.{part}=used" for part in PARTS}
    wanted |= {f"formula.variables={count}" for count in range(3)}
    wanted |= {f"warmup={place}" for place in ("none", "within", "to the end")}
    wanted |= {"samples=file", "samples=written", "batch_size=some", "clip_norm=some"}
    wanted |= {"average=yes", "n_steps=0"}
    assert wanted <= names
    assert checked()[library].scripts >= 900


def test_most_rules_that_pytorch_has_are_exact():
    goal = lo.OBJECTIVES["rosenbrock"]()
    exact = {
        name
        for name, kind in lo.OPTIMIZERS.items()
        if not kind.needs_matrices
        and write_script("pytorch", Run(lo.Entry(kind()), goal, (-1.5, 2.0), 5)).exact
    }
    assert exact == CALLS["pytorch"].keys() - {"muon", "adafactor"}


def test_every_part_of_a_formula_is_drawn():
    """Who adds a function checks scripts with it."""
    assert set(PARTS) == {*FUNCTIONS, *CHOOSERS, *OPERATORS, "negative"}


def test_a_tally_keeps_the_worst_error_of_a_pair():
    found = tallied([(("b=1", "a=1"), 3e-13), (("a=1", "c=1"), 0.0), (("a=1",), 2e-10)])
    table = Checked("1", 3, "", **found)
    assert table.names == ["a=1", "b=1", "c=1"]
    assert table.digits("a=1", "b=1") == table.digits("b=1", "a=1") == 12
    assert table.digits("a=1", "a=1") == 9 and table.digits("a=1", "c=1") == 15
    assert table.digits("b=1", "c=1") is None and table.digits("a=1", "d=1") is None
