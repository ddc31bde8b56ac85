"""What goes between Python and JavaScript: one description, three places, and a guarded edge."""

import dataclasses
import json
import math

import pytest

import lossopt as lo
from benchmarks.messages import TABLES, TYPES, classes, documented, typescript
from lossopt.figures import messages
from lossopt.figures.messages import (
    Cell,
    Guess,
    Lineup,
    Opened,
    Options,
    Point,
    Start,
    Tuned,
    as_json,
    read,
)
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane

WITHOUT_TABLE = {"Color", "ParamsFit", "Choice", "EdgeRun", "Edges", "Shape", "Shapes", "Pace"}
WITHOUT_TABLE |= {"Welcome", "Ground", "Handle"}
"""What is told in words, and the charts of single pages."""
OPTIONS = Options("3d", "linear", "epochs", True, 0.25, False, True, heights="log")
EVENTS = [
    Start(1.0, -2.5),
    Point(3, 0.5, 1e9),
    Cell(0, 4),
    Tuned(number=1_700_000_000_000, changes={"adam.learning_rate": "0.1"}, ran=True),
    Guess("0.25"),
    Opened("ravine"),
    Lineup(number=7, changes={}, ran=False, act="copy", id="adam~2"),
    OPTIONS,
]
ACCEPTED = [(name, "x" * 9) for name in ("choice", "id", "value", "lesson")] + [("changes", {})]
"""What looks wrong and is not."""


def test_types_and_tables_are_written_from_the_classes() -> None:
    written = "run python -m benchmarks.messages"
    assert TYPES.read_text("utf-8") == typescript(), written
    texts = [path.read_text("utf-8") for path in TABLES]
    assert texts == [documented(text) for text in texts], written
    told = {each.__name__ for each in classes()} - WITHOUT_TABLE
    assert {name for name in told if any(f"<!-- {name} -->" in text for text in texts)} == told


def test_every_class_says_what_its_fields_are() -> None:
    from benchmarks.messages import described, fields_of

    for kind in classes():
        named = [name for names, _ in described(kind) for name in names]
        assert sorted(named) == sorted(name for name, _, _ in fields_of(kind)), kind


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_events_come_back_as_they_were_told(event) -> None:
    told = json.loads(json.dumps(dataclasses.asdict(event)))
    assert read(type(event), {**told, "more": [1]}) == event
    missing = {field.name for field in dataclasses.fields(event) if field.default is None}
    for name in told.keys() - missing:
        for wrong in (None, [], {}, "x" * 9, b"", math.nan, math.inf, -math.inf, 10**400, [1.0]):
            if (name, wrong) in ACCEPTED:
                continue
            assert read(type(event), {**told, name: wrong}) is None, (name, wrong)
        assert read(type(event), {key: told[key] for key in told if key != name}) is None
    for nothing in (None, "x", 3, [], [told], {}):
        assert read(type(event), nothing) is None


def test_a_start_may_bring_its_params() -> None:
    assert read(Start, {"x": 1, "y": 2, "params": [1, 2.5]}) == Start(1.0, 2.0, (1.0, 2.5))
    for wrong in ("12", 3.0, {}, [None], ["1"], [math.nan], [True], [10**400], [[1.0]]):
        assert read(Start, {"x": 1, "y": 2, "params": wrong}) is None, wrong


def test_changes_are_texts_by_name_and_not_endless() -> None:
    for wrong in ({"a": 1}, {"a": None}, [["a", "b"]], {str(k): "" for k in range(1001)}):
        assert read(Tuned, {"number": 1, "changes": wrong}) is None


def test_whole_numbers_are_whole_and_no_booleans() -> None:
    assert read(Cell, {"column": 2.0, "row": 1}) == Cell(2, 1)
    assert read(Cell, {"column": 2.5, "row": 1}) is None
    assert read(Cell, {"column": True, "row": 1}) is None
    assert read(Options, {**dataclasses.asdict(OPTIONS), "follow": 1}) is None


def test_what_has_its_default_is_not_sent() -> None:
    goal = lo.OBJECTIVES["booth"]()
    rule = lo.OPTIMIZERS["adam"]()
    run = lo.descend(rule, goal, n_steps=3)
    ground = surface_message(lo.evaluate_surface(goal, resolution=4), goal.minimum)
    look = Contestant("a", "A", "", look_of("adam"))
    descents = stage_scene(goal, axis_plane(goal), [run], [look], ground)
    extras = messages.Extras(play=0)
    words = {"lang": "en", "texts": {"loss": "Loss"}, "messages": (), "options": OPTIONS}
    scene = messages.Scene(**vars(descents), **vars(extras), **words)
    sent = json.loads(json.dumps(as_json(scene), allow_nan=False))
    assert sent["play"] == 0 and sent["texts"] == {"loss": "Loss"}
    assert not {"arrows", "dots", "unnamed", "layout"} & set(sent)
    assert sent["fit"] == {"kind": "params"} and sent["options"] == dataclasses.asdict(OPTIONS)
    (drawn,) = sent["runs"]
    assert drawn["diverged_at"] is None and "xy" not in drawn and "rests_at" not in drawn
