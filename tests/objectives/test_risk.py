"""Mean losses: value and derivatives, and the truth of what is called a minimizer."""

import dataclasses
from itertools import combinations

import numpy as np
import pytest

import lossopt as lo
from lossopt.params import Array
from lossopt.registry import id_of
from tests.objectives.differences import differences

MODEL_OF = {"regression": "linear", "binary": "logistic", "multiclass": "softmax"}
ROUNDING = 1e-14
SMOOTH = {"mse", "huber", "binary_cross_entropy", "categorical_cross_entropy", "sigmoid_mse"}


def risk_of(data, loss, degree=1, **fields):
    """Mean loss of the task's model; `data` is a dataset or the id of one."""
    data = lo.DATASETS[data]() if isinstance(data, str) else data
    loss = lo.LOSSES[loss](**fields)
    return lo.EmpiricalRisk(data, lo.MODELS[MODEL_OF[loss.task]](degree=degree), loss)


DEFAULTS = {
    f"{data}-{loss}-{degree}": (data, loss, degree)
    for data, kind in lo.DATASETS.items()
    for loss, pointwise in lo.LOSSES.items()
    for degree in (1, 2)
    if kind.task == pointwise.task
}
FINITE = {name: it for name, it in DEFAULTS.items() if risk_of(*it).reference.is_minimizer}
EVERY = pytest.mark.parametrize("chosen", DEFAULTS.values(), ids=DEFAULTS)
WITH_MINIMIZER = pytest.mark.parametrize("chosen", FINITE.values(), ids=FINITE)


def random_params(risk, n=3, seed=0):
    """Params around the reference point, some near and some far."""
    rng = np.random.default_rng(seed)
    size = 0.2 + np.abs(risk.reference.params)
    return risk.reference.params + size * rng.standard_normal((n, risk.n_params))


@EVERY
def test_value_is_the_mean_loss(chosen):
    risk = risk_of(*chosen)
    params = random_params(risk, 12).reshape(4, 3, -1)
    predictions = risk.model.predict(params, risk.inputs)
    plain = risk.loss.value(predictions, risk.y).mean(axis=-1)
    np.testing.assert_allclose(risk.value(params), plain, rtol=1e-12)
    np.testing.assert_allclose(risk.value(params[1, 2]), plain[1, 2], rtol=1e-12)


@EVERY
def test_gradient_equals_differences(chosen):
    risk = risk_of(*chosen)
    for params in random_params(risk):
        slopes = differences(risk.value, params)
        scale = 1.0 + np.abs(slopes).max()
        np.testing.assert_allclose(risk.gradient(params), slopes, atol=1e-6 * scale)


@EVERY
def test_hessian_equals_differences_of_the_gradient(chosen):
    """The same as the default of the base class, which knows nothing but the gradient."""
    risk = risk_of(*chosen)
    params = random_params(risk, 1)[0]
    exact = risk.hessian(params)
    by_differences = lo.Objective.hessian(risk, params)
    scale = 1.0 + np.abs(exact).max()
    np.testing.assert_allclose(exact, by_differences, atol=1e-6 * scale)
    np.testing.assert_allclose(exact, exact.T, atol=1e-15 * scale)


@EVERY
def test_mini_batches(chosen):
    risk = risk_of(*chosen)
    params = random_params(risk, 2)
    rows = np.array([3, 0, 7])
    data = risk.dataset
    part = dataclasses.replace(data, X=data.X[rows], y=data.y[rows])
    alone = lo.EmpiricalRisk(part, risk.model, risk.loss)
    np.testing.assert_allclose(
        risk.gradient(params, rows), alone.gradient(params), rtol=1e-12, atol=1e-14
    )
    singles = [risk.gradient(params, np.array([row])) for row in range(risk.n_samples)]
    np.testing.assert_allclose(
        np.mean(singles, axis=0), risk.gradient(params), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("degree", [1, 3])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 300.0])
def test_all_samples_have_the_same_gradient_to_the_bit_however_they_are_asked_for(degree, scale):
    risk = risk_of("overlapping", "binary_cross_entropy", degree)
    for params in (scale * random_params(risk), scale * random_params(risk, 1)):
        every = np.arange(risk.n_samples)
        np.testing.assert_array_equal(risk.gradient(params), risk.gradient(params, every))


