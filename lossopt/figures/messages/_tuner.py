"""What the tuner shows: the contestants of a race, and what of them can be set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of several things to choose.

    Attributes
    ----------
    id, label
        Name in links and in words.
    """

    id: str
    label: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Setting:
    """A control, drawn from what a param says of itself.

    Attributes
    ----------
    name
        In the link, below that of its contestant.
    kind
        Which control it is.
    label, help
        Words.
    value
        As it is written in a link.
    low, high
        Between which a number is offered; the box takes all between `limits`.
    step
        Between two numbers on a linear scale.
    log
        Whether numbers are offered on a logarithmic scale.
    limits
        Smallest and largest number that is accepted.
    every
        The highest number under another name, where it stands for all.
    choices
        Of a choice.
    minor
        Whether it is folded away.
    rests
        Whether it has no effect now.
    note
        A sentence below it.
    """

    name: str
    kind: Literal["number", "whole", "switch", "choice"]
    label: str
    value: str
    help: str = ""
    low: float = 0.0
    high: float = 1.0
    step: float = 0.0
    log: bool = False
    limits: tuple[float, float] = (0.0, 1.0)
    every: Choice | None = None
    choices: tuple[Choice, ...] = ()
    minor: bool = False
    rests: bool = False
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Preset:
    """What a library, or a paper, sets: values of several settings at once.

    Attributes
    ----------
    id, label
        Name among presets, and in words.
    values
        By the names of the settings: what is not a default of the rule.
    stays
        Names of settings that it leaves as they are.
    """

    id: str
    label: str
    values: Mapping[str, str]
    stays: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Sign:
    """What a contestant says of a setting that is on.

    Attributes
    ----------
    name
        Of the setting.
    text
        Has ``{value}`` in the place of a number.
    """

    name: str
    text: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tunable:
    """A contestant in the tuner.

    Attributes
    ----------
    id, label
        Name in links and in words.
    color
    settings
        In the order in which they are shown.
    signs
        What it says of itself, in this order.
    presets
        Conventions that it can take over.
    defaults
        What presets set where they name nothing else, by the names of the settings.
    """

    id: str
    label: str
    color: Color
    settings: tuple[Setting, ...]
    signs: tuple[Sign, ...]
    presets: tuple[Preset, ...] = ()
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tuner:
    """Controls of a race.

    Attributes
    ----------
    runs
        The contestants.
    shared
        Settings of them all; their names are whole.
    together
        A factor on all learning rates, which is no setting of its own.
    addable
        Who may join.
    most
        How many can take part; 0 where nobody joins or leaves.
    note
        A sentence about those who cannot join.
    lang, texts
        As in `Scene`.
    """

    runs: tuple[Tunable, ...]
    lang: str
    texts: Mapping[str, str]
    shared: tuple[Setting, ...] = ()
    together: Setting | None = None
    addable: tuple[Choice, ...] = ()
    most: int = 0
    note: str = ""
