"""Class weights and sample weights in the Lab, without a browser."""

import base64

import numpy as np
import pytest

import lossopt as lo
from pages.ui.frame.words import catalog
from tests.pages.test_compare import open_page
from tests.pages.test_lab import floats, messages_of, open_lab, scene_of, warnings_of
from tests.pages.test_own import choose, chosen, errors_of, press  # noqa: F401

EN = catalog("en")
MOONS = {"problem": "moons", "runs": "batch", "run.n_steps": "30"}


def doubles(text):
    return np.frombuffer(base64.b64decode(text), "<f8")


def risk_of(data, model, loss):
    return lo.EmpiricalRisk(lo.DATASETS[data](), lo.MODELS[model](), lo.LOSSES[loss]())


def control(at, name, kind="selectbox"):
    found = [each for each in getattr(at, kind) if each.key.split(":")[1] == name]
    return found[0] if found else None


def address(at):
    pairs = at.query_params.items()
    return {name: text[0] if isinstance(text, list) else text for name, text in pairs}


def formula_of(at):
    return [each.value.strip(" $") for each in at.latex]


@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
@pytest.mark.parametrize(
    ("link", "classes"),
    [
        ({"class_weights": "balanced"}, "balanced"),
        ({"class_weights": "own", "weights": "1_0.30000000000000004_7"}, (1.0, 0.1 + 0.2, 7.0)),
    ],
)
def test_a_link_draws_the_weighted_loss(link, classes, weighting):
    link |= {} if weighting == "mean" else {"weighting": weighting}
    at = open_lab(problem="penguins", runs="batch,mini_batch", **link)
    scene = scene_of(at)
    assert warnings_of(at) == []
    assert link.items() <= address(at).items()
    risk = lo.WeightedRisk(
        risk_of("penguins", "softmax", "categorical_cross_entropy"), classes, weighting=weighting
    )
    live = scene["live"]
    np.testing.assert_array_equal(doubles(live["data"]["weights"]), risk.weights)
    entries = [
        lo.Entry(lo.OPTIMIZERS["gradient_descent"](learning_rate=run["learning_rate"]), size)
        for run, size in zip(live["runs"], (None, 16), strict=True)
    ]
    runs = lo.descend(entries, risk, start=doubles(live["start"]), n_steps=300, seed=0)
    for drawn, run in zip(scene["runs"], runs, strict=True):
        np.testing.assert_allclose(floats(drawn["loss"]), run.losses, rtol=1e-5)
    goals = np.array(scene["minimizers"])
    x, y, z = (floats(scene["surface"][name]) for name in "xyz")
    assert len(goals) == 1 and x[0] < goals[0, 0] < x[-1] and y[0] < goals[0, 1] < y[-1]
    assert z.min() >= risk.minimum * (1.0 - 1e-6)
    assert any(rf"L = {risk.formula}" in each for each in formula_of(at))
    assert EN["message.weighted"] in scene["messages"]


def test_without_weights_nothing_changes():
    at = open_lab(**MOONS)
    plain = scene_of(at)
    assert control(at, "class_weights").value == "none" and control(at, "weighting") is None
    assert not any("sum_i" in each for each in formula_of(at))
    ones = scene_of(open_lab(**MOONS, class_weights="own", weights="2_2"))
    np.testing.assert_allclose(floats(ones["runs"][0]["loss"]), floats(plain["runs"][0]["loss"]))
    other = scene_of(open_lab(**MOONS, class_weights="own", weights="1_9"))
    assert other["surface"]["id"] != plain["surface"]["id"]
    assert other["runs"][0]["loss"] != plain["runs"][0]["loss"]


def test_the_glossary_explains_both_kinds_of_weights(chosen):  # noqa: F811
    choose(chosen, "a,b,y\n" + "".join(f"{k},{k * k % 7},{'pq'[k % 2]}\n" for k in range(30)))
    at = open_lab(problem="own", runs="batch")
    for name, term in (("class_weights", "class_weights"), ("own.weights", "sample_weights")):
        assert control(at, name).help == EN[f"glossary.term.{term}.text"]


@pytest.mark.parametrize("problem", ["line", "rosenbrock", "formula"])
def test_what_has_no_classes_has_no_class_weights(problem):
    at = open_lab(problem=problem)
    assert control(at, "class_weights") is None and control(at, "weighting") is None
    at = open_lab(problem=problem, class_weights="balanced")
    scene_of(at)
    assert warnings_of(at) == [EN["notice.unknown"]]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(
    "link",
    [
        {"class_weights": "even"},
        {"class_weights": "own", "weights": "1_2_3"},
        {"class_weights": "own", "weights": "1_-2"},
        {"class_weights": "own", "weights": "0_0"},
        {"class_weights": "own", "weights": "1_inf"},
        {"class_weights": "own", "weights": "1_1e19"},
        {"class_weights": "balanced", "weighting": "sum"},
    ],
)
def test_a_broken_value_is_told_and_left_out(link, lang):
    at = open_lab(**MOONS, **link, lang=lang)
    scene_of(at)
    (told,) = warnings_of(at)
    name = list(link)[-1]
    assert name in told or catalog(lang)["notice.bad_value"].split("{")[0] in told
    assert name not in at.query_params


