"""What libraries make of an optimizer, in the pocket edition."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from lossopt.entries import Entry
from lossopt.figures.live import live_message
from lossopt.figures.messages import (
    Choice,
    PocketExample,
    PocketLibraries,
    PocketLook,
    PocketPart,
    PocketPath,
    PocketPaths,
)
from lossopt.figures.palette import numbered_look
from lossopt.figures.sketch import rate_sketch
from lossopt.landscapes.surfaces import axis_plane
from lossopt.libraries import same_paths
from lossopt.objectives import OBJECTIVES
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.programs import script_for_any
from lossopt.trajectories import planned
from pages.ui.frame.prose import as_page
from pages.ui.frame.table import table_html
from pages.ui.frame.words import Words
from pages.ui.optimizers import name_of
from pages.ui.optimizers.card_text import setting
from pages.ui.optimizers.differences import differences, settings_of
from pages.ui.optimizers.ground import SURFACES
from pages.ui.optimizers.libraries_text import (
    Known,
    differs_in,
    ends,
    known_libraries,
    lead,
    names_of,
    table,
    ways,
    what_to_set,
)
from pages.ui.optimizers.schedules import (
    schedule_lines,
    schedule_name,
    schedule_notes,
    schedule_rates,
    schedule_table,
)


def libraries_message(language: str, name: str) -> PocketLibraries:
    """What libraries make of an optimizer.

    Parameters
    ----------
    language : str
    name : str
        A key of `OPTIMIZERS`.
    """
    words, known = Words(language), known_libraries(name)
    pairs = itertools.product(known, repeat=2) if len(known) > 1 else ()
    groups = same_paths(known, name, 1.0)
    return PocketLibraries(
        lead=as_page(_lead(words, name, known, groups)),
        html=_told(words, name, known) if known else "",
        paths=_paths(words, name, known, groups),
        differences=tuple(
            PocketExample(f"{field.name} {value}", setting(words, field, value), told)
            for field, value, shown in differences(name)
            if shown.is_seen and (told := settings_of(name, shown))
        ),
        known=tuple(Choice(key, each.name) for key, each in known.items()),
        ends=ends(name, known) if len(known) > 1 else (),
        moving={
            f"{here} {there}": as_page(
                " ".join(what_to_set(words, name, known[here], known[there]))
            )
            for here, there in pairs
        },
    )


def _lead(words: Words, name: str, known: Known, groups: Mapping[Optimizer, list[str]]) -> str:
    title = name_of(words, name)
    if not known:
        return words("optimizers.libraries.nobody", name=title)
    return lead(words, title, known, groups)


def _told(words: Words, name: str, known: Known) -> str:
    said = "\n".join(f"- {line}" for line in ways(words, name, known))
    return table_html(*table(words, name, known, "")) + as_page(said)


def _paths(
    words: Words, name: str, known: Known, groups: Mapping[Optimizer, list[str]]
) -> PocketPaths | None:
    """All that a browser runs on any surface; None where it runs nothing."""
    if not groups or OPTIMIZERS[name].needs_matrices:
        return None
    goal = OBJECTIVES[SURFACES[0]]()
    runs = planned([Entry(rule) for rule in groups], goal, start=goal.start, n_steps=1, seed=0)
    live = live_message(goal, axis_plane(goal), runs)
    script = script_for_any(list(groups))
    if live is None or None in live.runs:
        return None
    assert [run and run.function for run in live.runs] == [
        run and run.function for run in script.runs
    ]
    paths = []
    for k, ((rule, ids), run) in enumerate(zip(groups.items(), live.runs, strict=True)):
        look = numbered_look(k)
        assert run
        paths.append(
            PocketPath(
                id=ids[0],
                label=names_of(words, known, ids),
                detail=differs_in(words, rule),
                look=PocketLook(look.color, look.dash, look.marker),
                run=run,
            )
        )
    return PocketPaths(script.text, tuple(paths))


def schedule_part(words: Words, group: str) -> PocketPart:
    """What libraries make of a schedule."""
    rates = schedule_rates(group)
    notes = "\n".join(f"- {note}" for note in schedule_notes(words, rates))
    lines, names = schedule_lines(words, rates)
    looks = [numbered_look(k) for k, _ in enumerate(lines)]
    labels = (words("optimizers.schedules.update"), words("optimizers.schedules.rate"))
    told = [
        f'<div class="lo-sketch" tabindex="0">{rate_sketch(lines, names, looks, labels)}</div>',
        table_html(*schedule_table(words, rates)),
        as_page(notes) if notes else "",
    ]
    return PocketPart(group, schedule_name(words, group), "".join(told))
