"""Datasets: valid for every field value, the same every time; shipped ones with their papers."""

import csv
from itertools import product

import numpy as np
import pytest

import lossopt as lo
from lossopt.datasets._shipped import DATA, standardized
from lossopt.params import params_of

REGRESSION = {"line", "line_outliers", "curve", "penguins_mass", "engel"}
BINARY = {"blobs", "overlapping", "separable", "iris_two", "penguins_two"}
MULTICLASS = {"three_blobs", "iris", "penguins"}
SHIPPED = {name: kind for name, kind in lo.DATASETS.items() if kind.source}
SYNTHETIC = {name: kind for name, kind in lo.DATASETS.items() if not kind.source}
EVERY = pytest.mark.parametrize("kind", lo.DATASETS.values(), ids=lo.DATASETS)
EVERY_SHIPPED = pytest.mark.parametrize("kind", SHIPPED.values(), ids=SHIPPED)
EVERY_SYNTHETIC = pytest.mark.parametrize("kind", SYNTHETIC.values(), ids=SYNTHETIC)


def variants(kind):
    """Specs with every combination of switches and choices, and the ends of every range."""
    fields = params_of(kind)
    listed = [f for f in fields if f.choices or isinstance(f.default, bool)]
    for values in product(*[f.choices or (True, False) for f in listed]):
        yield kind(**{f.name: value for f, value in zip(listed, values, strict=True)})
    for field in fields:
        if field not in listed:
            whole = type(field.default)
            yield from (kind(**{field.name: whole(end)}) for end in (field.low, field.high))


@EVERY
def test_every_variant_is_a_valid_dataset(kind):
    for spec in variants(kind):
        data = spec.make()
        assert data.task == kind.task
        assert data.X.shape == (data.n_samples, len(data.feature_names))
        assert data.X.dtype == data.y.dtype == np.float64
        assert np.isfinite(data.X).all() and np.isfinite(data.y).all()
        if kind.task == "regression":
            assert data.class_names == ()
        else:
            assert len(data.class_names) == (2 if kind.task == "binary" else 3)
            assert set(data.y) <= set(range(len(data.class_names)))


@EVERY
def test_same_spec_same_samples(kind):
    first, second = kind().make(), kind().make()
    np.testing.assert_array_equal(first.X, second.X)
    np.testing.assert_array_equal(first.y, second.y)
    first.X[:] = 0.0
    np.testing.assert_array_equal(kind().make().X, second.X)


def test_tasks_and_classes():
    of_task = {
        task: {name for name, kind in lo.DATASETS.items() if kind.task == task}
        for task in ("regression", "binary", "multiclass")
    }
    assert of_task["regression"] >= REGRESSION
    assert of_task["binary"] >= BINARY
    assert of_task["multiclass"] >= MULTICLASS


@EVERY_SYNTHETIC
@pytest.mark.parametrize("n_samples", [1, 2, 3, 7, 1000])
def test_synthetic_sizes(kind, n_samples):
    data = kind(n_samples=n_samples).make()
    assert data.n_samples == n_samples
    if kind.task != "regression":
        counts = np.bincount(data.y.astype(int), minlength=len(data.class_names))
        assert counts.max() - counts.min() <= 1


@EVERY_SYNTHETIC
def test_seed_and_noise_change_the_samples(kind):
    assert not np.array_equal(kind(seed=0).make().X, kind(seed=1).make().X)
    names = {field.name for field in params_of(kind)}
    assert {"n_samples", "noise", "seed"} <= names
    quiet, loud = kind(noise=0.0).make(), kind(noise=3.0).make()
    assert not (np.array_equal(quiet.X, loud.X) and np.array_equal(quiet.y, loud.y))


def test_noise_free_lines_and_curves_are_exact():
    line, curve = lo.DATASETS["line"](noise=0.0).make(), lo.DATASETS["curve"](noise=0.0).make()
    np.testing.assert_allclose(line.y, 2.0 * line.X[:, 0] + 1.0, rtol=1e-14)
    np.testing.assert_allclose(curve.y, np.sin(np.pi * curve.X[:, 0]), rtol=1e-12)
    assert np.abs(curve.X).max() <= 1.0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_share_of_outliers(share):
    data = lo.DATASETS["line_outliers"](n_samples=50, noise=0.0, outliers=share).make()
    gap = data.y - (2.0 * data.X[:, 0] + 1.0)
    off = np.abs(gap) > 1.0
    assert off.sum() == round(50 * share)
    np.testing.assert_allclose(gap[off], -10.0)
    assert (data.X[off, 0] >= 1.0).all() and data.X.min() >= -1.0 and data.X.max() <= 3.0


def test_outliers_pull_the_squared_error_but_not_the_absolute_error():
    data, linear = lo.DATASETS["line_outliers"]().make(), lo.MODELS["linear"]()
    squared, absolute = (
        lo.EmpiricalRisk(data, linear, lo.LOSSES[name]()).minimizers[0] for name in ("mse", "mae")
    )
    true = np.array([2.0, 1.0])
    assert np.linalg.norm(squared - true) > 4.0 * np.linalg.norm(absolute - true)