@pytest.mark.parametrize("typed", ["1", "1, -2", "a, b", "0, 0", "1, nan", "1, 2, 3"])
def test_typed_numbers_that_cannot_be_used_leave_the_last_ones(typed):
    at = open_lab(**MOONS, class_weights="own", weights="1_4")
    before = scene_of(at)
    control(at, "weights", "text_input").set_value(typed).run()
    assert errors_of(at) == [EN["weights.numbers_wrong"].format(n=2)]
    assert messages_of(at, "scene")[0]["runs"] == before["runs"]
    assert address(at)["weights"] == "1_4"
    control(at, "weights", "text_input").set_value("1, 0.125").run()
    scene_of(at)
    assert address(at)["weights"] == "1_0.125"


def test_each_choice_is_pressed():
    at = open_lab(problem="iris", runs="batch")
    plain = scene_of(at)
    control(at, "class_weights").set_value("own").run()
    assert control(at, "weights", "text_input").value == "1, 1, 1"
    control(at, "weights", "text_input").set_value("1, 2, 3").run()
    mean = scene_of(at)
    control(at, "weighting").set_value("sum_over_n").run()
    summed = scene_of(at)
    losses = [floats(scene["runs"][0]["loss"])[0] for scene in (plain, mean, summed)]
    np.testing.assert_allclose(losses, np.log(3.0) * np.array([1.0, 1.0, 2.0]), rtol=1e-6)
    control(at, "class_weights").set_value("none").run()
    assert scene_of(at)["runs"][0]["loss"] == plain["runs"][0]["loss"]


def test_another_number_of_classes_forgets_the_numbers():
    at = open_lab(problem="iris", runs="batch", class_weights="own", weights="1_2_3")
    scene_of(at)
    control(at, "problem").set_value("moons").run()
    scene_of(at)
    assert control(at, "weights", "text_input").value == "1, 1"


def test_one_class_of_weight_leaves_one_class():
    scene = scene_of(open_lab(**MOONS, class_weights="own", weights="0_1"))
    assert EN["message.one_class"] in scene["messages"]


TABLE = "x,group,w,minus,nothing,label,y\n" + "".join(
    f"{k},{k % 2},{k % 3},{k - 5},0,{'cat' if k % 4 else 'dog'},{2 * k + (k * k) % 7}\n"
    for k in range(40)
)
PLAIN = {"own.test_share": "0", "own.standardize": "0", "own.standardize_target": "0"}
REGRESSION = {"problem": "own", "own.target": "6", "own.features": "0", "model": "linear", **PLAIN}


def test_a_column_of_weights_makes_weighted_least_squares(chosen):  # noqa: F811
    choose(chosen, TABLE)
    at = open_lab(**REGRESSION, loss="mse", runs="batch,newton", **{"own.weights": "2"})
    scene = scene_of(at)
    assert warnings_of(at) == [] and address(at)["own.weights"] == "2"
    k = np.arange(40.0)
    roots = np.sqrt(k % 3)
    table = np.column_stack([k, np.ones(40)]) * roots[:, None]
    wanted = np.linalg.lstsq(table, roots * (2 * k + (k * k) % 7), rcond=None)[0]
    np.testing.assert_allclose(scene["minimizers"], [wanted], rtol=1e-6)
    newton = floats(scene["runs"][1]["params"]).reshape(-1, 2)
    np.testing.assert_allclose(newton[-1], wanted, rtol=1e-5)
    assert any("w_i = s_i" in each for each in formula_of(at))
    assert control(at, "class_weights") is None and control(at, "weighting").value == "mean"
    assert 2 not in control(at, "own.features", "multiselect").value


def test_the_weighted_median_has_the_star(chosen):  # noqa: F811
    rows = [(1, 1, 1), (2, 2, 0), (3, 3, 1), (4, 9, 5), (5, 9, 0)]
    choose(chosen, "x,w,y\n" + "".join(f"{x},{w},{y}\n" for x, y, w in rows))
    link = {"own.target": "2", "own.features": "0", "own.task": "regression", "own.weights": "1"}
    at = open_lab(problem="own", model="linear", loss="mae", runs="batch", **PLAIN, **link)
    np.testing.assert_allclose(scene_of(at)["minimizers"], [[8 / 3, -5 / 3]], rtol=1e-6)


def test_class_and_sample_weights_multiply(chosen):  # noqa: F811
    choose(chosen, TABLE)
    link = {"problem": "own", "own.target": "5", "own.features": "0", "own.weights": "2", **PLAIN}
    at = open_lab(**link, runs="batch", class_weights="own", weights="1_3")
    scene = scene_of(at)
    assert any("w_i = c_{y_i} s_i" in each for each in formula_of(at))
    k = np.arange(40.0)
    data = lo.Dataset(k, [float(not j % 4) for j in range(40)], "binary")
    risk = lo.EmpiricalRisk(data, lo.MODELS["logistic"](), lo.LOSSES["binary_cross_entropy"]())
    weighted = lo.WeightedRisk(risk, (1, 3), k % 3)
    np.testing.assert_allclose(scene["minimizers"], weighted.minimizers, rtol=1e-5)


