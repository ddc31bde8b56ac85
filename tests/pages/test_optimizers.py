"""The page of the optimizers without a browser: every card, every claim, every anatomy."""

import base64
import html
import itertools
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lossopt import LIBRARIES, OBJECTIVES, OPTIMIZERS, Objective
from lossopt.libraries import same_paths, schedule_groups
from lossopt.links.lab import read_problem
from lossopt.links.race import runs_of
from lossopt.links.settings import Settings
from lossopt.scripts.sources import running_code
from lossopt.theory.anatomy import has_anatomy
from pages.ui.frame.prose import sections
from pages.ui.frame.words import ASSETS, LANGUAGES, catalog
from pages.ui.optimizers import PARTS
from pages.ui.optimizers.claims import KINDS, Claim, facts, facts_of, outcome_of
from pages.ui.optimizers.differences import differences
from pages.ui.optimizers.ground import SURFACES

ROOT = Path(__file__).parents[2]
STATED = (
    ("asgd", "", "averaging_start", 1_000_000),
    ("adagrad", "", "initial_accumulator", 0.0),
    ("adagrad", "keras", "initial_accumulator", 0.1),
    ("adagrad", "optax", "initial_accumulator", 0.1),
    ("adadelta", "", "learning_rate", 1.0),
    ("adadelta", "keras", "learning_rate", 0.001),
    ("rmsprop", "", "decay", 0.99),
    ("rmsprop", "keras", "decay", 0.9),
    ("rmsprop", "optax", "decay", 0.9),
    ("adam", "keras", "eps", 1e-7),
    ("adam", "keras", "eps_place", "uncorrected"),
    ("adam", "keras", "decoupled_weight_decay", True),
    ("adamw", "", "weight_decay", 0.01),
    ("adamw", "keras", "weight_decay", 0.004),
    ("adamw", "optax", "weight_decay", 1e-4),
    ("yogi", "", "initial_accumulator", 1e-6),
    ("adabelief", "optax", "eps", 1e-16),
    ("qhm", "", "beta", 0.999),
    ("qhm", "", "mix", 0.7),
    ("qhadam", "", "beta1", 0.995),
    ("lion", "", "learning_rate", 1e-4),
    ("lion", "keras", "learning_rate", 0.001),
    ("lion", "optax", "weight_decay", 0.001),
)
"""Numbers in the words of the cards: optimizer, library (or the default), field, value."""
CLAIMS = [(name, kind) for name in OPTIMIZERS for kind in KINDS]
WITH_ANATOMY = [name for name, rule in OPTIMIZERS.items() if has_anatomy(rule)]

TERM = re.compile(r"\[([^\]]+)\]\(glossary\?[^)]+\)")
"""A term that leads to the glossary."""


def unopened(script: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "home.py"), default_timeout=60)
    return at if script == "home.py" else at.switch_page(script)


def opened(script: str, **query: str) -> AppTest:
    at = unopened(script)
    for name, text in query.items():
        at.query_params[name] = text
    return checked(at.run())


def checked(at: AppTest) -> AppTest:
    assert not at.exception, at.exception
    assert not at.error and not at.warning, (at.error, at.warning)
    return at


def messages(at: AppTest) -> list[dict[str, Any]]:
    found = (getattr(element, "proto", None) for element in at.main)
    return [json.loads(proto.json) for proto in found if type(proto).__name__ == "BidiComponent"]


def scene_of(at: AppTest) -> dict[str, Any]:
    return next(message["scene"] for message in messages(at) if "scene" in message)


def tree_of(at: AppTest) -> dict[str, Any]:
    return next(message for message in messages(at) if "members" in message)


