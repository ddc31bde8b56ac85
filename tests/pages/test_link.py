"""What a link leaves out, what the app writes into one, and the menus that change it."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lossopt.links import examples as races
from pages.ui import losses, network
from pages.ui.compare import MODES
from tests.pages.test_lab import messages_of, press_example
from tests.pages.tuner import settings_of, tune

ROOT = Path(__file__).parents[2]
PAGES = ("lab", "losses", "network")
EXAMPLES = {"lab": races.examples, "losses": losses.examples}
OPENINGS = {
    "lab": races.opening().settings,
    "losses": next(iter(losses.examples().values())),
    "network": network.OPENING.settings,
}
VIEW = {"view": "3d"}
LINKS = [
    *[("compare", {"mode": mode, "problem": "rosenbrock"}) for mode in MODES],
    ("compare", {"problem": "line"}),
    ("compare", {"problem": "spiral", "runs": "adam"}),
    ("lab", {"problem": "beale"}),
    ("losses", {"data": "one_feature"}),
    ("network", {"problem": "moons"}),
    ("batches", {"problem": "blobs"}),
    ("optimizers", {"part": "anatomy", "problem": "beale"}),
]
KINDS = ("button_group", "slider", "select_slider", "selectbox", "toggle", "text_input")


def opened(slug: str, **query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "home.py"), default_timeout=60)
    if slug != "lab":
        at.switch_page(f"pages/{slug}.py")
    at.query_params.update(query)
    return at.run()


def runs_of(at: AppTest) -> list[Any]:
    """What the stages play, without the words of a language."""
    assert not at.exception and not at.error and not at.warning
    scenes = messages_of(at, "scene")
    return [[run["id"], run["loss"]] for scene in scenes for run in scene["runs"]]


def link_of(at: AppTest) -> dict[str, str]:
    return {name: "".join(text) for name, text in at.query_params.items()}


@pytest.mark.parametrize(
    "slug, name", [(slug, name) for slug, every in EXAMPLES.items() for name in every()]
)
def test_one_click_on_an_example_opens_it(slug: str, name: str) -> None:
    at = opened(slug, problem="beale", runs="batch") if slug == "lab" else opened(slug)
    before = messages_of(at, "scene")[0]["play"]
    press_example(at, slug, name)
    by_link = opened(slug, **EXAMPLES[slug]()[name])
    assert runs_of(at) == runs_of(by_link)
    assert link_of(at) == link_of(by_link)
    assert {scene["play"] for scene in messages_of(at, "scene")} == {before + 1}


@pytest.mark.parametrize("slug", PAGES)
def test_what_a_link_leaves_out_is_the_openings(slug: str) -> None:
    opening, at = opened(slug), opened(slug, **VIEW)
    assert link_of(opening) == {}
    assert runs_of(at) == runs_of(opening)
    assert link_of(at) == {**OPENINGS[slug], **VIEW}


@pytest.mark.parametrize(
    "slug, setting",
    [
        ("lab", {"run.n_steps": "50"}),
        ("lab", {"problem": "line"}),
        ("lab", {"runs": "adam-sgd"}),
        ("losses", {"b.loss": "huber"}),
        ("losses", {"data": "line"}),
        ("network", {"slice": "random"}),
        ("network", {"run.n_steps": "20"}),
    ],
)
def test_a_link_with_one_setting_changes_that_one(slug: str, setting: dict[str, str]) -> None:
    at = opened(slug, **setting)
    others = set(link_of(at).items()) - set(setting.items())
    assert runs_of(at) and others <= set(OPENINGS[slug].items())


@pytest.mark.parametrize(
    "slug, link, default",
    [
        ("lab", {"problem": "line", "runs": "batch-sgd"}, ("run.n_steps", "300")),
        ("lab", {"problem": "quadratic", "runs": "adam"}, ("run.n_steps", "300")),
        ("losses", {"a.loss": "pinball", "b.loss": "pinball"}, ("run.n_steps", "120")),
        ("losses", {"data": "one_feature", "over": "probability"}, ("run.n_steps", "120")),
        ("network", {"runs": "adam", "run.n_steps": "20"}, ("mlp.hidden_layers", "1")),
    ],
)
def test_a_whole_link_takes_nothing_from_the_opening(
    slug: str, link: dict[str, str], default: tuple[str, str]
) -> None:
    """Links were written before there was any filling in: they stay what they were."""
    at = opened(slug, **link)
    assert runs_of(at)
    assert {*link.items(), default} <= set(link_of(at).items())
    assert "line.moved" not in link_of(at)
    assert link_of(at).get("line.start") != races.opening().settings["line.start"]


@pytest.mark.parametrize(
    "slug, control, value",
    [("lab", "run.n_steps", 300.0), ("losses", "run.n_steps", 120.0)],
)
def test_a_default_that_is_not_the_openings_survives_the_link(
    slug: str, control: str, value: float
) -> None:
    at = opened(slug, **VIEW)
    if slug == "lab":
        assert float(settings_of(at)[control]["value"]) != value
        tune(at, control, f"{value:.0f}")
    else:
        slider = at.select_slider(key=f"{slug}:{control}:1")
        assert float(slider.value) != value
        options = [option.replace(",", "") for option in slider.options]
        slider.set_value(slider.options[options.index(f"{value:.0f}")]).run()
    again = opened(slug, **link_of(at))
    assert runs_of(again) == runs_of(at)
    if slug == "lab":
        assert float(settings_of(again)[control]["value"]) == value
    else:
        assert again.select_slider(key=f"{slug}:{control}:1").value == value
    assert link_of(again) == link_of(at)


def test_the_losses_at_their_defaults_are_not_the_opening() -> None:
    """Both had the empty address, so that the link opened the other one."""
    plain = {"data": "line", "a.loss": "mse", "b.loss": "mae"}
    at = opened("losses", **plain)
    rest = {"a.run.learning_rate": "0.1", "b.run.learning_rate": "0.1", "run.n_steps": "120"}
    assert link_of(at) == {**plain, **rest}
    assert runs_of(at) != runs_of(opened("losses"))


@pytest.mark.parametrize("bad", [{"problem": "nonsense"}, {"runs": "nonsense"}])
def test_what_is_not_understood_counts_as_left_out(bad: dict[str, str]) -> None:
    at = opened("lab", **bad)
    assert len(at.warning) == 1
    assert link_of(at) == {}


def test_a_side_keeps_what_its_link_names() -> None:
    at = AppTest.from_file(str(ROOT / "home.py"), default_timeout=60)
    at.switch_page("pages/compare.py")
    at.query_params.update({"mode": "side_by_side", "b.run.n_steps": "40"})
    at.run()
    settings = link_of(at)
    assert (settings["a.run.n_steps"], settings["b.run.n_steps"]) == ("150", "40")
    assert settings["a.runs"] == settings["b.runs"]


def _copies() -> None:
    from lossopt.links.settings import Opening
    from pages.ui.frame.link import Link

    link = Link("lab", Opening())
    link.replace({"batch.learning_rate": "0.1", "batch~2.momentum": "0.9"})
    link.copy("batch.", "batch~2.")
    for name in ("learning_rate", "momentum"):
        link.write(name, link.read(f"batch~2.{name}", "none", str))
    link.save()


def test_a_copy_has_no_leftovers_of_an_earlier_one() -> None:
    at = AppTest.from_function(_copies).run()
    assert not at.exception
    assert link_of(at) == {"learning_rate": "0.1", "momentum": "none"}


@pytest.mark.parametrize("slug, query", LINKS)
def test_what_a_link_drops_was_not_drawn_before(slug: str, query: dict[str, str]) -> None:
    """A control that loses its key after it was drawn takes no notice of the next click."""
    at = opened(slug, **query)
    assert not at.exception
    controls = [control for kind in KINDS for control in at.get(kind)]
    assert controls
    assert [control.key for control in controls if control.key not in at.session_state] == []


@pytest.mark.parametrize("query", [{}, {"problem": "line"}, {"problem": "beale", "mode": "race"}])
def test_the_first_press_on_a_mode_counts(query: dict[str, str]) -> None:
    at = opened("compare", **query)
    modes = next(group for group in at.get("button_group") if ":mode:" in group.key)
    modes.set_value("seeds").run()
    assert link_of(at)["mode"] == "seeds"


def test_what_another_loss_drops_was_not_drawn_before() -> None:
    at = opened("lab")
    press_example(at, "lab", "scaling")
    losses_menu = next(menu for menu in at.selectbox if ":loss:" in menu.key)
    losses_menu.select("mae").run()
    assert "penguins_mass.standardize" not in link_of(at)
    switch = next(each for each in at.toggle if ":penguins_mass.standardize:" in each.key)
    assert switch.key in at.session_state
    switch.set_value(not switch.value).run()
    assert link_of(at)["penguins_mass.standardize"] == "0"


WIDGETS = (
    *("slider", "select_slider", "selectbox", "multiselect", "button_group", "radio"),
    *("checkbox", "toggle", "text_input", "number_input"),
)


def shown_by(control: Any) -> Any:
    """What a control shows that is drawn only now, in a fold that is opened late."""
    kind, proto = control.type, control.proto
    if kind in ("multiselect", "button_group"):
        shown = [control.options[k] for k in proto.default]
        return [getattr(option, "content", option) for option in shown]
    if kind in ("slider", "select_slider"):
        (place,) = proto.default
        return control.options[int(place)] if kind == "select_slider" else place
    if kind in ("radio", "number_input") and not proto.HasField("default"):
        return None
    return control.options[proto.default] if kind in ("selectbox", "radio") else proto.default


def counts(control: Any) -> Any:
    """What a control says to the page, as a person reads it."""
    if control.type in ("multiselect", "button_group"):
        chosen = control.value if isinstance(control.value, list) else [control.value]
        return [control.format_func(value) for value in chosen if value is not None]
    named = control.type in ("selectbox", "select_slider", "radio") and control.value is not None
    return control.format_func(control.value) if named else control.value


@pytest.mark.parametrize(
    "slug, query",
    [
        ("lab", {}),
        (
            "lab",
            {
                "problem": "line",
                "line.noise": "0.3",
                "line.start": "1_2",
                "adam.schedule": "cosine",
            },
        ),
        ("network", {}),
        ("compare", {"problem": "line"}),
        ("losses", {}),
        ("compare", {"mode": "side_by_side"}),
        (
            "compare",
            {
                "mode": "scoreboard",
                "board.rules": "adam-momentum",
                "board.goals": "beale",
                "board.passes": "10",
            },
        ),
        ("batches", {"watch": "sgd"}),
        ("network", {"slice": "line", "run.n_steps": "20"}),
        ("optimizers", {"part": "anatomy"}),
        ("lessons", {"lesson": "stable_rate"}),
        ("lessons", {"lesson": "ravine", "ravine.guess": "7"}),
        ("lessons", {"lesson": "fair_comparison", "fair_comparison.guess": "nesterov"}),
    ],
)
def test_a_fold_opened_late_shows_what_counts(slug: str, query: dict[str, str]) -> None:
    at = opened(slug, **query)
    at.run()
    found = [control for kind in WIDGETS for control in at.get(kind)]
    assert len(found) > 3
    for control in found:
        if not control.proto.set_value:
            assert shown_by(control) == counts(control), control.label


def steps_of(at: AppTest) -> Any:
    assert not at.exception, [each.value for each in at.warning]
    return next(each for each in at.select_slider if ":run.n_steps:" in (each.key or ""))


@pytest.mark.parametrize("mode", ["map", "seeds", "basins"])
def test_an_address_that_is_late_takes_no_change_back(mode: str) -> None:
    """The browser sends a change with the address that it has; the newest may be on its way."""
    at = opened("compare", mode=mode, problem="himmelblau", runs="batch")
    first = link_of(at)
    options = steps_of(at).options
    for text in options[3:6]:
        steps_of(at).set_value(float(text)).run()
        assert link_of(at) != first
        at.query_params.clear()
        at.query_params.update(first)
    key = steps_of(at).key
    steps_of(at).set_value(float(options[6])).run()
    assert (steps_of(at).key, steps_of(at).value) == (key, float(options[6]))
    assert link_of(at)["run.n_steps"] == options[6]


def test_who_goes_back_to_an_address_gets_its_settings() -> None:
    at = opened("compare", mode="map", problem="himmelblau", runs="batch")
    first, before = link_of(at), steps_of(at).value
    steps_of(at).set_value(float(steps_of(at).options[3])).run()
    at.query_params.clear()
    at.query_params.update(first)
    at.run()
    assert steps_of(at).value == before and link_of(at) == first


def test_an_address_of_others_counts_even_with_a_change() -> None:
    at = opened("compare", mode="map", problem="himmelblau", runs="batch")
    at.query_params["run.n_steps"] = "20"
    steps_of(at).set_value(float(steps_of(at).options[3])).run()
    assert steps_of(at).value == 20.0


def test_a_language_chosen_with_a_late_address_keeps_what_was_chosen() -> None:
    at = opened("lab", problem="himmelblau", runs="batch")
    first = link_of(at)
    tune(at, "run.n_steps", "20")
    chosen = link_of(at)
    at.run()
    at.query_params.clear()
    at.query_params.update(first)
    at.button_group(key="language").set_value("ko").run()
    assert link_of(at) == {**chosen, "lang": "ko"}
