"""Every convention of a library is held to what the library answered when it was measured."""

import dataclasses
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

import lossopt as lo
from lossopt.libraries import rules_of
from lossopt.libraries._base import WITH_DECAY
from tests.libraries.paths import (
    KEPT,
    PAIRS,
    PRECISION,
    RATE,
    SEQUENCES,
    answer_of,
    error,
    errors,
    steps_of,
    tolerance,
)

ROOT = Path(__file__).parents[2]
NOTES = {
    language: tomllib.loads((ROOT / "assets" / language / "libraries.toml").read_text("utf-8"))
    for language in ("en", "ko")
}
EXPLAINED = {*WITH_DECAY, "tall_decay", "halved"}
"""Sequences on which paths part for reasons that `decay` and `rate` tell."""
EITHER = {"gradient_descent", "radam", "schedule_free_sgd", "schedule_free_adamw", "prodigy"}
"""Rules of which a gradient of 0 does not show in which of both ways weight decay enters."""
FOLLOWED = ("at_once", "none", "displacement")
"""Ways of a changed rate that a rule follows."""
IDS = ["-".join(pair) for pair in PAIRS]


def convention_of(library, optimizer):
    return lo.LIBRARIES[library].conventions[optimizer]


@pytest.mark.parametrize(("library", "optimizer"), PAIRS, ids=IDS)
def test_the_rule_takes_the_path_of_the_library(library, optimizer):
    convention = convention_of(library, optimizer)
    if convention.rule is None:
        return
    limit = max(tolerance(library, optimizer), convention.nearly)
    found = errors(library, optimizer)
    assert {key for key, value in found.items() if not value <= limit} == set(convention.apart)
    assert limit < 1e-3 or tolerance(library, optimizer) == PRECISION["bfloat16"]
    if convention.nearly:
        same = [value for key, value in found.items() if key not in convention.apart]
        assert max(same) > tolerance(library, optimizer), "not nearly but exactly"


@pytest.mark.parametrize(("library", "optimizer"), PAIRS, ids=IDS)
def test_what_no_rule_takes_is_measured(library, optimizer):
    convention, steps = convention_of(library, optimizer), answer_of(library, optimizer)["steps"]
    if convention.rule is not None or "constant" not in steps:
        assert convention.steps == ()
        return
    measured = np.array(steps["constant"][: len(convention.steps)])[:, 0] / RATE
    assert len(convention.steps) >= 3
    np.testing.assert_allclose(measured, convention.steps, rtol=6e-4, atol=1e-9)
    own = lo.OPTIMIZERS[optimizer](learning_rate=RATE)
    parted = [
        np.abs(steps_of(own, SEQUENCES[key])[:, 0] - np.array(answers)[:, 0]).max() / RATE
        for key, answers in steps.items()
        if not {"defaults", "weight_decay"} & SEQUENCES[key].keys()
    ]
    assert max(parted) > 1e-3


@pytest.mark.parametrize(("library", "optimizer"), PAIRS, ids=IDS)
def test_weight_decay_enters_as_it_is_said(library, optimizer):
    steps, convention = answer_of(library, optimizer)["steps"], convention_of(library, optimizer)
    said = convention.decay
    assert bool({"decay", "tall_decay"} & steps.keys()) == (said != "none")
    if lo.OPTIMIZERS[optimizer].needs_matrices or convention.rule is None or convention.nearly:
        return
    if said != "none" and None not in steps["decay"][0]:
        left = 2.0 - np.cumsum([step[0] for step in steps["decay"]])
        share = 0.1 if said == "unscaled" else 0.1 * RATE
        shrunk = [2.0 * (1.0 - share) ** k for k in (1, 2, 3)]
        divided = [2.0 / (1.0 + share) ** k for k in (1, 2, 3)]
        near = tolerance(library, optimizer)
        alike = np.allclose(left, shrunk, rtol=near) or np.allclose(left, divided, rtol=near)
        assert alike == (said in ("decoupled", "unscaled")) or convention.rule in EITHER


@pytest.mark.parametrize(("library", "optimizer"), PAIRS, ids=IDS)
def test_a_changed_rate_acts_as_it_is_said(library, optimizer):
    convention, answer = convention_of(library, optimizer), answer_of(library, optimizer)
    fixed = "halved" not in answer["steps"] and not lo.OPTIMIZERS[optimizer].needs_matrices
    assert (convention.rate == "fixed") == fixed
    if "halved" not in answer["steps"] or convention.rule is None:
        return
    assert (convention.rate in ("at_once", "none")) == ("halved" not in convention.apart)
    halved = np.array(answer["steps"]["halved"])[:, 0] / RATE
    constant = np.array(answer["steps"]["constant"])[:, 0] / RATE
    found = lo.LIBRARIES[library].rule(optimizer, changing_rate=True)
    if convention.rate in ("at_once", "none"):
        assert found == lo.LIBRARIES[library].rule(optimizer)
    elif convention.rate != "displacement":
        assert found is None
    if convention.rate == "displacement":
        near = tolerance(library, optimizer)
        assert error(library, optimizer, "halved", changing_rate=True) <= near
        assert error(library, optimizer, "constant", changing_rate=True) <= near
    if convention.rate == "next_step":
        assert halved[5] == pytest.approx(constant[5]) and halved[6] < 0.6 * constant[6]
    if convention.rate == "none":
        assert halved == pytest.approx(constant)