def floats(packed: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def test_every_optimizer_has_words_and_claims() -> None:
    for language, name in itertools.product(LANGUAGES, OPTIMIZERS):
        texts = sections(language, f"optimizers/{name}")
        assert {"", *KINDS, "libraries"} == set(texts), (language, name)
        assert texts[""].count(". ") + texts[""].count("다.") >= 2, (language, name)
        assert all("<" not in text for text in texts.values())
    assert set(facts()) <= set(OPTIMIZERS)
    assert len(CLAIMS) == sum(len(facts_of(name).claims) for name in OPTIMIZERS)
    files = {path.stem for path in (ASSETS / "ko" / "optimizers").iterdir()}
    assert files == {path.stem for path in (ASSETS / "en" / "optimizers").iterdir()}


@pytest.mark.parametrize("name, library, field, value", STATED)
def test_numbers_in_the_words_are_those_of_the_rules(
    name: str, library: str, field: str, value: object
) -> None:
    rule = OPTIMIZERS[name]
    made = LIBRARIES[library].rule(name) if library else rule()
    assert getattr(made, field) == value


def test_comparisons_in_the_words_are_those_of_the_rules() -> None:
    nadam = OPTIMIZERS["nadam"]
    keras = LIBRARIES["keras"]
    assert keras.rule("nadam").momentum_decay / nadam().momentum_decay == 250.0
    descents = [each.rule("gradient_descent") for each in (LIBRARIES["pytorch"], keras)]
    assert descents[0].learning_rate < descents[1].learning_rate
    for name in ("adam", "nadam", "adabelief", "rmsprop", "sophia"):
        assert facts_of(name).claims["fails"].link["quadratic.rotation"] == "45"
    assert facts_of("amsgrad").claims["shines"].link["adam.beta2"] == "0.9"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_draws(language: str) -> None:
    at = opened("pages/optimizers.py", lang=language)
    for name, rule in OPTIMIZERS.items():
        at.query_params["optimizer"] = name
        checked(at.run())
        shown = TERM.sub(r"\1", "\n".join(element.value for element in at.markdown))
        assert sections(language, f"optimizers/{name}")[""] in shown
        assert str(rule.year) in shown
        assert at.code[0].value == running_code(rule)
        assert len(at.latex) == 1
        assert tree_of(at)["chosen"] == name


@pytest.mark.parametrize("name, kind", CLAIMS)
def test_the_lab_shows_what_a_card_claims(name: str, kind: str) -> None:
    claim = facts_of(name).claims[kind]
    own = "batch" if name == "gradient_descent" else name
    assert (claim.better if kind == "shines" else claim.worse) == own
    found = outcome_of(claim.link)
    losses = dict(zip((slot.id for slot in found.slots), found.losses, strict=True))
    assert_holds(claim, losses, found.above_minimum)
    scene = scene_of(opened("home.py", **claim.link))
    assert [run["id"] for run in scene["runs"]] == list(losses)
    assert scene["last_step"] == found.n_steps
    played = {}
    lowest = goal_of(claim).minimum or 0.0
    for run in scene["runs"]:
        name, last = run["id"], float(floats(run["loss"])[-1])
        diverged = run["diverged_at"] is not None
        assert diverged == math.isinf(losses[name])
        with np.errstate(over="ignore"):
            same = diverged or math.isclose(last, np.float32(losses[name] + lowest), rel_tol=1e-5)
        played[name] = losses[name] if same or abs(last) < 1e-30 else last - lowest
    assert_holds(claim, played, found.above_minimum)  # a chaotic run feels a rounding


def goal_of(claim: Claim) -> Objective:
    return read_problem(Settings(claim.link)).goal


def assert_holds(claim: Claim, losses: dict[str, float], above_minimum: bool) -> None:
    better, worse = losses[claim.better], losses[claim.worse]
    assert math.isfinite(better)
    if claim.factor:
        assert above_minimum and better * claim.factor <= worse, (better, worse)
    else:
        assert not above_minimum and better < worse - 0.1


def test_without_bias_correction_the_anatomy_has_fewer_lines() -> None:
    query = {"part": "anatomy", "optimizer": "adam"}
    with_it = scene_of(opened("pages/optimizers.py", **query))["sentences"]
    query["adam.bias_correction"] = "0"
    without = scene_of(opened("pages/optimizers.py", **query))["sentences"]
    assert len(with_it) == len(without) + 2


@pytest.mark.parametrize("name", WITH_ANATOMY)
def test_every_anatomy_draws_the_engines_numbers(name: str) -> None:
    at = opened("pages/optimizers.py", part="anatomy", optimizer=name)
    scene, drawn = scene_of(at), at.session_state["staged of anatomy stage"]
    (engine,) = runs_of(drawn.race, drawn.goal)
    assert type(engine.optimizer) is OPTIMIZERS[name]
    count, (run,) = scene["frames"]["count"], scene["runs"]
    assert run["diverged_at"] is None
    step = next(arrow for arrow in scene["arrows"] if arrow["label"] == "Δθ")
    places = floats(step["xy"]).reshape(count, 4)
    for sentence in scene["sentences"]:
        assert len(floats(sentence["values"])) % count == 0
    last = floats(scene["sentences"][-1]["values"]).reshape(count, -1)
    size = last.shape[1] // 2
    assert np.array_equal(last[:, [size - 1, 2 * size - 1]], places[:, 2:])
    if name not in ("asgd", "schedule_free_sgd", "schedule_free_adamw"):
        iterates = engine.iterates.astype(np.float32)
        assert np.array_equal(places[:, :2], iterates)
        assert np.array_equal(places[:-1, 2:], iterates[1:])
    assert np.array_equal(floats(run["loss"]), engine.losses.astype(np.float32))


@pytest.mark.parametrize("surface", SURFACES)
def test_the_anatomy_works_on_every_surface(surface: str) -> None:
    query = {"part": "anatomy", "problem": surface, "optimizer": "rmsprop"}
    assert scene_of(opened("pages/optimizers.py", **query))["arrows"]


def test_what_has_no_anatomy_says_so() -> None:
    at = opened("pages/optimizers.py", part="anatomy", optimizer="lbfgs")
    assert at.info[0].value == catalog("en")["optimizers.anatomy.none"]


def test_a_bad_link_gives_the_default_and_a_notice() -> None:
    at = unopened("pages/optimizers.py")
    for name, text in {"optimizer": "<b>", "part": "nothing", "x": "1"}.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception
    assert tree_of(at)["chosen"] == "adam"
    assert len(at.warning) == 3
    assert set(PARTS) == {"card", "anatomy", "libraries"}


def table_of(at: AppTest) -> list[list[str]]:
    page, _ = [each.proto.body for each in at.get("html") if "<figure" in each.proto.body]
    rows = re.findall(r"<tr>(.*?)</tr>", page)[1:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.mark.parametrize("name, language", [*zip(OPTIMIZERS, itertools.cycle(LANGUAGES))])
def test_libraries_are_compared(name: str, language: str) -> None:
    at = opened("pages/optimizers.py", optimizer=name, part="libraries", lang=language)
    having = [kind for kind in LIBRARIES.values() if name in kind.conventions]
    if not having:
        assert len(at.info) == 1
        return
    rows = table_of(at)
    told = {f"{kind.name} {kind.version}": html.escape(kind.called(name)) for kind in having}
    assert {row[0]: row[-1] for row in rows} == told and len(rows) == len(having)
    groups = same_paths(LIBRARIES, name, 1.0)
    drawn = any("scene" in message for message in messages(at))
    assert drawn == (bool(groups) and not OPTIMIZERS[name].needs_matrices)
    if drawn:
        assert len(scene_of(at)["runs"]) == len(groups)


def test_moving_between_libraries_says_what_to_set() -> None:
    query = {"optimizer": "rmsprop", "part": "libraries", "from": "pytorch", "to": "keras"}
    at = opened("pages/optimizers.py", **query)
    rows = {row[0].split()[0]: row for row in table_of(at)}
    assert (rows["PyTorch"][1], rows["Keras"][1]) == ("10", "3.16")
    (said,) = [each.value for each in at.markdown if "To take the path of PyTorch" in each.value]
    assert "0.99" in said and "differs in form" in said
    at.selectbox(key="optimizers:to:1").set_value("torchopt").run()
    assert any("Nothing has to be set" in each.value for each in checked(at).markdown)


def test_a_card_leads_to_the_libraries() -> None:
    at = opened("pages/optimizers.py", optimizer="adam")
    (button,) = [each for each in at.button if each.label == "Compare the libraries"]
    checked(button.click().run())
    assert len(table_of(at)) > 5 and at.query_params["part"] == "libraries"
    assert not [each for each in at.button if each.label == "Compare the libraries"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", list(schedule_groups(LIBRARIES)))
def test_schedules_are_compared(group: str, language: str) -> None:
    query = {"optimizer": "adam", "part": "libraries", "schedule": group, "lang": language}
    at = opened("pages/optimizers.py", **query)
    *_, page = [each.proto.body for each in at.get("html") if "<figure" in each.proto.body]
    forms = [LIBRARIES[key].schedules[name] for key, name in schedule_groups(LIBRARIES)[group]]
    assert all(html.escape(form.call) in page for form in forms)


def test_a_difference_brings_the_stage_where_it_shows() -> None:
    at = opened("pages/optimizers.py", optimizer="adam", part="libraries")
    keys = [button.key for button in at.button if (button.key or "").startswith("difference")]
    told = [(f, v, shown) for f, v, shown in differences("adam") if shown.is_seen]
    assert keys == [f"difference adam {field.name} {value}" for field, value, _ in told]
    assert "difference adam bias_correction False" in keys and len(keys) >= 3
    (shown,) = [s for field, value, s in told if (field.name, value) == ("bias_correction", False)]
    checked(at.button(key="difference adam bias_correction False").click().run())
    drawn = at.session_state["staged of libraries stage"]
    assert type(drawn.goal) is type(OBJECTIVES[shown.surface]())
    rates = {entry.optimizer.learning_rate for entry in drawn.race.entries}
    assert rates == {shown.learning_rate} and drawn.race.n_steps == 60
    assert at.button(key="difference adam bias_correction False").disabled
    paths = {
        entry.optimizer: run.iterates
        for entry, run in zip(drawn.race.entries, runs_of(drawn.race, drawn.goal), strict=True)
    }
    raw, usual = (
        LIBRARIES[key].rule("adam", learning_rate=shown.learning_rate) for key in ("mlx", "pytorch")
    )
    extent = np.ptp(np.concatenate([paths[raw], paths[usual]]), axis=0)
    gap = np.linalg.norm(paths[raw] - paths[usual], axis=1).max()
    assert gap / np.linalg.norm(extent) == pytest.approx(shown.apart)


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_settings_that_part_are_named(language: str) -> None:
    query = {"optimizer": "radam", "part": "libraries", "lang": language}
    at = opened("pages/optimizers.py", **query, **{"from": "pytorch", "to": "torchopt"})
    said = "\n".join(element.value for element in at.markdown)
    words = catalog(language)
    assert words["libraries.apart.tiny"] not in said
    at.query_params["to"] = "optax"
    said = "\n".join(element.value for element in checked(at.run()).markdown)
    assert words["libraries.apart.small"] in said and words["libraries.apart.tiny"] in said
