"""Scripts for measured libraries: run by hand, held here to what was run, and to their names."""

import ast
import contextlib
import dataclasses
import io
import json
import runpy

import numpy as np
import pytest

import lossopt as lo
from benchmarks.check_scripts import digest, path_of
from benchmarks.script_cases import sampled
from benchmarks.scripts_by_library import cases, most, rounded, ways
from lossopt.formulas import formula
from lossopt.libraries._calling import Calling, read_call
from lossopt.registry import id_of
from lossopt.scripts import TARGETS, Run, takes_path, write_script
from lossopt.scripts._gradients import gradient_problem
from lossopt.scripts._libraries import find_library, library_call
from lossopt.scripts._runs import ran
from lossopt.scripts._told import MEASURED
from tests.libraries.paths import KEPT

EVERY = [*ways(), *MEASURED]
CANNOT = {"rule", "field", "problem", "otherwise", "matrices", "average", "way"}
UNRECORDED = {
    "pyro": "pytorch",
    "numpyro": "jax_examples",
}
"""Libraries that pass their arguments on, and whose these are."""
REQUIRED = {
    "mlx": {"learning_rate", "betas"},
    "autograd": {"step_size", "mass", "b1", "b2", "eps", "num_iters"},
    "jax_examples": {"step_size", "mass"},
    "numpyro": {"step_size", "mass"},
    "thinc": {"learn_rate"},
    "climin": {"step_rate"},
    "neograd": {"lr"},
    "jittor": {"lr"},
    "mindspore_experimental": {"lr"},
    "torchopt": {"lr"},
    "optimi": {"lr"},
    "paddle": {"learning_rate"},
    "mxnet": {"learning_rate", "wd"},
}
"""Arguments without a default, or that are taken as ``**kwargs``, which no fixture records."""


def test_every_library_that_is_offered_was_run():
    assert set(ran()) == set(EVERY)
    for library, found in ran().items():
        kind = lo.LIBRARIES[library.partition(" ")[0]]
        assert found.version == kind.version and found.rules
        assert all(error <= most(library, rule) for rule, (error, _) in found.rules.items())


@pytest.mark.parametrize("library", EVERY)
def test_the_scripts_are_those_that_were_run_by_hand(library):
    """Who changes what they say runs them again: ``python -m benchmarks.scripts_by_library``."""
    found = list(cases(library))
    scripts = [write_script(library, run) for _, run in found]
    assert digest(scripts) == ran()[library].digest
    rules = [rule for rule, _ in found]
    assert {rule: rules.count(rule) for rule in rules} == {
        rule: count for rule, (_, count) in ran()[library].rules.items()
    }
    for script in scripts:
        assert script.exact and script.notes[0].code == "run"
        assert ast.parse(script.text).body


@pytest.mark.parametrize("library", MEASURED)
def test_scripts_name_only_what_the_library_has(library):
    recorded = KEPT[UNRECORDED.get(library, library)]["answers"]
    for _, run in cases(library):
        found, _ = find_library(library, run)
        if library == "mindspore" and not recorded[found.optimizer]["defaults"]:
            continue  # its signatures are hidden behind a decorator
        known = {*recorded[found.optimizer]["defaults"], *REQUIRED.get(library, ())}
        call = ast.parse(library_call(found, run), mode="eval").body
        inner = [each for each in ast.walk(call) if isinstance(each, ast.Call)]
        written = {word.arg for each in inner for word in each.keywords}
        assert written <= known | {"parameters", "fprime"}, library_call(found, run)
        assert set(found.fixed) <= written | known


def test_gradients_in_numpy_are_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for run in sampled("lossopt")[::2]:
        problem, goal = gradient_problem(run.objective), run.objective
        (tmp_path / "data.csv").write_text(problem.csv, "utf-8")
        space = {"np": np}
        exec(f"{problem.data}\n{problem.loss}", space)
        rows = np.arange(goal.n_samples)
        with np.errstate(all="ignore"):
            ours = goal.gradient(np.array(run.start))
            theirs = space["gradient"](np.array(run.start), rows)
        if np.isfinite(ours).all():
            np.testing.assert_allclose(theirs, ours, rtol=1e-11, atol=1e-11)


def test_a_derivative_that_is_too_long_is_no_script():
    nested = "sin(" * 60 + "x*y" + ")" * 60
    goal = formula(nested)
    run = Run(lo.Entry(lo.LIBRARIES["mlx"].rule("adam")), goal, (0.5, 0.5), 3)
    assert write_script("mlx", run).notes[0].code == "problem"


def own_calling():
    """A library in NumPy, so that the shared lines are run here."""
    return Calling(
        "nothing",
        "class Own:\n    decay = 0.0\n    def __init__(self, lr):\n        self.lr = lr\n"
        "    def join(self, decay):\n        self.decay = decay\n        return self",
        "params, optimizer = start.copy(), {made}",
        "params = params - optimizer.lr * (slope + optimizer.decay * params)",
        "params",
        {"learning_rate": "lr"},
        rate="optimizer.{learning_rate} = rates[step]",
        coupled="optimizer.join({weight_decay})",
    )


