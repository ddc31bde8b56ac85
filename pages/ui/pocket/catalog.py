"""All that can be chosen in the pocket edition, from what the registry says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from lossopt.comparisons import rates
from lossopt.datasets import DATASETS
from lossopt.figures.messages import (
    Choice,
    Pocket,
    PocketChoice,
    PocketExample,
    PocketFormula,
    PocketItem,
    PocketLook,
    PocketModel,
    PocketSearch,
    PocketTask,
    Setting,
)
from lossopt.figures.palette import look_of
from lossopt.figures.player import MAX_RUNS
from lossopt.figures.tuner import (
    Outside,
    RunSettings,
    batch_setting,
    setting_of,
    signs_of,
    together_alone,
)
from lossopt.formulas import FormulaError
from lossopt.links.contestants import (
    CHOICES,
    PROBLEMS,
    Slot,
    losses_for,
    models_for,
)
from lossopt.links.examples import ALWAYS, examples, opening
from lossopt.links.own import OWN_DATA, REGION, USUAL
from lossopt.links.race import SampleOrder
from lossopt.links.refusals import sentences
from lossopt.links.rule import schedule_setting
from lossopt.links.views import VIEW
from lossopt.links.weights import CLASS_WEIGHTS, NUMBERS, WEIGHTING
from lossopt.losses import LOSSES, Task
from lossopt.models import MODELS
from lossopt.numbers import short
from lossopt.objectives import OBJECTIVES
from lossopt.params import Param, Spec, params_of
from lossopt.schedules import SCHEDULES
from lossopt.trajectories import OPERATIONS
from pages.ui.controls.problem_choice import problem_name
from pages.ui.frame.terms import noted
from pages.ui.frame.words import Words
from pages.ui.stage.race_stage import NOTES

TEXTS = ("stage", "tuner", "pocket", "lab", "notice", "app", "menu", "take_home")
"""Parts of the catalogs that the page has words from."""


def catalog_message(language: str, here: set[str], variants: Mapping[str, str]) -> Pocket:
    """All that can be chosen, in a language.

    Parameters
    ----------
    language : str
    here : set of str
        Ids of the rules that a browser runs.
    variants : dict of str to str
        Files of problems with settings of their own.
    """
    words = Words(language)
    texts = words.section("tuner")
    (steps,) = params_of(RunSettings)
    (seed,) = params_of(SampleOrder)
    kinds: dict[str, type[Spec]] = {**OBJECTIVES, **DATASETS, **MODELS, **LOSSES, **SCHEDULES}
    return Pocket(
        lang=language,
        texts={part: marked(words, part) for part in TEXTS},
        problems=tuple(_item(words, name) for name in PROBLEMS),
        tasks={task: _task(words, task) for task in sorted({d.task for d in DATASETS.values()})},
        choices=tuple(_choice(words, name, here) for name in CHOICES),
        specs={name: _settings(words, spec) for name, spec in kinds.items() if params_of(spec)},
        schedule=schedule_setting(words, next(iter(SCHEDULES))),
        laws=words.section("lab.law"),
        outside=_settings(words, Outside, minor=True),
        run=_setting(words, steps),
        order=_setting(words, seed),
        batch=batch_setting(texts, None, 1),
        together=together_alone(texts),
        signs=signs_of(texts),
        view=VIEW,
        examples=tuple(
            PocketExample(name, words(f"example.{name}"), settings)
            for name, settings in examples().items()
        ),
        opening=opening().settings,
        always=ALWAYS,
        away={name: words("weights.title") for name in (CLASS_WEIGHTS, NUMBERS, WEIGHTING)}
        | {OWN_DATA: problem_name(words, OWN_DATA)},
        variants=variants,
        search=PocketSearch(
            rates=rates.RATES,
            steps=rates.STEPS,
            near=rates.NEAR,
            rise=rates.RISE,
            depth=rates.DEPTH,
            share=rates.SHARE,
            operations=OPERATIONS,
        ),
        formula=PocketFormula(
            text=USUAL,
            region=REGION,
            sentences=sentences(words, FormulaError),
            words={name: words(f"own.{name}") for name in ("formula", "region", "region_wrong")},
        ),
        most=MAX_RUNS,
    )


def marked(words: Words, part: str) -> dict[str, str]:
    """Words of a part of the catalogs; in what becomes a note of a stage, terms are marked."""
    notes = (*NOTES, "hint", "hint_star", "anatomy.hint", "libraries.hint")
    return {
        name: noted(words.language, text) if name in notes else text
        for name, text in words.section(part).items()
    }


def _item(words: Words, name: str) -> PocketItem:
    task = DATASETS[name].task if name in DATASETS else None
    return PocketItem(name, problem_name(words, name), task, name != OWN_DATA)


def _task(words: Words, task: Task) -> PocketTask:
    return PocketTask(
        tuple(
            PocketModel(name, words.item("model", name), kind.usual_losses[task])
            for name, kind in models_for(task).items()
        ),
        tuple(Choice(name, words.item("loss", name)) for name in losses_for(task)),
    )


def _choice(words: Words, name: str, here: set[str]) -> PocketChoice:
    slot = Slot(name)
    looks = (look_of(slot.rule_id, Slot(name, k + 1).variant) for k in range(MAX_RUNS))
    return PocketChoice(
        id=name,
        rule=slot.rule_id,
        label=slot.label(words),
        plain=Slot(name, samples=False).label(words),
        looks=tuple(PocketLook(look.color, look.dash, look.marker) for look in looks),
        settings=_settings(words, slot.rule),
        batch_size=slot.batch_size,
        draws=not slot.rule.full_batch,
        here=slot.rule_id in here,
    )


def _settings(words: Words, spec: type[Spec], *, minor: bool = False) -> tuple[Setting, ...]:
    return tuple(_setting(words, field, minor=minor or field.minor) for field in params_of(spec))


def _setting(words: Words, field: Param, *, minor: bool = False) -> Setting:
    said = [words.meaning(field.name)]
    if not isinstance(field.default, bool):
        usual = words.name("field_choice", str(field.default), short(field.default))
        said.append(words("lab.default_is", value=usual) + ".")
    told = " ".join(filter(None, said))
    return setting_of(words, field, field.default, minor=minor, help=told)
