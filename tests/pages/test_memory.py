"""What a session remembers: kinds and owners apart, controls anew where their basis changes."""

from streamlit.testing.v1 import AppTest


def apart() -> None:
    from pages.ui.frame.memory import CONTROLS, Memory

    first: Memory[int] = Memory("first kind")
    again: Memory[int] = Memory("first kind")
    second: Memory[int] = Memory("second kind")
    assert first.of("a") is None and "a" not in first and first.begin("a", 1) == 1
    assert first.begin("a", 2) == 1 and again["a"] == 1 and "b" not in first
    assert "a" not in second and "a" not in CONTROLS
    second.keep("a", 3)
    first.keep("a", 4)
    assert (first.forget("a"), first.forget("a"), second.of("a")) == (4, None, 3)


def test_kinds_and_owners_are_apart() -> None:
    at = AppTest.from_function(apart, default_timeout=60).run()
    assert not at.exception


def menu() -> None:
    import streamlit as st

    from lossopt.links.settings import Opening
    from pages.ui.controls.controls import Controls
    from pages.ui.frame.link import Link, arrive
    from pages.ui.frame.words import Words

    arrive()
    controls = Controls(Link("page", Opening()), Words("en"))
    basis = st.number_input("basis", 0, 9)
    controls.link.stand_on("name", basis)
    section = controls.section("part.")
    st.text(f"{section.switch('on', 'Switch', default=True)}")
    st.text(section.tabs("tab", "Tabs", ("a", "b"), str.upper, default="b"))
    st.text(f"{controls.text('name', 'Number', '7', int, wrong='no number')}")
    controls.finish(st.container())


def test_a_control_starts_anew_with_its_basis_and_keeps_the_last_good_text() -> None:
    at = AppTest.from_function(menu, default_timeout=60)
    at.query_params["part.on"], at.query_params["part.tab"] = "0", "a"
    at.query_params["unheard"] = "1"
    at.run()
    assert [each.value for each in at.text] == ["False", "a", "7"] and len(at.warning) == 1
    at.text_input[0].set_value("8").run()
    at.toggle[0].set_value(True).run()
    assert [each.value for each in at.text] == ["True", "a", "8"] and not at.error
    assert at.query_params == {"part.tab": "a", "name": "8"}
    at.text_input[0].set_value("x").run()
    assert at.text[2].value == "8" and at.error[0].value == "no number"
    at.number_input[0].set_value(3).run()
    assert at.text[2].value == "8" and not at.error and at.text_input[0].value == "8"
