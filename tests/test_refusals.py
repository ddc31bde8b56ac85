"""Whatever enters the library and cannot be used is refused at once, in a sentence."""

import dataclasses
import inspect
import math

import numpy as np
import pytest

import lossopt as lo
from lossopt import comparisons, tables
from lossopt.claims import CLAIMS
from lossopt.comparisons import Budget, Entry, Merit
from lossopt.comparisons.budgets import stopped
from lossopt.datasets import move_points
from lossopt.landscapes import slices
from lossopt.lessons import LESSONS
from lossopt.libraries import Library
from lossopt.params import Spec, params_of
from lossopt.scripts import Run, write_script
from lossopt.sweeps import loss_curves, maps, valleys
from lossopt.testing import check_optimizer
from lossopt.theory import gradient_noise
from lossopt.theory.anatomy import replay
from lossopt.theory.diagnostics import excess_loss
from lossopt.theory.loss_facts import best_constant, ignorance, plateau_ratio
from lossopt.theory.loss_shapes import loss_shape
from lossopt.theory.noise_balls import noise_ball
from lossopt.trajectories import affordable_steps

REGISTRIES = {
    "optimizers": lo.OPTIMIZERS,
    "losses": lo.LOSSES,
    "datasets": lo.DATASETS,
    "models": lo.MODELS,
    "objectives": lo.OBJECTIVES,
    "schedules": lo.SCHEDULES,
    "libraries": lo.LIBRARIES,
    "lessons": LESSONS,
    "claims": CLAIMS,
}
SPECS = {
    f"{kind}-{name}": spec
    for kind, registry in REGISTRIES.items()
    for name, spec in registry.items()
} | {"budget": Budget, "merit": Merit, "map": maps.MapSettings}
FIELDS = [
    pytest.param(spec, field, id=f"{name}-{field.name}")
    for name, spec in SPECS.items()
    for field in params_of(spec)
]
NAN, INF = math.nan, math.inf
NO_NUMBER = ["1", "", b"1", None, True, False, np.True_, 1j, [1.0], (1.0,), {}, object(), NAN, INF]
NO_NUMBER += [-INF, np.float64("nan"), np.float32("inf"), np.array([1.0, 2.0]), np.array(["1"])]
HIDDEN = np.ma.array([1.0, 2.0], mask=[False, True])
NO_NUMBER += [np.ma.masked, np.timedelta64(1)]
NO_WHOLE = [*NO_NUMBER, 2.0, 1.5, np.float64(2.0), np.array([[1], [2]]), -(10**30)]
NO_SWITCH = ["1", "true", "", None, 0, 1, 1.0, 0.0, NAN, [], [True], object(), np.int64(1)]
NO_WORD = ["nonsense", "", None, 0, 1.0, True, NAN, [], ["adam"], object(), b"x", np.array(["a"])]
ADAM, BOOTH = lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"]()
LINE = lo.EmpiricalRisk(lo.DATASETS["line"](n_samples=9), lo.MODELS["linear"](), lo.LOSSES["mse"]())
NO_OBJECT = ["adam", "", 0, 1.5, True, NAN, [], {}, object(), lo.OPTIMIZERS["adam"], lo.Dataset]
NO_POINT = ["ab", "", 1.0, True, [1.0], [1.0, 2.0, 3.0], [NAN, 0.0], [INF, 0.0], [None, 1.0]]
NO_POINT += [
    ["1", "2"],
    [True, False],
    [[1.0, 2.0, 3.0]],
    [[1.0], [1.0, 2.0]],
    {},
    object(),
    [1j, 1.0],
    np.array(0.1),
    HIDDEN,
]
NO_REGION = ["ab", 1.0, [1.0, 2.0], ((1.0, 0.0), (0.0, 1.0)), ((0.0, NAN), (0.0, 1.0)), object()]
NO_REGION += [((0.0, 0.0), (0.0, 1.0)), ((0.0, INF), (0.0, 1.0)), ((-1e308, 1e308),) * 2, ((0, 1),)]
NO_REGION += [(("0", "1"), (0.0, 1.0)), ((False, True), (0.0, 1.0)), ((0.0, 1.0, 2.0),) * 2]
NO_FUNCTION = ["x", 1, True, [], object()]
NO_TEXTS = ["a", "", 1, True, NAN, [1], [None], [["a"]], object(), {}, np.array("a")]


def refused(call, *given, **named):
    """The sentence with which a call is refused."""
    with pytest.raises(ValueError) as caught:
        call(*given, **named)
    sentence = str(caught.value)
    assert sentence.endswith((".", "?")) and " " in sentence and len(sentence) < 700, sentence
    return sentence


def wrong_for(field):
    low, high = field.limits
    if field.choices:
        return NO_WORD
    if isinstance(field.default, bool):
        return NO_SWITCH
    outside = [low - 1 - abs(low), *([high + 1 + abs(high)] if high < 1e300 else [10**400])]
    if isinstance(field.default, int):
        return [*NO_WHOLE, *(math.floor(end) for end in outside)]
    return [*NO_NUMBER, *outside, np.array([]), np.full((2, 1), NAN), np.full((2, 1), "1")]


