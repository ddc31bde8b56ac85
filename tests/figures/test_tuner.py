"""Controls that are drawn from what params say of themselves."""

import pytest

import lossopt as lo
from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.figures.tuner import Catalog, setting_of, tuner_alone
from lossopt.landscapes.surfaces import axis_plane
from lossopt.params import params_of
from pages.ui.frame.words import JOINER, Words


@pytest.mark.parametrize("name", lo.OPTIMIZERS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_field_of_every_rule_has_a_control_that_shows_its_default(
    name: str, language: str
) -> None:
    rule = lo.OPTIMIZERS[name]
    for field in params_of(rule):
        shown = setting_of(Catalog(language), field, field.default)
        assert field.parse(shown.value) == field.default and shown.label
        assert (
            shown.kind
            == {bool: "switch", int: "whole", float: "number", str: "choice"}[type(field.default)]
        )
        if shown.kind == "choice":
            assert tuple(each.id for each in shown.choices) == field.choices
        if shown.kind in ("whole", "number"):
            assert shown.low <= field.default <= shown.high and shown.low < shown.high
            assert shown.limits[0] <= shown.low and shown.high <= shown.limits[1]
            assert not shown.log or shown.low > 0
            assert shown.log or shown.step > 0


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_library_names_things_as_the_app_does(language: str) -> None:
    """A page to take home has no server to ask for words."""
    alone, app = Catalog(language), Words(language)
    fields = {field.name for rule in lo.OPTIMIZERS.values() for field in params_of(rule)}
    for kind, names in {"optimizer": lo.OPTIMIZERS, "field": fields}.items():
        for name in names:
            assert alone.name(kind, name, "") == app.name(kind, name, "").replace(JOINER, "")
    assert alone.name("field", "learning_rate", "") in ("learning rate η", "학습률 η")


def shown_alone(entries, goal, language="en"):
    runs = lo.descend(entries, goal, n_steps=20)
    looks = [Contestant(f"c{k}", f"C{k}", "", look_of("adam")) for k, _ in enumerate(entries)]
    live = live_message(goal, axis_plane(goal), runs)
    kept = [run.entry for run in runs]
    return tuner_alone(kept, looks, live, n_steps=20, language=language)


def test_alone_it_offers_what_the_browser_can_do() -> None:
    adam, newton = lo.OPTIMIZERS["adam"](eps=0.5), lo.OPTIMIZERS["newton"]()
    tuner = shown_alone([Entry(adam, clip_norm=2.0), newton], lo.OBJECTIVES["booth"]())
    assert tuner is not None
    (run,) = tuner.runs
    values = {setting.name: setting.value for setting in run.settings}
    assert values["eps"] == "0.5" and values["clip_norm"] == "2" and values["average"] == "0"
    assert "batch_size" not in values and "eps_place" not in values
    assert tuner.shared == (), "Newton cannot run for another number of steps here"
    assert shown_alone([newton], lo.OBJECTIVES["booth"]()) is None


def test_all_learning_rates_are_turned_together_where_there_are_several() -> None:
    two = [lo.OPTIMIZERS[name]() for name in ("adam", "momentum")]
    for language in ("en", "ko"):
        tuner = shown_alone(two, lo.OBJECTIVES["booth"](), language)
        assert tuner is not None and tuner.together is not None
        assert (tuner.together.value, tuner.together.label) == ("1", tuner.texts["together"])
        alone = shown_alone(two[:1], lo.OBJECTIVES["booth"](), language)
        assert alone is not None and alone.together is None


def test_alone_it_offers_batches_where_there_are_samples() -> None:
    parts = lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]()
    risk = lo.EmpiricalRisk(*parts)
    tuner = shown_alone([lo.Entry(lo.OPTIMIZERS["adam"](), batch_size=8)], risk, "ko")
    (size,) = (each for each in tuner.runs[0].settings if each.name == "batch_size")
    assert (size.value, size.low, size.high) == ("8", 1, 100) and size.every.id == "all"
    assert [each.name for each in tuner.shared] == ["run.n_steps"]
    assert tuner.lang == "ko" and "옵티마이저" in tuner.texts["title"]
