"""A button rests where pressing it would change nothing."""

import pytest
from streamlit.testing.v1 import AppTest

import lossopt as lo
from lossopt.params import params_of
from pages.ui.controls.contestants import CHOICES, MAX_RUNS, Slot
from tests.pages.test_compare import open_page
from tests.pages.test_lab import APP, open_lab
from tests.pages.test_losses import open_page as open_losses


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
    offered = [other for other in rule.presets if not rests(at, f"preset {other}")]
    assert offered == [other for other in rule.presets if rule.preset(other) != made]
    other = offered[0]
    at.button(key=f"lab:preset {other}:1").click().run()
    assert rests(at, f"preset {other}") and not rests(at, f"preset {library}")


def test_a_changed_minor_setting_offers_the_conventions_at_once() -> None:
    at = open_lab(problem="line", runs="adam", **{"adam.learning_rate": "0.001"})
    assert rests(at, "preset pytorch")
    (switch,) = [each for each in at.toggle if "adam.bias_correction" in (each.key or "")]
    switch.set_value(not switch.value).run()
    assert not rests(at, "preset pytorch")


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
        added = [button.disabled for button in at.button if ":add " in (button.key or "")]
        assert added and set(added) == {full}


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
