"""Run generated scripts and compare their paths with lossopt's.

A development check. Write the scripts with lossopt, then run them where the library is installed:

    python -m benchmarks.check_scripts write /tmp/scripts
    <python with torch==2.13.0> benchmarks/check_scripts.py run /tmp/scripts pytorch
    <python with keras, jax> benchmarks/check_scripts.py run /tmp/scripts keras
    <python with optax, jax> benchmarks/check_scripts.py run /tmp/scripts optax

The error of a path is its largest |script − lossopt| / max(1, |lossopt|) over all steps; it must be
at most 1e-10. Where lossopt departs from itself by more than a tenth of that when its start moves
by one unit in the last place, ten times the departure is allowed, and the case is listed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sys
from pathlib import Path

import numpy as np

N_STEPS = 200
TOLERANCE = 1e-10


def cases():  # type: ignore[no-untyped-def]
    """Every rule on three problems; then problems, losses, models and settings with few rules."""
    import lossopt as lo
    from lossopt.scripts import Run
    from lossopt.scripts._problems import FUNCTIONS

    def run(rule, goal, **settings):  # type: ignore[no-untyped-def]
        start = tuple(settings.pop("start", goal.start.tolist()))
        return Run(rule, goal, start, settings.pop("n_steps", N_STEPS), **settings)

    moons = lo.DATASETS["overlapping"]()
    logistic = lo.EmpiricalRisk(moons, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    matrix = lo.OBJECTIVES["matrix_factorization"]()
    banana = lo.OBJECTIVES["rosenbrock"]()
    for name, kind in lo.OPTIMIZERS.items():
        rates = {"gradient_descent": 1e-3, "momentum": 3e-4, "nesterov": 3e-4, "asgd": 1e-3}
        rule = kind(learning_rate=rates[name]) if name in rates else kind()
        if kind.needs_matrices:
            yield f"{name}-matrix", run(rule, matrix)
            continue
        yield f"{name}-rosenbrock", run(rule, banana)
        yield f"{name}-logistic", run(rule, logistic, batch_size=16, seed=3)
        for convention in kind.presets:
            preset = kind.preset(convention)
            if preset != rule:
                yield f"{name}-{convention}-quadratic", run(preset, lo.OBJECTIVES["quadratic"]())
    decayed = {"weight_decay": 0.1, "learning_rate": 1e-3}
    for name in ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam", "adamw", "lion"):
        yield (
            f"{name}-decayed",
            run(lo.OPTIMIZERS[name](**decayed), logistic, start=(0.5, -0.4, 0.3)),
        )
    yield (
        "momentum-dampened",
        run(lo.OPTIMIZERS["momentum"](learning_rate=1e-4, dampening=0.5), banana),
    )
    yield (
        "rmsprop-heavy",
        run(lo.OPTIMIZERS["rmsprop"](learning_rate=1e-3, momentum=0.9, centered=True), logistic),
    )
    yield "lbfgs-wolfe", run(lo.OPTIMIZERS["lbfgs"](line_search="strong_wolfe"), banana)
    adam = lo.OPTIMIZERS["adam"](learning_rate=0.02)
    for name in FUNCTIONS:
        yield f"problem-{name}", run(adam, lo.OBJECTIVES[name](), n_steps=100)
    turned = lo.OBJECTIVES["quadratic"](condition_number=30.0, rotation=25.0)
    yield "problem-turned", run(adam, turned)
    own = "min(x^2, 2, 1+abs(y)) + max(x, y)/3 - 2^-x + tanh(x*y) - sqrt(x^2+1) + log(y^2+2)"
    yield "problem-own", run(adam, lo.formula(own), start=(0.7, -1.1))
    own = "ln(9+x) + log2(9+y)*log10(9+x) + sinh(x)*cosh(y) + asin(x/9)*acos(y/9) + atan(x)*sign(y)"
    yield "problem-functions", run(adam, lo.formula(own), start=(0.7, -1.1), n_steps=50)
    by_task = {"regression": "line_outliers", "binary": "moons", "multiclass": "iris"}
    for name, loss in lo.LOSSES.items():
        for model, kind in lo.MODELS.items():
            if loss.task in kind.usual_losses:
                risk = lo.EmpiricalRisk(lo.DATASETS[by_task[loss.task]](), kind(), loss())
                yield f"loss-{name}-{model}", run(adam, risk, n_steps=60, batch_size=32)
    line = lo.DATASETS["line"]()
    cubic = lo.EmpiricalRisk(line, lo.MODELS["linear"](degree=3), lo.LOSSES["huber"](delta=0.3))
    yield "problem-cubic", run(adam, cubic)
    table = lo.read_csv(
        b"=a,b,c\n" + b"".join(b"%d,%d,%d\n" % (k, k * k % 7, k % 5) for k in range(99))
    )
    classes = lo.EmpiricalRisk(
        table, lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"](label_smoothing=0.1)
    )
    yield "problem-own-table", run(adam, classes)
    deep = lo.MODELS["mlp"](hidden_layers=2, activation="relu", width=5)
    yield (
        "problem-deep",
        run(adam, lo.EmpiricalRisk(moons, deep, lo.LOSSES["binary_cross_entropy"]())),
    )
    for name, kind in lo.SCHEDULES.items():
        yield f"schedule-{name}", run(adam, logistic, schedule=kind(warmup=10))
        heavy = lo.OPTIMIZERS["momentum"](learning_rate=0.02)
        yield f"schedule-{name}-momentum", run(heavy, logistic, schedule=kind())
    yield "clipped", run(lo.OPTIMIZERS["gradient_descent"](), banana, clip_norm=1.0)
    yield "averaged", run(adam, logistic, batch_size=8, average=True)


def path_of(run, start):  # type: ignore[no-untyped-def]
    import lossopt as lo

    return lo.descend(
        run.optimizer,
        run.objective,
        start=start,
        n_steps=run.n_steps,
        batch_size=run.batch_size,
        seed=run.seed,
        schedule=run.schedule,
        clip_norm=run.clip_norm,
        average=run.average,
    ).iterates


def write(folder: Path) -> None:
    from lossopt.scripts import LIBRARIES, write_script

    about = []
    for name, run in cases():
        path = path_of(run, run.start)
        moved = [path_of(run, np.nextafter(run.start, side)) for side in (-np.inf, np.inf)]
        own = max(error_of(other, path) for other in moved)
        for library in LIBRARIES:
            script = write_script(library, run)
            place = folder / library / name
            place.mkdir(parents=True, exist_ok=True)
            (place / "script.py").write_text(script.text, "utf-8")
            if script.data:
                (place / "data.csv").write_text(script.data, "utf-8")
            np.save(place / "path.npy", path)
            codes = [note.code for note in script.notes]
            about.append(
                {
                    "library": library,
                    "name": name,
                    "exact": script.exact,
                    "notes": codes,
                    "own": own,
                }
            )
    (folder / "about.json").write_text(json.dumps(about))
    print(f"{len(about)} scripts in {folder}")


def error_of(found: np.ndarray, wanted: np.ndarray) -> float:
    """Largest error until a path overflows; infinite if only one of them does."""
    alive = np.isfinite(wanted).all(axis=1)
    with np.errstate(all="ignore"):
        gaps = np.abs(found - wanted)[alive] / np.maximum(1.0, np.abs(wanted[alive]))
        overflowed = not np.isfinite(found[~alive]).all(axis=1).any()
    return float(gaps.max()) if np.isfinite(gaps).all() and overflowed else np.inf


def run(folder: Path, library: str) -> None:
    home, worst, failures, refused, inexact = Path.cwd(), (0.0, ""), [], [], []
    sensitive: list[str] = []
    exact = 0
    for case in json.loads((folder / "about.json").read_text()):
        if case["library"] != library:
            continue
        name = case["name"]
        if {"rule", "field", "problem"} & set(case["notes"]):
            refused.append(name)
            continue
        os.chdir(folder / library / name)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found = runpy.run_path("script.py")["path"]
        except Exception as error:
            failures.append(f"{name}: {type(error).__name__}: {error}")
            continue
        wanted = np.load("path.npy")
        gap = error_of(found, wanted)
        if case["exact"]:
            exact += 1
            if 10.0 * case["own"] > TOLERANCE:
                sensitive.append(f"{name} {gap:.0e} (one ulp: {case['own']:.0e})")
            else:
                worst = max(worst, (gap, name))
            if not gap <= max(TOLERANCE, 10.0 * case["own"]):
                failures.append(f"{name}: error {gap:.1e}")
        else:
            inexact.append(f"{name} {gap:.0e} ({', '.join(case['notes'])})")
    os.chdir(home)
    print(f"{library}: {exact} exact scripts, worst error {worst[0]:.1e} ({worst[1]})")
    print(f"  sensitive to one unit in the last place of the start: {'; '.join(sensitive)}")
    print(f"  said to differ: {len(inexact)}: {'; '.join(inexact)}")
    print(f"  said to be impossible: {len(refused)}: {', '.join(refused)}")
    for failure in failures:
        print(f"  FAILED {failure}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    folder = Path(sys.argv[2]).absolute()
    write(folder) if sys.argv[1] == "write" else run(folder, sys.argv[3])
