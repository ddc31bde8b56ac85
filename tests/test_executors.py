"""Many runs somewhere else are the runs here, to the bit."""

import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import Budget, Entry, Merit, contest, rank, scoreboard, tune
from lossopt.keys import key_of
from lossopt.sweeps import _blocks, _runs
from lossopt.sweeps.maps import BATCH_SIZE, outcome_map

ADAM, MOMENTUM = lo.OPTIMIZERS["adam"](), lo.OPTIMIZERS["momentum"]()
VALLEY, MATRICES = lo.OBJECTIVES["rosenbrock"](), lo.OBJECTIVES["matrix_factorization"]()
BLOBS = lo.EmpiricalRisk(
    lo.DATASETS["three_blobs"](), lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]()
)
RATES = np.geomspace(1e-3, 10.0, 12)


class Elsewhere(Executor):
    """Another process without the process: whatever goes there and comes back is pickled."""

    def submit(self, work, /, *given):
        future = Future()
        try:
            work, given = pickle.loads(pickle.dumps((work, given)))
            future.set_result(pickle.loads(pickle.dumps(work(*given))))
        except Exception as refusal:
            future.set_exception(refusal)
        return future


class Nowhere(Executor):
    """Takes work and never does it."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, /, *given):
        self.waiting.append(Future())
        return self.waiting[-1]


def swept(**given):
    return lo.sweep(
        ADAM,
        VALLEY,
        n_steps=120,
        target=1.0,
        learning_rate=RATES,
        bias_correction=[True, False],
        **given,
    )


MANY = {
    "sweep": swept,
    "sweep of mini-batches": lambda **given: lo.sweep(
        ADAM, BLOBS, n_steps=30, batch_size=7, seed=3, learning_rate=RATES, **given
    ),
    "basins": lambda **given: lo.basins(
        MOMENTUM, lo.OBJECTIVES["himmelblau"](), resolution=6, n_steps=70, **given
    ),
    "seed_bands": lambda **given: lo.seed_bands(ADAM, BLOBS, seeds=9, n_steps=55, **given),
    "outcome_map": lambda **given: outcome_map(
        MOMENTUM,
        VALLEY,
        "momentum",
        learning_rates=RATES,
        values=np.array([0.5, 0.9]),
        start=VALLEY.start,
        n_steps=60,
        **given,
    ),
    "outcome_map of batch sizes": lambda **given: outcome_map(
        MOMENTUM,
        BLOBS,
        BATCH_SIZE,
        learning_rates=RATES,
        values=np.array([1, 9]),
        start=BLOBS.start,
        n_steps=20,
        **given,
    ),
    "tune": lambda **given: tune(
        Entry(ADAM, 9), BLOBS, budget=Budget(9.0), seeds=(0, 1, 2), second=True, **given
    ),
    "tune by whole curves": lambda **given: tune(
        Entry(ADAM, clip_norm=1.0), VALLEY, budget=Budget(30.0), merit=Merit("area"), **given
    ),
    "rank": lambda **given: rank(
        [Entry(ADAM, 9), Entry(MOMENTUM, 9)], BLOBS, budget=Budget(20.0), seeds=(0, 1), **given
    ),
    "contest": lambda **given: contest(
        [Entry(ADAM), Entry(MOMENTUM)],
        VALLEY,
        common_rate=0.01,
        budget=Budget(40.0),
        n_trials=16,
        **given,
    ),
    "scoreboard": lambda **given: scoreboard(
        {"adam": Entry(ADAM, 9), "momentum": Entry(MOMENTUM, 9)},
        {"blobs": BLOBS},
        budget=Budget(1.0, "passes"),
        seeds=(0, 1),
        n_trials=16,
        **given,
    ),
}
EACH_OF_MANY = pytest.mark.parametrize("name", list(MANY))


@pytest.fixture
def small_lots(monkeypatch):
    monkeypatch.setattr(_runs, "NUMBERS", 50)


@EACH_OF_MANY
def test_elsewhere_comes_the_same(name, small_lots):
    assert key_of(MANY[name](executor=Elsewhere())) == key_of(MANY[name]())


@EACH_OF_MANY
def test_progress_rises_to_one(name, small_lots):
    told = []
    MANY[name](executor=Elsewhere(), progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0


@pytest.mark.parametrize("name", [name for name in MANY if name != "contest"])
def test_who_cancels_waits_for_nobody(name, small_lots):
    executor, asked = Nowhere(), []
    found = MANY[name](executor=executor, cancelled=lambda: asked.append(0) or len(asked) > 1)
    assert not found.finished
    assert executor.waiting and all(future.cancelled() for future in executor.waiting)


def test_no_more_blocks_wait_than_memory_is_meant_to_hold(monkeypatch):
    monkeypatch.setattr(_blocks, "AHEAD", 3)
    monkeypatch.setattr(_runs, "NUMBERS", 10)
    executor, asked = Nowhere(), []
    swept(executor=executor, cancelled=lambda: asked.append(0) or len(asked) > 2)
    assert len(executor.waiting) == 3
    assert key_of(swept(executor=Elsewhere())) == key_of(swept())


def test_what_progress_raises_ends_the_work(small_lots):
    class Left(BaseException):
        pass

    def leave(fraction):
        raise Left

    with ThreadPoolExecutor(1) as executor, pytest.raises(Left):
        swept(executor=executor, progress=leave)


@pytest.mark.parametrize("name", list(lo.OPTIMIZERS))
def test_every_rule_can_be_sent(name):
    rule = lo.OPTIMIZERS[name]()
    goal = MATRICES if rule.needs_matrices else VALLEY
    here, there = (
        lo.sweep(rule, goal, n_steps=60, learning_rate=[0.001, 0.1], executor=executor)
        for executor in (None, Elsewhere())
    )
    assert key_of(here) == key_of(there)


SENT = {
    **{name: kind() for name, kind in lo.OBJECTIVES.items()},
    **{
        f"{model} {data}": lo.EmpiricalRisk(
            lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]()
        )
        for data, model, loss in [
            ("line", "linear", "huber"),
            ("overlapping", "logistic", "binary_cross_entropy"),
            ("overlapping", "mlp", "binary_cross_entropy"),
            ("line", "linear", "mse"),
        ]
    },
    "weighted": lo.WeightedRisk(BLOBS, (1, 2, 3)),
    "formula": lo.formula("(1-x)^2 + abs(y-x^2)"),
}


@pytest.mark.parametrize("name", list(SENT))
def test_every_objective_can_be_sent(name):
    here, there = (
        lo.sweep(ADAM, SENT[name], n_steps=30, learning_rate=[0.001, 0.1], executor=executor)
        for executor in (None, Elsewhere())
    )
    assert key_of(here) == key_of(there)


def test_other_processes():
    """Started anew (spawn), not copied: what they need is imported there."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for name in ("sweep", "tune by whole curves"):
            assert key_of(MANY[name](executor=pool)) == key_of(MANY[name]())


def test_the_script_of_the_guide_runs(tmp_path):
    guide = (Path(__file__).parents[1] / "docs" / "many_runs.md").read_text("utf-8")
    script = re.search(r"```python\n(.*?)```", guide, re.DOTALL)[1].replace("1000)", "9)")
    (tmp_path / "script.py").write_text(script.replace("mp_context", "1, mp_context"), "utf-8")
    told = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(lo.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "100%" in told.stdout and "(9, 9) 0 diverged" in told.stdout


def test_what_cannot_be_sent_is_refused_in_a_sentence():
    class Hollow(lo.Objective):
        n_params = 2

        def value(self, params):
            return (params**2).sum(axis=-1)

        def gradient(self, params, rows=None):
            return 2.0 * params

    with pytest.raises(ValueError, match="top level of a module"):
        lo.sweep(ADAM, Hollow(), learning_rate=[0.1], executor=Elsewhere())
    with ThreadPoolExecutor(2) as executor:
        found = lo.sweep(ADAM, Hollow(), learning_rate=[0.1], executor=executor)
    assert key_of(found) == key_of(lo.sweep(ADAM, Hollow(), learning_rate=[0.1]))
