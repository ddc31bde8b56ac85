"""The optimizers of the pocket edition: the family tree, a card of each, the anatomy of a step."""

from __future__ import annotations

import dataclasses
import html
import itertools
from urllib.parse import urlencode

from lossopt.figures.anatomy import anatomy_message
from lossopt.figures.family import family
from lossopt.figures.messages import (
    Choice,
    PocketCard,
    PocketCards,
    PocketLibraries,
    PocketLook,
    PocketPart,
)
from lossopt.figures.palette import look_of, numbered_look
from lossopt.figures.sketch import rate_sketch
from lossopt.figures.tuner import setting_of
from lossopt.libraries import LIBRARIES, same_paths, schedule_groups
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import params_of
from pages.ui.frame.prose import as_page
from pages.ui.frame.table import table_html
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import Words
from pages.ui.optimizers import OPENING, PARTS, name_of
from pages.ui.optimizers.card_text import CardText, card_text
from pages.ui.optimizers.ground import SURFACES, Length, fields_of
from pages.ui.optimizers.libraries_text import (
    ends,
    known_libraries,
    lead,
    table,
    ways,
    what_to_set,
)
from pages.ui.optimizers.schedules import (
    USUAL,
    schedule_lines,
    schedule_name,
    schedule_notes,
    schedule_rates,
    schedule_table,
)
from pages.ui.stage.stage_to_link import VIEW

TEXTS = ("pocket", "optimizers", "app", "menu", "notice")
LAB, GLOSSARY = "../", "../glossary/"


def cards_message(language: str) -> PocketCards:
    """The page in a language, but for what is on the cards."""
    words = Words(language)
    (length,) = params_of(Length)
    return PocketCards(
        lang=language,
        texts={part: words.section(part) for part in TEXTS},
        members=tuple(one.message(name_of(words, one.id)) for one in family(OPTIMIZERS)),
        usual=OPENING,
        parts=tuple(Choice(part, words(f"optimizers.{part}.name")) for part in PARTS),
        schedules=tuple(_schedule(words, group) for group in schedule_groups(LIBRARIES)),
        usual_schedule=USUAL,
        surfaces=tuple(Choice(name, words.item("objective", name)) for name in SURFACES),
        length=setting_of(words, length, length.default),
        view=tuple(VIEW),
    )


def card_message(language: str, name: str) -> PocketCard:
    """What there is to know of an optimizer.

    Parameters
    ----------
    language : str
    name : str
        A key of `OPTIMIZERS`.
    """
    words = Words(language)
    text = card_text(words, name, Terms(words, f"{GLOSSARY}?lang={language}"))
    fields = [*fields_of(name, rate=True), *fields_of(name, rate=False)]
    look = look_of(name)
    return PocketCard(
        id=name,
        label=name_of(words, name),
        card=_card(words, name, text),
        look=PocketLook(look.color, look.dash, look.marker),
        settings=tuple(
            dataclasses.replace(
                setting_of(words, field, field.default, minor=field.minor),
                help=words.meaning(field.name),
            )
            for field in fields
        ),
        anatomy=anatomy_message(OPTIMIZERS[name]()),
    )


def _card(words: Words, name: str, text: CardText) -> str:
    claims = (
        f'<section class="lo-claim">{as_page(claim.text)}'
        f'<p class="lo-small">{html.escape(claim.measured)}</p>'
        f'<p><a class="lo-leads" href="{_address(words, LAB, claim.link)}">'
        f"{html.escape(words('optimizers.card.see'))}</a></p></section>"
        for claim in text.claims
    )
    compare = _address(words, "", {"optimizer": name, "part": "libraries"})
    return "".join(
        (
            f'<div class="lo-sides"><div><h2>{html.escape(text.title)}</h2>',
            as_page(f"{text.idea}\n\n$${text.formula}$$\n\n{text.defaults}"),
            f'<p class="lo-small">{html.escape(text.references)}</p></div>',
            f"<div>{''.join(claims)}</div></div>",
            f"<p><strong>{html.escape(words('optimizers.card.code'))}</strong></p>",
            f'<pre tabindex="0"><code>{html.escape(text.code)}</code></pre>',
            as_page(text.libraries) if text.libraries else "",
            f'<p><a class="lo-leads" data-part="libraries" href="{compare}">'
            f"{html.escape(words('optimizers.card.compare'))}</a></p>"
            if text.is_in_libraries
            else "",
        )
    )


def _address(words: Words, page: str, settings: dict[str, str]) -> str:
    return html.escape(f"{page}?{urlencode({'lang': words.language, **settings})}")


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
    return PocketLibraries(
        html=_libraries(words, name),
        known=tuple(Choice(key, each.name) for key, each in known.items()),
        ends=ends(name, known) if len(known) > 1 else (),
        moving={
            f"{here} {there}": as_page(
                " ".join(what_to_set(words, name, known[here], known[there]))
            )
            for here, there in pairs
        },
    )


def _libraries(words: Words, name: str) -> str:
    known, title = known_libraries(name), name_of(words, name)
    if not known:
        return as_page(words("optimizers.libraries.nobody", name=title))
    groups = same_paths(known, name, 1.0)
    said = "\n".join(f"- {line}" for line in ways(words, name, known))
    paths = as_page(lead(words, title, known, groups))
    return paths + table_html(*table(words, name, known, "")) + as_page(said)


def _schedule(words: Words, group: str) -> PocketPart:
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
