"""The controls of a race of the class: every rule that may enter, as the tuner shows it."""

from __future__ import annotations

from collections.abc import Iterator

from lossopt.figures.messages import Setting, Tunable, Tuner
from lossopt.figures.palette import look_of
from lossopt.figures.tuner import batch_setting, setting_of, signs_of
from lossopt.links.contestants import Slot, choices_for
from lossopt.objectives import Objective
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES
from lossopt.params import params_of
from pages.ui.frame.words import Words


def class_tuner(words: Words, goal: Objective) -> Tuner:
    """Everybody who may enter a race on an objective.

    They begin with their own defaults: what a search finds would be half of the answer.

    Parameters
    ----------
    words : Words
    goal : Objective
    """
    slots = [Slot(name).on(goal) for name in choices_for(goal)]
    runs = tuple(_tunable(words, slot, goal) for slot in slots)
    return Tuner(runs=runs, lang=words.language, texts=words.section("tuner"))


def _tunable(words: Words, slot: Slot, goal: Objective) -> Tunable:
    return Tunable(
        id=slot.id,
        label=slot.label(words),
        color=look_of(slot.rule_id, slot.variant).color,
        settings=tuple(_settings(words, slot, goal)),
        signs=signs_of(words.section("tuner")),
    )


def _settings(words: Words, slot: Slot, goal: Objective) -> Iterator[Setting]:
    for field in params_of(slot.rule):
        if field.name not in ONLY_WHERE_THE_RATE_CHANGES:
            yield setting_of(words, field, field.default, minor=field.minor)
    if goal.n_samples > 1 and not slot.rule.full_batch:
        yield batch_setting(words.section("tuner"), slot.batch_size, goal.n_samples)