def test_test_losses_are_not_weighted_and_that_is_said(chosen):  # noqa: F811
    choose(chosen, TABLE)
    link = REGRESSION | {"own.test_share": "0.25", "own.weights": "2"}
    scene = scene_of(open_lab(**link, runs="batch"))
    assert EN["message.weighted_test"] in scene["messages"]
    data = scene["live"]["data"]
    k = doubles(data["test_inputs"]).reshape(10, -1)[:, 0]
    np.testing.assert_array_equal(doubles(data["test_labels"]), 2 * k + (k * k) % 7)
    assert len(set(k)) == 10 and set(k) <= set(range(40))


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("column", "code"), [("3", "weights_negative"), ("4", "weights_zero")])
def test_weights_that_cannot_be_used_give_a_sentence_and_ways_out(chosen, column, code, lang):  # noqa: F811
    choose(chosen, TABLE)
    at = open_lab(**REGRESSION, runs="batch", lang=lang)
    before = scene_of(at)
    control(at, "own.weights").set_value(column).run()
    (told,) = errors_of(at)
    known = {"en": lo.DataError.sentences[code], "ko": catalog("ko")[f"own.data_error.{code}"]}
    name = ("minus", "nothing")[int(column) - 3]
    assert told == known[lang].format(name=f"`{name}`", value="`-5`")
    assert messages_of(at, "scene")[0]["runs"] == before["runs"]
    press(at, "own way proposed")
    scene_of(at)
    assert control(at, "own.weights").value == "none"


def test_a_link_without_its_table_keeps_its_weights(chosen):  # noqa: F811
    choose(chosen, TABLE)
    link = {"problem": "own", "own.target": "5", "own.features": "0", "own.weights": "2", **PLAIN}
    own = {"class_weights": "own", "weights": "1_3", "weighting": "sum_over_n"}
    sent = address(open_lab(**link, **own, runs="batch"))
    assert own.items() <= sent.items()
    chosen.clear()
    at = open_lab(**sent)
    assert warnings_of(at) == []
    assert address(at) == sent
    choose(chosen, TABLE)
    scene_of(at.run())
    assert address(at) == sent


def test_no_sample_counts(chosen):  # noqa: F811
    rows = "".join(f"{k},{k % 2},{'a' if k % 2 else 'b'}\n" for k in range(20))
    choose(chosen, f"x,w,y\n{rows}")
    link = {"problem": "own", "own.target": "2", "own.features": "0", "own.weights": "1", **PLAIN}
    at = open_lab(**link, runs="batch", class_weights="own", weights="0_1")
    assert errors_of(at) == [EN["weights.no_sample"]]
    assert len(messages_of(at, "scene")[0]["runs"]) == 1


def test_points_have_class_weights():
    at = open_lab(problem="own", runs="batch", **{"own.source": "points"})
    plain = scene_of(at)
    control(at, "class_weights").set_value("own").run()
    control(at, "weights", "text_input").set_value("1, 30").run()
    assert scene_of(at)["surface"]["id"] != plain["surface"]["id"]


@pytest.mark.parametrize("mode", ["race", "map", "basins", "seeds", "side_by_side"])
def test_comparisons_take_weights(mode):
    prefix = "a." if mode == "side_by_side" else ""
    link = {"problem": "moons", "class_weights": "own", "weights": "1_9"}
    at = open_page(mode=mode, **{f"{prefix}{name}": text for name, text in link.items()})
    assert not at.exception and not at.error
    assert address(at)[f"{prefix}class_weights"] == "own"
    assert warnings_of(at) == []


def test_a_difference_in_weights_is_told():
    link = {
        "a.problem": "moons",
        "b.problem": "moons",
        "b.class_weights": "own",
        "b.weights": "1_9",
    }
    at = open_page(mode="side_by_side", **link)
    told = " ".join(each.value for each in (*at.markdown, *at.caption))
    assert "Class weights none" in told and "Class weights own numbers" in told
    assert "own numbers (1, 9)" in told


def test_classes_are_named_in_the_language_of_the_page():
    at = open_lab(problem="penguins", runs="batch", lang="ko", class_weights="balanced")
    scene_of(at)
    assert any("`아델리` 0.755" in each.value for each in at.caption)


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("weighting", ["mean", "sum_over_n"])
def test_the_noise_ball_is_refused_with_its_reason(weighting, lang):
    link = {"problem": "overlapping", "class_weights": "own", "weights": "1_9", "optimizer": "sgd"}
    at = open_page(mode="seeds", weighting=weighting, lang=lang, **link)
    assert not at.exception
    told = " ".join(each.value for each in (*at.markdown, *at.caption))
    assert (catalog(lang)["compare.seeds.own_sums"] in told) == (weighting == "mean")
