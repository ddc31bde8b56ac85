"""Scripts that repeat a run: those for lossopt are run here, the others by
``benchmarks/check_scripts.py`` where their libraries are installed."""

import ast
import contextlib
import io

import numpy as np
import pytest

import lossopt as lo
from benchmarks.check_scripts import cases, error_of, path_of
from lossopt.formulas import formula
from lossopt.scripts import LIBRARIES, Run, ScriptNote, write_script
from lossopt.scripts._problems import FUNCTIONS

CASES = dict(cases())
CANNOT = {"rule", "field", "problem"}


@pytest.mark.parametrize("name", CASES)
def test_the_script_for_lossopt_takes_the_same_path(name, tmp_path, monkeypatch):
    script = write_script("lossopt", CASES[name])
    (tmp_path / "data.csv").write_text(script.data)
    monkeypatch.chdir(tmp_path)
    space: dict[str, np.ndarray] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script.text, name, "exec"), space)
    assert error_of(space["path"], path_of(CASES[name], CASES[name].start)) <= 1e-14


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_script_is_python_or_says_why_not(library):
    for name, run in CASES.items():
        script = write_script(library, run)
        codes = {note.code for note in script.notes}
        assert script.notes and all(f"# {note}" in script.text for note in script.notes), name
        runs = ast.parse(script.text).body != []
        assert runs != bool(codes & CANNOT)
        assert script.exact == ("exact" in codes)
        assert bool(script.data) == ("data" in codes)


def test_most_rules_that_pytorch_has_are_exact():
    exact = {
        name
        for name, kind in lo.OPTIMIZERS.items()
        if not kind.needs_matrices and write_script("pytorch", run_of(kind())).exact
    }
    assert exact == {
        *("gradient_descent", "momentum", "nesterov", "rprop", "adagrad", "adadelta", "rmsprop"),
        *("adam", "adamw", "amsgrad", "nadam", "adamax", "radam", "asgd", "lbfgs"),
    }


def run_of(rule, goal=None):
    goal = goal or lo.OBJECTIVES["rosenbrock"]()
    return Run(rule, goal, tuple(goal.start.tolist()), 5)


@pytest.mark.parametrize("name", ["adam", "amsgrad", "nadam", "radam"])
def test_decoupled_weight_decay_is_written_for_pytorch(name):
    rule = lo.OPTIMIZERS[name](weight_decay=0.1, decoupled_weight_decay=True)
    script = write_script("pytorch", run_of(rule))
    assert script.exact and "decoupled_weight_decay=True" in script.text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_written_as_they_are_computed(name):
    if name == "quadratic":
        return  # its numbers depend on its fields; the scripts for it are run
    places = np.random.default_rng(0).uniform(-2.0, 2.0, size=(20, 2))
    written, known = formula(FUNCTIONS[name]), lo.OBJECTIVES[name]()
    np.testing.assert_allclose(written.value(places), known.value(places), rtol=1e-12, atol=1e-12)


def test_what_a_library_cannot_is_said():
    dampened = lo.OPTIMIZERS["momentum"](averaged=True)
    script = write_script("pytorch", run_of(dampened))
    assert [note.code for note in script.notes] == ["field"] and not script.exact
    script = write_script("keras", run_of(lo.OPTIMIZERS["adam"]()))
    assert [note.code for note in script.notes] == ["eps"] and "keras.optimizers" in script.text
    script = write_script("optax", run_of(lo.OPTIMIZERS["newton"]()))
    assert str(script.notes[0]) == "optax has no Newton."
    assert ScriptNote.sentences.keys() >= {"exact", "eps", "rule", "field", "rate", "data"}


def test_names_cannot_run_anything():
    """Names of columns and classes are text in the script and harmless in the file."""
    names = ('"); import os #', "=cmd|' /C calc'!A0")
    X = np.arange(140.0).reshape(70, 2)
    data = lo.Dataset(X, np.arange(70.0) % 2, "binary", names, "@y", ("'''a", "b\\"))
    goal = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["hinge"]())
    for library in LIBRARIES:
        script = write_script(library, run_of(lo.OPTIMIZERS["adam"](), goal))
        tree = ast.parse(script.text)
        modules = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert "os" not in modules or library == "keras"
        assert script.data.splitlines()[0] == "\"\"\"); import os #\",'=cmd|' /C calc'!A0,'@y"
