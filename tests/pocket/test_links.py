"""A link opens to the same race in the app and in the pocket edition."""

import dataclasses
import json
import random
from typing import Any

import numpy as np
import pytest

import lossopt as lo
from lossopt.comparisons import usual_rate
from lossopt.datasets import DATASETS
from lossopt.entries import Entry
from lossopt.figures.messages import as_json
from lossopt.figures.scene import frame_steps
from lossopt.figures.tuner import Outside, RunSettings
from lossopt.keys import key_of
from lossopt.links.contestants import CHOICES, Slot, losses_for, models_for, parse_slots
from lossopt.links.lab import read_lab
from lossopt.links.own import read_function
from lossopt.links.race import SampleOrder
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import Settings
from lossopt.links.starts import numbers_text
from lossopt.links.views import VIEW, view_options
from lossopt.objectives import OBJECTIVES
from lossopt.params import decimal, params_of
from pages.ui.frame.terms import noted
from pages.ui.frame.words import Words
from pages.ui.runs.cache import picture, rate_for
from pages.ui.stage.explanations import limit_of
from pages.ui.stage.ready_race import ready_race
from tests.pages.played import node
from tests.pocket.reading import goals, problem, read
from tests.programs.node import unpacked

AWAY = ("newton", "lbfgs", "sophia")
UNPLAYED = {"principal", "region"}
"""What decides only where runs are drawn."""
PARTS, EACH = 8, 26


def made_up(rng: random.Random) -> tuple[dict[str, str], str]:
    """A link to a problem with its usual settings, and the file of that problem."""
    problem = rng.choice([*OBJECTIVES, *DATASETS])
    link = {"problem": problem}
    parts = [problem]
    if problem in DATASETS:
        task = DATASETS[problem].task
        model = rng.choice([*models_for(task)] + [next(iter(models_for(task)))] * 3)
        loss = rng.choice(losses_for(task))
        parts += [model, loss]
        link |= {"model": model, "loss": loss}
    file = "-".join(parts)
    goal = goals()[file]
    fitting = [name for name in CHOICES if Slot(name).fits(goal) and name not in AWAY]
    runs = rng.sample(fitting, rng.randint(1, 3))
    runs += [f"{runs[0]}~2"] if rng.random() < 0.3 else []
    link["runs"] = "-".join(runs)
    for slot in parse_slots(link["runs"]):
        link |= tuned(rng, slot, cheap=goal.n_params < 15)
        if goal.n_samples > 1 and not slot.rule.full_batch and rng.random() < 0.4:
            link[f"{slot.id}.batch_size"] = rng.choice(["all", "1", "7", "32", "5000"])
    if rng.random() < 0.5:
        name = f"{problem}.start"
        if problem in DATASETS and parts[1] != next(iter(models_for(DATASETS[problem].task))):
            name = f"{problem}.{parts[1]}.start"
        link[name] = numbers_text([value + rng.gauss(0, 1) for value in goal.start], "_")
    link["run.n_steps"] = str(rng.randint(5, 90))
    if goal.n_samples > 1:
        link["run.batch_seed"] = str(rng.randint(0, 9999))
    for name, options in VIEW.items():
        if rng.random() < 0.3:
            link[name] = rng.choice(options)
    return link, file


def tuned(rng: random.Random, slot: Slot, *, cheap: bool) -> dict[str, str]:
    """Settings of a contestant; on cheap problems it may begin with a rate that is found."""
    found = {}
    for field in (*params_of(slot.rule), *params_of(Outside)):
        is_rate = field.name == "learning_rate"
        if is_rate and not (cheap and rng.random() < 0.25):
            found[f"{slot.id}.{field.name}"] = decimal(10 ** rng.uniform(-4, -0.5))
        elif not is_rate and isinstance(field.default, float) and rng.random() < 0.2:
            value = rng.uniform(field.low, field.high)
            found[f"{slot.id}.{field.name}"] = decimal(value)
        elif field.name == "average" and rng.random() < 0.2:
            found[f"{slot.id}.average"] = "1"
    # Limits of theory are of rules as they are at first, which stay so.
    is_plain = found.keys() <= {f"{slot.id}.learning_rate"}
    return found if is_plain else found | scheduled(random.Random(str(found)), slot)


