"""Losses as libraries have them: one to choose for a side, and all of one name in a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from lossopt.libraries import LIBRARIES, Library, LossConvention, forms_of
from lossopt.losses import LOSSES, Loss
from lossopt.numbers import short
from lossopt.params import params_of
from pages.ui.controls.controls import Controls
from pages.ui.frame.table import show_table
from pages.ui.frame.words import Words
from pages.ui.optimizers.card_text import BETWEEN, setting

OURS = "ours"


def form_choice(controls: Controls, loss: str) -> str:
    """Let a library be chosen whose form of a loss is taken; its defaults become the usual ones."""
    words, forms = controls.words, forms_of(LIBRARIES, loss)
    if not forms:
        return OURS
    chosen = controls.choice(
        "library",
        words("losses.library"),
        (OURS, *forms),
        "library",
        text=lambda key: words("losses.ours") if key == OURS else label(*forms[key]),
    )
    own = {} if chosen == OURS else convention_of(*forms[chosen]).fields
    differing = {name for form in forms.values() for name in convention_of(*form).fields}
    for field in params_of(LOSSES[loss]):
        if field.name in differing:
            usual = own.get(field.name, field.default)
            controls.link.suggest(f"{loss}.{field.name}", field.text(usual))
    return chosen


def form_of(loss: str, form: str, fields: dict[str, object]) -> tuple[Loss, str]:
    """The loss that was chosen, and the name of the library that has it so; empty for ours."""
    found = forms_of(LIBRARIES, loss).get(form)
    made = found and found[0].loss(found[1], **fields)
    if not found or made is None:
        return LOSSES[loss](**fields), ""
    return made, found[0].name


def convention_of(library: type[Library], name: str) -> LossConvention:
    return library.losses[name]


def label(library: type[Library], name: str) -> str:
    return f"{library.name} {library.version}: {convention_of(library, name).call}"


def library_table(words: Words, losses: Sequence[str]) -> None:
    """How the libraries that were measured have losses of these names."""
    for loss in dict.fromkeys(losses):
        forms = forms_of(LIBRARIES, loss)
        others = [
            (library, name)
            for library in LIBRARIES.values()
            for name, each in library.losses.items()
            if each.loss is None and name == loss
        ]
        if not forms:
            continue
        title = words.item("loss", loss)
        st.markdown(f"**{words('losses.libraries.title', name=title)}**")
        rows = [_row(words, loss, *form) for form in forms.values()]
        told = [k for k, head in enumerate(HEADS) if head in ALWAYS or _differs(rows, k)]
        show_table(
            [words(f"losses.libraries.head.{HEADS[k]}") for k in told],
            [[row[k] for k in told] for row in rows],
            words("losses.libraries.caption", date=max(lib.measured for lib, _ in forms.values())),
        )
        lines = [
            f"- **{label(library, name)}.** {note}"
            for library, name in (*forms.values(), *others)
            if (note := words.section(f"libraries.loss_note.{key_of(library)}").get(name))
        ]
        st.markdown("\n".join(lines))


HEADS = ("library", "factor", "kink", "largest", "weights", "defaults", "call")
ALWAYS = ("library", "factor", "call")
"""Columns that are shown even where all libraries have the same."""


def _differs(rows: Sequence[Sequence[str]], column: int) -> bool:
    return len({row[column] for row in rows}) > 1


def key_of(library: type[Library]) -> str:
    return next(key for key, each in LIBRARIES.items() if each is library)


def _row(words: Words, loss: str, library: type[Library], name: str) -> list[str]:
    convention = convention_of(library, name)
    rule = LOSSES[loss]()
    factor = short(convention.factor)
    if convention.divided_by:
        fields = {field.name: field for field in params_of(rule)}
        symbol = words.name("field", convention.divided_by, fields[convention.divided_by].label)
        factor = f"{factor} ÷ {symbol.partition(' ')[0]}"
    return [
        f"{library.name} {library.version}",
        factor,
        words(f"losses.libraries.tie.{convention.tie or 'ours'}") if loss in KINKED else "–",
        _largest(words, convention),
        words(f"losses.libraries.mean.{convention.mean}"),
        BETWEEN.join(
            setting(words, field, convention.fields.get(field.name, field.default))
            for field in params_of(rule)
        )
        or "–",
        convention.call,
    ]


KINKED = ("mae", "pinball", "hinge")
"""Losses with a kink, at which libraries have other slopes."""


def _largest(words: Words, convention: LossConvention) -> str:
    bound = convention.largest
    return words("losses.libraries.unbounded") if bound == math.inf else short(bound)
