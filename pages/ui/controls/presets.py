"""What libraries and papers set of a rule: a menu of the tuner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lossopt.figures.messages import Preset
from lossopt.libraries import LIBRARIES, rules_of
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import params_of
from lossopt.registry import id_of
from pages.ui.frame.words import Words

PAPER = "paper"


@cache
def presets_of(
    language: str, optimizer: str, shown: frozenset[str], *, changing_rate: bool
) -> tuple[Preset, ...]:
    """What can be taken over of all that is shown; the same for everybody.

    Parameters
    ----------
    language : str
    optimizer : str
        Id of a rule.
    shown : frozenset of str
        Names of its fields that are shown.
    changing_rate : bool
        Whether the learning rate will change.
    """
    return tuple(_presets(Words(language), optimizer, shown, changing_rate))


def _presets(
    words: Words, optimizer: str, shown: frozenset[str], changing_rate: bool
) -> Iterator[Preset]:
    for name, rule in rules_of(LIBRARIES, optimizer, changing_rate=changing_rate).items():
        library = LIBRARIES[name]
        convention = library.conventions[optimizer]
        label = f"{library.name} {library.version}"
        near = label if convention.is_exact else words("tuner.nearly", name=label)
        stays = ("learning_rate",) if convention.asks_rate else ()
        yield Preset(name, near, _others(rule, shown), stays)
    paper = OPTIMIZERS[optimizer].published()
    if paper is not None:
        yield Preset(PAPER, words(f"convention.{PAPER}"), _others(paper, shown))


@cache
def defaults_of(optimizer: str, shown: frozenset[str]) -> dict[str, str]:
    """Defaults of a rule as they stand in a link, of what is shown."""
    return _texts_of(OPTIMIZERS[optimizer](), shown)  # type: ignore[call-arg]


def _others(rule: Optimizer, shown: frozenset[str]) -> dict[str, str]:
    """What a rule has otherwise than by default."""
    defaults = defaults_of(id_of(rule), shown)
    return {name: text for name, text in _texts_of(rule, shown).items() if text != defaults[name]}


def _texts_of(rule: Optimizer, shown: frozenset[str]) -> dict[str, str]:
    """Values of a rule as they stand in a link, of what is shown."""
    fields = [field for field in params_of(rule) if field.name in shown]
    return {field.name: field.text(getattr(rule, field.name)) for field in fields}
