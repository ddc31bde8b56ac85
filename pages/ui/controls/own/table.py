"""The table that a person brought along: it stays in the session, links tell its digest only."""

from __future__ import annotations

import re

import streamlit as st

from lossopt.tables import MAX_MEGABYTES, MAX_ROWS, DataError, Table, read_table
from pages.ui.frame.defaults import keep_default
from pages.ui.frame.link import Link
from pages.ui.frame.refusals import sentence
from pages.ui.frame.words import Words

OWN_DATA = "own"
TABLE = "own table"
DATA = "own bytes"
REFUSED = "own refusal"
FILE = "own file"
CELLS = "own cells"
KEPT = ("digest", "header", "target", "weights", "features", "task", "start", "mlp.start")
"""Settings that belong to one table."""


def table_control(link: Link, words: Words) -> Table | None:
    """The table of this session; a new file or new cells replace it."""
    limits = words("own.limits", size=MAX_MEGABYTES, rows=f"{MAX_ROWS:,}")
    file = st.file_uploader(words("own.file"), key=FILE)
    if file is not None and st.session_state.get(f"{FILE} read") != file.file_id:
        st.session_state[f"{FILE} read"] = file.file_id
        _take(link, file.getvalue())
    with st.popover(words("own.paste"), width="stretch"):
        st.text_area(words("own.cells"), key=CELLS, height=160)
        st.button(words("own.use_cells"), key="own use cells", on_click=_take_cells, args=(link,))
    st.caption(limits)
    refusal = st.session_state.get(REFUSED)
    if refusal is not None:
        st.error(sentence(words, refusal))
    table: Table | None = st.session_state.get(TABLE)
    digest = link.read(f"{OWN_DATA}.digest", "", _digest)
    if table is None:
        st.info(words("own.not_in_link" if digest else "own.no_data"))
        return None
    if digest and digest != table.digest:
        st.info(words("own.other_file"))
    return _with_chosen_names(link, words, table)


def remove_table(link: Link) -> None:
    """Forget the table and what was chosen for it."""
    for key in (TABLE, DATA, REFUSED):
        st.session_state.pop(key, None)
    for name in KEPT:
        link.put(f"{OWN_DATA}.{name}", None)


def _take_cells(link: Link) -> None:
    _take(link, st.session_state[CELLS].encode(errors="replace"))


def _take(link: Link, data: bytes) -> None:
    """Read a table; one that is refused leaves the last one."""
    try:
        table = read_table(data)
        table.proposed_target()
    except DataError as refusal:
        st.session_state[REFUSED] = refusal
        return
    st.session_state[REFUSED] = None
    st.session_state[TABLE], st.session_state[DATA] = table, data
    if link.read(f"{OWN_DATA}.digest", "", str) not in ("", table.digest):
        for name in KEPT:
            link.put(f"{OWN_DATA}.{name}", None)


def _with_chosen_names(link: Link, words: Words, table: Table) -> Table:
    """The table as it is read when a person says whether the first line holds names."""
    name = f"{OWN_DATA}.header"
    value = link.read(name, table.header, _flag)
    key = link.key(name)
    on = bool(keep_default(key, value))
    chosen = st.toggle(words("own.header"), on, key=key)
    link.write(name, f"{chosen:d}", f"{table.header:d}")
    if chosen == table.header:
        return table
    other: Table | None = st.session_state.get(f"{TABLE} renamed")
    if other is None or (other.digest, other.header) != (table.digest, chosen):
        try:
            other = read_table(st.session_state[DATA], header=chosen)
            other.proposed_target()
        except DataError as refusal:
            st.error(sentence(words, refusal))
            return table
        st.session_state[f"{TABLE} renamed"] = other
    return other


def _flag(text: str) -> bool:
    return {"0": False, "1": True}[text]


def _digest(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError(text)
    return text
