"""Controls that know the settings of a page and the reader's words."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lossopt.links.refusals import sentence
from lossopt.links.settings import flag, one_of
from lossopt.numbers import short
from lossopt.params import Param, Spec, decimal, params_of
from lossopt.refusals import RefusalError
from pages.ui.controls.folded import is_away
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, Memory, keep_default, last_shown
from pages.ui.frame.prose import as_math
from pages.ui.frame.words import Words

S = TypeVar("S", bound=Spec)
T = TypeVar("T")
LAST_GOOD: Memory[str] = Memory("last good text")


@dataclasses.dataclass(frozen=True)
class Controls:
    """The controls of a page: their values live in its link, their words are the reader's.

    Every control has a name, under which the link holds its value.
    """

    link: Link
    words: Words

    def section(self, prefix: str) -> Controls:
        """Those whose names start with a prefix."""
        return Controls(self.link.section(prefix), self.words)

    def finish(self, place: DeltaGenerator) -> None:
        """Once all are drawn: bring the address up to date, and say what was not understood."""
        self.link.save()
        with place:
            for key, name in self.link.notices:
                st.warning(self.words(f"notice.{key}", name=name), icon=":material/info:")

    def spec(self, slot: str, spec: type[S]) -> S:
        """Draw one control per field of a spec; returns the spec with the chosen values.

        Parameters
        ----------
        slot : str
            Prefix of the fields' names; other slots are independent.
        """
        return spec(**self.fields(slot, params_of(spec)))

    def fields(self, slot: str, fields: Iterable[Param], *, help_key: str = "") -> dict[str, Any]:
        """Draw one control per field; returns the chosen values.

        Parameters
        ----------
        help_key : str
            Text shown as help, with the default filled in for ``{value}``.
        """
        chosen = {}
        named = [(f"{slot}.{field.name}", field) for field in fields]
        reasons = [self.link.why_ignored(name) for name, _ in named]
        for k, (name, field) in enumerate(named):
            note = self._default_note(name, field, help_key) if help_key else None
            chosen[field.name] = self.field(name, field, note)
            last = reasons[k] not in reasons[k + 1 : k + 2]
            if reasons[k] and last and not is_away():
                st.caption(reasons[k])
        return chosen

    def _default_note(self, name: str, field: Param, key: str) -> str:
        note = self.words(key, value=short(field.default))
        found = self.link.usual(name, field)
        if found == field.default:
            return note
        return f"{note}. {self.words('lab.found', value=short(found))}"

    def field(self, name: str, field: Param, note: str | None = None) -> object:
        """Draw the control that fits a field: switch, choice, slider or logarithmic slider."""
        value, rests = self.link.field(name, field), bool(self.link.why_ignored(name))
        label = self.words.name("field", field.name, field.label)
        meaning = as_math(self.words.meaning(field.name))
        note = " ".join(filter(None, (meaning, note))) or None
        look: dict[str, Any] = {
            "key": self.link.key(name),
            "help": note,
            "disabled": rests,
        }
        if self.link.is_fixed(name):
            chosen: object = value
        elif is_away():
            chosen = type(field.default)(last_shown(look["key"], value))
        elif isinstance(field.default, bool):
            on = bool(keep_default(look["key"], value))
            chosen = st.toggle(label, on, **look)
        elif field.choices:
            chosen = self.choice(name, label, field.choices, "field_choice", note, disabled=rests)
        else:
            chosen = (_logarithmic if field.log else _slider)(label, field, value, look)
        self.link.write(name, field.text(chosen), field.text(self.link.usual(name, field)))
        return chosen

    def choice(
        self,
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
        """Draw a select box over ids; the link holds the id, the person reads its name.

        It rests where there is nothing else to choose.
        """
        default = options[0] if default is None else default
        value = self.link.read(name, default, one_of(options))
        key = self.link.key(name)
        if is_away():
            value = last_shown(key, value)
            value = value if value in options else default
        if is_away() or self.link.is_fixed(name):
            self.link.write(name, value, default)
            return value
        if CONTROLS.of(key) not in options:
            CONTROLS.forget(key)
        place = keep_default(key, value)
        chosen = st.selectbox(
            label,
            options,
            0 if place is None else options.index(place),
            format_func=text or (lambda item: self.words.item(kind, item)),
            key=key,
            help=note,
            disabled=disabled or len(options) == 1,
        )
        chosen = chosen if chosen in options else value
        self.link.write(name, chosen, default)
        return chosen

    def tabs(
        self,
        name: str,
        label: str,
        options: Sequence[str],
        text: Callable[[str], str],
        *,
        default: str | None = None,
        draw: Callable[..., Any] = st.segmented_control,
        **look: Any,
    ) -> str:
        """Draw a few ids side by side, of which one is chosen; `look` as Streamlit takes it."""
        default = options[0] if default is None else default
        key = self.link.key(name)
        if CONTROLS.of(key) not in options:
            CONTROLS.forget(key)
        place = keep_default(key, self.link.read(name, default, one_of(options)))
        look = {"default": place, "key": key, "required": True, **look}
        chosen = draw(label, options, format_func=text, **look)
        chosen = chosen if chosen in options else default
        self.link.write(name, chosen, default)
        return chosen

    def switch(self, name: str, label: str, *, default: bool = False) -> bool:
        """Draw a switch."""
        key = self.link.key(name)
        value = self.link.read(name, default, flag)
        if is_away():
            chosen = bool(last_shown(key, value))
        else:
            chosen = st.toggle(label, bool(keep_default(key, value)), key=key)
        self.link.write(name, f"{chosen:d}", f"{default:d}")
        return chosen

    def text(
        self,
        name: str,
        label: str,
        usual: str,
        parse: Callable[[str], T],
        *,
        wrong: str = "",
        length: int = 200,
    ) -> T:
        """Draw a text box; a refused text gives a sentence and leaves the last good one.

        Parameters
        ----------
        usual : str
            Text before anything is typed; `parse` accepts it.
        wrong : str
            Sentence for a refusal without one of its own.
        """
        key, last = self.link.key(name), self.link.prefix + name
        value = self.link.read(name, usual, lambda text: text[:length])
        if is_away():
            typed = last_shown(key, value)
        else:
            shown = keep_default(key, value) or ""
            typed = st.text_input(label, shown, key=key, max_chars=length) or ""
        for text in (typed, LAST_GOOD.begin(last, usual)):
            try:
                value = parse(text)
            except (ValueError, OverflowError) as refusal:
                if text == typed and isinstance(refusal, RefusalError):
                    st.error(sentence(self.words, refusal))
                elif text == typed:
                    st.error(wrong)
            else:
                break
        else:
            text, value = usual, parse(usual)
        LAST_GOOD.keep(last, text)
        self.link.write(name, text, usual)
        return value


def _logarithmic(label: str, field: Param, value: Any, look: dict[str, Any]) -> object:
    options = field.ticks(value)
    place = keep_default(look["key"], float(value))
    texts = different_texts(options)
    chosen = st.select_slider(
        label,
        options,
        place if place in options else None,
        format_func=lambda option: texts.get(option) or short(option),
        **look,
    )
    return type(field.default)(chosen)


def _slider(label: str, field: Param, value: Any, look: dict[str, Any]) -> object:
    low, high, step, style = field.slider(value)
    place = keep_default(look["key"], type(field.default)(value))
    place = place if place is None or low <= place <= high else None
    return st.slider(label, low, high, place, step=step, format=style, **look)


def different_texts(options: Sequence[float]) -> dict[float, str]:
    """Short text of each option, in full where short ones are the same: widgets tell texts apart.

    >>> different_texts([0.1, 0.1000001, 0.2])
    {0.1: '0.1', 0.1000001: '0.1000001', 0.2: '0.2'}
    """
    counts = Counter(map(short, options))
    return {
        value: short(value) if counts[short(value)] == 1 else decimal(value) for value in options
    }
