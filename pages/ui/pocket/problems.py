"""One problem of the pocket edition, with everybody whom a browser lets descend it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping

from lossopt.comparisons.rates import search_limits
from lossopt.datasets import DATASETS
from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.messages import Descents, PocketProblem, PocketWords
from lossopt.figures.packing import pack_doubles
from lossopt.figures.palette import look_of
from lossopt.figures.player import MAX_RUNS
from lossopt.figures.scene import Contestant, stage_scene
from lossopt.formulas import formula
from lossopt.landscapes.surfaces import PRINCIPAL, axis_plane, falls_below_zero, resting_point
from lossopt.links.contestants import losses_for, models_for
from lossopt.links.examples import examples
from lossopt.links.explanations import about_problem, axes_note, pca_note
from lossopt.links.own import USUAL
from lossopt.links.picture import side_of
from lossopt.links.scenes import translated
from lossopt.losses import LOSSES
from lossopt.models import MODELS
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import Spec, params_of
from lossopt.programs import script_for_any
from lossopt.trajectories import Planned, affordable_steps, planned
from pages.ui.frame.terms import noted
from pages.ui.frame.words import LANGUAGES, Words
from pages.ui.stage.explanations import limit_of

Fields = dict[str, dict[str, object]]
"""Values of fields that are not the usual ones, by the id of what has them."""


def usual_problems() -> Iterator[tuple[str, Objective]]:
    """Every function, and all data with every model and every loss, as they are at first."""
    for name in OBJECTIVES:
        yield name, function_of(name, {})
    for name, data in DATASETS.items():
        for model in models_for(data.task):
            for loss in losses_for(data.task):
                yield file_of(name, model, loss), risk_of(name, model, loss, {})


def other_problems() -> Iterator[tuple[str, Objective]]:
    """Problems of the examples with settings of their own, by file and settings."""
    for settings in examples().values():
        parts = parts_of(settings)
        others = {name: text for name, text in settings.items() if _belongs(name, parts)}
        if others:
            fields = _read(others)
            goal = risk_of(*parts, fields) if len(parts) > 1 else function_of(*parts, fields)
            chosen = "&".join(f"{name}={text}" for name, text in sorted(others.items()))
            yield f"{file_of(*parts)}?{chosen}", goal


def parts_of(settings: Mapping[str, str]) -> list[str]:
    """Ids of a function, or of data, model and loss."""
    problem = settings["problem"]
    if problem in OBJECTIVES:
        return [problem]
    task = DATASETS[problem].task
    model = settings.get("model", next(iter(models_for(task))))
    return [problem, model, settings.get("loss", MODELS[model].usual_losses[task])]


def file_of(*parts: str) -> str:
    """Name of the file of a problem, and of its model and loss."""
    return "-".join(parts)


def function_of(name: str, fields: Fields) -> Objective:
    return OBJECTIVES[name](**fields.get(name, {}))


def risk_of(data: str, model: str, loss: str, fields: Fields) -> Objective:
    parts = zip((DATASETS, MODELS, LOSSES), (data, model, loss), strict=True)
    return EmpiricalRisk(*(kinds[name](**fields.get(name, {})) for kinds, name in parts))


def _belongs(setting: str, parts: list[str]) -> bool:
    owner, _, field = setting.partition(".")
    return owner in parts and field in {each.name for each in params_of(_spec(owner))}


def _read(settings: dict[str, str]) -> Fields:
    found: Fields = {}
    for setting, text in settings.items():
        owner, _, name = setting.partition(".")
        field = next(each for each in params_of(_spec(owner)) if each.name == name)
        found.setdefault(owner, {})[name] = field.parse(text)
    return found


def _spec(owner: str) -> type[Spec]:
    return next(kinds[owner] for kinds in (OBJECTIVES, DATASETS, MODELS, LOSSES) if owner in kinds)


def formula_message() -> PocketProblem:
    """Whatever a person writes, which the browser reads and the programs are handed."""
    message = problem_message(formula(USUAL))
    script = script_for_any([OPTIMIZERS[name]() for name in message.rules])  # type: ignore[call-arg]
    live = message.drawn.live
    assert live and [run and run.function for run in live.runs] == [
        run.function for run in script.runs if run
    ]
    drawn = dataclasses.replace(message.drawn, live=dataclasses.replace(live, text=script.text))
    affordable = tuple(affordable_steps(OBJECTIVES["booth"](), k + 1) for k in range(MAX_RUNS))
    return dataclasses.replace(message, drawn=drawn, affordable=affordable, search_floor=None)


def problem_message(goal: Objective) -> PocketProblem:
    """Pack a problem with the programs of all rules that a browser runs on it."""
    rules, drawn = _drawn(goal)
    steps, floor = search_limits(goal)
    return PocketProblem(
        drawn=drawn,
        rules=rules,
        words={lang: _words(Words(lang), goal, drawn, rules) for lang in LANGUAGES},
        bounds=tuple((float(low), float(high)) for low, high in goal.bounds),
        resting=pack_doubles(resting_point(goal)),
        minimizers=pack_doubles(goal.minimizers),
        side=side_of(goal),
        affordable=tuple(affordable_steps(goal, count + 1) for count in range(MAX_RUNS)),
        search_steps=steps,
        search_floor=floor if math.isfinite(floor) else None,
        falls=falls_below_zero(goal),
        lowest=goal.minimum,
        through_end=not (goal.convex or len(goal.minimizers)),
    )


def _drawn(goal: Objective) -> tuple[tuple[str, ...], Descents]:
    fitting = [name for name, rule in OPTIMIZERS.items() if rule().fits(goal)]
    plane = axis_plane(goal)
    if goal.n_params > 2:
        plane = dataclasses.replace(plane, labels=PRINCIPAL)
    live = live_message(goal, plane, _plans(goal, fitting))
    assert live is not None
    here = [name for name, run in zip(fitting, live.runs, strict=True) if run]
    looks = [Contestant(name, "", "", look_of(name)) for name in here]
    drawn = stage_scene(goal, plane, _plans(goal, here), looks, None)
    return tuple(here), dataclasses.replace(drawn, runs=())


def _plans(goal: Objective, rules: list[str]) -> list[Planned]:
    entries = [Entry(OPTIMIZERS[name]()) for name in rules]
    return planned(entries, goal, start=goal.start, n_steps=1, seed=0)


def _words(words: Words, goal: Objective, drawn: Descents, rules: tuple[str, ...]) -> PocketWords:
    shown = translated(words, drawn)
    named = dataclasses.replace(drawn.plane, labels=drawn.param_names)
    params = translated(words, dataclasses.replace(drawn, plane=named)).plane.labels
    notes = (pca_note(words, goal), axes_note(words, goal)) if goal.n_params > 2 else ()
    return PocketWords(
        labels=shown.plane.labels,
        fit=getattr(shown.fit, "labels", ()),
        params=params,
        classes=getattr(shown.fit, "class_names", ()),
        said=tuple(noted(words.language, text) for text in about_problem(words, goal)),
        note=tuple(noted(words.language, text) for text in notes),
        limits=tuple(
            each and dataclasses.replace(each, text=noted(words.language, each.text))
            for each in (limit_of(words, goal, Entry(OPTIMIZERS[name]())) for name in rules)
        ),
    )
