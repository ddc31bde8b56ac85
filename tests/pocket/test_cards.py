"""The optimizers and the glossary of the pocket edition say and show what the app does."""

import dataclasses
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlparse
from xml.etree import ElementTree

import numpy as np
import pytest

from lossopt import descend
from lossopt.figures.anatomy import anatomy_message, anatomy_overlays
from lossopt.figures.messages import as_json
from lossopt.figures.packing import unpack
from lossopt.libraries import same_paths
from lossopt.links.explanations import about_problem
from lossopt.objectives import OBJECTIVES
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import params_of
from lossopt.scripts.sources import running_code
from lossopt.theory.anatomy import has_anatomy
from pages.ui.frame.terms import facts, noted
from pages.ui.frame.words import LANGUAGES, Words, catalog
from pages.ui.glossary import is_meant, plain, related
from pages.ui.optimizers.claims import facts_of
from pages.ui.optimizers.differences import differences, settings_of
from pages.ui.optimizers.ground import SURFACES, fields_of
from pages.ui.optimizers.libraries_text import known_libraries
from pages.ui.pocket.cards import card_message, cards_message
from pages.ui.pocket.glossary import glossary_message
from pages.ui.pocket.libraries import libraries_message
from pages.ui.pocket.site import PAGES
from tests.pocket.reading import ROOT, problem
from tests.programs.node import node_program

COMPARED = ("gradient_descent", "newton", "momentum", "rmsprop", "adam", "adafactor", "qhm", "muon")
"""Some of every kind: with one path, many and none, and in no library at all."""
N_STEPS = 12
HEAD = "Step {0}"
ONLY_IN_APP = {"sophia"}
"""Rules that look at values, so that there is no program of them."""
TAKEN_APART = [
    name for name, rule in OPTIMIZERS.items() if has_anatomy(rule) and name not in ONLY_IN_APP
]


def parts(anatomies: list[Any], texts: list[str], races: Sequence[Any] = ()) -> Any:
    told = json.dumps({"anatomies": anatomies, "texts": texts, "races": races})
    script = Path(__file__).with_name("parts.mjs")
    command = [node_program(), str(script), (ROOT / "static").as_uri()]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def plainly(message: object) -> Any:
    return json.loads(json.dumps(as_json(message)))


def varied(name: str) -> Any:
    """A rule with other values of all that the anatomy takes."""
    kind: Any = OPTIMIZERS[name]
    message = anatomy_message(kind())
    assert message
    fields = {field.name: field for field in params_of(kind)}
    moved = {each: fields[each].default * 0.875 for each in message.settings}
    return kind(**moved, learning_rate=0.0625)


def test_steps_are_taken_apart_as_the_app_does() -> None:
    asked, expected = [], []
    for k, name in enumerate(TAKEN_APART):
        goal = OBJECTIVES[SURFACES[k % len(SURFACES)]]()
        for rule in (OPTIMIZERS[name](), varied(name)):
            message = anatomy_message(rule)
            assert message
            run = {
                "start": list(goal.start),
                "rate": rule.learning_rate,
                "settings": [getattr(rule, each) for each in message.settings],
                "nSteps": N_STEPS,
                "sides": [high - low for low, high in goal.bounds],
                "head": "\t".join([HEAD, *goal.param_names]),
            }
            live = problem(SURFACES[k % len(SURFACES)])["drawn"]["live"]["text"]
            asked.append({"anatomy": plainly(message), "live": live, "run": run})
            expected.append(anatomy_overlays(rule, goal, goal.start, N_STEPS, HEAD))
    for each, found in zip(expected, parts(asked, [])["anatomies"], strict=True):
        told = plainly(dataclasses.asdict(each))
        assert [one["text"] for one in found["sentences"]] == [
            one["text"] for one in told["sentences"]
        ]
        assert [(one["label"], one["color"], one["dash"]) for one in found["arrows"]] == [
            (one["label"], one["color"], one["dash"]) for one in told["arrows"]
        ]
        for key, values in (("sentences", "values"), ("arrows", "xy")):
            for ours, theirs in zip(found[key], told[key], strict=True):
                np.testing.assert_allclose(
                    unpack(ours[values]), unpack(theirs[values]), rtol=1e-6, atol=1e-12
                )


def test_every_rule_that_the_app_takes_apart_is_taken_apart_here() -> None:
    has = {name for name, rule in OPTIMIZERS.items() if anatomy_message(rule())}
    assert has == {*TAKEN_APART}


def text_of(markup: str) -> str:
    return "".join(tree_of(markup).itertext())


