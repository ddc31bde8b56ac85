"""What there is to say about an optimizer, whoever draws it."""

from __future__ import annotations

import dataclasses

from lossopt.libraries import LIBRARIES, Library, rules_of
from lossopt.numbers import short
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, OPTIMIZERS, Optimizer
from lossopt.params import Param, params_of
from lossopt.registry import id_of
from lossopt.scripts.sources import references, running_code
from pages.ui.frame.prose import lines_of, sections
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import BETWEEN, Words
from pages.ui.optimizers.claims import Claim, facts_of, outcome_of


@dataclasses.dataclass(frozen=True)
class ClaimText:
    """Where an optimizer shines or fails, what was measured, and the settings that show it."""

    kind: str
    text: str
    measured: str
    link: dict[str, str]


@dataclasses.dataclass(frozen=True)
class CardText:
    """A card in Markdown; `formula` is LaTeX, `code` and `references` are plain."""

    title: str
    idea: str
    formula: str
    defaults: str
    references: str
    claims: tuple[ClaimText, ...]
    code: str
    libraries: str
    is_in_libraries: bool


def card_text(words: Words, name: str, terms: Terms) -> CardText:
    """Idea, formula, defaults, code, strengths and weaknesses, and how the libraries differ.

    Parameters
    ----------
    words : Words
    name : str
        A key of `OPTIMIZERS`.
    terms : Terms
        Of the page.
    """
    rule = OPTIMIZERS[name]
    texts = sections(words.language, f"optimizers/{name}")
    return CardText(
        title=f"{title_of(words, name)} · {rule.year}",
        idea=terms.linked(texts.get("") or str(rule.__doc__).partition("\n")[0]),
        formula=lines_of(rule.formula),
        defaults=f"**{words('optimizers.card.defaults')}** {_defaults(words, rule)}",
        references=references(rule),
        claims=tuple(
            _claim(words, kind, terms.linked(texts.get(kind, "")), claim)
            for kind, claim in facts_of(name).claims.items()
        ),
        code=running_code(rule),
        libraries=_libraries(words, rule, terms.linked(texts.get("libraries", ""))),
        is_in_libraries=any(name in library.conventions for library in LIBRARIES.values()),
    )


def title_of(words: Words, name: str) -> str:
    """Name, once with the way it is read where that is written in other letters."""
    reading = words.name("reading", name, "")
    return words.item("optimizer", name) + (f"({reading})" if reading else "")


def setting(words: Words, field: Param, value: object) -> str:
    """A field and its value, in words."""
    label = words.name("field", field.name, field.label)
    if isinstance(value, bool):
        return f"{label} {words('optimizers.card.on' if value else 'optimizers.card.off')}"
    return f"{label} {words.name('field_choice', str(value), short(value))}"


def _defaults(words: Words, rule: type[Optimizer]) -> str:
    return BETWEEN.join(setting(words, field, field.default) for field in params_of(rule))


def _claim(words: Words, kind: str, text: str, claim: Claim) -> ClaimText:
    found = outcome_of(claim.link)
    key = "optimizers.card.above" if found.above_minimum else "optimizers.card.losses"
    measured = BETWEEN.join(
        f"{slot.label(words)} {_loss(words, loss)}"
        for slot, loss in zip(found.slots, found.losses, strict=True)
    )
    said = words(key, steps=found.n_steps, losses=measured)
    return ClaimText(kind, f"**{words(f'optimizers.card.{kind}')}** {text}", said, claim.link)


def _loss(words: Words, loss: float) -> str:
    return words("optimizers.card.diverged") if loss == float("inf") else short(loss)


def _libraries(words: Words, rule: type[Optimizer], text: str) -> str:
    """What the paper and the libraries that are asked for most set otherwise."""
    famed = {key: each for key, each in LIBRARIES.items() if each.rank < Library.rank}
    rules = {famed[key].name: made for key, made in rules_of(famed, id_of(rule)).items()}
    rules[words("convention.paper")] = rule.published() or rule()
    lines = [
        f"- **{name}**: {changed}"
        for name, made in rules.items()
        if (changed := _changed(words, made))
    ]
    if not text and not lines:
        return ""
    said = f"**{words('optimizers.card.libraries')}** {text}"
    return "\n\n".join(filter(None, [said, "\n".join(lines)]))


def _changed(words: Words, rule: Optimizer) -> str:
    """Fields of a rule that are not its defaults, but for how a changed rate enters."""
    return BETWEEN.join(
        setting(words, field, getattr(rule, field.name))
        for field in params_of(rule)
        if getattr(rule, field.name) != field.default
        and field.name not in ONLY_WHERE_THE_RATE_CHANGES
    )
