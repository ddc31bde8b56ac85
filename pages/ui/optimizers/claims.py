"""Where an optimizer shines and where it fails: ready links, and what they come to."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache

from lossopt.links.contestants import Slot
from lossopt.links.settings import Settings
from pages.ui.frame.words import ASSETS
from pages.ui.runs.cache import outcome
from pages.ui.stage.ready_race import ready_race

KINDS = ("shines", "fails")


@dataclasses.dataclass(frozen=True)
class Claim:
    """One run of a link ends lower than another, by a factor in the loss above the minimum.

    Without a minimum the factor is 0, and the claim is that it ends lower at all.
    """

    link: dict[str, str]
    better: str
    worse: str
    factor: float


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a link comes to: the last step, the runs and their losses (infinite: diverged)."""

    n_steps: int
    slots: list[Slot]
    losses: tuple[float, ...]
    above_minimum: bool


@dataclasses.dataclass(frozen=True)
class Facts:
    """What a card says beyond words: its claims, and the rate that suits a small surface."""

    claims: dict[str, Claim] = dataclasses.field(default_factory=dict)
    rate: float | None = None


@cache
def facts() -> dict[str, Facts]:
    """The facts of every optimizer that has some."""
    told = tomllib.loads((ASSETS / "optimizer_claims.toml").read_text("utf-8"))
    return {
        name: Facts({kind: Claim(**one[kind]) for kind in KINDS if kind in one}, one.get("rate"))
        for name, one in told.items()
    }


def facts_of(name: str) -> Facts:
    """The facts of an optimizer; a new one may have none yet."""
    return facts().get(name, Facts())


def outcome_of(settings: dict[str, str]) -> Outcome:
    """Run the race of a ready link."""
    ready = ready_race(Settings(settings))
    losses = outcome(ready.race, ready.goal)
    return Outcome(ready.race.n_steps, ready.slots, losses, ready.goal.minimum is not None)
