"""Scripts that repeat a run: those for lossopt are run here, the others by
``benchmarks/check_scripts.py`` where their libraries are installed."""

import ast
import contextlib
import dataclasses
import io
import runpy

import numpy as np
import pytest

import lossopt as lo
from benchmarks.check_scripts import path_of
from benchmarks.script_cases import sampled
from lossopt.formulas import formula
from lossopt.params import param
from lossopt.scripts import Run, ScriptNote, _write, write_script
from lossopt.scripts._formulas import FUNCTIONS
from lossopt.scripts._rules import CALLS

CANNOT = {"rule", "field", "problem"}
OTHERS = list(CALLS)
PYTHON = ["lossopt", *OTHERS]
RUNS = {"lossopt": sampled("lossopt")}


def run_of(rule, goal=None, **settings):
    goal = goal or lo.OBJECTIVES["rosenbrock"]()
    n_steps, seed = settings.pop("n_steps", 5), settings.pop("seed", 0)
    return Run(lo.Entry(rule, **settings), goal, tuple(goal.start.tolist()), n_steps, seed)


def path_in(script, folder, monkeypatch):
    (folder / "data.csv").write_text(script.data, "utf-8")
    (folder / "run.py").write_text(script.text, "utf-8")
    monkeypatch.chdir(folder)
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path("run.py")["path"]


@pytest.mark.parametrize("tens", range(len(RUNS["lossopt"]) // 10))
def test_the_script_for_lossopt_takes_the_same_path_to_the_bit(tens, tmp_path, monkeypatch):
    for run in RUNS["lossopt"][10 * tens : 10 * tens + 10]:
        script = write_script("lossopt", run)
        assert script.notes[0].code == "same"
        found = path_in(script, tmp_path, monkeypatch)
        np.testing.assert_array_equal(found, path_of(run, run.start))


def test_numbers_are_written_so_that_they_read_back(tmp_path, monkeypatch):
    """NumPy's numbers, whole numbers and numbers with 17 digits make the same script."""
    rule = lo.OPTIMIZERS["adam"](learning_rate=np.float64(0.1) + 0.2, beta1=np.float64(0.7))
    schedule = lo.SCHEDULES["cosine"](final=np.float64(1) / 3, warmup=np.int64(2))
    goal = lo.formula("x^2/3 + y^2", bounds=(np.array([-1, 1]), (np.float64(-1) / 3, 2)))
    third = np.float64(1) / 3
    entry = lo.Entry(rule, clip_norm=third, schedule=schedule)
    run = Run(entry, goal, (np.int64(1), third), np.int64(9))
    script = write_script("lossopt", run)
    assert "np." not in script.text and "0.30000000000000004" in script.text
    np.testing.assert_array_equal(path_in(script, tmp_path, monkeypatch), path_of(run, run.start))
    for library in OTHERS:
        text = write_script(library, run).text
        assert "np.float" not in text and "[1.0, 0.3333333333333333]" in text


@pytest.mark.parametrize("library", OTHERS)
def test_every_script_is_python_or_says_why_not(library):
    for run in RUNS["lossopt"]:
        script = write_script(library, run)
        codes = {note.code for note in script.notes}
        assert script.notes and all(f"# {note}" in script.text for note in script.notes)
        runs = ast.parse(script.text).body != []
        assert runs != bool(codes & CANNOT)
        assert script.exact == ("exact" in codes)
        assert bool(script.data) == ("data" in codes)


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
    script = write_script("pytorch", run_of(lo.OPTIMIZERS["rprop"](shrink=0.0)))
    assert "shrink = 0.0" in str(script.notes[0])
    assert ScriptNote.sentences.keys() >= {"exact", "eps", "rule", "field", "rate", "data"}


@pytest.mark.parametrize(
    ("rule", "settings"),
    [
        (lo.OPTIMIZERS["asgd"](), {"schedule": lo.SCHEDULES["cosine"]()}),
        (lo.OPTIMIZERS["rmsprop"](decay=0.0, centered=True), {}),
        (lo.OPTIMIZERS["lbfgs"](line_search="strong_wolfe"), {"clip_norm": 1.0}),
        (lo.OPTIMIZERS["lbfgs"](line_search="strong_wolfe", learning_rate=0.0), {}),
    ],
)
def test_what_pytorch_is_known_to_do_otherwise_is_said(rule, settings):
    script = write_script("pytorch", run_of(rule, **settings))
    assert script.notes[0].code == "differs" and not script.exact
    assert "import torch" in script.text


def test_what_keras_is_known_to_do_otherwise_is_said():
    cosine = lo.SCHEDULES["cosine"]()
    for name in ("momentum", "nesterov", "rmsprop"):
        rule = lo.OPTIMIZERS[name](momentum=0.5)
        rule = dataclasses.replace(rule, eps_place="inside") if name == "rmsprop" else rule
        assert write_script("keras", run_of(rule, schedule=cosine)).notes[0].code == "rate"
    assert "beta1 = 0.0" in write_script("keras", run_of(lo.OPTIMIZERS["lion"](beta1=0.0))).text


def test_a_setting_that_is_not_the_librarys_default_is_written():
    goal = lo.OBJECTIVES["matrix_factorization"]()
    script = write_script("pytorch", run_of(lo.OPTIMIZERS["muon"](momentum=0.0), goal))
    assert "momentum=0.0" in script.text


@pytest.mark.parametrize("warmup", [5, 6, 1_000_000])
@pytest.mark.parametrize("name", lo.SCHEDULES)
def test_a_warmup_that_fills_the_run_is_written(name, warmup):
    schedule = lo.SCHEDULES[name](warmup=warmup)
    run = run_of(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.3), schedule=schedule)
    script = write_script("pytorch", run)
    lines = script.text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("factors = "))
    space = {"np": np}
    exec("\n".join(lines[first : first + 2]), space)
    np.testing.assert_allclose(space["rates"], 0.3 * schedule.factors(5), rtol=1e-15)
    assert len(script.text) < 2000