@pytest.mark.parametrize(("spec", "field"), FIELDS)
def test_every_field_of_every_spec(spec: type[Spec], field):
    for wrong in wrong_for(field):
        assert field.name in refused(spec, **{field.name: wrong}), wrong


@pytest.mark.parametrize(("spec", "field"), FIELDS)
def test_numbers_of_numpy_become_plain(spec: type[Spec], field):
    scalars = {float: (np.float32, np.float64), int: (np.int32, np.int64), bool: (np.bool_,)}
    low, high = field.limits
    for kind in scalars.get(type(field.default), (str,)):
        value = kind(field.default)
        if isinstance(value, np.floating) and not low <= float(value) <= high:
            continue
        kept = getattr(spec(**{field.name: value}), field.name)
        assert type(kept) is type(field.default) and kept == value


@pytest.mark.parametrize("name", lo.OPTIMIZERS)
def test_real_hyperparameters_may_be_columns_of_usable_numbers(name):
    kind = lo.OPTIMIZERS[name]
    goal = lo.OBJECTIVES["matrix_factorization"]() if kind.needs_matrices else BOOTH
    for field in params_of(kind):
        if isinstance(field.default, float):
            column = np.full((3, 1), field.default)
            rule = kind(**{field.name: column})
            np.testing.assert_array_equal(getattr(rule, field.name), column)
            for wrong in (column.ravel(), column.T, column.astype(str), column > 0, column * NAN):
                refused(kind, **{field.name: wrong})
            if field.default:
                assert "one number" in refused(lo.descend, rule, goal)


@pytest.mark.parametrize("registry", REGISTRIES)
def test_unknown_ids(registry):
    found = REGISTRIES[registry]
    first = next(iter(found))
    assert first in refused(lambda: found[first + "x"])
    for wrong in (0, None, ("a",), 1.5, "", [], {}, np.array(["adam"])):
        refused(lambda wrong=wrong: found[wrong])
    assert "zzz" not in found and found.get("zzz") is None


