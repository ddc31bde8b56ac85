"""Own function and own data in the Lab, without a browser."""

import numpy as np
import pytest

from lossopt import FormulaError
from lossopt.figures.packing import pack
from pages.ui.frame.words import catalog
from tests.pages.said import told_of_runs
from tests.pages.test_lab import messages_of, open_lab, scene_of, warnings_of


def errors_of(at):
    assert not at.exception, at.exception
    return [error.value for error in at.error]


def test_a_formula_travels_in_the_link():
    link = {"problem": "formula", "formula.text": "(1-x)^2 + 100*(y-x^2)^2", "runs": "batch,adam"}
    ours = scene_of(open_lab(**link, **{"formula.start": "-1.5_2"}))
    known = scene_of(open_lab(problem="rosenbrock", runs="batch,adam"))
    assert ours["param_names"] == ["x", "y"]
    other = scene_of(open_lab(**link, **{"formula.start": "-1.5_1"}))
    assert ours["runs"][0]["loss"] != other["runs"][0]["loss"]
    assert len(ours["runs"]) == len(known["runs"]) == 2


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("text", ["log(-1)", "2x", "__import__('os')", "х", "x <b>y</b>", "**x**"])
def test_a_bad_formula_gives_a_sentence_and_a_picture(text, lang):
    at = open_lab(problem="formula", lang=lang, runs="adam", **{"formula.text": text})
    found = errors_of(at)
    assert len(found) == 1 and found[0].endswith(".")
    assert "<" not in found[0] or "`<`" in found[0]
    assert at.text_input(key="lab:formula.text:1").value == text
    assert warnings_of(at) == []


def test_a_refused_formula_leaves_the_last_good_one():
    at = open_lab(problem="formula", runs="adam", **{"formula.text": "x^2 + y^4"})
    before = scene_of(at)
    at.text_input(key="lab:formula.text:1").set_value("x^2 + y^").run()
    assert errors_of(at) == [FormulaError.sentences["syntax"]]
    at.text_input(key="lab:formula.text:1").set_value("x^2 + y^4").run()
    assert scene_of(at)["surface"] == before["surface"]


def test_a_hole_is_explained():
    link = {"problem": "formula", "formula.text": "log(x) + y^2", "runs": "batch"}
    scene = scene_of(open_lab(**link, **{"batch.learning_rate": "0.3"}))
    step = scene["runs"][0]["diverged_at"]
    told = catalog("en")["stage.no_value"].format(name="Gradient descent", step=step)
    assert step is not None and told in told_of_runs(scene)


@pytest.mark.parametrize(
    ("text", "start", "ending"),
    [("sqrt(x)+y^2", "0_1", "no_gradient"), ("x^4", "1e60_0", "too_large")],
)
def test_no_other_reason_is_given_than_the_true_one(text, start, ending):
    link = {"problem": "formula", "formula.text": text, "formula.start": start, "runs": "batch"}
    told = told_of_runs(scene_of(open_lab(**link, **{"batch.learning_rate": "1"})))
    words, endings = catalog("en"), ("too_large", "no_value", "no_gradient", "no_step")
    ends = {words[f"stage.{each}"][-30:]: each for each in endings}
    given = {ends[text[-30:]] for text in told if text[-30:] in ends}
    assert given == {ending}


def test_rprop_with_a_rate_of_zero_moves_and_is_not_said_to_stand():
    link = {"problem": "rosenbrock", "runs": "rprop-lbfgs", "rprop.learning_rate": "0"}
    scene = scene_of(open_lab(**link, **{"lbfgs.learning_rate": "0"}))
    moves, stays = scene["runs"]
    moves["params"] = pack(np.array([0.0, 0.0, 0.1, 0.0]))
    stays["params"] = pack(np.zeros(4))
    scene |= {"frames": {"count": 2, "stride": 1}, "last_step": 1, "live": None}
    sentence = catalog("en")["stage.zero_rate"]
    assert told_of_runs(scene) == [sentence.format(name=stays["label"])]


@pytest.mark.parametrize("region", ["2,1,0,1", "1,2,3", "a,b,c,d", "nan,1,0,1", "-1e300,1e300,0,1"])
def test_a_bad_region_gives_a_sentence(region):
    at = open_lab(problem="formula", runs="adam", **{"formula.region": region})
    assert errors_of(at) == [catalog("en")["own.region_wrong"]]


SMALL = "height,weight,kind\n" + "".join(
    f"{150 + k % 40},{50 + (7 * k) % 50}.5,{'cat' if k % 3 else 'dog'}\n" for k in range(60)
)
LABELS = ["height (standardized)", "weight (standardized)"]


