"""The dial of a stage: one hyperparameter that is turned while the race is watched."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable

from lossopt.entries import Entry
from lossopt.fans import DIALS, N_VALUES, Row, can_turn, fan_rows
from lossopt.figures import messages
from lossopt.figures.fan import values_for
from lossopt.figures.scene import Contestant
from lossopt.keys import key_of
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.params import params_of
from pages.ui.controls.controls import Controls
from pages.ui.frame.component import heard
from pages.ui.frame.link import Link, one_of
from pages.ui.frame.memory import Memory
from pages.ui.frame.words import Words
from pages.ui.runs.cache import Picture, fan_picture
from pages.ui.runs.race import Race
from pages.ui.stage.stage import fan

OFF = "off"
SYMBOLS = {"learning_rate": "η", "momentum": "μ"}
Details = Callable[[Race], list[str]]
ROWS: Memory[tuple[str, list[Row]]] = Memory("dial")
"""The rows of every stage's dial, with all that decides them."""


@dataclasses.dataclass(frozen=True)
class Dial:
    """A dial of the race as it is set.

    Attributes
    ----------
    chosen : str
        ``off``, a hyperparameter, or ``hyperparameter.contestant`` for a single one.
    choices : dict of str to str
        What can be chosen, with its words.
    rows : list
        The entries at every value; empty if the dial is off or the race too long for one.
    index : int
        The row that is the race as it is set.
    id : str
        Of the rows.
    live : bool
        Whether the browser runs the race at every value, and needs no fan.
    """

    chosen: str
    choices: dict[str, str]
    rows: list[Row]
    index: int
    id: str
    live: bool

    def message(
        self, words: Words, race: Race, contestants: tuple[Contestant, ...], details: Details
    ) -> messages.Dial:
        """What the scene says of it."""
        return messages.Dial(
            self.chosen,
            tuple(messages.Choice(item, label) for item, label in self.choices.items()),
            fan=self.id,
            index=self.index,
            note=None if self.rows else words("stage.dial_too_long"),
            rows=_spoken(words, self, race, contestants, details) if self.live else None,
        )


def dial_of(
    controls: Controls,
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    *,
    key: str,
    live: messages.Live | None,
) -> Dial:
    """Read the dial from the link and prepare its rows; they stay while the dial is turned.

    Parameters
    ----------
    live : Live or None
        The race for the browser to run, as the scene brings it.
    """
    choices = _choices(controls.words, race, contestants)
    chosen = controls.link.read("dial", OFF, one_of(tuple(choices)))
    controls.link.write("dial", chosen, OFF)
    here = live is not None and all(map(_runs_in_browser, race.entries, live.runs))
    n_values = N_VALUES[0] if here else values_for(goal, len(contestants), race.n_steps)
    if chosen == OFF or n_values is None:
        return Dial(chosen, choices, [], 0, "", live=False)
    rest = key_of((chosen, goal, _still(race)))
    kept, rows = ROWS.begin(key, ("", []))
    if kept != rest or race.entries not in rows:
        field, _, only = chosen.partition(".")
        place = [each.id for each in contestants].index(only) if only else None
        rows = fan_rows(race.entries, field, only=place, n_values=n_values)
        ROWS.keep(key, (rest, rows))
    name = hashlib.sha1(key_of((rest, rows)).encode(), usedforsecurity=False).hexdigest()
    return Dial(chosen, choices, rows, rows.index(race.entries), name, here)


def _runs_in_browser(entry: Entry, run: messages.LiveRun | None) -> bool:
    """Whether the browser can run this contestant with whatever a dial turns."""
    return run is not None and _fields(entry).keys() <= {"learning_rate", *run.settings}


def _still(race: Race) -> Race:
    """What of a race stays while its dial is turned."""
    return dataclasses.replace(race, entries=(), follow=False)


def show_fan(
    words: Words,
    dial: Dial,
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    shown: Picture,
    *,
    key: str,
    details: Details,
) -> None:
    """Compute the fan of a dial, where it needs one, and send it after the picture."""
    if dial.live or not dial.rows:
        return
    runs = fan_picture(dial.rows, _still(race), goal, shown.plane)
    spoken = _spoken(words, dial, race, contestants, details)
    told = messages.Fan(**vars(runs), id=dial.id, texts=spoken.texts, details=spoken.details)
    fan(told, stage_key=key)


def _spoken(
    words: Words, dial: Dial, race: Race, contestants: tuple[Contestant, ...], details: Details
) -> messages.Turns:
    """What every value means, and what the contestants then are."""
    rows = dial.rows
    return messages.Turns(
        tuple(_value_text(words, dial.chosen, row, race, contestants) for row in rows),
        tuple(tuple(details(dataclasses.replace(race, entries=row))) for row in rows),
        tuple(tuple(map(_fields, row)) for row in rows),
    )


def _fields(entry: Entry) -> dict[str, float]:
    """The hyperparameters that a dial can turn."""
    rule = entry.optimizer
    return {name: getattr(rule, name) for name in DIALS if can_turn(rule, name)}


def turn_dial(link: Link, contestants: tuple[Contestant, ...], *, key: str) -> None:
    """Take over into the link what the person did with the dial of the stage with this key."""
    if chosen := heard(messages.DialChosen, "dial", key):
        link.put("dial", chosen.choice)
        return
    _, rows = ROWS.begin(key, ("", []))
    rests = heard(messages.DialRests, "dial", key)
    if rests is None or not 0 <= rests.index < len(rows):
        return
    for entry, contestant in zip(rows[rests.index], contestants, strict=False):
        for field in params_of(entry.optimizer):
            if field.name in DIALS:
                text = field.text(getattr(entry.optimizer, field.name))
                link.put(f"{contestant.id}.{field.name}", text)


def _choices(words: Words, race: Race, contestants: tuple[Contestant, ...]) -> dict[str, str]:
    found = {OFF: words("stage.dial_off")}
    for field, symbol in SYMBOLS.items():
        able = [
            each
            for entry, each in zip(race.entries, contestants, strict=True)
            if can_turn(entry.optimizer, field)
        ]
        if len(able) > 1:
            found[field] = words("stage.dial_all", symbol=symbol)
        for each in able:
            item = f"{field}.{each.id}" if len(able) > 1 else field
            found[item] = words("stage.dial_one", symbol=symbol, name=each.label)
    return found


def _value_text(
    words: Words, chosen: str, row: Row, race: Race, contestants: tuple[Contestant, ...]
) -> str:
    """Say what a value of the dial means."""
    field, _, only = chosen.partition(".")
    turned = [
        (each, getattr(entry.optimizer, field))
        for entry, each in zip(row, contestants, strict=True)
        if can_turn(entry.optimizer, field) and only in ("", each.id)
    ]
    alike = field == "learning_rate" or len({value for _, value in turned}) == 1
    key = f"dial_values_{field}" if len(turned) > 1 and alike else "dial_value"
    told = turned[:1] if alike else turned
    symbol = SYMBOLS[field]
    return "; ".join(
        words(f"stage.{key}", name=each.label, symbol=symbol, value=short(value))
        for each, value in told
    )
