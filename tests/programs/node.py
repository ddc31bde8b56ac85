"""Node, which runs what is written in JavaScript."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.programs import script_of

ROOT = Path(__file__).parents[2]
FOLDER = (ROOT / "static" / "programs").as_uri()


def packed(numbers):
    return base64.b64encode(np.asarray(numbers, dtype="<f8").tobytes()).decode()


def unpacked(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def node_program():
    """Where Node is; without it a test is skipped, but fails where all is to be tested."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing: what is written in JavaScript goes untested.")
        pytest.skip("Node is not installed: what is written in JavaScript is not tested here.")
    return program


class Node:
    """A process that answers line by line."""

    def __init__(self):
        runner = Path(__file__).with_name("runner.mjs")
        self.process = subprocess.Popen(
            [node_program(), str(runner), FOLDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _line(self, job):
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "Node has stopped"
        return line

    def ask(self, **job):
        return unpacked(self._line(job))

    def race(self, live, steps, start=None, changes=(), **asked):
        """Runs of a race as the stage would show them; None for what has no program."""
        return [run and _unpacked(run) for run in self._raced(live, steps, start, changes, asked)]

    def ground(self, live, steps, grid, *, refined=True, changes=(), **asked):
        """The same with the surface on a grid (x, y) under them, and the samples at the end.

        Without a grid it is that of the runs; `then` is what is asked for afterwards.
        """
        if grid is not None:
            asked["grid"] = dict(zip("xy", map(packed, grid), strict=True))
        found = self._raced(live, steps, None, changes, asked, refined)
        return [_unpacked(run) for run in found["runs"]], _unpacked(found["ground"])

    def _raced(self, live, steps, start, changes, asked, refined=False):
        asked |= {"changes": changes} | ({} if start is None else {"start": packed(start)})
        steps = list(map(int, steps))
        job = {"live": live, "steps": steps, "asked": asked, "refined": refined}
        return json.loads(self._line(job))

    def order(self, n_samples, seed):
        """Three passes over some samples, one after the other."""
        return self.ask(nSamples=n_samples, seed=str(seed))

    def call(self, name, *columns):
        """Values of one of our functions."""
        return self.ask(name=name, columns=[packed(column) for column in columns])

    def descend(
        self, rule, goal, start=None, n_steps=200, *, factors=None, batches=None, clip_norm=None
    ):
        """Iterates as `descend` gives them: NaN from the first that is not finite."""
        script = script_of(goal, [rule])
        run = script.runs[0]
        how = {"learningRate": run.learning_rate, "settings": packed(run.settings)}
        how |= {"factors": None if factors is None else packed(factors), "clipNorm": clip_norm}
        how |= {"batches": batches}
        job = {"text": script.text, "run": run.function, "nSteps": n_steps, "how": how}
        job["start"] = packed(goal.start if start is None else start)
        path = self.ask(**job, **data_of(goal)).reshape(n_steps + 1, -1).copy()
        finite = np.isfinite(path).all(axis=1)
        diverged_at = None if finite.all() else int(np.argmin(finite))
        path[diverged_at if diverged_at is not None else len(path) :] = np.nan
        return path, diverged_at

    def objective(self, goal, ask, at):
        """Gradient or value at some params."""
        return self.ask(text=script_of(goal, []).text, ask=ask, at=packed(at), **data_of(goal))

    def outputs(self, goal, at, points):
        """What the data view shows of some points, output by output."""
        told = {"at": packed(at), "points": packed(points)}
        return self.ask(text=script_of(goal, []).text, **told)

    def neurons(self, network, params, points, *, at=0):
        """What every neuron of the diagram says of some points, neuron by neuron."""
        told = {"network": network, "params": packed(params), "points": packed(points), "at": at}
        return self.ask(**told).reshape(-1, len(points))

    def basis(self, scene):
        """What predictions at the points of its data view are made of, once a scene has come."""
        return self.ask(scene=scene)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


def _unpacked(found):
    pairs = found.items()
    plain = {"ending"}
    return {
        name: unpacked(value) if isinstance(value, str) and name not in plain else value
        for name, value in pairs
    }


def data_of(goal):
    if not isinstance(goal, lo.EmpiricalRisk):
        return {}
    data = {"inputs": packed(goal.inputs), "labels": packed(goal.y)}
    return data | ({"triangle": packed(goal.triangle)} if goal.quadratic else {})
