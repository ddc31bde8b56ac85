"""What a page shows before it can play: the race of its link as a still picture."""

from __future__ import annotations

from functools import lru_cache

from lossopt.figures.palette import look_of
from lossopt.links.contestants import parse_slots
from lossopt.links.examples import opening
from lossopt.links.settings import KEPT, Settings
from pages.ui.frame.seen import UNSEEN
from pages.ui.stage.ready_race import PROBLEMS, ready_race
from pages.ui.stage.still import still_of


def first_frame(query: dict[str, str]) -> str:
    """Draw the race of a link to the Descent Lab as an SVG.

    Empty where the link says what only the page can read, or brings its problem along.
    """
    settings = {name: text for name, text in query.items() if name not in (*KEPT, *UNSEEN)}
    return _drawn(tuple(sorted((opening().left_out_by(settings) | settings).items())))


@lru_cache(256)
def _drawn(settings: tuple[tuple[str, str], ...]) -> str:
    link, known = Settings(dict(settings)), dict(settings)
    if known.get("problem") not in PROBLEMS or not link.read("runs", [], parse_slots):
        return ""
    ready = ready_race(link)
    goal, race = ready.goal, ready.race
    # Rates that nobody chose are found by a search, which the page makes.
    told = all(slot.fits(goal) and f"{slot.id}.learning_rate" in known for slot in ready.slots)
    if link.unread or not told or goal.n_params > len(race.axes or ()):
        return ""
    return still_of(race, goal, [look_of(slot.rule_id, slot.variant) for slot in ready.slots])
