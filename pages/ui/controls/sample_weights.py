"""How much samples count: weights of classes, and those that a table brings along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lossopt.datasets import Dataset
from lossopt.links.starts import numbers_text
from lossopt.links.weights import (
    CLASS_WEIGHTS,
    KINDS,
    NO_WEIGHTS,
    NUMBERS,
    WEIGHTING,
    SampleWeights,
    parse_weights,
)
from lossopt.numbers import short
from lossopt.objectives import (
    WEIGHTED_MEANS,
    weights_of_classes,
    weights_of_samples,
)
from lossopt.params import Array
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.frame.memory import keep_default, last_shown
from pages.ui.frame.prose import lines_of
from pages.ui.frame.words import Words, as_code

SHOWN = 6
"""Classes that are named one by one."""


def weights_panel(controls: Controls, data: Dataset, samples: Array | None = None) -> SampleWeights:
    """Draw the weights of classes and what weighted losses are divided by, where these mean much.

    Parameters
    ----------
    samples : array (n_samples,), optional
        Weights that a table brings along.
    """
    has_classes = data.task != "regression"
    if not has_classes and samples is None:
        return NO_WEIGHTS
    with more_settings(controls.words("weights.title")):
        classes = _class_weights(controls, data, samples) if has_classes else None
        if classes is None and samples is None:
            return NO_WEIGHTS
        weighting = controls.choice(
            WEIGHTING,
            controls.words("weights.divided_by"),
            tuple(WEIGHTED_MEANS),
            "weighting",
            text=lambda item: controls.words(f"weights.{item}"),
        )
        parts = (("c_{y_i}", classes), ("s_i", samples))
        weight = " ".join(name for name, given in parts if given is not None)
        if not is_away():
            st.latex(lines_of(rf"L = {WEIGHTED_MEANS[weighting]}, \quad w_i = {weight}"))
            st.caption(controls.words("weights.note"))
    return SampleWeights(classes, samples, weighting)


def _class_weights(
    controls: Controls, data: Dataset, samples: Array | None
) -> tuple[float, ...] | str | None:
    words = controls.words
    kind = controls.choice(
        CLASS_WEIGHTS,
        words("weights.of_classes"),
        KINDS,
        "class_weights",
        words.meaning("class_weights"),
        text=lambda item: words(f"weights.{item}"),
    )
    if kind == "none":
        return None
    names = data.class_names
    given = _own_numbers(controls, names) if kind == "own" else kind
    try:
        weights_of_samples(data, given, samples)
    except ValueError:
        st.error(words("weights.no_sample"))
        return None
    if kind == "balanced" and not is_away():
        pairs = zip(names, weights_of_classes(data, given), strict=True)
        told = [f"{_named(words, name)} {short(weight)}" for name, weight in pairs]
        st.caption(words("weights.balanced_note", weights=_listed(told)))
    return given


def _own_numbers(controls: Controls, names: tuple[str, ...]) -> tuple[float, ...]:
    """Numbers that a person writes, one for each class."""
    parse = parse_weights(len(names))
    usual = tuple(1.0 for _ in names)
    given, key = controls.link.read(NUMBERS, usual, parse), controls.link.key(NUMBERS)
    controls.link.stand_on(NUMBERS, names)
    if is_away():
        typed = last_shown(key, numbers_text(given))
    else:
        shown = keep_default(key, numbers_text(given)) or ""
        label = controls.words(
            "weights.numbers", names=_listed([_named(controls.words, name) for name in names])
        )
        typed = st.text_input(label, shown, key=key, max_chars=1000) or ""
    if typed != numbers_text(given):
        try:
            given = parse(typed)
        except ValueError:
            st.error(controls.words("weights.numbers_wrong", n=len(names)))
    controls.link.write(NUMBERS, numbers_text(given, "_"), numbers_text(usual, "_"))
    return given


def _named(words: Words, name: str) -> str:
    """Name of a class; a person's own stays as it is, and plain text."""
    return as_code(words.name("term", name, name))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names if len(names) <= SHOWN else (*names[:3], "…", names[-1]))
