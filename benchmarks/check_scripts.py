"""Run generated scripts in their libraries and write down what was found.

A development check, and the only source of what scripts say about their paths. Each library is
given with a Python that has it:

    python -m benchmarks.check_scripts lossopt pytorch=…/python keras=…/python optax=…/python

The versions used last: torch 2.13.0, keras 3.15.1 and optax 0.2.8 with jax 0.10.2, on a CPU.

The runs are those of `benchmarks.script_cases`. The error of a path is its largest
|script − lossopt| / max(1, |lossopt|) over all steps; it must be 0 for lossopt's own scripts and at
most 1e-9 for others. A run says nothing about a library if it overflows, leaves the domain, or is
so sensitive that its path moves by more than a tenth of that when its start, values or gradients
are rounded otherwise: it is counted, but what it holds is not taken for checked. Everything else
goes into ``lossopt/scripts/checked.json``.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import hashlib
import io
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

RUN = "run"
TOLERANCE = 1e-9
HUGE = 1e100
ULP = np.finfo(float).eps
CANCELED = 20.0
"""Size of the terms of a value against what is left of them, as in Ackley's function."""
NUMBER = re.compile(r"\d+\.\d+(?:e-?\d+)?")
PACKAGES = {"pytorch": "torch", "keras": "keras", "optax": "optax"}


def path_of(run, start):  # type: ignore[no-untyped-def]
    """Iterates of a run of lossopt from a start."""
    import lossopt as lo

    return lo.descend(
        run.entry,
        run.objective,
        start=start,
        n_steps=run.n_steps,
        seed=run.seed,
    ).iterates


def error_of(found: np.ndarray, wanted: np.ndarray) -> float:
    """Largest error until a path overflows; infinite if only one of them does."""
    alive = np.isfinite(wanted).all(axis=1)
    with np.errstate(all="ignore"):
        gaps = np.abs(found - wanted)[alive] / np.maximum(1.0, np.abs(wanted[alive]))
        overflowed = not np.isfinite(found[~alive]).all(axis=1).any()
    return float(gaps.max()) if np.isfinite(gaps).all() and overflowed else np.inf


def sensitivity(run, path: np.ndarray) -> float:  # type: ignore[no-untyped-def]
    """Error of a path whose start or gradients are moved by about one unit in the last place."""
    with np.errstate(all="ignore"):
        if not (np.abs(path).max() < HUGE and np.isfinite(run.objective.value(path)).all()):
            return np.inf
    moved = [path_of(run, np.nextafter(run.start, side)) for side in (-np.inf, np.inf)]
    moved += [path_of(shaken(run, seed), run.start) for seed in range(2)]
    return max(error_of(other, path) for other in moved)


def shaken(run, seed: int):  # type: ignore[no-untyped-def]
    """The run with values and gradients that are rounded otherwise."""
    goal, rng = copy.copy(run.objective), np.random.default_rng(seed)

    def gradient(params, rows=None):  # type: ignore[no-untyped-def]
        exact = run.objective.gradient(params, rows)
        size = ULP * (1.0 + np.abs(exact).max())
        return exact + size * rng.uniform(-1.0, 1.0, exact.shape)

    def value(params):  # type: ignore[no-untyped-def]
        exact = run.objective.value(params)
        size = CANCELED * ULP * (1.0 + np.abs(exact))
        return exact + size * rng.uniform(-1.0, 1.0, exact.shape)

    object.__setattr__(goal, "gradient", gradient)
    object.__setattr__(goal, "value", value)
    return dataclasses.replace(run, objective=goal)


def digest(scripts) -> str:  # type: ignore[no-untyped-def]
    """Fingerprint of scripts without their comments; numbers count to 8 digits."""
    found = hashlib.sha256()
    for script in scripts:
        code = "\n".join(line for line in script.text.splitlines() if line[:1] != "#")
        found.update(NUMBER.sub(lambda number: f"{float(number[0]):.8g}", code).encode())
    return found.hexdigest()[:16]


