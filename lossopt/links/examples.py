"""Ready races: named settings of the Descent Lab."""

from __future__ import annotations

import tomllib
from functools import cache

from lossopt.links.contestants import PROBLEMS
from lossopt.links.settings import Opening
from lossopt.words import ASSETS

ALWAYS = ("problem", "runs")
"""Settings in every link of a race."""


@cache
def examples() -> dict[str, dict[str, str]]:
    """Settings of every example; the first one opens the Lab."""
    return tomllib.loads((ASSETS / "examples.toml").read_text("utf-8"))


def opening(name: str = "") -> Opening:
    """The first example, or the one of this name, as what is shown first."""
    settings = examples()[name or next(iter(examples()))]
    return Opening(settings, ALWAYS, "problem", PROBLEMS)
