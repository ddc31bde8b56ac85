"""What the pocket edition is told: all that can be chosen, and one problem at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from lossopt.figures.messages._scene import Descents, Limit
from lossopt.figures.messages._tuner import Choice, Setting, Sign
from lossopt.figures.packing import Doubles
from lossopt.figures.palette import Color


@dataclasses.dataclass(frozen=True)
class PocketLook:
    """How a run is drawn.

    Attributes
    ----------
    color, dash, marker
        As in `Run`.
    """

    color: Color
    dash: tuple[int, ...]
    marker: str


@dataclasses.dataclass(frozen=True)
class PocketChoice:
    """Who can take part.

    Attributes
    ----------
    id
        Name in links.
    rule
        Id of its update rule.
    label, plain
        What it is called on data and on functions.
    looks
        Of its copies, one after the other.
    settings
        Hyperparameters at their defaults.
    batch_size
        Samples per step where nobody chooses; left out: all.
    draws
        Whether a batch can be chosen at all.
    here
        Whether a browser runs it.
    """

    id: str
    rule: str
    label: str
    plain: str
    looks: tuple[PocketLook, ...]
    settings: tuple[Setting, ...]
    batch_size: int | None = None
    draws: bool = True
    here: bool = True


@dataclasses.dataclass(frozen=True)
class PocketModel:
    """What can learn a kind of data.

    Attributes
    ----------
    id, label
        Name in links and in words.
    loss
        Its usual loss.
    """

    id: str
    label: str
    loss: str


@dataclasses.dataclass(frozen=True)
class PocketTask:
    """What goes with a kind of data.

    Attributes
    ----------
    models, losses
        The usual model comes first.
    """

    models: tuple[PocketModel, ...]
    losses: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True)
class PocketItem:
    """Something to descend.

    Attributes
    ----------
    id, label
        Name in links and in words.
    task
        Which kind of data it is; left out of functions and of what a person brings along.
    here
        Whether it is shipped.
    """

    id: str
    label: str
    task: str | None = None
    here: bool = True


@dataclasses.dataclass(frozen=True)
class PocketExample:
    """Ready settings.

    Attributes
    ----------
    id, label
        Name in the catalog, and in words.
    settings
        As in a link.
    """

    id: str
    label: str
    settings: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketSearch:
    """How a learning rate to begin with is found: see `lossopt.comparisons.usual_rate`.

    Attributes
    ----------
    rates, steps, near, rise, depth, share
        As there.
    operations
        Parts of a formula that a run may work through: see `lossopt.trajectories.affordable_steps`.
    """

    rates: tuple[float, ...]
    steps: int
    near: float
    rise: float
    depth: float
    share: float
    operations: int


@dataclasses.dataclass(frozen=True)
class PocketFormula:
    """Functions that a person writes.

    Attributes
    ----------
    text, region
        Before anything is written.
    sentences
        Of refusals, by their codes.
    words
        Of the fields.
    """

    text: str
    region: str
    sentences: Mapping[str, str]
    words: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pocket:
    """All that can be chosen, in one language.

    Attributes
    ----------
    lang, texts
        As in `Scene`; texts by the page that has them.
    problems
        In the order of the menu.
    tasks
        By their names.
    choices
        Contestants in the order of the menu.
    specs
        Settings of problems, models, losses and schedules at their defaults, by their ids.
    schedule, laws
        The menu of schedules, the usual one first, and what each is in a formula.
    outside, run, order
        What acts on any rule from outside, what all share, and the order of samples.
    batch, together, signs
        Controls of a batch and of all learning rates, and what contestants say of themselves.
    view
        What view options can be, the usual one first.
    examples
    opening
        What an address without settings stands for.
    always
        Settings that are in every link of the app.
    away
        Settings that only the app knows, and what they are, in words.
    variants
        Files of problems with other settings than the usual ones, by the settings.
    search
    formula
    most
        How many can take part.
    """

    lang: str
    texts: Mapping[str, Mapping[str, str]]
    problems: tuple[PocketItem, ...]
    tasks: Mapping[str, PocketTask]
    choices: tuple[PocketChoice, ...]
    specs: Mapping[str, tuple[Setting, ...]]
    schedule: Setting
    laws: Mapping[str, str]
    outside: tuple[Setting, ...]
    run: Setting
    order: Setting
    batch: Setting
    together: Setting
    signs: tuple[Sign, ...]
    view: Mapping[str, tuple[str, ...]]
    examples: tuple[PocketExample, ...]
    opening: Mapping[str, str]
    always: tuple[str, ...]
    away: Mapping[str, str]
    variants: Mapping[str, str]
    search: PocketSearch
    formula: PocketFormula
    most: int


@dataclasses.dataclass(frozen=True)
class PocketWords:
    """Names of a problem's parts in a language.

    Attributes
    ----------
    labels, fit
        Of the plane's axes and of those of the data view.
    params
        Of every param.
    classes
        Of the data.
    said
        What is to be known of the loss.
    note
        What the plane does not show, with ``{x}`` and ``{y}`` for the names of its axes; of the
        plane that the runs decide first.
    limits
        What theory says about every rule as it is at first.
    """

    labels: tuple[str, ...]
    fit: tuple[str, ...]
    params: tuple[str, ...]
    classes: tuple[str, ...]
    said: tuple[str, ...]
    note: tuple[str, ...]
    limits: tuple[Limit | None, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PocketProblem:
    """A problem with everybody who may descend it.

    Attributes
    ----------
    drawn
        Without runs; `Live` has those of all `rules`.
    rules
        Their ids.
    words
        By language.
    bounds
        Region of each param that is worth drawing.
    resting
        Where params that are not drawn are held.
    minimizers
        Params (m × n_params).
    side
        Points of the surface along each axis.
    affordable
        Most steps, by the number of contestants from 1.
    search_steps, search_floor
        Of the search for a learning rate.
    falls
        Whether it has losses below zero.
    lowest
        Minimum of the loss, where one is known.
    through_end
        As in `Principal`.
    """

    drawn: Descents
    rules: tuple[str, ...]
    words: Mapping[str, PocketWords]
    bounds: tuple[tuple[float, float], ...]
    resting: Doubles
    minimizers: Doubles
    side: int
    affordable: tuple[int, ...]
    search_steps: int
    search_floor: float | None = None
    falls: bool = False
    lowest: float | None = None
    through_end: bool = False
