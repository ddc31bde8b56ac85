"""Run generated scripts in measured libraries: a table of rules and worst errors, which is kept.

    python -m benchmarks.scripts_by_library                    # all that have none yet
    python -m benchmarks.scripts_by_library river mlx=…/python

A library without a Python gets an environment in a temporary folder, made of what its scripts say
that pip is asked for. Every rule that a library has runs with the library's own settings on a
function and on samples, and once more with all else that can be set: other values of its fields,
a schedule, batches and clipping. The error of a path is its largest
|script − lossopt| / max(1, |lossopt|); it must stay below 1e-8, in float32 below 1e-4. What is
found goes into ``lossopt/scripts/by_library.json``, the only source of what these scripts say of
their paths.
"""

from __future__ import annotations

import dataclasses
import json
import math
import shlex
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import lossopt as lo
from benchmarks.check_scripts import digest, errors_of, write_one
from benchmarks.script_cases import OTHER
from lossopt.libraries import Library
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.params import params_of
from lossopt.registry import id_of
from lossopt.scripts import Run, _runs, takes_path, write_script
from lossopt.scripts._libraries import is_written
from lossopt.scripts._rules import CALLS
from lossopt.scripts._told import MEASURED, TARGETS
from tests.libraries.paths import KEPT

N_STEPS = 24
MOST = {"float64": 1e-8, "float32": 1e-4}
RATES = {"gradient_descent": 1e-3, "momentum": 5e-4, "nesterov": 5e-4, "asgd": 1e-3, "qhm": 1e-3}
RATES |= {"adadelta": 1.0, "prodigy": 1.0, "schedule_free_sgd": 1e-3, "rprop": 1e-3}
RATES |= {"radam": 1e-3}
USUAL_RATE = 0.02


def ways() -> list[str]:
    """Ways to run an optimizer of a library that has a check of its own."""
    return [name for name in TARGETS if " " in name]


def cases(library: str) -> Iterator[tuple[str, Run]]:
    """Runs of a library whose scripts are said to take the path, with the ids of their rules."""
    kind = lo.LIBRARIES[library.partition(" ")[0]]
    for optimizer, convention in kind.conventions.items():
        if convention.rule is not None:
            for run in _runs_of(kind, optimizer):
                if takes_path(library, run):
                    yield convention.rule, run


def _runs_of(kind: type[Library], optimizer: str) -> Iterator[Run]:
    convention = kind.conventions[optimizer]
    rate = RATES.get(str(convention.rule), USUAL_RATE)
    given: dict[str, Any] = {} if convention.rate == "none" else {"learning_rate": rate}
    rule = kind.rule(optimizer, **given)
    assert rule is not None
    function = lo.OBJECTIVES["rosenbrock"]()
    samples = lo.EmpiricalRisk(
        lo.DATASETS["moons"](), lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]()
    )
    yield Run(lo.Entry(rule), function, (-1.2, 1.5), N_STEPS)
    start = (0.5, -0.25, 0.125)
    yield Run(lo.Entry(rule), samples, start, N_STEPS)
    switched = {
        field.name: not getattr(rule, field.name)
        for field in params_of(rule)
        if isinstance(field.default, bool) and field.name not in ONLY_WHERE_THE_RATE_CHANGES
    }
    others = {
        field.name: value
        for field in params_of(rule)
        for value in [{**OTHER, **switched}.get(field.name)]
        if value is not None and _can_be_set(kind, optimizer, field.name, value)
    }
    followed = kind.rule(optimizer, changing_rate=True, **{**given, **others})
    schedule = lo.SCHEDULES["cosine"](warmup=3) if followed and given else None
    entry = lo.Entry(
        followed if followed and schedule else dataclasses.replace(rule, **others),
        schedule=schedule,
        batch_size=16,
        clip_norm=0.3,
    )
    yield Run(entry, samples, start, N_STEPS)


def _can_be_set(kind: type[Library], optimizer: str, field: str, value: Any) -> bool:
    if kind.calling is not None:
        return is_written(kind, optimizer, field, value)
    return field in CALLS[id_of(kind)][optimizer].names


def check(library: str, python: str) -> bool:
    """Run the scripts of a library, print its line and keep it; whether all took the path."""
    runs = list(cases(library))
    with tempfile.TemporaryDirectory() as name:
        for k, (_, run) in enumerate(runs):
            write_one(Path(name) / str(k), library, run)
        errors = errors_of(python, name)
    kind = lo.LIBRARIES[library.partition(" ")[0]]
    rules: dict[str, tuple[float, int]] = {}
    failed = False
    for (rule, run), error in zip(runs, errors, strict=True):
        if isinstance(error, str) or error > most(library, rule):
            failed = True
            print(f"  FAILED {library}, {run.entry.optimizer}, {run.factors is not None}: {error}")
        else:
            worst, n = rules.get(rule, (0.0, 0))
            rules[rule] = (max(worst, rounded(error)), n + 1)
    told = ", ".join(f"{rule} {worst:.0e}" for rule, (worst, _) in rules.items())
    print(f"{TARGETS[library]} {kind.version} ({kind.precision}): {told}", flush=True)
    if not failed:
        scripts = [write_script(library, run) for _, run in runs]
        about = {"version": kind.version, "date": date.today().isoformat()}
        _keep(library, {**about, "digest": digest(scripts), "rules": rules})
    return not failed


def most(library: str, rule: str) -> float:
    """Largest error that is rounding, in the precision in which a rule was measured."""
    name = library.partition(" ")[0]
    answers = [
        KEPT[name]["answers"][optimizer]
        for optimizer, each in lo.LIBRARIES[name].conventions.items()
        if each.rule == rule
    ]
    single = any(each.get("precision", "").startswith("float32") for each in answers)
    return MOST["float32" if single else lo.LIBRARIES[name].precision]


def rounded(error: float) -> float:
    """Up to one digit; what is below the last bit of a float64 is its last bit.

    >>> rounded(3.2e-8), rounded(0.0)
    (4e-08, 3e-16)
    """
    error = max(error, 2.0**-52)
    size = 10.0 ** math.floor(math.log10(error))
    return float(f"{math.ceil(error / size) * size:.0e}")


def _keep(library: str, found: dict[str, Any]) -> None:
    file = Path(_runs.__file__).with_name(_runs.FILE)
    table = json.loads(file.read_text("utf-8")) | {library: found}
    lines = [f"{json.dumps(name)}: {json.dumps(table[name])}" for name in sorted(table)]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def environment(library: str, folder: Path) -> str:
    """A Python that has a library, made in a folder."""
    venv.create(folder, with_pip=True)
    python, kind = str(folder / "bin" / "python"), lo.LIBRARIES[library.partition(" ")[0]]
    asked = kind.calling.requires if kind.calling else "torch=={version}"
    wanted = shlex.split(asked.replace("{version}", kind.version))
    if not any(each.startswith("numpy") for each in wanted):
        wanted.append("numpy")
    subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True)
    return python


def main(asked: list[str]) -> bool:
    every = [*ways(), *MEASURED]
    given = dict(each.rpartition("=")[::2] if "python" in each else (each, "") for each in asked)
    good = True
    for library in given or [name for name in every if name not in _runs.ran()]:
        with tempfile.TemporaryDirectory() as name:
            python = given.get(library) or environment(library, Path(name))
            good = check(library, python) and good
    return good


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