@pytest.mark.parametrize("k", range(4))
def test_the_shared_lines_take_the_path(k, tmp_path, monkeypatch):
    """Batches, schedules, clipping, averages and coupled decay, with an optimizer of one line."""
    kind = lo.LIBRARIES["chainer"]
    monkeypatch.setattr(kind, "calling", own_calling())
    monkeypatch.setattr(kind, "prefix", "")
    plain = dataclasses.replace(kind.conventions["gradient_descent"], call="Own")
    monkeypatch.setattr(kind, "conventions", {"gradient_descent": plain})
    for run in sampled("lossopt")[k::20]:
        rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01, weight_decay=0.1)
        entry = dataclasses.replace(run.entry, optimizer=rule)
        own = dataclasses.replace(run, entry=entry)
        script = write_script("chainer", own)
        (tmp_path / "data.csv").write_text(script.data, "utf-8")
        (tmp_path / "run.py").write_text(script.text, "utf-8")
        monkeypatch.chdir(tmp_path)
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            found = runpy.run_path("run.py")["path"]
            ours = path_of(own, own.start)
        good = np.isfinite(ours).all(axis=1) & (np.abs(ours).max(axis=1) < 1e6)
        np.testing.assert_allclose(found[good], ours[good], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("library", EVERY)
def test_every_script_is_python_or_says_why_not(library):
    for run in sampled("lossopt")[::10]:
        script = write_script(library, run)
        codes = {note.code for note in script.notes}
        assert all(f"# {note}" in script.text for note in script.notes)
        assert (ast.parse(script.text).body != []) != bool(codes & CANNOT)
        assert script.exact == ("run" in codes)
        assert bool(script.data) == ("data" in codes)


def booth(rule, **settings):
    return Run(lo.Entry(rule, **settings), lo.OBJECTIVES["booth"](), (0.0, 0.5), 5)


def told(library, run):
    script = write_script(library, run)
    assert not script.exact and not takes_path(library, run)
    return script.notes[0].code, "import" in script.text


def test_what_a_library_does_otherwise_is_said():
    rule, cosine = lo.OPTIMIZERS, lo.SCHEDULES["cosine"]()
    assert told("mlx", booth(rule["newton"]())) == ("rule", False)
    assert told("river", booth(rule["nadam"]())) == ("otherwise", False)
    assert told("river", booth(rule["adam"]())) == ("eps", True)
    assert told("river", booth(rule["adagrad"](weight_decay=0.1, eps_place="inside")))[0] == "field"
    assert told("sklearn", booth(rule["momentum"](), schedule=cosine)) == ("rate", True)
    assert told("autograd", booth(rule["adam"](), schedule=cosine)) == ("field", False)
    assert told("pyro", booth(rule["asgd"](), schedule=cosine)) == ("field", False)
    assert told("torch_optimizer", booth(rule["yogi"]())) == ("nearly", True)
    assert told("pytorch fused=True", booth(rule["radam"]())) == ("way", False)
    factors = lo.OBJECTIVES["matrix_factorization"]()
    muon = Run(lo.Entry(rule["muon"]()), factors, tuple(factors.start.tolist()), 2)
    assert told("tinygrad", muon) == ("matrices", False)


def test_what_a_contestant_is_called_after_is_exact():
    """Adam as in a library has a script in that library."""
    for library in MEASURED:
        kind = lo.LIBRARIES[library]
        if kind.conventions.get("adam") and kind.conventions["adam"].rule == "adam":
            run = booth(kind.rule("adam", learning_rate=0.1))
            assert takes_path(library, run) == (library != "climin"), library


def test_matrices_in_one_vector_have_scripts():
    goal = lo.OBJECTIVES["matrix_factorization"]()
    run = Run(lo.Entry(lo.OPTIMIZERS["adam"]()), goal, tuple(goal.start.tolist()), 2)
    for library in ("pyro", "jax_examples", "mlx"):
        assert ast.parse(write_script(library, run).text).body


def test_arguments_of_a_call_are_read():
    for library in MEASURED:
        for convention in lo.LIBRARIES[library].conventions.values():
            name, given = read_call(convention.call)
            assert convention.call.startswith(name) and all(map(str.isidentifier, given))


def test_errors_are_rounded_up():
    assert rounded(1.01e-7) == 2e-07 and rounded(1e-7) == 1e-07 and rounded(9.5e-5) == 1e-4


def test_the_kept_file_is_small_and_plain():
    for found in ran().values():
        json.dumps(dataclasses.asdict(found), allow_nan=False)
    assert set(MEASURED) <= set(TARGETS) and all(
        id_of(lo.LIBRARIES[name]) == name for name in MEASURED
    )