class Upload:
    """A file that a person chose."""

    def __init__(self, data, file_id="1"):
        self.file_id, self._data = file_id, data

    def getvalue(self):
        return self._data


@pytest.fixture
def chosen(monkeypatch):
    """Files that the file chooser gives back, one after the other."""
    files = []
    monkeypatch.setattr("streamlit.file_uploader", lambda *_, **__: files[-1] if files else None)
    return files


def choose(files, data):
    files.append(Upload(data.encode() if isinstance(data, str) else data, str(len(files))))


def test_without_a_table_an_example_is_shown(chosen):
    at = open_lab(problem="own", runs="batch,adam")
    assert len(scene_of(at)["runs"]) == 2
    assert [info.value for info in at.info] == [catalog("en")["own.no_data"]]
    assert "5 MB" in at.caption[0].value and "20,000" in at.caption[0].value


def test_a_table_becomes_a_race_and_test_losses_are_told(chosen):
    choose(chosen, SMALL)
    at = open_lab(problem="own", runs="batch,adam")
    scene = scene_of(at)
    assert scene["fit"]["kind"] == "regions"
    assert scene["fit"]["class_names"] == ["cat", "dog"]
    assert scene["live"]["data"]["test_labels"]
    assert not at.info
    assert at.query_params["own.digest"] and "cat" not in str(at.query_params)


def test_columns_can_be_chosen(chosen):
    choose(chosen, SMALL)
    link = {"own.target": "1", "own.features": "0", "own.test_share": "0"}
    at = open_lab(problem="own", runs="adam", model="linear", loss="mse", **link)
    scene = scene_of(at)
    assert scene["fit"]["kind"] == "curve" and scene["fit"]["labels"] == LABELS
    assert "test_labels" not in scene["live"]["data"]
    assert warnings_of(at) == []


def test_a_link_without_its_table_keeps_its_settings(chosen):
    choose(chosen, SMALL)
    link = {"own.target": "1", "own.features": "0", "model": "linear", "loss": "mae"}
    sent = open_lab(problem="own", runs="adam", **link).query_params
    chosen.clear()
    sent = {
        name: values[0] if isinstance(values, list) else values for name, values in sent.items()
    }
    at = open_lab(**sent)
    assert [info.value for info in at.info] == [catalog("en")["own.not_in_link"]]
    assert warnings_of(at) == [] and at.query_params == sent
    choose(chosen, SMALL)
    assert scene_of(at.run())["fit"]["labels"] == LABELS
    assert at.query_params == sent


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("data", [b"", b"\x89PNG\x00\x00", "a,b\n", "a,b\nx,y\nz,w\n"])
def test_a_refused_file_leaves_the_last_table(chosen, data, lang):
    choose(chosen, SMALL)
    at = open_lab(problem="own", runs="adam", lang=lang)
    before = scene_of(at)
    choose(chosen, data)
    at.run()
    assert len(errors_of(at)) == 1 and errors_of(at)[0].endswith(".")
    assert messages_of(at, "scene")[0]["runs"] == before["runs"]


def test_no_feature_left_gives_a_sentence_and_the_last_picture(chosen):
    choose(chosen, SMALL)
    at = open_lab(problem="own", runs="adam")
    scene_of(at)
    at.multiselect[0].set_value([]).run()
    assert [info.value for info in at.info] == ["Choose at least one column to learn from."]
    assert messages_of(at, "scene") and not at.error and not at.exception


HOLES = "a,b,y\n1,,2\n,3,4\n5,,6\n,1,8\n"
"""No row holds both features."""


def press(at, key):
    (button,) = [button for button in at.button if button.key == key]
    return button.click().run()


def test_a_table_full_of_holes_draws_and_tells_what_is_left_out(chosen):
    choose(chosen, HOLES)
    at = open_lab(problem="own", runs="adam")
    assert scene_of(at)["fit"]["labels"][0] == "a (standardized)"
    told = [caption.value for caption in at.caption]
    assert "`b`: too many missing values, left out." in told
    assert "2 of 4 rows were left out, because a value is missing in them." in told


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("way", ["fill", "proposed"])
def test_columns_without_a_full_row_leave_the_last_picture_and_ways_out(chosen, way, lang):
    choose(chosen, HOLES)
    at = open_lab(problem="own", runs="adam", lang=lang)
    before = scene_of(at)
    at.multiselect[0].set_value([0, 1]).run()
    for _ in range(2):  # the refusal stays as long as its cause
        assert errors_of(at) == [catalog("ko")["own.data_error.no_rows"]] or lang == "en"
        assert len(errors_of(at)) == 1
        assert messages_of(at, "scene")[0]["runs"] == before["runs"]
        at.run()
    press(at, f"own way {way}")
    assert scene_of(at)["n_params"] == (3 if way == "fill" else 2)
    if way == "proposed":
        assert scene_of(at)["runs"] == before["runs"]


