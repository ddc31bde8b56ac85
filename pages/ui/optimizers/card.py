"""The card of an optimizer."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.libraries import LIBRARIES, Library, rules_of
from lossopt.numbers import short
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, OPTIMIZERS, Optimizer
from lossopt.params import Param, params_of
from lossopt.registry import id_of
from lossopt.scripts.sources import references, running_code
from pages.ui.controls.controls import Controls
from pages.ui.frame.frame import PAGES, carried
from pages.ui.frame.prose import lines_of, sections
from pages.ui.frame.terms import Terms
from pages.ui.frame.words import BETWEEN, Words
from pages.ui.optimizers.claims import Claim, facts_of, outcome_of


def card(controls: Controls, name: str, row: DeltaGenerator) -> None:
    """Idea, formula, defaults, code, strengths and weaknesses, and how the libraries differ."""
    words = controls.words
    rule = OPTIMIZERS[name]
    texts = sections(words.language, f"optimizers/{name}")
    terms = Terms(words)
    left, right = st.columns([4, 3], gap="medium")
    with left:
        st.markdown(f"## {title_of(words, name)} · {rule.year}")
        idea = texts.get("") or str(rule.__doc__).partition("\n")[0]
        st.markdown(terms.linked(idea))
        st.latex(lines_of(rule.formula))
        st.markdown(f"**{words('optimizers.card.defaults')}** {_defaults(words, rule)}")
        st.caption(references(rule))
    with right:
        for kind, claim in facts_of(name).claims.items():
            _claim(words, kind, terms.linked(texts.get(kind, "")), claim)
    st.markdown(f"**{words('optimizers.card.code')}**")
    st.code(running_code(rule), language="python", wrap_lines=True)
    _libraries(words, rule, terms.linked(texts.get("libraries", "")))
    if any(name in library.conventions for library in LIBRARIES.values()):
        st.button(
            words("optimizers.card.compare"),
            on_click=controls.link.put,
            args=("part", "libraries"),
            icon=":material/compare_arrows:",
        )


def title_of(words: Words, name: str) -> str:
    """Name, once with the way it is read where that is written in other letters."""
    reading = words.name("reading", name, "")
    return words.item("optimizer", name) + (f"({reading})" if reading else "")


def _defaults(words: Words, rule: type[Optimizer]) -> str:
    return BETWEEN.join(setting(words, field, field.default) for field in params_of(rule))


def setting(words: Words, field: Param, value: object) -> str:
    """A field and its value, in words."""
    label = words.name("field", field.name, field.label)
    if isinstance(value, bool):
        return f"{label} {words('optimizers.card.on' if value else 'optimizers.card.off')}"
    return f"{label} {words.name('field_choice', str(value), short(value))}"


def _claim(words: Words, kind: str, text: str, claim: Claim) -> None:
    """Say where it shines or fails, measure it, and lead to the Lab that shows it."""
    found = outcome_of(claim.link)
    key = "optimizers.card.above" if found.above_minimum else "optimizers.card.losses"
    measured = BETWEEN.join(
        f"{slot.label(words)} {_loss(words, loss)}"
        for slot, loss in zip(found.slots, found.losses, strict=True)
    )
    with st.container(border=True, key=f"claim {kind}"):
        st.markdown(f"**{words(f'optimizers.card.{kind}')}** {text}")
        st.caption(words(key, steps=found.n_steps, losses=measured))
        st.page_link(
            PAGES["lab"],
            label=words("optimizers.card.see"),
            icon=":material/play_circle:",
            query_params={**carried(), **claim.link},
        )


def _loss(words: Words, loss: float) -> str:
    return words("optimizers.card.diverged") if loss == float("inf") else short(loss)


def _libraries(words: Words, rule: type[Optimizer], text: str) -> None:
    """What the paper and the libraries that are asked for most set otherwise."""
    famed = {key: each for key, each in LIBRARIES.items() if each.rank < Library.rank}
    rules = {famed[key].name: made for key, made in rules_of(famed, id_of(rule)).items()}
    rules[words("convention.paper")] = rule.published() or rule()
    lines = [
        f"- **{name}**: {changed}"
        for name, made in rules.items()
        if (changed := _changed(words, made))
    ]
    if text or lines:
        st.markdown(f"**{words('optimizers.card.libraries')}** {text}")
        st.markdown("\n".join(lines))


def _changed(words: Words, rule: Optimizer) -> str:
    """Fields of a rule that are not its defaults, but for how a changed rate enters."""
    return BETWEEN.join(
        setting(words, field, getattr(rule, field.name))
        for field in params_of(rule)
        if getattr(rule, field.name) != field.default
        and field.name not in ONLY_WHERE_THE_RATE_CHANGES
    )