@pytest.mark.parametrize("margin", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_separable_keeps_its_margin(margin, noise):
    for seed in range(5):
        spec = lo.DATASETS["separable"](n_samples=1000, margin=margin, noise=noise, seed=seed)
        data = spec.make()
        distance = (data.X.sum(axis=1) - 1.0) / np.sqrt(2.0)
        assert ((2.0 * data.y - 1.0) * distance).min() >= margin - 1e-12


def separated_by_a_perceptron(data, n_passes=300):
    """Whether the perceptron finds a separating line; on separable data it always does."""
    inputs = np.column_stack([standardized(data.X), np.ones(data.n_samples)])
    signed = inputs * (2.0 * data.y - 1.0)[:, None]
    weights = np.zeros(inputs.shape[1])
    for _ in range(n_passes):
        wrong = 0
        for row in signed:
            if row @ weights <= 0.0:
                weights, wrong = weights + row, wrong + 1
        if not wrong:
            return True
    return False


@pytest.mark.parametrize(
    ("name", "fields", "separable"),
    [
        ("separable", {}, True),
        ("penguins_two", {}, True),
        ("penguins_two", {"features": "flipper"}, False),
        ("blobs", {}, False),
        ("overlapping", {}, False),
        ("iris_two", {}, False),
        ("iris_two", {"features": "all"}, False),
    ],
)
def test_which_two_classes_a_line_separates(name, fields, separable):
    data = lo.DATASETS[name](**fields).make()
    assert separated_by_a_perceptron(data) == separable
    cross_entropy = lo.LOSSES["binary_cross_entropy"]()
    risk = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), cross_entropy)
    assert risk.reference.is_minimizer != separable
    assert risk.reference.reason == ("separable" if separable else "")


def test_overlapping_overlaps_more_than_blobs():
    logistic, loss = lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]()
    blobs, overlapping = (
        lo.EmpiricalRisk(lo.DATASETS[name](), logistic, loss).minimum
        for name in ("blobs", "overlapping")
    )
    assert 0.05 < blobs < 0.2 < 0.4 < overlapping < 0.69


@EVERY_SHIPPED
def test_shipped_data_state_source_and_license(kind):
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    author = kind.source.split(",")[0]
    assert author in readme and str(kind.year) in readme
    assert kind.license.split()[0] in readme


def test_every_file_is_in_the_readme_with_its_row_count():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    files = sorted(DATA.glob("*.csv"))
    assert [file.name for file in files] == ["engel.csv", "iris.csv", "penguins.csv"]
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert f"| `{file.name}` | {len(rows) - 1} |" in readme
        assert all(len(row) == len(rows[0]) and all(row) for row in rows)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("penguins", [151, 68, 123]),
        ("penguins_two", [151, 123]),
        ("iris", [50, 50, 50]),
        ("iris_two", [50, 50]),
    ],
)
def test_class_counts(name, counts):
    data = lo.DATASETS[name]().make()
    np.testing.assert_array_equal(np.bincount(data.y.astype(int)), counts)


def test_regression_counts_and_units():
    mass = lo.DATASETS["penguins_mass"](standardize=False, unit="g").make()
    assert (mass.n_samples, mass.target_name) == (342, "body mass (g)")
    assert (mass.X[0, 0], mass.y[0]) == (181.0, 3750.0)
    np.testing.assert_allclose(mass.y.mean(), 4201.754386, rtol=1e-9)
    kilograms = lo.DATASETS["penguins_mass"](standardize=False).make()
    np.testing.assert_array_equal(kilograms.y, mass.y / 1000.0)
    budget = lo.DATASETS["engel"](standardize=False, unit="francs").make()
    assert (budget.n_samples, budget.target_name) == (235, "food expenditure (francs)")
    np.testing.assert_allclose([budget.X.mean(), budget.y.mean()], [982.473, 624.1501], rtol=1e-6)


def test_known_fits_of_the_shipped_regressions():
    """Published least-squares lines: 49.69 g per mm, −5780.83 g; 0.4852 of a franc, 147.48."""
    loss, linear = lo.LOSSES["mse"](), lo.MODELS["linear"]()
    mass = lo.DATASETS["penguins_mass"](standardize=False, unit="g")
    budget = lo.DATASETS["engel"](standardize=False, unit="francs")
    for spec, line in ((mass, [49.69, -5780.83]), (budget, [0.4852, 147.4754])):
        found = lo.EmpiricalRisk(spec, linear, loss).minimizers[0]
        np.testing.assert_allclose(found, line, rtol=1e-4)


def test_median_regression_of_engel_as_published():
    """Koenker's quantreg gives 81.48225 + 0.56018 · income."""
    spec = lo.DATASETS["engel"](standardize=False, unit="francs")
    risk = lo.EmpiricalRisk(spec, lo.MODELS["linear"](), lo.LOSSES["mae"]())
    np.testing.assert_allclose(risk.minimizers, [[0.56018, 81.48225]], rtol=1e-5)