def test_filling_acts_at_once_and_can_be_switched_off_with_holes_left(chosen):
    choose(chosen, HOLES)
    at = open_lab(problem="own", runs="adam", **{"own.fill": "1"})
    assert scene_of(at)["n_params"] == 3
    at.toggle(key="lab:own.fill:1").set_value(False).run()
    assert scene_of(at)["n_params"] == 2 and "own.fill" not in at.query_params
    at.run()
    assert scene_of(at)["n_params"] == 2
    at.toggle(key="lab:own.fill:1").set_value(True).run()
    at.multiselect[0].set_value([1, 0]).run()
    before = scene_of(at)
    at.toggle(key="lab:own.fill:1").set_value(False).run()
    assert len(errors_of(at)) == 1
    assert messages_of(at, "scene")[0]["runs"] == before["runs"]
    press(at, "own way fill")
    assert scene_of(at)["runs"] == before["runs"]


def test_settings_of_a_table_act_at_once(chosen):
    choose(chosen, SMALL)
    at = open_lab(problem="own", runs="adam")
    assert scene_of(at)["live"]["data"]["test_labels"]
    at.slider(key="lab:own.test_share:1").set_value(0.0).run()
    assert "test_labels" not in scene_of(at)["live"]["data"]
    at.toggle(key="lab:own.standardize:1").set_value(False).run()
    assert scene_of(at)["fit"]["labels"] == ["height", "weight"]


@pytest.mark.parametrize(
    "link, resting",
    [
        ({}, {"standardize_target", "fill"}),
        ({"own.test_share": "0"}, {"standardize_target", "fill", "split_seed"}),
        ({"own.target": "0", "own.features": "1"}, {"fill"}),
        ({"own.target": "0", "own.features": "1-3"}, set()),
        ({"own.features": "1", "own.weights": "0"}, {"standardize_target", "fill"}),
    ],
)
def test_settings_of_a_table_rest_where_they_change_nothing(chosen, link, resting):
    """Classes are not standardized, no hole is filled, and nothing is drawn for testing."""
    head, first, *lines = SMALL.splitlines()
    choose(
        chosen, "\n".join([f"{head},z", f"{first},", *(f"{line},{len(line)}" for line in lines)])
    )
    at = open_lab(problem="own", runs="adam", **{"own.features": "0-1", **link})
    scene_of(at)
    found = {
        name
        for name in ("standardize_target", "fill", "split_seed")
        for each in (*at.toggle, *at.slider)
        if each.key == f"lab:own.{name}:1" and each.disabled
    }
    assert found == resting


def test_a_link_that_asks_for_no_full_row_draws_the_example_with_ways_out(chosen):
    choose(chosen, HOLES)
    at = open_lab(problem="own", runs="adam", **{"own.features": "0-1"})
    assert len(errors_of(at)) == 1 and messages_of(at, "scene")
    press(at, "own remove")
    scene_of(at)
    assert [info.value for info in at.info] == [catalog("en")["own.no_data"]]


def test_row_names_can_be_taken_back(chosen):
    choose(chosen, "rownames,dat\n" + "".join(f"{3 * k},{k * k}\n" for k in range(30)))
    at = open_lab(problem="own", runs="adam")
    assert errors_of(at) == [] and "`rownames`" in at.info[0].value
    press(at, "own way rows")
    assert scene_of(at)["fit"]["labels"][0] == "rownames (standardized)"


def test_the_first_line_can_be_names_or_a_sample(chosen):
    choose(chosen, "\n".join(f"{k * 1.5},{k * k % 7}.5" for k in range(30)))
    at = open_lab(problem="own", runs="adam")
    assert scene_of(at)["fit"]["labels"] == ["x1 (standardized)", "x2 (standardized)"]
    toggle = at.toggle(key="lab:own.header:1")
    assert toggle.label == "The first line holds names" and not toggle.value
    toggle.set_value(True).run()
    assert scene_of(at)["fit"]["labels"] == ["0.0 (standardized)", "0.5 (standardized)"]
    assert at.query_params["own.header"] in ("1", ["1"])
    sent = {
        name: text if isinstance(text, str) else text[0] for name, text in at.query_params.items()
    }
    again = open_lab(**sent)
    assert scene_of(again)["fit"]["labels"] == ["0.0 (standardized)", "0.5 (standardized)"]


def test_one_line_cannot_hold_the_names_alone(chosen):
    choose(chosen, "1.5,2.5\n")
    at = open_lab(problem="own", runs="adam")
    scene_of(at)
    at.toggle(key="lab:own.header:1").set_value(True).run()
    assert errors_of(at) == ["There is only one line of names and no row below it."]
    assert messages_of(at, "scene")


