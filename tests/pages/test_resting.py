"""A button rests where pressing it would change nothing."""

import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt.numbers import short
from lossopt.params import params_of
from pages.ui.controls.contestants import CHOICES, MAX_RUNS, Slot
from pages.ui.frame.words import catalog
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
    "choice, library", [("batch", "keras"), ("rmsprop", "pytorch"), ("adam", "paper")]
)
def test_conventions_are_offered_to_who_has_others_only(choice: str, library: str) -> None:
    rule = Slot(choice).rule
    made = rule.preset(library)
    texts = {field.name: field.text(getattr(made, field.name)) for field in params_of(made)}
    at = open_lab(
        problem="line", runs=choice, **{f"{choice}.{name}": text for name, text in texts.items()}
    )
    offered = [other for other in rule.presets if not taken_over(at, other)]
    assert offered == [other for other in rule.presets if rule.preset(other) != made]
    other = offered[0]
    values = preset_of(at, other).items()
    tell(at, "tuned", changes={f"{choice}.{name}": text for name, text in values})
    assert taken_over(at, other) and not taken_over(at, library)
    (race,) = scene_of(at)["runs"]
    assert race["detail"].startswith(f"η {short(rule.preset(other).learning_rate)}")


def preset_of(at: AppTest, library: str) -> dict[str, str]:
    """Values of the conventions of a library, as the only contestant can take them over."""
    (run,) = tuner_of(at)["runs"]
    label = catalog("en")[f"convention.{library}"]
    (found,) = [preset["values"] for preset in run["presets"] if preset["label"] == label]
    assert found
    return dict(found)


def taken_over(at: AppTest, library: str) -> bool:
    """Whether the contestant has the conventions of a library: their button rests."""
    (run,) = tuner_of(at)["runs"]
    values = {setting["name"]: setting["value"] for setting in run["settings"]}
    return preset_of(at, library).items() <= values.items()


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
        assert len(links) == 8
        assert [link.disabled for link in links].count(True) == 1