def scheduled(rng: random.Random, slot: Slot) -> dict[str, str]:
    """Sometimes a schedule, with settings of its own."""
    if rng.random() < 0.5:
        return {}
    name, kind = rng.choice([*lo.SCHEDULES.items()])
    found = {f"{slot.id}.schedule": name}
    for field in params_of(kind):
        if rng.random() < 0.5:
            value = rng.uniform(field.low, field.high)
            text = str(round(value)) if isinstance(field.default, int) else decimal(value)
            found[f"{slot.id}.{name}.{field.name}"] = text
    return found


def as_python_has_it(link: dict[str, str], file: str) -> tuple[Any, Any, Any]:
    """The race of the app, its message and its view."""
    goal = goals()[file]
    for slot in parse_slots(link["runs"]):
        name = f"{slot.id}.learning_rate"
        if name not in link:
            rate = rate_for(Entry(slot.rule(), slot.batch_size), goal)
            link = {**link, name: decimal(rate)}
    ready = ready_race(Settings(link))
    lab = read_lab(Settings(link), rate=rate_for)
    assert (lab.slots, key_of(lab.problem.goal)) == (ready.slots, key_of(ready.goal))
    assert dataclasses.replace(lab.race, follow=False, axes=ready.race.axes) == ready.race
    words = Words("en")
    contestants = contestants_of(words, ready.slots, ready.race)
    live = as_json(picture(ready.race, ready.goal, contestants).scene.live)
    return ready.race, live, as_json(view_options(Settings(link), ready.goal))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_link_opens_to_the_same_runs(part: int) -> None:
    rng = random.Random(part)
    made = [made_up(rng) for _ in range(EACH)]
    answers = read([link for link, _ in made], {file for _, file in made})
    limited = scheduled_runs = 0
    for (link, file), own in zip(made, answers, strict=True):
        race, live, view = as_python_has_it(link, file)
        assert own["notices"] == [] and own["away"] == [], link
        assert own["problem"]["file"] == file
        assert own["last"] == race.n_steps
        assert {**own["options"], "follow": view["follow"]} == view
        sent = {**problem(file)["drawn"]["live"], **own["live"]}
        assert (unpacked(sent["start"]) == unpacked(live["start"])).all()
        for mine, theirs in zip(sent["runs"], live["runs"], strict=True):
            factors = [each.pop("factors", None) for each in (mine, theirs)]
            assert (factors[0] is None) == (factors[1] is None), link
            if factors[0] is not None:  # cosines and powers of NumPy have another last digit
                np.testing.assert_allclose(*map(unpacked, factors), rtol=5e-16, atol=3e-16)
                mine["factors"] = theirs["factors"] = factors[1]
                scheduled_runs += 1
            told = {name: value for name, value in mine.items() if name != "function"}
            assert told == {name: value for name, value in theirs.items() if name != "function"}
        for entry, limit in zip(race.entries, own["limits"], strict=True):
            known = limit_of(Words("en"), goals()[file], entry)
            known = known and dataclasses.replace(known, text=noted("en", known.text))
            assert limit in (None, as_json(known))
            limited += limit is not None
        steps, _ = frame_steps(race.n_steps)
        plain = [{k: v for k, v in each.items() if k not in UNPLAYED} for each in (sent, live)]
        mine, theirs = (node().race(each, steps) for each in plain)
        for one, other in zip(mine, theirs, strict=True):
            assert one["diverged_at"] == other["diverged_at"]
            assert np.array_equal(one["params"], other["params"], equal_nan=True), link
    assert limited and scheduled_runs


TEXTS = ["", "0", "1", "-1", "2", "7", "1e3", "1E-3", "+.5", "5.", ".", "-0", " 3 ", "0x10", "1_0"]
TEXTS += ["nan", "inf", "-inf", "1e400", "1e-400", "1,5", "0.30000000000000004", "true", "on", "x"]
TEXTS += ["9" * 40, "9" * 41, "1e", "--1", "٣", "３.５", "inside", "outside", "relu", "<b>", "null"]


