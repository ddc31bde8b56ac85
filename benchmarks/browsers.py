"""The same bits in every browser: ``python -m benchmarks.browsers [command of another browser]``.

Every rule that has a program descends all functions, formulas, losses and networks in Node and in
the browsers that are found on this machine, and our own elementary functions are called at many
places. All numbers are sent back and compared. Another browser is any command that takes an
address.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import lossopt as lo
from benchmarks.programs import variants
from benchmarks.runners import ask, given, runners
from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.messages import as_json
from lossopt.figures.packing import pack_doubles
from lossopt.landscapes.surfaces import axis_plane
from lossopt.params import Array
from lossopt.programs._javascript import OWN, OWN_NAMES

N_STEPS = 100
N_PLACES = 5000
FORMULAS = (
    "(1 - x)^2 + 3*abs(y - x^2)",
    "sin(3*x) * cos(2*y) + x^2/8 + y^2/8",
    "exp(-x^2 - y^2) + tan(x/3)^2 + tanh(y)",
    "log(1 + x^2 + y^4) + max(x, -y) + min(x, 2*y)",
    "sqrt(1 + x^2 + y^2) + (1 + x^2)^0.7 + asin(tanh(x)) * atan(y)",
)
DATA = {
    "regression": ("line_outliers", "linear"),
    "binary": ("overlapping", "logistic"),
    "multiclass": ("three_blobs", "softmax"),
}
LINE = "  {:28}{:>7}{:>7}{:>11}{:>12}{:>12}"
Found = Mapping[str, Array]
"""Numbers by the names of the jobs, NaN all alike."""


@dataclass(frozen=True)
class Race:
    """A race as a browser is asked for it, and the paths that NumPy takes (runs × numbers)."""

    job: dict[str, Any]
    paths: Array

    def parts(self, numbers: Array) -> tuple[Array, Array]:
        """Paths, and what stands beside them: losses and gradient norms (runs × numbers)."""
        n_runs = len(self.paths)
        beside = numbers[self.paths.size :].reshape(2, n_runs, -1)
        paths = numbers[: self.paths.size].reshape(n_runs, -1)
        return paths, np.concatenate(list(beside), axis=1)


def races() -> dict[str, Race]:
    """Every rule on every problem; on two with all of its settings varied."""
    kinds = lo.OPTIMIZERS.values()
    rates = [(kind, float(kind().learning_rate)) for kind in kinds]
    rules = [kind(learning_rate=factor * rate) for kind, rate in rates for factor in (1.0, 10.0)]
    varied = [Entry(rule) for kind in kinds for rule in variants(kind)]
    entries = [Entry(rule) for rule in rules]
    found = {
        name: _race(kind(), varied if name in ("rosenbrock", "beale") else entries)
        for name, kind in lo.OBJECTIVES.items()
    }
    found |= {f"formula_{k}": _race(lo.formula(text), entries) for k, text in enumerate(FORMULAS)}
    batches = [Entry(rule, batch_size=7) for rule in rules]
    for name, loss in lo.LOSSES.items():
        data, model = DATA[loss.task]
        goal = lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), loss())
        found[name] = _race(goal, entries + batches)
    for activation in ("tanh", "relu", "sigmoid"):
        model = lo.MODELS["mlp"](activation=activation)
        goal = lo.EmpiricalRisk(lo.DATASETS["moons"](), model, lo.LOSSES["binary_cross_entropy"]())
        found[f"network_{activation}"] = _race(goal, entries + batches)
    return found


def _race(goal: lo.Objective, entries: list[Entry]) -> Race:
    runs = lo.descend([e for e in entries if e.optimizer.fits(goal)], goal, n_steps=N_STEPS)
    live = live_message(goal, axis_plane(goal), runs)
    assert live is not None
    kept = [run.iterates for run, how in zip(runs, live.runs, strict=True) if how]
    job = {"live": as_json(live), "steps": list(range(N_STEPS + 1))}
    return Race(job, np.array(kept).reshape(len(kept), -1))


def calls() -> dict[str, dict[str, list[str]]]:
    """Arguments of every function of ours, small and large."""
    rng = np.random.default_rng(0)
    found = {}
    for name in (*OWN, *OWN_NAMES.values(), "pow", "hypot"):
        x, y = rng.normal(size=(2, N_PLACES)) * 10.0 ** rng.uniform(-6, 3, (2, N_PLACES))
        x = np.abs(x) if name in ("pow", "log", "log2", "log10") else x
        x = np.tanh(x) if name in ("asin", "acos") else x
        columns = (x, y) if name in ("pow", "hypot") else (x,)
        found[name] = {"columns": [pack_doubles(column) for column in columns]}
    return found


def numbers(found: Mapping[str, bytes]) -> dict[str, Array]:
    """What was sent back; the sign of a NaN is no number that a program can see."""
    read = {name: np.frombuffer(body, dtype="<f8").copy() for name, body in found.items()}
    for values in read.values():
        values[np.isnan(values)] = np.nan
    return read


def equal(one: Array, other: Array) -> Array:
    """Whether rows are equal to the bit, signs of zeros included."""
    return (one.view(np.int64) == other.view(np.int64)).all(axis=1)


def same_runs(one: Found, other: Found, asked: Mapping[str, Race]) -> tuple[int, int]:
    """How many runs take the same path, and how many have the same losses and slopes besides."""
    paths = beside = 0
    for name, race in asked.items():
        mine, theirs = race.parts(one[name]), race.parts(other[name])
        paths += int(equal(mine[0], theirs[0]).sum())
        beside += int(equal(mine[1], theirs[1]).sum())
    return paths, beside


def main(commands: list[str]) -> int:
    """Ask all and print a line for each; 1 where a path differs or a browser fails."""
    asked, called = races(), calls()
    jobs = json.dumps({name: race.job for name, race in asked.items()} | called)
    n_runs = sum(len(race.paths) for race in asked.values())
    print(f"\nThe same bits in every browser: runs of {N_STEPS} steps on {len(asked)} problems,")
    print(f"elementary functions at {N_PLACES} places each")
    print(LINE.format("", "runs", "equal", "different", "losses too", "functions"))
    every: dict[str, Found] = {}
    faults = 0
    for runner in [*runners(), *map(given, commands)]:
        name = f"{runner.name} {runner.version}"
        heard = ask(runner, jobs) if runner.command else None
        if heard is None or heard.fault:
            faults += heard is not None
            print(f"  {name:28}{heard.fault if heard else 'is not installed here'}", flush=True)
            continue
        every[name] = found = numbers(heard.found)
        first = next(iter(every.values()))
        same, besides = same_runs(first, found, asked)
        alike = sum(bool(functions(first[k], found[k])[0].all()) for k in called)
        faults += same < n_runs or alike < len(called)
        share = f"{alike} of {len(called)}"
        print(LINE.format(name, n_runs, same, n_runs - same, besides, share), flush=True)
    if every:
        compare_numpy(next(iter(every.values())), asked)
        compare_theirs(every, list(called))
    return int(faults > 0)


def functions(one: Array, other: Array) -> Array:
    """Where our functions are equal, and where the browsers' own are (2 × places)."""
    return (one.view(np.int64) == other.view(np.int64)).reshape(2, -1)


def compare_numpy(found: Found, asked: Mapping[str, Race]) -> None:
    """NumPy rounds powers and functions, and sums samples, in ways of its own."""
    n_runs = sum(len(race.paths) for race in asked.values())
    same = sum(int(equal(race.parts(found[k])[0], race.paths).sum()) for k, race in asked.items())
    print(LINE.format(f"NumPy {np.__version__}", n_runs, same, n_runs - same, "", ""))


def compare_theirs(every: Mapping[str, Found], names: list[str]) -> None:
    """What would differ if the browsers' own functions were taken."""
    (reference, first), *others = every.items()
    print(f"Places where their own Math.exp … gives other bits than {reference}:")
    for browser, found in others:
        counts = {k: int((~functions(first[k], found[k])[1]).sum()) for k in names}
        told = ", ".join(f"{k} {count}" for k, count in counts.items() if count)
        print(f"  {browser:28}{told or 'none'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