def test_a_formula_without_variables_still_has_a_gradient():
    text = write_script("pytorch", run_of(lo.OPTIMIZERS["adam"](), lo.formula("5"))).text
    assert "return 0.0 * (x + y) + 5.0" in text


def test_the_kink_of_the_absolute_value_is_flat_in_jax_too():
    adam = lo.OPTIMIZERS["adam"]()
    text = write_script("optax", run_of(adam, lo.formula("abs(x) + y^2"))).text
    assert "absolute(x)" in text and "jnp.sign(v) * v" in text
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mae"]())
    assert "jnp.abs" not in write_script("optax", run_of(adam, risk)).text


def test_nested_choices_make_a_script_of_the_same_size():
    nested = "max(" * 30 + "x" + ", y, 1)" * 30
    text = write_script("pytorch", run_of(lo.OPTIMIZERS["adam"](), lo.formula(nested))).text
    assert len(text) < 3000


@dataclasses.dataclass(frozen=True)
class OwnRule(lo.Optimizer):
    name = "Own rule"
    formula = ""
    learning_rate: float = param(0.1, "learning rate")

    def init(self, params):
        return {}

    def update(self, gradient, state, params):
        return params, state


class OwnLoss(type(lo.LOSSES["mse"]())):
    name = "Own loss"


class OwnSchedule(lo.Schedule):
    name = "Own schedule"
    formula = ""

    def after_warmup(self, t, n_steps):
        return 1.0 / (2.0 + t)


@pytest.mark.parametrize("library", PYTHON)
def test_parts_of_ones_own_have_no_script_or_one_that_says_so(library):
    adam = lo.OPTIMIZERS["adam"]()
    assert write_script(library, run_of(OwnRule())).notes[0].code == "rule"
    own = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), OwnLoss())
    assert write_script(library, run_of(adam, own)).notes[0].code == "problem"
    script = write_script(library, run_of(lo.OPTIMIZERS["lion"](), schedule=OwnSchedule()))
    assert not script.exact and script.notes[0].code in {"field", "rule", "unchecked"}


