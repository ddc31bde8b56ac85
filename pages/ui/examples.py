"""Ready races: named settings of the Descent Lab."""

from __future__ import annotations

import tomllib
from functools import cache

from pages.ui.texts import ASSETS


@cache
def examples() -> dict[str, dict[str, str]]:
    """Settings of every example; the first one opens the Lab."""
    return tomllib.loads((ASSETS / "examples.toml").read_text("utf-8"))


def opening() -> dict[str, str]:
    """Settings that an address without any setting stands for."""
    return next(iter(examples().values()))
