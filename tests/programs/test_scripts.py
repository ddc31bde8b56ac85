"""Scripts in JavaScript, run in Node, against the race that a browser runs."""

import json
import subprocess

import numpy as np
import pytest

import lossopt as lo
from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane
from lossopt.schedules import SCHEDULES
from lossopt.scripts import Run, write_script
from tests.programs.node import node_program, unpacked
from tests.programs.test_programs import risk

PROBLEMS = [
    lo.OBJECTIVES["himmelblau"](),
    lo.formula("(1 - x)^2 + exp(x*y)/9 + abs(y)"),
    risk("line", "linear", "mse"),
    risk("overlapping", "logistic", "binary_cross_entropy"),
    risk("three_blobs", "softmax", "categorical_cross_entropy"),
    lo.WeightedRisk(risk("line", "linear", "huber"), sample_weights=np.arange(100) % 3),
]
SCHEDULED = [
    {"schedule": SCHEDULES["cosine"](warmup=5)},
    {"clip_norm": 0.3},
    {"average": True},
    {"batch_size": 7},
]
N_STEPS = 60


def path_in(script, tmp_path):
    (tmp_path / script.name).write_text(
        f"{script.text}console.log(Buffer.from(path.buffer).toString('base64'));\n", "utf-8"
    )
    done = subprocess.run(
        [node_program(), script.name], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    *_, last, path = done.stdout.splitlines()
    path = unpacked(path).reshape(N_STEPS + 1, -1)
    assert np.array_equal(np.array(last.split(), dtype=float), path[-1], equal_nan=True)
    return path


CASES = [
    (name, problem, SCHEDULED[(k + k // 4) % 4] if k % 2 else {})
    for k, (name, problem) in enumerate(
        (name, k % len(PROBLEMS)) for k, name in enumerate([*lo.OPTIMIZERS, *lo.OPTIMIZERS])
    )
]


@pytest.mark.parametrize(("name", "problem", "outside"), CASES)
def test_a_script_takes_the_path_that_a_browser_draws(node, tmp_path, name, problem, outside):
    goal, rule = PROBLEMS[problem], lo.OPTIMIZERS[name]()
    if goal.n_samples == 1 or rule.full_batch:
        outside = {key: value for key, value in outside.items() if key != "batch_size"}
    if not rule.fits(goal):
        pytest.skip("needs a matrix of params")
    entry = Entry(rule, **outside)
    run = Run(entry, goal, tuple(goal.start), N_STEPS, seed=3)
    script = write_script("javascript", run)
    live = live_message(goal, axis_plane(goal), [lo.descend(entry, goal, n_steps=N_STEPS, seed=3)])
    assert script.exact == (live is not None), script.notes
    if live is None:
        assert script.notes[0].code == "no_program" and script.text.startswith("// This run")
        return
    (found,) = node.race(json.loads(json.dumps(as_json(live))), range(N_STEPS + 1))
    drawn = found["params"].reshape(N_STEPS + 1, -1)
    path = path_in(script, tmp_path)
    alive = np.isfinite(drawn).all(axis=1)
    assert np.array_equal(path[alive], drawn[alive])
    assert not np.isfinite(path[~alive]).all(axis=1).any()


def test_what_has_no_script_says_why():
    rule = lo.OPTIMIZERS["adam"]()
    large = lo.Dataset(np.arange(8000.0).reshape(-1, 2), np.arange(4000.0), "regression")
    goal = lo.EmpiricalRisk(large, lo.MODELS["linear"](), lo.LOSSES["mae"]())
    script = write_script("javascript", Run(Entry(rule), goal, tuple(goal.start), 5))
    assert not script.exact and [note.code for note in script.notes] == ["problem"]
