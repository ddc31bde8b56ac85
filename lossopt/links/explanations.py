"""Sentences that explain a race, with the numbers of that race."""

from __future__ import annotations

from collections.abc import Callable

from lossopt.entries import Entry
from lossopt.figures.messages import Limit
from lossopt.links.race import Race
from lossopt.numbers import short
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import Optimizer
from lossopt.theory.diagnostics import (
    flat_directions,
    largest_curvature,
    largest_stable_learning_rate,
)
from lossopt.words import Words

StableRate = Callable[[Optimizer, Objective], float | None]
"""Finds the largest learning rate with which a rule stays near a minimizer."""


def limit_of(
    words: Words,
    goal: Objective,
    entry: Entry,
    stable_rate: StableRate = largest_stable_learning_rate,
    curvature: Callable[[Objective], float] = largest_curvature,
) -> Limit | None:
    """The learning rate above which theory lets an entry diverge; None where it knows none.

    Parameters
    ----------
    words : Words
    goal : Objective
    entry : Entry
    stable_rate, curvature : callable, optional
        What finds the numbers; a page has those that it keeps.
    """
    if entry.is_stochastic(goal) or not _is_known(goal):
        return None
    rate = stable_rate(entry.optimizer, goal)
    if rate is None:
        return None
    key = "message.above_limit" if goal.quadratic else "message.above_guide"
    named = {"name": "{name}", "rate": "{rate}", "limit": short(rate)}
    return Limit(rate, words(key, **named, curvature=short(curvature(goal))), goal.quadratic)


def is_limited(goal: Objective, rule: type[Optimizer]) -> bool:
    """Whether theory says something about a rule here, with some settings of it."""
    return _is_known(goal) and rule.stability_limit is not Optimizer.stability_limit


def _is_known(goal: Objective) -> bool:
    return isinstance(goal, EmpiricalRisk) or len(goal.minimizers) > 0


def about_problem(words: Words, goal: Objective) -> list[str]:
    """What is to be known of a loss, whoever descends it."""
    return [*_about_weights(words, goal), *_about_loss(words, goal)]


def _about_loss(words: Words, goal: Objective) -> list[str]:
    if not isinstance(goal, EmpiricalRisk):
        return []
    if goal.dataset.task != "regression" and len(set(goal.samples.y.tolist())) == 1:
        return [words("message.one_class")]
    reasons = {
        "separable": "message.separable",
        "partly separable": "message.partly_separable",
        "not convex": "message.not_convex",
    }
    key = reasons.get(goal.reference.reason)
    if not key and flat_directions(goal):
        key = "message.many_minimizers"
    return [words(key)] if key else []


def _about_weights(words: Words, goal: Objective) -> list[str]:
    if not isinstance(goal, WeightedRisk):
        return []
    return [words("message.weighted_test" if goal.test else "message.weighted")]


def hint_of(words: Words, goal: Objective) -> str:
    """What there is to see and to do on the stage of the Descent Lab."""
    known = len(goal.minimizers) > 0
    return " ".join(words(f"lab.{key}") for key in ("hint", "hint_star")[: 1 + known])


def plane_note(words: Words, goal: Objective, race: Race, share: float | None) -> str:
    """Which plane is drawn and how much of the movement it shows; empty if it shows all.

    Where the browser makes the runs, `share` is None, and it fills in how much they move.
    """
    if goal.n_params == 2:
        return ""
    moved = "{share}" if share is None else _percent(share)
    axes = race.axes
    if race.slice in ("random", "line"):
        return words(f"note.{race.slice}", share=moved, n=goal.n_params)
    if axes is None:
        return pca_note(words, goal, moved)
    x, y = (goal.param_names[k] for k in axes)
    return axes_note(words, goal, x, y, moved)


def pca_note(words: Words, goal: Objective, share: str = "{share}") -> str:
    """What a plane in which the paths move most shows of them."""
    return words("note.pca", share=share, n=goal.n_params)


def axes_note(
    words: Words, goal: Objective, x: str = "{x}", y: str = "{y}", share: str = "{share}"
) -> str:
    """What the plane of two params shows of the paths."""
    where = "note.at_minimizer" if len(goal.minimizers) else "note.at_best"
    if not (len(goal.minimizers) or isinstance(goal, EmpiricalRisk)):
        where = "note.at_start"
    return words("note.axes", x=x, y=y, where=words(where), share=share, n=goal.n_params)


def _percent(share: float) -> str:
    return f"{share:.1%}" if share > 0.99 else f"{share:.0%}"
