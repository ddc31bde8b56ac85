"""What a frame does not draw and run again."""

import itertools
import json
import subprocess

import numpy as np

import lossopt as lo
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.landscapes.surfaces import axis_plane
from tests.programs.node import ROOT, node_program

SEEN = 0.2
"""Pixels beside which nobody sees a line pass."""

BENDS = """
import { bends } from "%s/stage/line.js";
const told = JSON.parse(process.argv[1]);
console.log(JSON.stringify(told.map(([x, y]) => bends(x.map((v) => v ?? NaN), y))));
"""
KEPT = """
import { Race } from "%s/programs/race.js";
const { live, steps, settings } = JSON.parse(process.argv[1]);
const { default: make } = await import(`data:text/javascript;base64,${btoa(live.text)}`);
const race = new Race(make, live, steps);
const runs = (asked) => {
  race.begin(asked);
  while (!race.work(Infinity));
  return race.ran.runs;
};
const first = runs({}), tuned = runs({ changes: [settings] });
const again = runs({ changes: [settings], nSteps: steps.length + 9 });
const back = runs({}), moved = runs({ start: race.start.map((value) => value + 1) });
const same = (a, b) => a.map((run, i) => run === b[i]);
const equal = String(first[0].params) === String(back[0].params);
console.log(JSON.stringify([same(first, tuned), same(tuned, again), same(back, moved), equal]));
"""


def told_by(script, told):
    """What a script of Node prints of what it is told."""
    text = script % (ROOT / "static").as_uri()
    command = [node_program(), "--input-type=module", "-e", text, json.dumps(told)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(found.stdout)


def lines():
    """Points of lines, and how few of them are enough where the line is smooth."""
    k = np.arange(300.0)
    round_ = np.exp(-k / 40), k / 3
    return {
        "smooth": (k, 300 * np.exp(-k / 75), 40),
        "zigzag": (k, 20 * (k % 2), 300),
        "spiral": (50 * round_[0] * np.cos(round_[1]), 50 * round_[0] * np.sin(round_[1]), 300),
        "there and back": (np.abs(150 - k), 0 * k, 4),
        "at rest": (5 + 0 * k, 5 + 0 * k, 2),
        "noise": (*np.random.default_rng(0).normal(size=(2, 300)), 300),
    }


def test_a_line_passes_every_point_that_it_leaves_out():
    cases = lines()
    kept = told_by(BENDS, [[x.tolist(), y.tolist()] for x, y, _ in cases.values()])
    for (name, (x, y, most)), found in zip(cases.items(), kept, strict=True):
        assert found[0] == 0 and found[-1] == 299 and len(found) <= most, name
        for a, b in itertools.pairwise(found):
            (ax, ay), (bx, by), between = (x[a], y[a]), (x[b], y[b]), slice(a, b + 1)
            square = (bx - ax) ** 2 + (by - ay) ** 2 or 1.0
            share = ((x[between] - ax) * (bx - ax) + (y[between] - ay) * (by - ay)) / square
            share = np.clip(share, 0, 1)
            off = np.hypot(ax + share * (bx - ax) - x[between], ay + share * (by - ay) - y[between])
            assert off.max() <= SEEN + 1e-9, name


def test_a_line_keeps_its_gaps():
    gaps = [[0, 1, 2, None, 4, 5, 6, None], [1] * 8]
    assert told_by(BENDS, [gaps, [[], []], [[None, 1], [1, 1]]]) == [[0, 2, 4, 6], [], [1]]


def test_only_runs_that_something_changes_are_run_again():
    goal = lo.OBJECTIVES["rosenbrock"]()
    runs = lo.descend([lo.OPTIMIZERS[name]() for name in ("adam", "momentum")], goal, n_steps=20)
    live = as_json(live_message(goal, axis_plane(goal), runs))
    told = {"live": live, "steps": list(range(21)), "settings": {"learning_rate": 0.5}}
    assert told_by(KEPT, told) == [[False, True], [False, False], [False, False], True]