@EVERY_SHIPPED
def test_standardizing(kind):
    for spec in variants(kind):
        data = spec.make()
        if spec.standardize:
            np.testing.assert_allclose(data.X.mean(axis=0), 0.0, atol=1e-12)
            np.testing.assert_allclose(data.X.std(axis=0), 1.0, rtol=1e-12)
        ending = "(standardized)" if spec.standardize else (" (mm)", " (cm)", " (g)", " (francs)")
        assert all(name.endswith(ending) for name in data.feature_names)


def test_standardizing_leaves_a_constant_column_at_zero():
    X = np.column_stack([np.full(7, 0.1), np.arange(7.0), np.full(7, 1e300)])
    found = standardized(X)
    np.testing.assert_array_equal(found[:, [0, 2]], 0.0)
    np.testing.assert_allclose(found[:, 1], (np.arange(7.0) - 3.0) / 2.0)
    np.testing.assert_array_equal(standardized(np.array([[5.0, 6.0]])), [[0.0, 0.0]])


def test_task_is_proposed_from_the_targets():
    X = np.zeros((3, 1))
    assert lo.Dataset(X, [0, 1, 1]).task == "binary"
    assert lo.Dataset(X, [0, 1, 2]).task == "multiclass"
    assert lo.Dataset(X, [1, 2, 3]).task == "regression"
    assert lo.Dataset(X, [0, 0, 0]).task == "regression"
    assert lo.Dataset(X, [0, 0.5, 1]).task == "regression"


@pytest.mark.parametrize(
    ("X", "y", "task"),
    [
        (np.zeros((0, 1)), [], None),
        (np.zeros((2, 0)), [0.0, 1.0], None),
        (np.zeros((2, 1)), [0.0], None),
        (np.zeros((2, 1, 1)), [0.0, 1.0], None),
        ([[np.nan], [0.0]], [0.0, 1.0], None),
        ([[0.0], [1.0]], [0.0, np.inf], None),
        ([[0.0], [1.0]], [0.0, 2.0], "binary"),
        ([[0.0], [1.0]], [0.0, -1.0], "multiclass"),
        ([[0.0], [1.0]], [0.0, 0.5], "multiclass"),
    ],
)
def test_impossible_data_are_refused(X, y, task):
    with pytest.raises(ValueError):
        lo.Dataset(X, y, task)


LABELS = [
    ({"y": [0, 1, 2], "class_names": ("a", "b")}, "holds 2 names"),
    ({"y": [1e9, 0, 1], "task": "multiclass"}, "np.unique"),
    ({"y": [2019, 2020, 2019], "task": "multiclass"}, "np.unique"),
    ({"y": [2019, 2020, 2019], "task": "binary"}, "np.unique"),
    ({"y": [0, 2, 2], "task": "multiclass"}, "0 … K"),
    ({"y": [0, 1, 0], "class_names": ("a",)}, "2 classes or more"),
    ({"y": [0, 1, 0], "task": "binary", "class_names": ("a", "b", "c")}, "binary"),
    ({"y": [0, 1, 2], "class_names": ("a", "b", "a")}, "differ"),
    ({"y": [0, 1, 2], "class_names": "abc"}, "list of texts"),
    ({"y": [0.5, 1, 2], "task": "regression", "class_names": ("a", "b")}, "regression"),
    ({"y": [0, 1, 1], "task": "bin"}, "one of regression"),
    ({"y": [0, 1, 1], "feature_names": ("a", "b")}, "must hold 1"),
    ({"y": [0, 1, 1], "feature_names": "x"}, "list of texts"),
    ({"y": [0, 1, 1], "target_name": 3}, "must be a text"),
    ({"y": ["0", "1", "1"]}, "numbers"),
    ({"y": [0, 1, None]}, "numbers"),
    ({"y": [0, 1, 1j]}, "numbers"),
    ({"y": np.ma.array([0, 1, 1], mask=[0, 1, 0])}, "numbers"),
    ({"X": np.ma.array([[1.0], [2.0], [3.0]], mask=[[0], [1], [0]]), "y": [0, 1, 1]}, "numbers"),
    ({"y": np.array([0, 1, 2], dtype="timedelta64[s]")}, "numbers"),
]


@pytest.mark.parametrize(("given", "words"), LABELS)
def test_wrong_labels_and_names_get_a_sentence(given, words):
    with pytest.raises(ValueError, match=words):
        lo.Dataset(**{"X": [[1.0], [2.0], [3.0]], **given})


def test_class_names_may_name_more_classes_than_there_are_samples_of():
    data = lo.Dataset([[1.0], [2.0]], [0, 2], class_names=["a", "b", "c"])
    assert data.task == "multiclass" and data.class_names == ("a", "b", "c")
    assert lo.Dataset([[1.0], [2.0]], [1, 1], class_names=["no", "yes"]).task == "binary"
    assert lo.Dataset([[1.0], [2.0]], [False, True]).task == "binary"


def test_labels_that_are_no_class_numbers_are_numbered_as_the_sentence_says():
    names, y = np.unique([2019, 2020, 2019], return_inverse=True)
    data = lo.Dataset([[1.0], [2.0], [3.0]], y, class_names=[str(name) for name in names])
    assert data.class_names == ("2019", "2020") and data.y.tolist() == [0.0, 1.0, 0.0]