@EVERY
def test_reference_is_a_minimizer_or_says_why_not(chosen):
    risk = risk_of(*chosen)
    found = risk.reference
    assert found.reason != "not found"
    assert found.is_minimizer == (found.reason == "") == (len(risk.minimizers) == 1)
    if not found.is_minimizer:
        assert risk.minimum is None and risk.distance(risk.start) is None
        return
    lowest = risk.value(found.params)
    assert risk.minimum == lowest <= risk.value(risk.start)
    if id_of(risk.loss) in SMOOTH:
        steep = np.linalg.norm(risk.gradient(found.params))
        assert steep < 1e-8 * (1.0 + np.linalg.norm(risk.gradient(risk.start)))
    rng = np.random.default_rng(1)
    for size in (1e-6, 1e-3, 1e-1, 1.0):
        nearby = found.params + size * rng.standard_normal((200, risk.n_params))
        assert risk.value(nearby).min() >= lowest - ROUNDING * (1.0 + lowest)


@EVERY
def test_box_holds_start_and_reference(chosen):
    risk = risk_of(*chosen)
    lows, highs = np.array(risk.bounds).T
    for point in (risk.start, risk.reference.params):
        assert ((point > lows) & (point < highs)).all()
    assert np.isfinite(highs - lows).all()


def test_box_of_raw_features_is_narrow_where_they_matter():
    """A slope per millimetre of 200 mm matters 200 times as much as the intercept."""
    raw = risk_of(lo.DATASETS["penguins_mass"](standardize=False), "mse")
    (low, high), (bottom, top) = raw.bounds
    slope, intercept = raw.minimizers[0]
    assert high - low < 4.0 * abs(slope) and top - bottom < 4.0 * abs(intercept)


@WITH_MINIMIZER
def test_descending_far_finds_nothing_lower(chosen):
    """Any descent, here a plain one with a step that adapts, ends above the declared minimum."""
    risk = risk_of(*chosen)
    point, size = random_params(risk, 1, seed=5)[0], 1.0
    for _ in range(300):
        moved = point - size * risk.gradient(point)
        lower = risk.value(moved) < risk.value(point)
        point, size = (moved, 1.5 * size) if lower else (point, 0.4 * size)
    assert risk.minimum - ROUNDING * (1.0 + risk.minimum) <= risk.value(point)
    if chosen[2] == 1 and id_of(risk.loss) == "mse":
        np.testing.assert_allclose(risk.value(point), risk.minimum, rtol=1e-9)


@pytest.mark.parametrize("degree", [1, 2, 6])
@pytest.mark.parametrize("data", ["line", "line_outliers", "curve", "engel"])
def test_squared_error_agrees_with_lstsq(data, degree):
    risk = risk_of(data, "mse", degree)
    plain = np.linalg.lstsq(risk.inputs, risk.y, rcond=None)[0]
    np.testing.assert_allclose(risk.minimizers[0], plain, rtol=1e-7)


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e6])
def test_off_centre_data(offset):
    """Squared error through a QR never turns negative nor loses the small differences."""
    rng = np.random.default_rng(0)
    x = offset + rng.standard_normal(50)
    data = lo.Dataset(x, 2.0 * (x - offset) + 5.0 + 0.1 * rng.standard_normal(50))
    risk = risk_of(data, "mse")
    slope, level = np.polyfit(x - offset, data.y, 1)
    goal = np.array([slope, level - slope * offset])
    np.testing.assert_allclose(risk.minimizers[0], goal, rtol=1e-7)
    for step in ([0.0, 0.0], [1e-3, 0.0], [0.0, 0.5]):
        params = goal + np.array(step)
        plain = np.mean(np.square(x * params[0] + params[1] - data.y))
        np.testing.assert_allclose(risk.value(params), plain, rtol=1e-7)


def test_curvature_of_the_squared_error():
    """Hessian (2/n) XᵀX: the largest stable learning rate is 2/λmax."""
    risk = risk_of("line", "mse")
    x = risk.dataset.X[:, 0]
    expected = 2.0 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1.0]])
    np.testing.assert_allclose(risk.hessian(risk.start), expected, rtol=1e-13)