def test_text_can_be_learned_from(chosen):
    choose(chosen, "kind,a,y\n" + "".join(f"{'pqr'[k % 3]},{k},{k % 7}.5\n" for k in range(30)))
    at = open_lab(problem="own", runs="adam")
    assert not any("shortest of them" in text for text in scene_of(at)["messages"])
    at.multiselect[0].set_value([0, 1]).run()
    scene = scene_of(at)
    assert scene["n_params"] == 5
    assert any("shortest of them" in text for text in scene["messages"]), "the columns add up to 1"
    told = [caption.value for caption in at.caption]
    assert "`kind` becomes 3 features of 0 and 1, one for each text (one-hot)." in told


def test_many_notes_are_folded_and_none_is_lost(chosen):
    names = ",".join(f"c{k}" for k in range(9))
    rows = "".join(",".join(f"{(k + j) % 11}" for j in range(9)) + "\n" for k in range(30))
    choose(chosen, f"{names}\n{rows}" + ",".join(["oops"] * 9) + "\n")
    at = open_lab(problem="own", runs="adam")
    scene_of(at)
    told = [caption.value for caption in at.caption if "are no numbers" in caption.value]
    assert len(told) == 9 and at.expander[0].label == "5 more notes on this table"


def test_pasted_cells(chosen):
    at = open_lab(problem="own", runs="adam")
    at.text_area(key="own cells").set_value(SMALL.replace(",", "\t"))
    at.button(key="own use cells").click().run()
    assert scene_of(at)["fit"]["class_names"] == ["cat", "dog"]


HOSTILE = "<img src=x onerror=alert(1)>,**bold** :red[x] $y$ ![i](http://e.x/i),`=cmd`\n" + "".join(
    f"{k},{k * k % 7}.5,{'<b>A</b>' if k % 2 else '[B](http://e.x)'}\n" for k in range(30)
)


def test_names_with_markup_appear_as_text(chosen):
    choose(chosen, HOSTILE.replace("3,2.5", "x,2.5").replace("5,4.5", "inf,4.5"))
    at = open_lab(problem="own", runs="adam")
    scene = scene_of(at)
    assert scene["fit"]["labels"][0] == "<img src=x onerror=alert(1)> (standardized)"
    assert scene["fit"]["class_names"] == ["<b>A</b>", "[B](http://e.x)"]
    told = [caption.value for caption in at.caption if "img" in caption.value]
    assert told and all("`<img src=x onerror=alert(1)>`" in text for text in told)


def test_points_travel_in_the_link():
    link = {"own.source": "points", "own.points": "-1_-1_0~1_1_1~0.5_2_2"}
    scene = scene_of(open_lab(problem="own", runs="batch,adam", **link))
    assert scene["fit"]["class_names"] == ["A", "B", "C"]
    link["own.predict"] = "regression"
    scene = scene_of(open_lab(problem="own", runs="batch", **link))
    assert scene["fit"]["kind"] == "curve"


@pytest.mark.parametrize(
    "points", ["x", "1_2", "9_9_0", "1_1_7", "1_1_0_0", "~".join(["1_1_0"] * 61)]
)
def test_bad_points_give_a_notice(points):
    at = open_lab(problem="own", runs="batch", **{"own.source": "points", "own.points": points})
    scene_of(at)
    assert len(warnings_of(at)) == 1


def test_many_columns_lower_the_degree(chosen):
    names = ",".join(f"c{k}" for k in range(15))
    rows = "".join(
        ",".join(str((7 * k + j * j * k) % 11) for j in range(15)) + "\n" for k in range(99)
    )
    choose(chosen, f"{names}\n{rows}")
    link = {"own.task": "regression", "linear.degree": "6", "model": "linear"}
    at = open_lab(problem="own", runs="adam", loss="mse", **link)
    assert scene_of(at)["n_params"] < 400
    assert catalog("en")["own.lower_degree"].format(degree=3) in [i.value for i in at.info]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_code_for_the_run(lang):
    at = open_lab(problem="formula", runs="batch,adam", lang=lang)
    assert not at.code
    at.button(key="own code").click().run()
    assert not at.exception
    assert "torch.optim.SGD(" in at.code[0].value and "torch.sin(" in at.code[0].value
    libraries = at.selectbox(key="own code library").options
    assert "✓ MLX" in libraries and libraries[-1] == "torch-optimizer"
    at.session_state["own code library"] = "javascript"
    at.button(key="own code").click().run()
    assert not at.exception and at.code[0].language == "javascript"
    assert "const make = " in at.code[0].value