def tree_of(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<page>{markup}</page>")


def addresses(markup: str) -> list[str]:
    return [link.attrib["href"] for link in tree_of(markup).iter("a")]


def leads_here(address: str, page: str) -> bool:
    """Whether an address of a page leads to a page of the edition."""
    folder = {"..": "", "": PAGES[page].folder}
    path = urlparse(address).path
    parts = [part for part in path.split("/") if part != ".."]
    there = "/".join(parts) if path.startswith("..") else folder[""] + path
    return there.strip("/") in {each.folder for each in PAGES.values()}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_cards_hold_all_that_the_app_says(language: str) -> None:
    words = Words(language)
    for name, rule in OPTIMIZERS.items():
        card = card_message(language, name)
        said = text_of(card.card)
        assert running_code(rule) in said and str(rule.year) in said
        assert len(tree_of(card.card).findall(".//math[@display='block']")) == 1
        assert words("optimizers.card.see") in said or not facts_of(name).claims
        assert not re.search(r"\$|\*\*|`", said.replace(running_code(rule), ""))
        links = addresses(card.card)
        assert all(leads_here(link, "optimizers") for link in links), links
        shown = [dict(parse_qsl(urlparse(link).query)) for link in links if link[:4] == "../?"]
        claims = [{"lang": language, **each.link} for each in facts_of(name).claims.values()]
        assert shown == claims
        fields = [*fields_of(name, rate=True), *fields_of(name, rate=False)]
        assert [each.name for each in card.settings] == [each.name for each in fields]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_libraries_say_what_the_app_says(language: str) -> None:
    for name in COMPARED:
        told, known = libraries_message(language, name), known_libraries(name)
        said = text_of(told.html)
        assert text_of(told.lead)
        assert [each.id for each in told.known] == list(known)
        assert all(each.called(name) in said for each in known.values())
        pairs = {f"{here} {there}" for here in known for there in known if len(known) > 1}
        assert set(told.moving) == pairs and all(map(text_of, told.moving.values()))
        assert {*told.ends} <= set(known)
        shown = [each for *_, each in differences(name) if each.is_seen]
        assert [each.settings for each in told.differences] == [
            settings_of(name, each) for each in shown
        ]


def test_paths_of_libraries_are_those_of_their_rules_on_any_surface() -> None:
    asked, expected = [], []
    for name in COMPARED:
        paths = libraries_message("en", name).paths
        for surface in SURFACES[:3] if paths else ():
            assert paths
            goal, groups = OBJECTIVES[surface](), same_paths(known_libraries(name), name, 0.01)
            assert [each.id for each in paths.paths] == [ids[0] for ids in groups.values()]
            runs = [plainly(each.run) | {"learning_rate": 0.01} for each in paths.paths]
            live = problem(surface)["drawn"]["live"]["text"]
            race = {"surface": live, "text": paths.text, "runs": runs}
            asked.append(race | {"start": list(goal.start), "nSteps": 5})
            found = descend(list(groups), goal, n_steps=5)
            expected.append([run.iterates[-1] for run in found])
    assert len(asked) > len(COMPARED)
    for ours, theirs in zip(parts([], [], asked)["races"], expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_page_of_the_optimizers_has_the_tree_and_the_schedules(language: str) -> None:
    told = cards_message(language)
    assert {each.id for each in told.members} == set(OPTIMIZERS)
    assert told.usual in OPTIMIZERS and told.parts[0].id == "card"
    assert told.usual_schedule in {each.id for each in told.schedules}
    assert all(text_of(each.html) for each in told.schedules)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_glossary_has_every_term_and_finds_as_the_app_does(language: str) -> None:
    told = glossary_message(language, PAGES)
    terms = {each.id: each for each in told.terms}
    assert set(terms) == set(related())
    assert [list(each.terms) for each in told.topics] == list(facts()["topics"].values())
    for each in terms.values():
        assert text_of(each.html) and {*each.related} <= set(terms)
        assert each.seen is None or leads_here(each.seen, "glossary")
    asked = ["Cross-Entropy", "교차 엔트로피", "η", "ＭＳＥ", "  ", "<b>", "ŷ", "Hessian", "x" * 60]
    for text, compared in zip(asked, parts([], asked)["texts"], strict=True):
        assert compared == plain(text)
        found = {each.id for each in terms.values() if compared in each.sought}
        assert found == {each for each in terms if is_meant(each, text, language)}


def test_words_of_both_languages_are_told() -> None:
    for language in LANGUAGES:
        told = glossary_message(language, PAGES).texts
        assert {"intro", "find", "related", "seen"} <= set(told["glossary"])
        assert not [key for key in told["glossary"] if key.startswith("term.")]
        assert told["pocket"]["title"] == catalog(language)["pocket.title"]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_notes_of_a_stage_lead_to_the_glossary_as_in_the_app(language: str) -> None:
    words, goal = Words(language), OBJECTIVES["rosenbrock"]()
    told = problem("rosenbrock")["words"][language]
    assert told["said"] == [noted(language, text) for text in about_problem(words, goal)]
    found = cards_message(language).texts["optimizers"]
    for key in ("anatomy.hint", "libraries.hint"):
        assert found[key] == noted(language, words(f"optimizers.{key}"))
    assert "](#" in "".join(told["said"]) + "".join(found.values())
