"""Seeds: see how much of a loss curve is luck."""

from __future__ import annotations

import dataclasses

from lossopt.figures.spreads import bands_message
from lossopt.params import Spec, param
from pages.ui.cache import objective, spread
from pages.ui.compare.columns import explanation, settings_column
from pages.ui.compare.single import plain_race, single_optimizer
from pages.ui.controls import spec_controls
from pages.ui.link import Link
from pages.ui.panel import problem_panel, run_panel
from pages.ui.racing import contestants_of, move_start, remember_view, show_race, view_options
from pages.ui.texts import Words

STAGE = "seeds stage"


@dataclasses.dataclass(frozen=True)
class Seeds(Spec):
    """How many orders of the samples are tried."""

    name = "Seeds"

    n_seeds: int = param(100, "seeds", 20, 200)


def show(link: Link, words: Words) -> None:
    """Draw one run on the stage, and around it what other orders of the samples would do."""
    with settings_column(words) as left:
        problem = problem_panel(link, words, with_examples=False)
        goal = objective(problem.key, problem.make)
        slot = single_optimizer(link, words, goal, default="mini_batch")
        seeds = spec_controls(link, words, "seeds", Seeds)
        run = run_panel(link, words, problem, goal)
    view = view_options(link)
    race = plain_race(link, [slot], problem.key, goal, run, follow=view["follow"])
    contestants = contestants_of(words, [slot], race)
    with left:
        found = spread(repr((race, seeds)), race, seeds.n_seeds, goal)
        show_race(
            words,
            race,
            goal,
            contestants,
            key=STAGE,
            options=view,
            extras={"bands": bands_message(found, contestants[0].look)},
            on_start=lambda: move_start(link, problem.start, STAGE),
            on_options=lambda: remember_view(link, STAGE),
        )
        explanation(words("compare.seeds.shows", n=seeds.n_seeds))