@pytest.mark.parametrize(("library", "optimizer"), PAIRS, ids=IDS)
def test_what_is_otherwise_is_said_in_words(library, optimizer):
    convention = convention_of(library, optimizer)
    told = [optimizer in words["note"].get(library, {}) for words in NOTES.values()]
    peculiar = convention.rule != optimizer or convention.nearly > 0.0
    assert all(told) or not (peculiar or set(convention.apart) - EXPLAINED)
    for words in NOTES.values():
        assert convention.decay in words["decay"] and convention.rate in words["rate"]


def test_notes_are_about_what_there_is():
    for words in NOTES.values():
        noted = {(library, name) for library, each in words["note"].items() for name in each}
        assert noted <= set(PAIRS)


@pytest.mark.parametrize("library", lo.LIBRARIES)
def test_a_library_and_its_fixture_say_the_same(library):
    kind, kept = lo.LIBRARIES[library], KEPT[library]
    about = (kept["library"], kept["version"], kept["measured"], kept["precision"])
    assert about == (library, kind.version, kind.measured, kind.precision)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kind.measured) and kind.license and kind.language
    also = {f"{name} {way}" for name, each in kind.conventions.items() for way in each.also}
    assert kept["answers"].keys() == kind.conventions.keys() | also
    for name in also:
        assert kept["answers"][name] == {"as": name.partition(" ")[0]}
    for name, convention in kind.conventions.items():
        run = {"defaults", "tall_defaults"} & answer_of(library, name)["steps"].keys()
        assert bool(run) != convention.asks_rate, name


def test_every_fixture_has_its_library():
    assert KEPT.keys() == lo.LIBRARIES.keys()


@pytest.mark.parametrize("changing", [False, True])
@pytest.mark.parametrize("name", lo.OPTIMIZERS)
def test_rules_that_a_contestant_can_take_over_are_on_the_path(name, changing):
    """All libraries with a rule of that name, and nobody whose changed rate it does not follow."""
    found = rules_of(lo.LIBRARIES, name, changing_rate=changing)
    for library, rule in found.items():
        convention = convention_of(library, name)
        assert type(rule) is lo.OPTIMIZERS[name] and convention.rule == name
        steady = {"displacement": False} if hasattr(rule, "displacement") else {}
        assert dataclasses.replace(rule, **steady) == lo.LIBRARIES[library].rule(name)
        steps = answer_of(library, name)["steps"]
        if convention.rate == "displacement" or (changing and "halved" in steps):
            near = max(tolerance(library, name), convention.nearly)
            assert error(library, name, "halved", changing_rate=True) <= near
    left = {library for library, each in PAIRS if each == name} - found.keys()
    for library in left:
        convention = convention_of(library, name)
        assert convention.rule != name or (changing and convention.rate not in FOLLOWED)


def test_nobody_is_offered_who_goes_another_way():
    offered = {name: rules_of(lo.LIBRARIES, name) for name in ("rprop", "rmsprop", "asgd")}
    assert "optax" not in offered["rprop"] and "heavyball" not in offered["rmsprop"]
    assert "pytorch" in offered["asgd"]
    assert "pytorch" not in rules_of(lo.LIBRARIES, "asgd", changing_rate=True)
    assert [*rules_of(lo.LIBRARIES, "adam")][:3] == ["pytorch", "keras", "optax"]


def test_an_old_speed_goes_on_under_a_schedule():
    risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    schedule, start = lo.SCHEDULES["step"](every=3, gamma=0.5), np.zeros(2)
    rule = lo.LIBRARIES["keras"].rule("nesterov", changing_rate=True, learning_rate=0.02)
    run = lo.descend(lo.Entry(rule, schedule=schedule), risk, start=start, n_steps=9)
    params, speed = start, np.zeros(2)
    for factor, iterate in zip(schedule.factors(9), run.iterates[1:], strict=True):
        new = 0.02 * factor * risk.gradient(params)
        speed = 0.9 * speed + new
        params = params - new - 0.9 * speed
        np.testing.assert_allclose(iterate, params, rtol=1e-12)
    usual = lo.descend(
        lo.Entry(lo.OPTIMIZERS["nesterov"](0.02), schedule=schedule), risk, start=start, n_steps=9
    )
    assert np.abs(usual.iterates[-1] - params).max() > 1e-3
    with pytest.raises(ValueError, match="changing_rate must be true or false"):
        lo.LIBRARIES["keras"].rule("momentum", changing_rate=1)


def test_names_that_there_are_not_are_refused():
    with pytest.raises(KeyError, match="Did you mean keras"):
        lo.LIBRARIES["kera"]
    with pytest.raises(KeyError, match=r"of Keras\. There are gradient_descent, momentum"):
        lo.LIBRARIES["keras"].rule("sophia")
    with pytest.raises(ValueError, match=r"optimizers of Optax\. Did you mean adam"):
        lo.LIBRARIES["optax"].rule("adamm")
    with pytest.raises(ValueError, match="learning_rate must lie"):
        lo.LIBRARIES["optax"].rule("adam", learning_rate=-1.0)
    assert lo.LIBRARIES["optax"].rule("rprop") is None
    with pytest.raises(TypeError):
        lo.LIBRARIES["keras"].conventions["sgd"] = None
