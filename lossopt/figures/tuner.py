"""The message of the tuner: controls, made from what params say of themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from lossopt.entries import Entry
from lossopt.figures.messages import (
    Choice,
    Live,
    LiveRun,
    Setting,
    Sign,
    Tunable,
    Tuner,
    as_json,
)
from lossopt.figures.player import NAMES, words_of
from lossopt.figures.scene import Contestant
from lossopt.params import Param, Spec, param, params_of

ALL = "all"
"""A batch of all samples, in a link."""
SYMBOLS = {"learning_rate": "η {value}", "momentum": "μ {value}", "batch_size": "b {value}"}
"""How a contestant says in a few signs how it is set."""


FACTORS = (0.01, 100.0)
"""By which all learning rates are multiplied together."""


@dataclasses.dataclass(frozen=True)
class Outside(Spec):
    """What acts on a rule from outside; all of it off by default."""

    name = "Outside"

    clip_norm: float = param(0.0, "clip gradients to norm (0: off)", 0.0, 10.0, limits=(0.0, 1e12))
    average: bool = param(False, "average the iterates (Polyak)")


@dataclasses.dataclass(frozen=True)
class RunSettings(Spec):
    """What all contestants share."""

    name = "Run"

    n_steps: int = param(300, "steps", 1, 10_000, log=True)


class Naming(Protocol):
    """Words of a language."""

    def name(self, kind: str, item_id: str, english: str) -> str: ...
    def meaning(self, term: str) -> str: ...


class Catalog:
    """Words of a language, from the files of the library."""

    def __init__(self, language: str) -> None:
        self.language = language

    def name(self, kind: str, item_id: str, english: str) -> str:
        """Name of an item; one without a translation keeps its English name."""
        found = (words_of(self.language, file).get(kind, {}).get(item_id) for file in NAMES)
        return str(next(filter(None, found), english))

    def meaning(self, term: str) -> str:
        """What the glossary says about a term; empty when it says nothing."""
        return str(words_of(self.language, "glossary")["term"].get(term, {}).get("text", ""))


def setting_of(words: Naming, field: Param, value: object, **more: Any) -> Setting:
    """The control of a field.

    Parameters
    ----------
    words : Naming
    field : Param
    value : object
        What it shows.
    **more
        Fields of the message that the page knows better.

    Examples
    --------
    >>> import lossopt as lo
    >>> rate, momentum, *_ = params_of(lo.OPTIMIZERS["momentum"])
    >>> shown = setting_of(Catalog("en"), rate, 0.5)
    >>> shown.kind, shown.label, shown.value, shown.log, shown.low, shown.high
    ('number', 'learning rate η', '0.5', True, 1e-05, 10.0)
    >>> setting_of(Catalog("en"), momentum, 0.9).step
    0.001
    """
    told: dict[str, Any] = {
        "name": field.name,
        "label": words.name("field", field.name, field.label),
        "help": words.meaning(field.name),
        "value": field.text(value),
        "minor": field.minor,
        **more,
    }
    if isinstance(field.default, bool):
        return Setting(kind="switch", **told)
    if field.choices:
        named = (Choice(each, words.name("field_choice", each, each)) for each in field.choices)
        return Setting(kind="choice", choices=tuple(named), **told)
    return Setting(
        kind="whole" if isinstance(field.default, int) else "number",
        low=field.low,
        high=field.high,
        limits=field.limits,
        log=field.log,
        step=0.0 if field.log else field.slider(field.default)[2],
        **told,
    )


def batch_setting(
    texts: Mapping[str, str], size: int | None, n_samples: int, **more: Any
) -> Setting:
    """The control of the batch size; None stands for all samples."""
    return Setting(
        name="batch_size",
        kind="whole",
        label=texts["batch_size"],
        value=ALL if size is None else str(size),
        low=1.0,
        high=n_samples,
        limits=(1, n_samples),
        log=True,
        every=Choice(ALL, texts["batch_all"].format(n=n_samples)),
        **more,
    )


def together_setting(texts: Mapping[str, str], runs: Sequence[Tunable]) -> Setting | None:
    """The control of all learning rates together: a factor, so that they keep their proportions.

    One rate for all would favor whoever it suits. None where there are not several of them.
    """
    rates = [each for run in runs for each in run.settings if each.name == "learning_rate"]
    return together_alone(texts) if sum(not rate.rests for rate in rates) > 1 else None


def together_alone(texts: Mapping[str, str]) -> Setting:
    """The same, whoever takes part."""
    low, high = FACTORS
    return Setting(
        name="factor",
        kind="number",
        label=texts["together"],
        help=texts["together_help"],
        value="1",
        low=low,
        high=high,
        limits=(low**3, high**3),
        log=True,
    )


def signs_of(texts: Mapping[str, str]) -> tuple[Sign, ...]:
    """What contestants say of themselves."""
    clipped = Sign("clip_norm", texts["clipped"].format(norm="{value}"))
    return (
        *(Sign(name, text) for name, text in SYMBOLS.items()),
        Sign("schedule", "{value}"),
        clipped,
        Sign("average", texts["averaged"]),
    )


def packed(tuner: Tuner) -> dict[str, Any]:
    """The tuner as it goes to a browser: what several contestants have in common is sent once.

    Examples
    --------
    >>> rate = setting_of(Catalog("en"), params_of(RunSettings)[0], 300)
    >>> run = Tunable(id="adam", label="Adam", color=None, settings=(rate,), signs=())
    >>> sent = packed(Tuner(runs=(run, run), lang="en", texts={}))
    >>> [run["settings"] for run in sent["tuner"]["runs"]], len(sent["settings"])
    ([[0], [0]], 1)
    """
    runs, sent = tuner.runs, as_json(dataclasses.replace(tuner, runs=()))
    told = [as_json(dataclasses.replace(run, settings=(), presets=())) for run in runs]
    settings, places = _once([run.settings for run in runs])
    presets, others = _once([run.presets for run in runs])
    for run, of_settings, of_presets in zip(told, places, others, strict=True):
        run |= {"settings": of_settings, "presets": of_presets}
    return {"tuner": sent | {"runs": told}, "settings": settings, "presets": presets}


def _once(rows: Iterable[Iterable[object]]) -> tuple[list[Any], list[list[int]]]:
    """Every one of some messages once, and where those of each row are."""
    found: dict[str, tuple[int, Any]] = {}
    places = [[found.setdefault(repr(each), (len(found), each))[0] for each in row] for row in rows]
    return [as_json(each) for _, each in found.values()], places


def tuner_alone(
    entries: Sequence[Entry],
    contestants: Sequence[Contestant],
    live: Live | None,
    *,
    n_steps: int,
    language: str,
) -> Tuner | None:
    """Controls of all that a browser can do by itself, where no server stands behind it.

    Parameters
    ----------
    entries, contestants : list
        One per run.
    live : Live or None
        The race, as the scene brings it.
    n_steps : int
    language : str
        ``en`` or ``ko``.

    Returns
    -------
    Tuner or None
        None where nothing can be tuned.
    """
    if live is None:
        return None
    words, texts = Catalog(language), words_of(language, "tuner")
    named = zip(entries, contestants, live.runs, strict=True)
    runs = tuple(
        Tunable(
            id=each.id,
            label=each.label,
            color=each.look.color,
            settings=_settings_alone(words, texts, entry, run, live),
            signs=signs_of(texts),
        )
        for entry, each, run in named
        if run
    )
    bound = any(run is None or run.factors or run.rests_at is not None for run in live.runs)
    (steps,) = params_of(RunSettings)
    shared = () if bound else (setting_of(words, steps, n_steps, name=f"run.{steps.name}"),)
    if not runs:
        return None
    together = together_setting(texts, runs)
    return Tuner(runs=runs, shared=shared, together=together, lang=language, texts=texts)


def _settings_alone(
    words: Naming, texts: Mapping[str, str], entry: Entry, run: LiveRun, live: Live
) -> tuple[Setting, ...]:
    rule = entry.optimizer
    turned = {"learning_rate", *run.settings}
    found = [
        setting_of(words, field, getattr(rule, field.name))
        for field in params_of(rule)
        if field.name in turned
    ]
    if live.data and live.data.inputs and not rule.full_batch:
        found.append(batch_setting(texts, entry.batch_size, live.n_samples))
    outside = Outside(clip_norm=entry.clip_norm or 0.0, average=entry.average)
    acting = (
        setting_of(words, field, getattr(outside, field.name), minor=True)
        for field in params_of(Outside)
    )
    return (*found, *acting)
