"""The optimizers of the pocket edition: the family tree, a card of each, the anatomy of a step."""

from __future__ import annotations

import dataclasses
import html
from urllib.parse import urlencode

from lossopt.figures.anatomy import anatomy_message
from lossopt.figures.family import family
from lossopt.figures.messages import (
    Choice,
    PocketCard,
    PocketCards,
    PocketLook,
)
from lossopt.figures.palette import look_of
from lossopt.figures.tuner import setting_of
from lossopt.libraries import LIBRARIES, schedule_groups
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import params_of
from pages.ui.frame.prose import as_page
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import Words
from pages.ui.optimizers import OPENING, PARTS, name_of
from pages.ui.optimizers.card_text import CardText, card_text
from pages.ui.optimizers.ground import SURFACES, Length, fields_of
from pages.ui.optimizers.schedules import (
    USUAL,
)
from pages.ui.pocket.catalog import marked
from pages.ui.pocket.libraries import schedule_part

TEXTS = ("pocket", "optimizers", "app", "menu", "notice")
LAB, GLOSSARY = "../", "../glossary/"


def cards_message(language: str) -> PocketCards:
    """The page in a language, but for what is on the cards."""
    words = Words(language)
    (length,) = params_of(Length)
    return PocketCards(
        lang=language,
        texts={part: marked(words, part) for part in TEXTS},
        members=tuple(one.message(name_of(words, one.id)) for one in family(OPTIMIZERS)),
        usual=OPENING,
        parts=tuple(Choice(part, words(f"optimizers.{part}.name")) for part in PARTS),
        schedules=tuple(schedule_part(words, group) for group in schedule_groups(LIBRARIES)),
        usual_schedule=USUAL,
        surfaces=tuple(Choice(name, words.item("objective", name)) for name in SURFACES),
        length=setting_of(words, length, length.default),
        where=as_page(words("optimizers.libraries.where")),
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