def test_a_setting_takes_what_it_takes_in_python() -> None:
    (found,) = read([], set(), texts=TEXTS)
    kinds = {**lo.OBJECTIVES, **lo.DATASETS, **lo.MODELS, **lo.LOSSES, **lo.SCHEDULES}
    specs = [*lo.OPTIMIZERS.values(), *kinds.values(), Outside, RunSettings, SampleOrder]
    fields = {
        (field.name, field.text(field.default)): field for s in specs for field in params_of(s)
    }
    assert len(found) > 100
    for told, values in found.items():
        setting = json.loads(told)
        limits = tuple(setting.get("limits", (0.0, 1.0)))
        field = dataclasses.replace(fields[setting["name"], setting["value"]])
        if not field.choices and not isinstance(field.default, bool):
            field = dataclasses.replace(field, limits=limits)
        for text, value in zip(TEXTS, values, strict=True):
            try:
                assert value == field.parse(text), (told, text)
            except ValueError:
                assert value is None, (told, text)


def test_a_chosen_rate_stays_although_it_is_the_default_of_its_rule() -> None:
    """A rate that was found is another one: an address without it would race with that."""
    link = {"problem": "booth", "runs": "adagrad", "adagrad.learning_rate": "0.01"}
    (told,) = read([link], {"booth"})
    (again,) = read([told["address"]], {"booth"})
    assert told["live"]["runs"][0]["learning_rate"] == 0.01
    assert again["live"]["runs"][0]["learning_rate"] == 0.01 and again["rates"] == {}


WRONG = ["", "-", "<script>", "nan", "1e999", "~", "a" * 5000, "0_0_0_0_0", "%00", "own", "adam~9"]


def test_hostile_values_end_in_a_notice_and_a_race() -> None:
    names = ["problem", "model", "loss", "runs", "adam.learning_rate", "adam.batch_size", "plane"]
    names += ["run.n_steps", "run.batch_seed", "moons.start", "view", "speed", "adam.schedule"]
    names += ["moons.noise", "moons.seed", "class_weights", "nonsense", "__proto__", "fix"]
    usual = {"problem": "moons", "runs": "adam", "adam.learning_rate": "0.1"}
    usual["run.n_steps"] = "50"
    links = [{**usual, name: text} for name in names for text in WRONG]
    files = {"moons-logistic-binary_cross_entropy", "line-linear-mse", "curve-linear-mse"}
    for link, told in zip(links, read(links, files), strict=True):
        assert told["last"] > 0 and told["live"]["runs"], link
        chosen = {name: text for name, text in link.items() if name != "fix"}
        assert chosen == told["address"] or told["notices"] or told["away"], link
        assert len(str(told["notices"])) < 300


FORMULAS = ["x^2+y^2", "(1-x)^2+100*(y-x^2)^2", "sin(x)*cos(y)", "abs(x)+max(y, 0)", "log(x*y)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_begins_as_in_python(text: str) -> None:
    runs = ("batch", "momentum", "adam", "lion")
    link = {"problem": "formula", "runs": "-".join(runs), "formula.text": text}
    link |= {"formula.region": "-1_2_0.5_3"}
    goal = read_function(Settings(link))
    (told,) = read([link], {"formula"})
    assert told["notices"] == [] and told["away"] == []
    assert unpacked(told["live"]["start"]).tolist() == list(goal.start)
    assert told["live"]["region"]["x"] == [-1, 2] and told["live"]["region"]["y"] == [0.5, 3]
    assert told["rates"] == {name: usual_rate(Slot(name).rule(), goal) for name in runs}
    assert told["options"]["scale"] == view_options(Settings({}), goal).scale


def test_a_refused_formula_leaves_the_usual_one() -> None:
    link = {"problem": "formula", "runs": "adam", "formula.text": "import os"}
    (told,) = read([link], {"formula"})
    assert told["problem"]["own"]["refusal"] and told["last"] == 300