def write_one(place: Path, library: str, run) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Write a script with the path it must take."""
    from lossopt.scripts import write_script

    place.mkdir()
    script, path = write_script(library, run), path_of(run, run.start)
    (place / "script.py").write_text(script.text, "utf-8")
    (place / "data.csv").write_text(script.data, "utf-8")
    np.save(place / "path.npy", path)
    return path


def write(folder: Path, library: str) -> list[dict]:  # type: ignore[type-arg]
    """Write the scripts of a library."""
    from benchmarks.script_cases import covering
    from lossopt.scripts._settings import settings

    about = []
    for k, run in enumerate(covering(library)):
        path = write_one(folder / str(k), library, run)
        own = 0.0 if library == "lossopt" else sensitivity(run, path)
        about.append({"settings": settings(run), "own": own})
    return about


def run_all(folder: Path) -> None:
    """Run the scripts of a folder, in the Python of their library, and print their errors."""
    errors: list[float | str] = []
    sys.path.insert(0, str(Path(__file__).parents[1]))  # for scripts that call lossopt
    for k in range(len(list(folder.iterdir()))):
        os.chdir(folder / str(k))
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found = runpy.run_path("script.py")["path"]
            errors.append(error_of(found, np.load("path.npy")))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    print(json.dumps(errors))


def check(library: str, python: str) -> int:
    """Check one library and keep what was found; the number of failures."""
    from benchmarks.script_cases import sampled
    from lossopt.scripts import _checked, write_script

    with tempfile.TemporaryDirectory() as name:
        about = write(Path(name), library)
        errors = errors_of(python, name)
    steady = [(case["settings"], 10.0 * case["own"] <= TOLERANCE) for case in about]
    limits = [TOLERANCE if calm else np.inf for _, calm in steady]
    if library == "lossopt":
        limits = [0.0] * len(about)
    failed = [
        k
        for k, error in enumerate(errors)
        if (about[k]["own"] < np.inf if isinstance(error, str) else error > limits[k])
    ]
    for k in failed:
        print(f"  FAILED {errors[k]}: {', '.join(about[k]['settings'])}")
    good = [
        (names, error)
        for k, ((names, calm), error) in enumerate(zip(steady, errors, strict=True))
        if calm and k not in failed
    ]
    tally = _checked.tallied(good)
    pairs = sum(sign != "." for row in tally["signs"] for sign in row)
    print(
        f"{library}: {len(errors)} scripts, {len(errors) - len(good)} of them sensitive or failed; "
        f"{len(tally['names'])} settings in {pairs} pairs; "
        f"worst error {max(error for _, error in good):.1e}"
    )
    if library in PACKAGES and not failed:
        package = PACKAGES[library]
        ask = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
        version = _said(python, "-c", ask, package)
        scripts = [write_script(library, run) for run in sampled(library)]
        _keep(library, tally | {"scripts": len(errors), "digest": digest(scripts)}, version.strip())
    return len(failed)


def errors_of(python: str, folder: str) -> list[float | str]:
    """Errors of the scripts of a folder in a Python; words where one fails."""
    said = _said(python, __file__, RUN, folder)
    return json.loads(said.splitlines()[-1])  # type: ignore[no-any-return]


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _keep(library: str, found: dict, version: str) -> None:  # type: ignore[type-arg]
    from lossopt.scripts import _checked

    file = Path(_checked.__file__).with_name(_checked.FILE)
    table = json.loads(file.read_text("utf-8")) if file.exists() else {}
    table[library] = {"version": version.partition("+")[0], **found}
    file.write_text(json.dumps(table, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1] == RUN:
        run_all(Path(sys.argv[2]))
    else:
        given = dict((name.partition("=")[::2]) for name in sys.argv[1:])
        sys.exit(sum(check(name, python or sys.executable) for name, python in given.items()))
