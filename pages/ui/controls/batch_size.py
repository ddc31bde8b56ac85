"""How many samples a contestant takes per step."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lossopt.objectives import Objective
from lossopt.params import read_whole
from pages.ui.controls.contestants import Slot
from pages.ui.frame.link import Link
from pages.ui.frame.memory import keep_default
from pages.ui.frame.words import Words

ALL = "all"
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


def batch_size_of(link: Link, slot: Slot, goal: Objective) -> int | None:
    """Samples per step of a contestant; None for all."""
    if goal.n_samples == 1 or slot.rule.full_batch:
        return None
    return _fitting(_size_asked(link, slot), goal)


def _fitting(size: int | None, goal: Objective) -> int | None:
    return None if size is not None and size >= goal.n_samples else size


def _size_asked(link: Link, slot: Slot) -> int | None:
    """Batch size of the link; it outlives a problem that has fewer samples."""
    name, default = f"{slot.id}.batch_size", slot.batch_size
    size = link.read(name, default, _parse_batch_size)
    link.write(name, _batch_text(size), _batch_text(default))
    return size


def draws_samples(link: Link, slots: Iterable[Slot], goal: Objective) -> bool:
    """Whether the order of the samples matters to any contestant."""
    return any(batch_size_of(link, slot, goal) is not None for slot in slots)


def _parse_batch_size(text: str) -> int | None:
    if text == ALL:
        return None
    size = read_whole(text)
    if size < 1:
        raise ValueError(text)
    return size


def _batch_text(size: int | None) -> str:
    return ALL if size is None else str(size)


def batch_size_control(link: Link, words: Words, slot: Slot, goal: Objective) -> None:
    if goal.n_samples == 1 or slot.rule.full_batch:
        return
    asked = _size_asked(link, slot)
    size = _fitting(asked, goal)
    smaller = {each for each in (*BATCH_SIZES, size or 1) if each < goal.n_samples}
    options = [*(str(each) for each in sorted(smaller)), ALL]
    every = words("tuner.batch_all", n=goal.n_samples)
    key = link.key(f"{slot.id}.batch_size")
    # The browser tells the text it shows, and the text for all samples changes with their number.
    same = st.session_state.get(f"{key} every") == every
    if not same or st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    place = keep_default(key, _batch_text(size))
    st.session_state[f"{key} every"] = every
    chosen = st.select_slider(
        words("tuner.batch_size"),
        options,
        place,
        format_func=lambda item: every if item == ALL else item,
        key=key,
    )
    if chosen != _batch_text(size):
        link.write(f"{slot.id}.batch_size", chosen, _batch_text(slot.batch_size))
    elif asked is not None and asked > goal.n_samples:
        st.caption(words("lab.batch_too_large", size=asked, n=goal.n_samples))
