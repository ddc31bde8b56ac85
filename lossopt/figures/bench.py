"""Who may still join a race where no server stands behind it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from lossopt.entries import Entry
from lossopt.figures.messages import Descents, Scene
from lossopt.figures.palette import look_of
from lossopt.figures.player import Bundles, player_page
from lossopt.figures.scene import Contestant, stage_scene
from lossopt.figures.tuner import Catalog, tuner_alone
from lossopt.landscapes.surfaces import Plane
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.trajectories import Trajectory, descend

LONGEST = 1000
"""Steps of a race that others may join: each of them is run, and sent along."""


@dataclasses.dataclass(frozen=True)
class Bench:
    """A race with those who sit beside it.

    Attributes
    ----------
    entries : list of Entry
    contestants : list of Contestant
        Who takes part, then who may join.
    drawn : Descents
        The runs of them all.
    aside : tuple of str
        Ids of those who may join.
    """

    entries: list[Entry]
    contestants: list[Contestant]
    drawn: Descents
    aside: tuple[str, ...]

    def page(self, scene: Scene, *, title: str, plotly: Bundles) -> str:
        """Write a page that plays the race as a scene shows it, and lets others join."""
        # What is sent of runs stands at other frames where more of them share the room.
        fit = dataclasses.replace(scene.fit, key_frames=self.drawn.fit.key_frames)
        whole = dataclasses.replace(scene, runs=self.drawn.runs, live=self.drawn.live, fit=fit)
        tuner = tuner_alone(
            self.entries,
            self.contestants,
            whole.live,
            n_steps=whole.last_step,
            language=whole.lang,
        )
        return player_page(whole, title=title, plotly=plotly, tuner=tuner, aside=self.aside)


def bench_of(
    drawn: Descents,
    plane: Plane,
    runs: Sequence[Trajectory],
    contestants: Sequence[Contestant],
    language: str,
    rate: Callable[[Entry], float] | None = None,
) -> Bench:
    """Put every rule that a browser can run, and that takes no part yet, beside a race.

    Parameters
    ----------
    drawn : Descents
        The race as it is drawn on `plane`.
    plane : Plane
    runs : list of Trajectory
    contestants : list of Contestant
        One per run.
    language : str
        ``en`` or ``ko``.
    rate : callable, optional
        Gives the learning rate with which an entry joins; the rule's own by default.
    """
    entries = [run.entry for run in runs if run.entry]
    alone = Bench(entries, list(contestants), drawn, ())
    first = runs[0]
    goal, bound = first.objective, any(run.rests_at is not None for run in runs)
    if goal is None or drawn.live is None or bound or first.n_steps > LONGEST:
        return alone
    spare = _spare(goal, {type(entry.optimizer) for entry in entries}, rate)
    race = {"start": first.iterates[0], "n_steps": first.n_steps, "seed": first.seed}
    everybody = [*contestants, *(_contestant(*each, language) for each in spare.items())]
    others = descend(list(spare.values()), goal, **race)
    whole = stage_scene(goal, plane, [*runs, *others], everybody, drawn.surface)
    if whole.live is None:
        return alone
    kept = [k for k, run in enumerate(whole.live.runs) if run is not None or k < len(contestants)]
    drawn = dataclasses.replace(
        whole,
        runs=tuple(whole.runs[k] for k in kept),
        live=dataclasses.replace(whole.live, runs=tuple(whole.live.runs[k] for k in kept)),
    )
    entries = [*entries, *spare.values()]
    aside = tuple(everybody[k].id for k in kept[len(contestants) :])
    return Bench([entries[k] for k in kept], [everybody[k] for k in kept], drawn, aside)


def _spare(
    goal: Objective, taken: set[type[Optimizer]], rate: Callable[[Entry], float] | None
) -> dict[str, Entry]:
    """Entries of all other rules, by the rules' ids."""
    kinds = {name: kind for name, kind in OPTIMIZERS.items() if kind not in taken}
    rules = {name: kind() for name, kind in kinds.items()}  # type: ignore[call-arg]
    entries = {name: Entry(rule) for name, rule in rules.items() if rule.fits(goal)}
    if rate is None:
        return entries
    return {
        name: Entry(dataclasses.replace(entry.optimizer, learning_rate=rate(entry)))
        for name, entry in entries.items()
    }


def _contestant(name: str, entry: Entry, language: str) -> Contestant:
    rule = entry.optimizer
    label = Catalog(language).name("optimizer", name, rule.name)
    return Contestant(name, label, f"η {short(rule.learning_rate)}", look_of(name))
