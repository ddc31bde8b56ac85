"""The tuner of a page without a browser: what it shows, and what a hand does to it."""

import json
from itertools import count
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

_NUMBERS = count(1)


def _component(at: AppTest, stage: str = "") -> Any:
    """Message of the tuner, of the one that belongs to a stage where there are more."""
    found = [
        (element.proto.id, json.loads(element.proto.json))
        for element in at.main
        if type(getattr(element, "proto", None)).__name__ == "BidiComponent"
        and "tuner" in json.loads(element.proto.json)
    ]
    ((name, data),) = [(name, data) for name, data in found if stage in ("", data["stage"])]
    for run in data["tuner"]["runs"]:
        run |= {each: [data[each][k] for k in run[each]] for each in ("settings", "presets")}
    return name, data["tuner"]


def tuner_of(at: AppTest, stage: str = "") -> dict[str, Any]:
    return _component(at, stage)[1]


def settings_of(at: AppTest, stage: str = "") -> dict[str, dict[str, Any]]:
    """Every setting that is shown, by its whole name."""
    tuner = tuner_of(at, stage)
    found = {
        f"{run['id']}.{setting['name']}": setting
        for run in tuner["runs"]
        for setting in run["settings"]
    }
    return found | {setting["name"]: setting for setting in tuner.get("shared", [])}


def tell(at: AppTest, event: str, stage: str = "", **told: Any) -> AppTest:
    """Let the tuner tell the page something, as a browser does."""
    name, _ = _component(at, stage)
    states = at._tree.get_widget_states()
    state = states.widgets.add(id=_make_trigger_id(name, "events"))
    value = {"number": next(_NUMBERS), "changes": {}, "ran": False} | told
    state.json_trigger_value = json.dumps([{"event": event, "value": value}])
    return at._run(states)


def tune(at: AppTest, name: str, text: str, stage: str = "") -> AppTest:
    """Give a setting that is shown and does not rest another value."""
    setting = settings_of(at, stage)[name]
    assert not setting.get("rests"), name
    if setting["kind"] == "choice":
        assert text in [each["id"] for each in setting["choices"]], name
    return tell(at, "tuned", stage, changes={name: text})


def line_up(at: AppTest, act: str, who: str, stage: str = "") -> AppTest:
    """Let somebody who can join, or leave."""
    tuner = tuner_of(at, stage)
    others = [each["id"] for each in tuner["addable" if act == "add" else "runs"]]
    assert who in others
    return tell(at, "lineup", stage, act=act, id=who)
