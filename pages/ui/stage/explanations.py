"""Sentences that explain a race, with the numbers of that race."""

from __future__ import annotations

from lossopt.figures.scene import Contestant
from lossopt.numbers import short
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.theory.diagnostics import flat_directions, largest_stable_learning_rate
from pages.ui.frame.words import Words
from pages.ui.runs.cache import Picture, curvature
from pages.ui.runs.race import Race


def explanations(
    words: Words,
    goal: Objective,
    race: Race,
    contestants: tuple[Contestant, ...],
    shown: Picture,
) -> list[str]:
    """Why runs diverge or stand still, and what theory says about this loss."""
    sentences = []
    known = isinstance(goal, EmpiricalRisk) or len(goal.minimizers) > 0
    for entry, contestant, step, ending, still in zip(
        race.entries,
        contestants,
        shown.diverged_at,
        shown.endings,
        shown.still,
        strict=True,
    ):
        rule, name = entry.optimizer, contestant.label
        if ending is not None:
            sentences.append(words(f"message.{ending}", name=name, step=step))
        if rule.learning_rate == 0.0 and still:
            sentences.append(words("message.zero_rate", name=name))
        limit = None
        whole = not entry.is_stochastic(goal)
        if whole and (goal.quadratic or (step is not None and known)):
            limit = largest_stable_learning_rate(rule, goal)
        if limit is not None and rule.learning_rate > limit:
            key = "message.above_limit" if goal.quadratic else "message.above_guide"
            sentences.append(
                words(
                    key,
                    name=name,
                    rate=short(rule.learning_rate),
                    limit=short(limit),
                    curvature=short(curvature(goal)),
                )
            )
    return [*sentences, *_about_weights(words, goal), *_about_loss(words, goal)]


def pace(
    words: Words, goal: Objective, race: Race, contestants: tuple[Contestant, ...], axis: str
) -> list[str]:
    """That a step is not the same work for all, where curves over steps would hide it."""
    sizes = [entry.size(goal) for entry in race.entries]
    most, least = max(sizes), min(sizes)
    if axis != "steps" or most == least:
        return []
    heavy, light = (contestants[sizes.index(size)].label for size in (most, least))
    return [words("message.pace", heavy=heavy, most=most, light=light, least=least)]


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


def plane_note(words: Words, goal: Objective, race: Race, shown: Picture) -> str:
    """Which plane is drawn and how much of the movement it shows; empty if it shows all."""
    if goal.n_params == 2:
        return ""
    share = f"{shown.share:.1%}" if shown.share > 0.99 else f"{shown.share:.0%}"
    axes = race.axes
    if race.slice in ("random", "line"):
        return words(f"note.{race.slice}", share=share, n=goal.n_params)
    if axes is None:
        return words("note.pca", share=share, n=goal.n_params)
    where = "note.at_minimizer" if len(goal.minimizers) else "note.at_best"
    if not (len(goal.minimizers) or isinstance(goal, EmpiricalRisk)):
        where = "note.at_start"
    x, y = (goal.param_names[k] for k in axes)
    return words("note.axes", x=x, y=y, where=words(where), share=share, n=goal.n_params)