RUN = lo.descend(ADAM, BOOTH, n_steps=3)
GOOD = {
    # name: the function, arguments that it accepts, and what it must refuse of each of them
    "descend": (
        lo.descend,
        {"optimizers": ADAM, "objective": LINE, "n_steps": 3},
        {
            "optimizers": [*NO_OBJECT, None, [lo.OPTIMIZERS["adam"]], ["adam"]],
            "objective": [*NO_OBJECT, None, ADAM],
            "start": [*NO_POINT, [[0.0, 0.0]] * 2],
            "n_steps": [*NO_WHOLE, -1, 10**9],
            "batch_size": [
                *(bad for bad in NO_WHOLE if bad is not None),
                0,
                -1,
                [2.0],
                [1, 2],
                "4",
            ],
            "seed": [*NO_WHOLE, -1, [1, 2], [1.5]],
            "schedule": [*NO_OBJECT, [None, None], lo.SCHEDULES["cosine"], "cosine"],
            "clip_norm": [
                *(
                    bad
                    for bad in NO_NUMBER
                    if bad is not None and not isinstance(bad, list | tuple)
                ),
                -1,
            ],
            "average": [bad for bad in NO_SWITCH if bad != [True]],
            "compiled": NO_SWITCH,
        },
    ),
    "sweep": (
        lo.sweep,
        {"optimizer": ADAM, "objective": BOOTH, "n_steps": 3, "learning_rate": [0.1]},
        {
            "optimizer": [*NO_OBJECT, None, [ADAM]],
            "objective": [*NO_OBJECT, None],
            "start": NO_POINT,
            "n_steps": [*NO_WHOLE, -1],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "seed": [*NO_WHOLE, -1],
            "target": [bad for bad in NO_NUMBER if bad is not None],
            "progress": NO_FUNCTION,
            "cancelled": NO_FUNCTION,
            "learning_rate": [
                [],
                0.1,
                "0.1",
                ["0.1"],
                [NAN],
                [-1.0],
                [True],
                [[0.1]],
                None,
                [None],
            ],
            "momentum": [[0.1]],
            "bias_correction": [[1], ["yes"]],
            "eps_place": [["nowhere"], "inside"],
            "executor": NO_OBJECT,
        },
    ),
    "basins": (
        lo.basins,
        {"optimizer": ADAM, "objective": BOOTH, "n_steps": 3, "resolution": 2},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "plane": [*(bad for bad in NO_OBJECT if bad is not None)],
            "bounds": NO_REGION,
            "resolution": [*NO_WHOLE, 0, 1001],
            "n_steps": [*NO_WHOLE, -1],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "seed": [*NO_WHOLE, -1],
            "tolerance": [*NO_NUMBER, -1.0],
            "progress": NO_FUNCTION,
            "executor": NO_OBJECT,
        },
    ),
    "seed_bands": (
        lo.seed_bands,
        {"optimizer": ADAM, "objective": LINE, "n_steps": 3, "seeds": 2, "batch_size": 2},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "seeds": [bad for bad in NO_WHOLE if not isinstance(bad, np.ndarray)]
            + [0, -1, [], [-1]],
            "start": NO_POINT,
            "n_steps": [*NO_WHOLE, -1],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "quantiles": [0.5, "0.5", [1.5], [-0.1], [NAN], ["0.5"], [None], None],
            "executor": NO_OBJECT,
        },
    ),
    "evaluate_surface": (
        lo.evaluate_surface,
        {"objective": BOOTH, "resolution": 2},
        {
            "objective": [*NO_OBJECT, None],
            "plane": [bad for bad in NO_OBJECT if bad is not None],
            "bounds": NO_REGION,
            "resolution": [*NO_WHOLE, 1, 501, -3],
        },
    ),
    "axis_plane": (
        lo.axis_plane,
        {"objective": BOOTH, "first": 0, "second": 1},
        {
            "objective": [*NO_OBJECT, None],
            "first": [*NO_WHOLE, 1, 2, -1],
            "second": [*NO_WHOLE, 0, 2, -1],
        },
    ),
    "pca_plane": (
        lo.pca_plane,
        {"objective": BOOTH, "runs": [RUN]},
        {"objective": [*NO_OBJECT, None], "runs": [*NO_OBJECT, None, [None]]},
    ),
    "random_plane": (
        lo.random_plane,
        {"objective": BOOTH},
        {"objective": [*NO_OBJECT, None], "origin": NO_POINT, "seed": [*NO_WHOLE, -1]},
    ),
    "random_bounds": (lo.random_bounds, {"plane": lo.axis_plane(BOOTH)}, {"plane": NO_OBJECT}),
    "plane_between": (
        lo.plane_between,
        {"objective": BOOTH, "first": [0.0, 0.0], "second": [1.0, 1.0]},
        {
            "objective": [*NO_OBJECT, None],
            "first": [*NO_POINT, [1.0, 1.0]],
            "second": NO_POINT,
            "third": NO_POINT,
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "formula": (
        lo.formula,
        {"text": "x^2+y^2"},
        {"text": [bad for bad in NO_WORD if bad != ""] + [""], "bounds": NO_REGION},
    ),
    "read_csv": (
        lo.read_csv,
        {"source": b"a,b\n1,2\n2,5\n4,6\n"},
        {
            "source": [None, 1, 1.5, [], object(), True],
            "target": [*(bad for bad in NO_WORD if bad is not None)],
            "features": [*NO_TEXTS, [], ["a", "a"], ["b"], ["c"]],
            "task": [*(bad for bad in NO_WORD if bad is not None), "bin", "multiclass"],
            "header": [*(bad for bad in NO_SWITCH if bad is not None)],
            "fill": NO_SWITCH,
            "standardize": NO_SWITCH,
            "max_rows": [*NO_WHOLE, 0],
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "Dataset": (
        lo.Dataset,
        {"X": [[1.0], [2.0]], "y": [0.0, 1.0]},
        {
            "X": [
                "ab",
                None,
                {},
                object(),
                [["1"], ["2"]],
                [[NAN], [1.0]],
                [[1.0], [1.0, 2.0]],
                1.0,
            ],
            "y": ["ab", None, {}, object(), ["0", "1"], [NAN, 1.0], [1.0], 1.0, [[1.0], [2.0]]],
            "task": [*(bad for bad in NO_WORD if bad is not None), "bin", "classification"],
            "feature_names": [*NO_TEXTS[:1], *NO_TEXTS[2:], ("a", "b")],
            "notes": NO_TEXTS,
            "target_name": [1, None, True, ["y"], object()],
            "class_names": [*NO_TEXTS, ("a",), ("a", "a")],
        },
    ),
    "EmpiricalRisk": (
        lo.EmpiricalRisk,
        {"data": lo.DATASETS["line"](), "model": lo.MODELS["linear"](), "loss": lo.LOSSES["mse"]()},
        {
            "data": [*NO_OBJECT, None, np.eye(2)],
            "model": [*NO_OBJECT, None, lo.MODELS["linear"]],
            "loss": [*NO_OBJECT, None, lo.LOSSES["mse"]],
            "test": [*NO_OBJECT, lo.Dataset([[1.0, 2.0]], [0.5])],
        },
    ),
    "stage": (
        lo.stage,
        {"runs": RUN},
        {
            "runs": [*NO_OBJECT, None, [None]],
            "labels": [*NO_TEXTS, ["a", "b"], []],
            "language": [*NO_WORD, "de"],
            "view": [*NO_WORD, "4d"],
            "height": [*NO_WHOLE, 0, -5],
            "plotly": NO_WORD,
        },
    ),
    "figure": (
        lo.figure,
        {"runs": RUN},
        {"runs": [*NO_OBJECT, None, [None]], "labels": [*NO_TEXTS, ["a", "b"], []]},
    ),
    "factors": (
        lo.SCHEDULES["cosine"]().factors,
        {"n_steps": 3},
        {"n_steps": [*NO_WHOLE, -1, 10**400]},
    ),
    "gradient_norms": (
        lo.gradient_norms,
        {"objective": BOOTH, "run": RUN},
        {"objective": [*NO_OBJECT, None], "run": [*NO_OBJECT, None]},
    ),
    "effective_learning_rates": (
        lo.effective_learning_rates,
        {"objective": BOOTH, "run": RUN},
        {"objective": [*NO_OBJECT, None], "run": [*NO_OBJECT, None]},
    ),
    "step_angles": (
        lo.step_angles,
        {"objective": BOOTH, "run": RUN},
        {"objective": [*NO_OBJECT, None], "run": [*NO_OBJECT, None]},
    ),
    "excess_loss": (
        excess_loss,
        {"objective": BOOTH, "run": RUN},
        {"objective": [*NO_OBJECT, None], "run": [*NO_OBJECT, None]},
    ),
    "hessian_product": (
        lo.hessian_product,
        {"objective": BOOTH, "params": [0.0, 0.0], "vectors": [1.0, 0.0]},
        {
            "objective": [*NO_OBJECT, None],
            "params": ["ab", None, 1.0, [1.0], ["1", "2"], [True, False]],
            "vectors": ["ab", None, 1.0, [1.0], ["1", "2"]],
        },
    ),
    "sharpness": (
        lo.sharpness,
        {"objective": BOOTH, "params": [0.0, 0.0]},
        {
            "objective": [*NO_OBJECT, None],
            "params": ["ab", None, 1.0, [1.0], ["1", "2"]],
            "max_products": [*NO_WHOLE, 0],
        },
    ),
    "stability_products": (
        lo.stability_products,
        {"optimizer": ADAM, "objective": BOOTH, "run": RUN},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "run": [*NO_OBJECT, None],
            "steps": [[9], [0.5], "a", [True], 1.5],
        },
    ),
    "largest_curvature": (
        lo.largest_curvature,
        {"objective": BOOTH},
        {"objective": [*NO_OBJECT, None], "params": ["ab", 1.0, [1.0], ["1", "2"]]},
    ),
    "condition_number": (
        lo.condition_number,
        {"objective": BOOTH},
        {"objective": [*NO_OBJECT, None], "params": ["ab", 1.0, [1.0], ["1", "2"]]},
    ),
    "largest_stable_learning_rate": (
        lo.largest_stable_learning_rate,
        {"optimizer": ADAM, "objective": BOOTH},
        {"optimizer": [*NO_OBJECT, None], "objective": [*NO_OBJECT, None]},
    ),
    "Entry": (
        Entry,
        {"optimizer": ADAM},
        {
            "optimizer": [*NO_OBJECT, None],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "schedule": NO_OBJECT,
            "clip_norm": [*(bad for bad in NO_NUMBER if bad is not None), -1.0],
            "average": NO_SWITCH,
        },
    ),
    "Run": (
        Run,
        {"entry": Entry(ADAM), "objective": BOOTH, "start": (0.0, 0.0), "n_steps": 3},
        {
            "entry": [*NO_OBJECT, None, ADAM],
            "objective": [*NO_OBJECT, None],
            "start": [*NO_POINT, None],
            "n_steps": [*NO_WHOLE, -1],
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "tune": (
        comparisons.tune,
        {"given": ADAM, "objective": BOOTH, "budget": Budget(3.0), "n_trials": 16},
        {
            "given": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "budget": [*NO_OBJECT, None],
            "merit": NO_OBJECT,
            "start": NO_POINT,
            "seeds": ["0", 0, [], [-1], [0.5], [True], None],
            "n_trials": [*NO_WHOLE, 0, 17, 8192],
            "second": NO_SWITCH,
            "executor": NO_OBJECT,
        },
    ),
    "loss_curves": (
        loss_curves,
        {"optimizer": ADAM, "objective": BOOTH, "rates": [0.1], "n_steps": 3},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "rates": [[], 0.1, "0.1", ["0.1"], [NAN], [-1.0], [True], [[0.1]], None],
            "n_steps": [*NO_WHOLE, -1],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "usual_rate": (
        comparisons.usual_rate,
        {"optimizer": ADAM, "objective": BOOTH},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "Plane": (
        lo.Plane,
        {"origin": [0.0, 0.0], "directions": [[1.0, 0.0], [0.0, 1.0]], "labels": ("x", "y")},
        {
            "origin": ["ab", None, 1.0, [[0.0, 0.0]], [0.0], ["0", "0"]],
            "directions": ["ab", None, 1.0, [[1.0, 0.0]], [["1", "0"], ["0", "1"]]],
            "labels": [*NO_TEXTS, ("x",), ("x", "y", "z")],
        },
    ),
    "write_script": (
        write_script,
        {"library": "pytorch", "run": Run(Entry(ADAM), BOOTH, (0.0, 0.0), 2)},
        {"library": [*NO_WORD, "tensorflow"], "run": [*NO_OBJECT, None]},
    ),
    "parse_points": (
        tables.parse_points,
        {"text": "1_2_0"},
        {"text": ["a", "1_2", "1_2_0.5", "nan_1_0", "9_9_0", 1, None, ["1_2_0"], "1_2_0_3"]},
    ),
    "dataset_csv": (
        tables.dataset_csv,
        {"data": lo.Dataset([[1.0]], [0.5])},
        {
            "data": [*NO_OBJECT, None],
            "weights": ["ab", 1.0, [1.0, 2.0], [-1.0], [NAN], [None], ["1"], [[1.0]], object()],
        },
    ),
    "check_optimizer": (check_optimizer, {"kind": type(ADAM)}, {"kind": ["adam", None, ADAM, int]}),
    "default_rate": (
        comparisons.default_rate,
        {"entry": Entry(ADAM)},
        {"entry": [*NO_OBJECT, None, ADAM]},
    ),
    "ranking_seeds": (comparisons.ranking_seeds, {"seed": 0}, {"seed": [*NO_WHOLE, -1]}),
    "first_loss": (
        comparisons.first_loss,
        {"objective": BOOTH},
        {"objective": [*NO_OBJECT, None], "start": NO_POINT},
    ),
    "lowest": (comparisons.lowest, {"objective": BOOTH}, {"objective": [*NO_OBJECT, None]}),
    "leaders": (
        comparisons.leaders,
        {"spent": [[1.0, 2.0]]},
        {"spent": ["a", None, 1.0, [1.0], [["1"]]]},
    ),
    "rank": (
        comparisons.rank,
        {"entries": [Entry(ADAM)], "objective": BOOTH, "budget": Budget(3.0)},
        {
            "entries": [*NO_OBJECT, None, [ADAM]],
            "objective": [*NO_OBJECT, None],
            "budget": [*NO_OBJECT, None],
            "merit": NO_OBJECT,
            "start": NO_POINT,
            "seeds": ["0", 0, [], [-1], [0.5], None],
            "executor": NO_OBJECT,
        },
    ),
    "curves": (
        comparisons.curves,
        {"entry": Entry(ADAM), "objective": BOOTH, "n_steps": 3},
        {
            "entry": [*NO_OBJECT, None, ADAM],
            "objective": [*NO_OBJECT, None],
            "start": NO_POINT,
            "n_steps": [*NO_WHOLE, -1],
            "seeds": ["0", 0, [], [-1], [0.5], None],
        },
    ),
    "contest": (
        comparisons.contest,
        {"entries": [Entry(ADAM)], "objective": BOOTH, "common_rate": 0.1, "budget": Budget(3.0)}
        | {"n_trials": 16},
        {
            "entries": [*NO_OBJECT, None, [ADAM]],
            "objective": [*NO_OBJECT, None],
            "common_rate": [*NO_NUMBER, -1.0],
            "budget": [*NO_OBJECT, None],
            "merit": NO_OBJECT,
            "start": NO_POINT,
            "seed": [*NO_WHOLE, -1],
            "n_trials": [*NO_WHOLE, 17],
            "second": NO_SWITCH,
            "executor": NO_OBJECT,
        },
    ),
    "scoreboard": (
        comparisons.scoreboard,
        {"optimizers": {"adam": ADAM}, "objectives": {"booth": BOOTH}, "budget": Budget(3.0)}
        | {"n_trials": 16},
        {
            "optimizers": [*NO_OBJECT, None, {"a": "adam"}],
            "objectives": [*NO_OBJECT, None, {"a": 1}],
            "budget": [*NO_OBJECT, None],
            "merit": [*NO_OBJECT, Merit("final")],
            "seeds": ["0", 0, [], [-1], None],
            "n_trials": [*NO_WHOLE, 17],
            "executor": NO_OBJECT,
        },
    ),
    "performance_profile": (
        comparisons.performance_profile,
        {"spent": [[1.0, 2.0]], "ratios": [1.0, 2.0]},
        {
            "spent": ["a", None, 1.0, [1.0], [["1"]]],
            "ratios": ["a", None, 1.0, [0.5], [NAN], [[1.0]]],
        },
    ),
    "stopped": (
        stopped,
        {"run": RUN, "n_steps": 2},
        {"run": [*NO_OBJECT, None], "n_steps": [*NO_WHOLE, -1]},
    ),
    "outcome_map": (
        maps.outcome_map,
        {"optimizer": ADAM, "objective": BOOTH, "name": "beta1", "learning_rates": [0.1]}
        | {"values": [0.5], "start": [0.0, 0.0], "n_steps": 3},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "name": [*NO_WORD, "learning_rate", "eps_place"],
            "learning_rates": [[], "a", [NAN], [-1.0], 0.1, None],
            "values": [[], "a", [NAN], [2.0], 0.1, None],
            "start": NO_POINT,
            "n_steps": [*NO_WHOLE, -1],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "seed": [*NO_WHOLE, -1],
            "target": [bad for bad in NO_NUMBER if bad is not None],
            "executor": NO_OBJECT,
        },
    ),
    "map_axes": (
        maps.map_axes,
        {"optimizer": type(ADAM), "objective": BOOTH, "name": "beta1", "rates": (0.1, 1.0)},
        {
            "name": [*NO_WORD, "learning_rate"],
            "rates": ["ab", 0.1, (0.1,), (NAN, 1.0), (-1.0, 1.0), (0.0, 1.0), None],
            "n": [*NO_WHOLE, 1],
        },
    ),
    "valleys": (
        valleys.valleys,
        {"found": [lo.basins(ADAM, BOOTH, resolution=2, n_steps=1)], "objective": BOOTH},
        {
            "found": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "tolerance": [*NO_NUMBER, -1.0],
        },
    ),
    "slice_plane": (
        slices.slice_plane,
        {"kind": "pca", "objective": BOOTH, "runs": [RUN]},
        {
            "kind": NO_WORD,
            "objective": [*NO_OBJECT, None],
            "runs": [*NO_OBJECT, None],
            "seed": [*NO_WHOLE, -1],
        },
    ),
    "replay": (
        replay,
        {"optimizer": ADAM, "objective": BOOTH, "n_steps": 2},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "start": NO_POINT,
            "n_steps": [*NO_WHOLE, 0],
        },
    ),
    "batch_rows": (
        gradient_noise.batch_rows,
        {"n_samples": 5, "batch_size": 2, "seed": 0, "n_steps": 3},
        {
            "n_samples": [*NO_WHOLE, 0],
            "batch_size": [*NO_WHOLE, 0],
            "seed": [*NO_WHOLE, -1],
            "n_steps": [*NO_WHOLE, -1],
        },
    ),
    "noise_ball": (
        noise_ball,
        {"optimizer": ADAM, "objective": LINE, "batch_size": 2, "n_steps": 3},
        {
            "optimizer": [*NO_OBJECT, None],
            "objective": [*NO_OBJECT, None],
            "batch_size": [*(bad for bad in NO_WHOLE if bad is not None), 0],
            "n_steps": [*NO_WHOLE, -1],
        },
    ),
    "loss_shape": (
        loss_shape,
        {"loss": lo.LOSSES["mse"](), "over": "residual", "reach": 2.0},
        {
            "loss": [*NO_OBJECT, None],
            "over": [*NO_WORD, "logit"],
            "reach": [*NO_NUMBER, -1.0],
            "n_classes": [*NO_WHOLE, 1],
            "n_points": [*NO_WHOLE, 1],
        },
    ),
    "best_constant": (
        best_constant,
        {"numbers": [1, 2], "loss": lo.LOSSES["mse"]()},
        {"numbers": ["ab", None, 1.0, ["1"], [NAN], [True]], "loss": [*NO_OBJECT, None]},
    ),
    "plateau_ratio": (plateau_ratio, {"z": 1.0}, {"z": NO_NUMBER}),
    "ignorance": (ignorance, {"n_classes": 3}, {"n_classes": [*NO_WHOLE, 0]}),
    "move_points": (
        move_points,
        {"data": lo.Dataset([[1.0], [2.0]], [0.5, 1.5]), "moves": [(0, 1.0, 2.0)]},
        {"moves": [[(2, 1.0, 1.0)], [(0.5, 1.0, 1.0)], [(0, "1", 1.0)], [(0, NAN, 1.0)]]},
    ),
    "points_dataset": (
        tables.points_dataset,
        {"points": [(0.0, 1.0, 0)], "classes": True},
        {"points": [[], [(0.0, 1.0)], [("0", 1.0, 0)], [(NAN, 1.0, 0)]], "classes": NO_SWITCH},
    ),
    "fitting_model": (
        tables.fitting_model,
        {"model": lo.MODELS["linear"](), "n_samples": 5, "n_features": 2},
        {
            "model": [*NO_OBJECT, None],
            "n_samples": [*NO_WHOLE, 0],
            "n_features": [*NO_WHOLE, 0],
            "n_outputs": [*NO_WHOLE, 0],
        },
    ),
    "affordable_steps": (
        affordable_steps,
        {"objective": BOOTH, "n_runs": 3},
        {"objective": [*NO_OBJECT, None], "n_runs": [*NO_WHOLE, 0]},
    ),
}
UNTRIED = {"harmless", "points_text", "read_table"}
"""Helpers of the pages and of `read_csv`."""
ARGUMENTS = [
    pytest.param(name, argument, id=f"{name}-{argument}")
    for name, (_, _, wrong) in GOOD.items()
    for argument in wrong
]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_is_accepted(name):
    call, good, _ = GOOD[name]
    call(**good)


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_every_argument_of_every_function(name, argument):
    call, good, wrong = GOOD[name]
    for value in wrong[argument]:
        try:
            refused(call, **{**good, argument: value})
        except BaseException as fault:
            raise AssertionError(f"{name}({argument}={value!r}): {fault!r}") from fault


def test_every_public_function_is_tried():
    public = {name for name in lo.__all__ if inspect.isfunction(getattr(lo, name))}
    assert public <= set(GOOD)
    for package in (comparisons, tables):
        for name in package.__all__:
            assert name in GOOD or name in UNTRIED or not inspect.isfunction(getattr(package, name))
    for name, (call, good, wrong) in GOOD.items():
        known = set(inspect.signature(call).parameters)
        free = {"hyperparameters", "fields", "settings", "progress", "cancelled"}
        assert known - free <= set(wrong) | set(good), name


def test_a_refused_setting_of_a_replaced_spec():
    with pytest.raises(ValueError, match=r"Adam: learning_rate must be a number, but is '0\.1'\."):
        dataclasses.replace(ADAM, learning_rate="0.1")
    with pytest.raises(ValueError, match=r"Huber loss: delta must be a number, but is '1\.0'\."):
        lo.LOSSES["huber"](delta="1.0")


@pytest.mark.parametrize("seed", [*NO_WHOLE, -1])
def test_the_seed_of_a_plane_through_three_points_is_checked(seed):
    points = [0.0, 0.0], [1.0, 1.0], [0.0, 1.0]
    assert "seed" in refused(lo.plane_between, BOOTH, *points, seed=seed)


RISKS = {
    "line": LINE,
    "iris": lo.EmpiricalRisk(
        lo.DATASETS["iris"](), lo.MODELS["softmax"](), lo.LOSSES["categorical_cross_entropy"]()
    ),
    "moons": lo.EmpiricalRisk(
        lo.DATASETS["moons"](), lo.MODELS["logistic"](), lo.LOSSES["hinge"]()
    ),
    "network": lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["mlp"](), lo.LOSSES["mse"]()),
    "formula": lo.formula("x^2+y"),
} | {name: objective() for name, objective in lo.OBJECTIVES.items()}
METHODS = ("value", "gradient", "value_and_gradient", "hessian")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("objective", RISKS.values(), ids=RISKS)
def test_an_objective_refuses_what_are_no_params(objective, method):
    n, ask = objective.n_params, getattr(objective, method)
    wrong = [None, "1", 1.0, np.float64(1.0), np.array(1.0), ["a"] * n, [None] * n, [1j] * n, {}]
    wrong += [[0.0] * (n + 1), np.zeros(n + 1), np.zeros((n + 1, n - 1)), [], object(), [True] * n]
    if method == "hessian":
        wrong.append(np.zeros((2, n)))
    for bad in wrong:
        assert "params" in refused(ask, bad), bad
    listed = objective.start.tolist()
    np.testing.assert_equal(ask(listed), ask(np.array(listed)))


NO_ARRAY = ["ab", "", b"x", None, {}, object(), ["1", "2"], [None, 1.0], [1j, 1.0], [[1.0], [1, 2]]]
NO_ARRAY += [[True, False], True, np.array(["a"]), np.array([1j, 1.0]), np.timedelta64(1), HIDDEN]
NO_ROWS = ["ab", 0.5, [0.5], ["a"], [-1], [10**9], {}, object(), [True], [[0]], np.array([0.5])]
NO_ROWS += [np.array([-1]), np.array([10**9])]
NO_STATE = ["ab", None, 1.0, True, [], object(), NAN]
NO_COUNT = [*NO_WHOLE, 0, -1]
NO_LOSS = [bad for bad in NO_ARRAY if not isinstance(bad, np.timedelta64)]
WRONG = {
    # what must be refused wherever a public method has an argument of this name
    **dict.fromkeys(("y_pred", "inputs", "cotangent", "vectors", "gradient", "values"), NO_ARRAY),
    **dict.fromkeys(("params", "columns", "x", "y", "losses"), NO_ARRAY),
    **{name: [*NO_ARRAY, [NAN, 1.0], [INF, 0.0]] for name in ("X", "t")},
    "optimizer": NO_WORD,
    **dict.fromkeys(("n_features", "n_outputs", "most"), NO_COUNT),
    "n_steps": [*NO_WHOLE, -1],
    "rows": NO_ROWS,
    "state": NO_STATE,
    "steps": [*NO_OBJECT, None],
    "objective": [*NO_OBJECT, None],
    "entry": [*NO_OBJECT, None, ADAM],
    "entries": [*NO_OBJECT, None, [ADAM]],
    "start": NO_POINT,
    **dict.fromkeys(("loss", "schedule"), NO_WORD),
    "guess": NO_NUMBER,
    "first": ["ab", None, [1.0], 1j, {}, object(), True],
    "amount": [*NO_NUMBER, -1.0],
    "path": [None, 1, 0, 1.5, True, [], object(), b"x"],
    "changing_rate": NO_SWITCH,
}
SHIPPED = [spec() for registry in REGISTRIES.values() for spec in registry.values()]
CURVE = np.array([3.0, 2.0, 1.0])
OWNERS = [
    *SHIPPED,
    *RISKS.values(),
    lo.WeightedRisk(LINE, sample_weights=np.arange(9.0)),
    lo.Dataset([[1.0]], [0.5]),
    Entry(ADAM, schedule=lo.SCHEDULES["cosine"]()),
    RUN,
    lo.axis_plane(BOOTH),
    lo.evaluate_surface(BOOTH, resolution=2),
    lo.sweep(ADAM, BOOTH, n_steps=2, learning_rate=[0.1]),
    lo.basins(ADAM, BOOTH, n_steps=2, resolution=2),
    lo.seed_bands(ADAM, LINE, n_steps=2, seeds=2),
    lo.stage(RUN),
    Budget(3.0),
    Merit("target"),
]


def wrong_of(owner, argument):
    targets = isinstance(owner, lo.Loss) and argument == "y"
    return WRONG[argument] + ([[NAN, 1.0], [INF, 0.0], [1.0], [[0.0], [1.0]]] if targets else [])


def good_for(owner, method):
    """Arguments that a method accepts, by their names."""
    if isinstance(owner, lo.Loss):
        many = owner.task == "multiclass"
        return {"y_pred": np.zeros((2, 2) if many else 2), "y": np.array([0.0, 1.0])}
    if isinstance(owner, lo.Model):
        params = owner.initial(2, 1) if method == "initial" else owner.initial(2, 2)
        inputs = owner.prepare(np.ones((3, 2)))
        shape = owner.predict(params, inputs).shape
        given = {"params": params, "inputs": inputs, "cotangent": np.ones(shape)}
        return given | {"n_features": 2, "n_outputs": 2, "X": np.ones((3, 2))}
    if isinstance(owner, lo.Optimizer):
        goal = lo.OBJECTIVES["matrix_factorization"]() if owner.needs_matrices else BOOTH
        params = goal.start[None]
        gradient, state = goal.gradient(params), owner.init(params)
        moved, state = owner.step(gradient, goal, None, state, params)
        given = {"params": moved, "gradient": goal.gradient(moved), "state": state, "rows": None}
        steps = replay(owner if type(owner).anatomy is not lo.Optimizer.anatomy else ADAM, BOOTH)
        return given | {"objective": goal, "steps": steps}
    if isinstance(owner, lo.Objective):
        params = owner.start
        given = {"params": params, "vectors": params, "rows": np.array([0])}
        if isinstance(owner, lo.EmpiricalRisk):
            given["columns"] = np.ones((len(owner.samples.y), 1))
        return given | {"x": np.array([1.0, 2.0]), "y": np.array([1.0, 2.0])}
    if isinstance(owner, lo.Plane):
        here = 1.0 if method == "at" else np.array([1.0, 2.0])
        return {"x": here, "y": here, "params": np.zeros(2)}
    return {
        "n_steps": 3,
        "t": np.arange(3.0),
        "objective": BOOTH,
        "guess": 0.5,
        "entry": Entry(ADAM),
        "entries": [Entry(ADAM)],
        "most": 9,
        "start": None,
        "first": 3.0,
        "amount": 9.0,
        "losses": CURVE,
        "values": CURVE,
        "optimizer": next(iter(getattr(owner, "conventions", "-"))),
        "loss": next(iter(getattr(owner, "losses", "-")), None),
        "schedule": next(iter(getattr(owner, "schedules", "-")), None),
        "changing_rate": False,
    }


def public_methods(owner):
    """Names and arguments of the methods of an object that a person may call."""
    for kind in type(owner).__mro__:
        module = kind.__module__.rpartition(".")[2]
        helper = module.startswith("_") and module != "_base" and not hasattr(lo, kind.__name__)
        if kind.__module__.startswith("lossopt.") and not helper:
            for name, found in vars(kind).items():
                if inspect.isfunction(getattr(found, "__func__", found)) and name[0] != "_":
                    asked = inspect.signature(getattr(owner, name)).parameters.values()
                    named = [each.name for each in asked if each.kind is not each.VAR_KEYWORD]
                    if named:
                        yield name, named


METHODS_OF_ALL = {
    f"{type(owner).__name__}.{name}-{k}": (owner, name, arguments)
    for k, owner in enumerate(OWNERS)
    for name, arguments in public_methods(owner)
}


@pytest.mark.parametrize("case", METHODS_OF_ALL.values(), ids=METHODS_OF_ALL)
def test_every_argument_of_every_method(case, tmp_path):
    owner, name, arguments = case
    ask, good = getattr(owner, name), {"path": tmp_path / "page.html"} | good_for(owner, name)
    good = {argument: good[argument] for argument in arguments}
    if isinstance(owner, Library) and None in good.values():
        return  # its losses, or schedules, were not measured
    ask(**good)
    for argument in arguments:
        for wrong in wrong_of(owner, argument):
            if wrong is None and good[argument] is None:
                continue
            try:
                refused(ask, **good | {argument: wrong})
            except BaseException as fault:
                raise AssertionError(f"{argument}={wrong!r}: {fault!r}") from fault


def test_the_methods_of_every_public_class_are_tried():
    tried = tuple(type(owner) for owner in OWNERS)
    for name in lo.__all__:
        kind = getattr(lo, name)
        if inspect.isclass(kind) and not issubclass(kind, Exception):
            assert any(issubclass(each, kind) for each in tried), name