def test_names_cannot_run_anything():
    """Names of columns and classes are text in the script and harmless in the file."""
    names = ('"); import os #', "=cmd|' /C calc'!A0")
    X = np.arange(140.0).reshape(70, 2)
    data = lo.Dataset(X, np.arange(70.0) % 2, "binary", names, "@y", ("'''a", "b\\"))
    goal = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["hinge"]())
    for library in PYTHON:
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


def test_a_name_over_two_lines_stays_in_the_header(tmp_path, monkeypatch):
    X = np.arange(140.0).reshape(70, 2)
    data = lo.Dataset(X, X[:, 0], "regression", ("two\nlines", "키 #1"))
    run = run_of(
        lo.OPTIMIZERS["adam"](),
        lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]()),
    )
    script = write_script("lossopt", run)
    np.testing.assert_array_equal(path_in(script, tmp_path, monkeypatch), path_of(run, run.start))


@pytest.mark.parametrize("library", PYTHON)
def test_what_acts_on_a_rule_is_written_or_refused(library, monkeypatch):
    for outside in ({"clip_norm": 0.5}, {"average": True}):
        run = run_of(lo.OPTIMIZERS["adam"](), **outside)
        monkeypatch.setattr(_write, "WRITTEN", {"clip_norm", "average"})
        assert "import" in write_script(library, run).text
        monkeypatch.setattr(_write, "WRITTEN", set())
        script = write_script(library, run)
        assert not script.exact and script.notes[0].code == "field"
        assert next(iter(outside)) in str(script.notes[0]) and "import" not in script.text


def weighted(loss, model, data, own, classes, weighting):
    data = lo.DATASETS[data]().make()
    rows = np.arange(0, data.n_samples, 1 if own == "file" else 3)[:150]
    few = lo.Dataset(data.X[rows], data.y[rows], data.task, class_names=data.class_names)
    risk = lo.EmpiricalRisk(few, lo.MODELS[model](), lo.LOSSES[loss]())
    samples = np.arange(len(rows)) % 4 / 3.0 if own else None
    return lo.WeightedRisk(risk, classes, samples, weighting)


WEIGHTED = [
    weighted("mse", "linear", "line", "file", None, "mean"),
    weighted("mae", "linear", "line", "written", None, "sum_over_n"),
    weighted("binary_cross_entropy", "logistic", "moons", None, (1, 0.3), "mean"),
    weighted("hinge", "logistic", "moons", "file", "balanced", "sum_over_n"),
    weighted("categorical_cross_entropy", "softmax", "iris", "written", "balanced", "mean"),
    weighted("categorical_cross_entropy", "softmax", "iris", None, (1, 0, 2), "sum_over_n"),
    weighted("binary_cross_entropy", "mlp", "moons", "file", (2, 1), "mean"),
    lo.WeightedRisk(
        lo.EmpiricalRisk(
            lo.DATASETS["moons"](), lo.MODELS["logistic"](), lo.LOSSES["focal"](focusing=1.5)
        ),
        "balanced",
    ),
]


@pytest.mark.parametrize("goal", WEIGHTED, ids=lambda goal: type(goal.loss).__name__)
def test_weights_are_in_the_script(goal, tmp_path, monkeypatch):
    run = run_of(lo.OPTIMIZERS["adam"](learning_rate=0.1), goal, n_steps=9, batch_size=4)
    script = write_script("lossopt", run)
    assert script.exact and "lo.WeightedRisk" in script.text
    np.testing.assert_array_equal(path_in(script, tmp_path, monkeypatch), path_of(run, run.start))
    run = run_of(lo.OPTIMIZERS["gradient_descent"](), goal, batch_size=4)
    for library in OTHERS:
        script = write_script(library, run)
        assert not script.exact and "W[rows]" in script.text and "w = " in script.text
        assert "weights=" in script.notes[0].values["what"]
