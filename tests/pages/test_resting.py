"""A button rests where pressing it would change nothing."""

import dataclasses

import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt.libraries import rules_of
from lossopt.links.contestants import CHOICES, MAX_RUNS, Slot
from lossopt.params import params_of
from pages.ui.frame.frame import PAGES
from tests.pages.test_compare import open_page
from tests.pages.test_lab import APP, open_lab, scene_of
from tests.pages.test_losses import open_page as open_losses
from tests.pages.tuner import line_up, tell, tuner_of


def rests(at: AppTest, name: str) -> bool:
    """Whether the one button with this in its key cannot be pressed."""
    assert not at.exception, at.exception
    (found,) = [button for button in at.button if name in (button.key or "")]
    return bool(found.disabled)


def test_the_default_start_is_offered_to_another_one_only() -> None:
    at = open_lab(problem="himmelblau", runs="batch")
    usual = at.text_input(key="lab:himmelblau.start:1").value
    assert rests(at, "start reset")
    for typed in ("1, 2", "nonsense"):
        at.text_input(key="lab:himmelblau.start:1").set_value(typed).run()
        assert not rests(at, "start reset")
    at.button(key="lab:start reset:1").click().run()
    assert at.text_input(key="lab:himmelblau.start:1").value == usual
    assert rests(at, "start reset")


@pytest.mark.parametrize(
    "choice, library, schedule",
    [
        ("batch", "keras", ""),
        ("rmsprop", "pytorch", ""),
        ("adam", "paper", ""),
        ("adam", "mlx", ""),
        ("momentum", "keras", "cosine"),
        ("asgd", "pytorch", ""),
        ("asgd", "pytorch", "cosine"),
    ],
)
def test_a_contestant_takes_over_what_a_library_runs(
    choice: str, library: str, schedule: str
) -> None:
    slot = Slot(choice)
    rules = rules_of(lo.LIBRARIES, slot.rule_id, changing_rate=bool(schedule))
    paper = slot.rule.published()
    rules |= {} if paper is None else {"paper": paper}
    query = {f"{choice}.schedule": schedule} if schedule else {}
    at = open_lab(problem="line", runs=choice, **query)
    (run,) = tuner_of(at)["runs"]
    presets = {
        preset["id"]: {
            name: preset["values"].get(name, text)
            for name, text in run["defaults"].items()
            if name not in preset.get("stays", ())
        }
        for preset in run.get("presets", ())
    }
    assert list(presets) == list(rules)
    if library not in rules:
        assert (library, schedule) == ("pytorch", "cosine")
        return
    asks = library != "paper" and lo.LIBRARIES[library].conventions[slot.rule_id].asks_rate
    fields = {field.name for field in params_of(slot.rule)} - ({"learning_rate"} if asks else set())
    assert presets[library].keys() == fields
    tell(at, "tuned", changes={f"{choice}.{key}": text for key, text in presets[library].items()})
    made, want = at.session_state["staged of lab stage"].race.entries[0].optimizer, rules[library]
    assert made == dataclasses.replace(want, learning_rate=made.learning_rate)
    assert asks or made.learning_rate == want.learning_rate
    (run,) = tuner_of(at)["runs"]
    values = {setting["name"]: setting["value"] for setting in run["settings"]}
    assert presets[library].items() <= values.items()


@pytest.mark.parametrize("schedule, rests", [("constant", True), ("step", False)])
def test_where_the_rate_stays_the_place_of_the_rate_rests(schedule: str, rests: bool) -> None:
    at = open_lab(problem="line", runs="momentum", **{"momentum.schedule": schedule})
    (run,) = tuner_of(at)["runs"]
    (place,) = [each for each in run["settings"] if each["name"] == "displacement"]
    assert place.get("rests", False) == rests and bool(place.get("note")) == rests


def test_equal_sides_need_not_be_made_equal() -> None:
    at = open_page(mode="side_by_side")
    assert not rests(at, "copy side")
    (copy,) = [button for button in at.button if "copy side" in (button.key or "")]
    copy.click().run()
    assert rests(at, "copy side")


def test_nobody_is_added_to_a_full_race() -> None:
    names = [name for name in CHOICES if Slot(name).rule.fits(lo.OBJECTIVES["himmelblau"]())]
    for n, full in ((MAX_RUNS - 1, False), (MAX_RUNS, True)):
        at = open_lab(problem="line", runs="-".join(names[:n]))
        tuner = tuner_of(at)
        assert (len(tuner["runs"]) >= tuner["most"]) == full
        line_up(at, "add", tuner["addable"][0]["id"])
        assert len(scene_of(at)["runs"]) == MAX_RUNS


@pytest.mark.parametrize("page, name", [("lab", "loss"), ("losses", "a.loss")])
@pytest.mark.parametrize("data, alone", [("three_blobs", True), ("overlapping", False)])
def test_a_menu_of_one_rests(page: str, name: str, data: str, alone: bool) -> None:
    at = open_lab(problem=data) if page == "lab" else open_losses(data=data)
    assert not at.exception, at.exception
    assert at.selectbox(key=f"{page}:{name}:1").disabled == alone


def test_no_link_leads_to_the_page_that_is_shown() -> None:
    for page in ("home", "pages/glossary", "pages/losses"):
        at = AppTest.from_file(APP, default_timeout=60)
        at = (at if page == "home" else at.switch_page(f"{page}.py")).run()
        links = [each.proto for each in at.main if each.type == "page_link"]
        assert len(links) > len(PAGES)
        assert [link.disabled for link in links].count(True) == 1
