"""Seeds: see how much of a loss curve is luck."""

from __future__ import annotations

import dataclasses
from functools import partial

from lossopt.figures.messages import Extras
from lossopt.figures.scene import Contestant
from lossopt.figures.spreads import ball_message, bands_message, cloud_message
from lossopt.links.batch_size import draws_samples
from lossopt.links.race import Race, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.views import view_options
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import Array, Spec, param
from lossopt.sweeps import SeedBands, seed_bands
from lossopt.theory.gradient_noise import averages_samples
from lossopt.theory.noise_balls import noise_ball, share_inside
from lossopt.trajectories import affordable_steps
from pages.ui.compare.columns import affordable_run, explanation, settings_column
from pages.ui.compare.single import single_optimizer
from pages.ui.controls.controls import Controls
from pages.ui.controls.problem_choice import problem_panel
from pages.ui.controls.run import run_panel
from pages.ui.frame.long_work import long_work
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective, picture
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "seeds stage"
PROBLEM = "line"
"""Here theory says how far the ends scatter."""


@dataclasses.dataclass(frozen=True)
class Seeds(Spec):
    """How many orders of the samples are tried."""

    name = "Seeds"

    n_seeds: int = param(100, "seeds", 20, 200)


def show(controls: Controls) -> None:
    """Draw one run on the stage, and around it what other orders of the samples would do."""
    link, words = controls.link, controls.words
    with settings_column(words) as left:
        problem = problem_panel(controls, usual=PROBLEM, with_examples=False)
        goal = objective(problem.goal)
        slot = single_optimizer(controls, problem, goal, default="sgd")
        seeds = controls.spec("seeds", Seeds)
        sampled = draws_samples(link, [slot], goal)
        run = run_panel(controls, problem, goal, sampled=sampled)
        run = affordable_run(words, run, affordable_steps(goal, seeds.n_seeds))
    view = view_options(link)
    race = race_of(link, [slot], goal, run, follow=view.follow, with_outside=False)
    contestants = contestants_of(words, [slot], race)
    with left:
        found = _spread(words, race, goal, seeds.n_seeds)
        entry = race.entries[0]
        ball = noise_ball(entry.optimizer, goal, entry.batch_size, race.n_steps)
        show_race(
            words,
            race,
            goal,
            contestants,
            key=STAGE,
            options=view,
            extras=_overlays(race, goal, contestants, found, ball),
            on_start=lambda: move_start(link, problem.start, STAGE),
            on_options=lambda: remember_view(link, STAGE),
        )
        explanation(_summary(words, race, goal, found, ball))


def _spread(words: Words, race: Race, goal: Objective, n_seeds: int) -> SeedBands:
    """Run the optimizer with many orders of the samples, or take them from the shelf."""
    (entry,) = race.entries
    return long_work(
        ("seeds", goal, entry, race.n_steps, race.start, n_seeds),
        lambda: partial(
            seed_bands,
            entry,
            goal,
            seeds=n_seeds,
            start=race.start,
            n_steps=race.n_steps,
        ),
        words("compare.seeds.working", n=n_seeds),
    )


def _overlays(
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    found: SeedBands,
    ball: Array | None,
) -> Extras:
    """Band on the loss curve, end points on the surface, and what theory predicts for them."""
    plane = picture(race, goal, contestants).plane
    look = contestants[0].look
    return Extras(
        bands=(bands_message(found, look),),
        dots=(cloud_message(found, plane, look),),
        lines=() if ball is None else (ball_message(goal.minimizers[0], ball, plane),),
    )


def _summary(
    words: Words, race: Race, goal: Objective, found: SeedBands, ball: Array | None
) -> str:
    """What the picture shows, with its numbers, and what it does not show."""
    n = len(found.seeds)
    if not race.entries[0].is_stochastic(goal):
        return words("compare.seeds.no_luck", n=n)
    ends = [float(band[-1]) for band in found.bands]
    sentences = [
        words("compare.seeds.shows", n=n),
        words("compare.seeds.ends", low=short(ends[0]), middle=short(ends[1]), high=short(ends[2])),
    ]
    if diverged := int((found.diverged_at >= 0).sum()):
        sentences.append(words("compare.seeds.diverged", n=diverged))
    if ball is None:
        reason = "no_ball" if averages_samples(goal) else "own_sums"
        sentences.append(words(f"compare.seeds.{reason}"))
    else:
        inside = share_inside(found.ends[found.diverged_at < 0], goal.minimizers[0], ball)
        sentences.append(words("compare.seeds.about_ball", share=f"{inside:.0%}"))
    return " ".join([*sentences, words("compare.seeds.not_shown")])