@pytest.mark.parametrize("seed", range(6))
def test_absolute_error_against_brute_force(seed):
    """The lowest of all lines through two samples is a minimizer of the absolute error."""
    rng = np.random.default_rng(seed)
    n = 4 + seed
    x, y = rng.integers(0, 5, n).astype(float), rng.integers(-3, 4, n).astype(float)
    x[:2] = 0.0, 4.0
    risk = risk_of(lo.Dataset(x, y, "regression"), "mae")
    corners = []
    for i, j in combinations(range(n), 2):
        if x[i] != x[j]:
            slope = (y[j] - y[i]) / (x[j] - x[i])
            corners.append([slope, y[i] - slope * x[i]])
    lowest = risk.value(np.array(corners)).min()
    assert risk.reference.is_minimizer
    np.testing.assert_allclose(risk.minimum, lowest, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("seed", range(6))
def test_hinge_against_brute_force(seed):
    """The lowest of all corners, where two samples sit on their margin, is a minimizer."""
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal(8), np.arange(8) % 2
    risk = risk_of(lo.Dataset(x, y), "hinge")
    corners = [
        np.linalg.solve(risk.inputs[[i, j]], 2.0 * risk.y[[i, j]] - 1.0)
        for i, j in combinations(range(8), 2)
    ]
    assert risk.reference.is_minimizer
    np.testing.assert_allclose(
        risk.minimum, risk.value(np.array(corners)).min(), rtol=1e-12, atol=1e-14
    )


@pytest.mark.parametrize("degree", [1, 2, 6])
@pytest.mark.parametrize("data", ["line", "line_outliers"])
def test_absolute_error_without_noise(data, degree):
    """All or most samples lie on one line: every corner of the simplex method is a tie."""
    for seed in (0, 1, 9999):
        risk = risk_of(lo.DATASETS[data](noise=0.0, seed=seed), "mae", degree)
        assert risk.reference.is_minimizer
        np.testing.assert_allclose(risk.minimizers[0, [0, -1]], [2.0, 1.0], rtol=1e-9)


def test_median_of_an_even_number_is_not_unique():
    even = lo.Dataset(np.zeros((4, 1)), [1.0, 2.0, 3.0, 9.0], "regression")
    risk = risk_of(even, "mae")
    assert 2.0 - 1e-12 <= risk.minimizers[0, 1] <= 3.0 + 1e-12
    np.testing.assert_allclose(risk.minimum, 2.25, rtol=1e-12)
    assert not risk.reference.is_unique and risk.distance(risk.start) is None
    odd = risk_of(lo.Dataset(np.zeros((3, 1)), [1.0, 2.0, 9.0], "regression"), "mae")
    assert odd.reference.is_unique
    np.testing.assert_allclose(odd.distance(odd.start), 2.0)


@pytest.mark.parametrize("delta", [0.01, 0.1, 1.0, 100.0])
@pytest.mark.parametrize("data", ["line_outliers", "engel", "penguins_mass"])
@pytest.mark.parametrize("degree", [1, 3])
def test_huber_with_any_delta(data, delta, degree):
    risk = risk_of(data, "huber", degree, delta=delta)
    assert risk.reference.is_minimizer
    slopes = risk.gradient(risk.minimizers[0])
    scale = np.abs(risk.inputs).max(axis=0) * delta
    assert (np.abs(slopes) < 1e-8 * scale).all()


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
def test_huber_far_in_its_tails(size):
    """At the least-squares start every sample lies in the tails; next to the absolute error."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((2, 40))
    data = lo.Dataset(x, size * y)
    risk, absolute = risk_of(data, "huber", delta=0.01), risk_of(data, "mae")
    assert risk.reference.is_minimizer
    assert abs(risk.minimum / 0.01 - absolute.minimum) <= 0.01


def test_huber_between_mean_and_median():
    data = lo.Dataset(np.zeros((5, 1)), [1.0, 2.0, 3.0, 4.0, 100.0], "regression")
    wide = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["huber"](delta=100.0))
    narrow = risk_of(data, "huber", delta=0.5)
    np.testing.assert_allclose(wide.minimizers, [[0.0, 22.0]], rtol=1e-12)
    np.testing.assert_allclose(narrow.minimizers, [[0.0, 3.0]], rtol=1e-12)


@pytest.mark.parametrize("unit", ["kg", "g"])
def test_units_and_offsets_do_not_matter(unit):
    """Raw or standardized features: the same minimum, even where the params differ by 10⁴."""
    for loss in ("mse", "mae", "huber"):
        raw, scaled = (
            risk_of(lo.DATASETS["penguins_mass"](unit=unit, standardize=switch), loss)
            for switch in (False, True)
        )
        np.testing.assert_allclose(raw.minimum, scaled.minimum, rtol=1e-9)


def test_separable_classes_have_no_minimizer():
    risk = risk_of("separable", "binary_cross_entropy")
    found = risk.reference
    assert (found.is_minimizer, found.reason) == (False, "separable")
    assert not len(risk.minimizers) and risk.minimum is None and risk.distance(risk.start) is None
    lengths = np.array([1.0, 2.0, 4.0, 8.0, 50.0])
    losses = risk.value(lengths[:, None] * found.params)
    assert (np.diff(losses) < 0.0).all() and losses[-1] < 1e-9


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([0.0, 1.0, 2.0, 3.0], [0, 0, 1, 1], "separable"),
        ([0.0, 1.0, 1.0, 2.0], [0, 0, 1, 1], "partly separable"),
        ([0.0, 1.0, 2.0, 3.0], [0, 1, 0, 1], ""),
        ([1.0, 1.0, 1.0], [0, 1, 1], ""),
    ],
)
def test_when_cross_entropy_has_a_minimizer(x, y, reason):
    risk = risk_of(lo.Dataset(x, y, "binary"), "binary_cross_entropy")
    assert risk.reference.reason == reason
    assert risk.reference.is_minimizer == (reason == "")


def test_setosa_is_separable_from_the_others():
    risk = risk_of("iris", "categorical_cross_entropy")
    assert risk.reference.reason == "partly separable"


def test_label_smoothing_gives_separable_classes_a_minimizer():
    apart = lo.DATASETS["three_blobs"](noise=0.1)
    risk = risk_of(apart, "categorical_cross_entropy")
    smoothed = risk_of(apart, "categorical_cross_entropy", label_smoothing=0.1)
    assert risk.reference.reason == "separable" and smoothed.reference.is_minimizer
    np.testing.assert_allclose(smoothed.gradient(smoothed.minimizers[0]), 0.0, atol=1e-12)


@pytest.mark.parametrize("loss", ["hinge", "squared_hinge"])
def test_separable_hinge_reaches_zero_but_not_at_one_point_only(loss):
    risk = risk_of("separable", loss)
    assert risk.reference.is_minimizer
    np.testing.assert_allclose(risk.minimum, 0.0, atol=1e-12)
    assert not risk.reference.is_unique and risk.distance(risk.start) is None


def test_squared_error_on_a_sigmoid_is_called_not_convex():
    risk = risk_of("blobs", "sigmoid_mse")
    assert (risk.reference.is_minimizer, risk.reference.reason) == (False, "not convex")
    assert risk.value(risk.reference.params) < 0.2 * risk.value(risk.start)


def test_softmax_distance_ignores_a_shift_of_all_classes():
    risk = risk_of("three_blobs", "categorical_cross_entropy")
    goal = risk.minimizers[0]
    np.testing.assert_allclose(goal.reshape(-1, 3).sum(axis=1), 0.0, atol=1e-9)
    rng = np.random.default_rng(0)
    shift = np.repeat(rng.standard_normal(3), 3)
    np.testing.assert_allclose(risk.value(goal + shift), risk.minimum, rtol=1e-12)
    np.testing.assert_allclose(risk.distance(goal + shift), 0.0, atol=1e-9)
    away = rng.standard_normal(9)
    np.testing.assert_allclose(risk.distance(goal + away + shift), risk.distance(goal + away))
    contrast = away - np.repeat(away.reshape(3, 3).mean(axis=1), 3)
    np.testing.assert_allclose(risk.distance(goal + away), np.linalg.norm(contrast), rtol=1e-9)


def test_constant_column():
    """Weight and intercept of a constant column do the same: the minimizers fill a line."""
    data = lo.Dataset(np.full((5, 1), 3.0), [1.0, 2.0, 3.0, 4.0, 5.0], "regression")
    risk = risk_of(data, "mse")
    np.testing.assert_allclose(risk.minimizers, [[0.9, 0.3]], rtol=1e-12)
    along = np.array([1.0, -3.0]) / np.sqrt(10.0)
    np.testing.assert_allclose(risk.distance(risk.minimizers[0] + 7.0 * along), 0.0, atol=1e-12)
    np.testing.assert_allclose(risk.distance(np.zeros(2)), 3.0 / np.sqrt(10.0), rtol=1e-12)


@pytest.mark.parametrize("loss", list(lo.LOSSES))
@pytest.mark.parametrize("column", [0.0, 3.0])
def test_constant_column_with_every_loss(loss, column):
    task = lo.LOSSES[loss].task
    y = {"regression": np.arange(6.0) ** 2, "binary": np.arange(6) % 2}.get(task, np.arange(6) % 3)
    risk = risk_of(lo.Dataset(np.full((6, 1), column), y, task), loss)
    found = risk.reference
    assert np.isfinite(found.params).all() and found.reason in ("", "not convex")
    rng = np.random.default_rng(0)
    others = found.params + rng.standard_normal((100, risk.n_params))
    assert risk.value(others).min() >= risk.value(found.params) - 1e-6


@pytest.mark.parametrize("loss", list(lo.LOSSES))
@pytest.mark.parametrize("degree", [1, 6])
def test_one_sample(loss, degree):
    task = lo.LOSSES[loss].task
    names = {"regression": (), "binary": ("no", "yes")}.get(task, ("a", "b", "c"))
    data = lo.Dataset([[2.0, -1.0]], [1.0], task, class_names=names)
    risk = risk_of(data, loss, degree)
    found = risk.reference
    assert np.isfinite(found.params).all() and np.isfinite(risk.bounds).all()
    reasons = {"binary_cross_entropy": "separable", "categorical_cross_entropy": "separable"}
    assert found.reason == reasons.get(loss, "" if lo.LOSSES[loss].convex else "not convex")
    if found.is_minimizer:
        np.testing.assert_allclose(risk.minimum, 0.0, atol=1e-12)
    else:
        assert risk.value(found.params) < 0.5 * risk.value(risk.start)


@pytest.mark.parametrize(
    ("names", "y", "reason"),
    [
        (("no", "yes"), [1.0, 1.0, 1.0, 1.0], "separable"),
        (("a", "b", "c"), [0.0, 1.0, 0.0, 1.0], "partly separable"),
        (("a", "b", "c"), [2.0, 2.0, 2.0, 2.0], "separable"),
    ],
)
def test_missing_class(names, y, reason):
    """Its logit falls without end, so there is no minimizer."""
    task = "binary" if len(names) == 2 else "multiclass"
    data = lo.Dataset([[0.0], [1.0], [2.0], [1.0]], y, task, class_names=names)
    loss = "binary_cross_entropy" if task == "binary" else "categorical_cross_entropy"
    assert risk_of(data, loss).reference.reason == reason


@pytest.mark.parametrize("size", [1e-300, 1e-10, 1e10, 1e60, 1e160, 1e300])
@pytest.mark.parametrize("loss", list(lo.LOSSES))
def test_absurd_sizes_give_a_point_and_no_warning(loss, size):
    task = lo.LOSSES[loss].task
    rng = np.random.default_rng(0)
    x = size * rng.standard_normal((7, 2))
    y = size * rng.standard_normal(7) if task == "regression" else np.arange(7) % 2
    names = {"regression": (), "binary": ("0", "1")}.get(task, ("0", "1", "2"))
    for degree in (1, 6):
        risk = risk_of(lo.Dataset(x, y, task, class_names=names), loss, degree)
        assert np.isfinite(risk.reference.params).all()
        assert len(risk.bounds) == risk.n_params


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize("standardize", [True, False])
def test_degree_6_is_never_higher_than_degree_5(loss, standardize):
    """Raw flipper lengths to the power of 6 reach 10¹⁴; the search works in round coordinates."""
    spec = lo.DATASETS["penguins_mass"](standardize=standardize)
    high, low = (risk_of(spec, loss, degree) for degree in (5, 6))
    assert high.reference.is_minimizer and low.reference.is_minimizer
    assert low.minimum <= high.minimum * (1.0 + 1e-6)
    level = risk_of(lo.DATASETS["penguins_mass"](), loss, 6).minimum
    np.testing.assert_allclose(low.minimum, level, rtol=1e-5)


@pytest.mark.parametrize(
    ("data", "model", "loss"),
    [
        ("line", "linear", "binary_cross_entropy"),
        ("line", "logistic", "binary_cross_entropy"),
        ("blobs", "linear", "mse"),
        ("iris", "softmax", "hinge"),
        ("iris_two", "softmax", "categorical_cross_entropy"),
    ],
)
def test_what_does_not_fit_together_is_refused(data, model, loss):
    with pytest.raises(ValueError, match="must fit together"):
        lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]())


@dataclasses.dataclass(frozen=True)
class Squashed(lo.Model):
    """ŷ = tanh(w·x) + b: not linear in its params."""

    name = "Squashed"
    usual_losses = {"regression": "mse"}
    formula = ""

    def prepare(self, X: Array) -> Array:
        return X

    def param_names(self, n_features: int, n_outputs: int) -> tuple[str, ...]:
        return ("w", "b")

    def predict(self, params: Array, inputs: Array) -> Array:
        return np.tanh(params[..., :1] * inputs[:, 0]) + params[..., 1:]

    def pullback(self, params: Array, inputs: Array, cotangent: Array) -> Array:
        x = inputs[:, 0]
        along_w = (cotangent * x / np.cosh(params[..., :1] * x) ** 2).sum(axis=-1)
        return np.stack([along_w, cotangent.sum(axis=-1)], axis=-1)


def test_models_that_are_not_linear_in_their_params():
    x = np.linspace(-1.0, 1.0, 9)
    risk = lo.EmpiricalRisk(lo.Dataset(x, np.tanh(1.5 * x) + 0.3), Squashed(), lo.LOSSES["mse"]())
    assert not risk.convex and risk.reference.reason == "not convex"
    assert risk.value(risk.reference.params) < 1e-3 < risk.value(risk.start)
    params = np.array([0.7, 0.2])
    np.testing.assert_allclose(risk.gradient(params), differences(risk.value, params), atol=1e-8)
    by_differences = differences(risk.gradient, params)
    np.testing.assert_allclose(risk.hessian(params), by_differences, atol=1e-6)


@EVERY
def test_value_and_gradient_together_equal_each_alone(chosen):
    risk = risk_of(*chosen)
    near = random_params(risk, 5)
    params = np.concatenate([near, 1e3 * near, np.zeros_like(near[:1])])
    value, gradient = risk.value_and_gradient(params)
    np.testing.assert_allclose(value, risk.value(params), rtol=1e-12, atol=1e-300)
    scale = np.abs(risk.inputs).max()
    np.testing.assert_allclose(gradient, risk.gradient(params), rtol=1e-9, atol=1e-14 * scale)


def test_two_thousand_params_are_searched_and_no_hessian_is_made(monkeypatch):
    """50 features × 40 classes: a surface asks for a point to look at, not for minutes."""
    rng = np.random.default_rng(0)
    names = tuple(f"c{k}" for k in range(40))
    data = lo.Dataset(
        rng.normal(size=(80, 50)), np.arange(80.0) % 40, "multiclass", class_names=names
    )
    loss = lo.LOSSES["categorical_cross_entropy"]()
    monkeypatch.setattr(type(loss), "curvature", None)
    risk = lo.EmpiricalRisk(data, lo.MODELS["softmax"](), loss)
    surface = lo.evaluate_surface(risk, resolution=3)
    assert risk.reference.reason == "not found" and not risk.reference.is_minimizer
    assert risk.value(risk.reference.params) < 0.5 * np.log(40.0) and np.isfinite(surface.z).all()
