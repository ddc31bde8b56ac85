"""Controls drawn from the fields of a spec; their values live in the link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

from lossopt.params import Param, Spec, decimal, params_of
from pages.ui.frame.link import Link
from pages.ui.frame.memory import keep_default
from pages.ui.frame.prose import as_math, as_power
from pages.ui.frame.words import Words

S = TypeVar("S", bound=Spec)


def spec_controls(link: Link, words: Words, slot: str, spec: type[S]) -> S:
    """One control per field of `spec`; returns the spec with the chosen values.

    Parameters
    ----------
    slot : str
        Prefix of the settings' names in the link; other slots are independent.
    """
    return spec(**field_controls(link, words, slot, params_of(spec)))


def field_controls(
    link: Link, words: Words, slot: str, fields: Iterable[Param], *, help_key: str = ""
) -> dict[str, object]:
    """One control per field; returns the chosen values.

    Parameters
    ----------
    help_key : str
        Text shown as help, with the default filled in for ``{value}``.
    """
    return {
        field.name: field_control(
            link,
            words,
            f"{slot}.{field.name}",
            field,
            _default_note(link, words, f"{slot}.{field.name}", field, help_key),
        )
        for field in fields
    }


def _default_note(link: Link, words: Words, name: str, field: Param, key: str) -> str | None:
    if not key:
        return None
    note, found = words(key, value=short(field.default)), link.usual(name, field)
    return note if found == field.default else f"{note}. {words('lab.found', value=short(found))}"


def spec_without_controls(link: Link, slot: str, spec: type[S]) -> S:
    """Read a spec from the link and draw nothing."""
    values = {}
    for field in params_of(spec):
        name = f"{slot}.{field.name}"
        values[field.name] = value = link.field(name, field)
        link.write(name, field.text(value), field.text(link.usual(name, field)))
    return spec(**values)


def field_control(
    link: Link, words: Words, name: str, field: Param, note: str | None = None
) -> object:
    """Draw the control that fits the field: switch, choice, slider or logarithmic slider."""
    value = link.field(name, field)
    label = words.name("field", field.name, field.label)
    note = " ".join(filter(None, (as_math(words.meaning(field.name)), note))) or None
    key, reason = link.key(name), link.why_ignored(name)
    rests = bool(reason)
    if link.is_fixed(name):
        chosen: object = value
    elif isinstance(field.default, bool):
        on = bool(keep_default(key, value))
        chosen = st.toggle(label, on, key=key, help=note, disabled=rests)
    elif field.choices:
        chosen = choice(
            link, words, name, label, field.choices, "field_choice", note, disabled=rests
        )
    elif field.log:
        options = field.ticks(value)
        place = keep_default(key, float(value))
        texts = different_texts(options)
        chosen = st.select_slider(
            label,
            options,
            place if place in options else None,
            format_func=lambda option: texts.get(option) or short(option),
            key=key,
            help=note,
            disabled=rests,
        )
        chosen = type(field.default)(chosen)
    else:
        kind = type(field.default)
        low, high, step, style = field.slider(value)
        place = keep_default(key, kind(value))
        place = place if place is None or low <= place <= high else None
        chosen = st.slider(
            label, low, high, place, step=step, format=style, key=key, help=note, disabled=rests
        )
    if reason:
        st.caption(reason)
    link.write(name, field.text(chosen), field.text(link.usual(name, field)))
    return chosen


def choice(
    link: Link,
    words: Words,
    name: str,
    label: str,
    options: Sequence[str],
    kind: str,
    note: str | None = None,
    *,
    text: Callable[[str], str] | None = None,
    default: str | None = None,
    disabled: bool = False,
) -> str:
    """Draw a select box over ids; the link holds the id, the person reads its name."""
    default = options[0] if default is None else default
    value = link.read(name, default, options_parser(options))
    if link.is_fixed(name):
        link.write(name, value, default)
        return value
    key = link.key(name)
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    place = keep_default(key, value)
    shown = text or (lambda item: words.name(kind, item, item))
    chosen = st.selectbox(
        label,
        options,
        0 if place is None else options.index(place),
        format_func=shown,
        key=key,
        help=note,
        disabled=disabled,
    )
    chosen = chosen if chosen in options else value
    link.write(name, chosen, default)
    return chosen


def options_parser(options: Sequence[str]) -> Callable[[str], str]:
    """Parser that accepts the options only."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return parse


def different_texts(options: Sequence[float]) -> dict[float, str]:
    """Short text of each option, in full where short ones are the same: widgets tell texts apart.

    >>> different_texts([0.1, 0.1000001, 0.2])
    {0.1: '0.1', 0.1000001: '0.1000001', 0.2: '0.2'}
    """
    counts = Counter(map(short, options))
    return {
        value: short(value) if counts[short(value)] == 1 else decimal(value) for value in options
    }


def pointed(place: object) -> float:
    """Where a pointer is: a pixel knows no more than six digits, and links stay short.

    >>> pointed(-1.2345678901234567)
    -1.23457
    """
    return float(f"{float(place):.6g}")  # type: ignore[arg-type]


def short(value: object) -> str:
    """Write a number for people: three significant digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    whole = float(value).is_integer() and abs(value) < 1e6
    return f"{value:.0f}" if whole else as_power(f"{value:.3g}")
