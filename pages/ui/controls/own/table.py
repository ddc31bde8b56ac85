"""The table that a person brought along: it stays in the session, links tell its digest only."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lossopt.links.own import KEPT, OWN_DATA, parse_digest
from lossopt.links.refusals import sentence
from lossopt.tables import MAX_MEGABYTES, MAX_ROWS, DataError, Table, read_table
from pages.ui.controls.controls import Controls
from pages.ui.frame.link import Link
from pages.ui.frame.memory import CONTROLS, Memory

FILE = "own file"
CELLS = "own cells"


@dataclasses.dataclass
class _Brought:
    """What a person brought along: the table, its bytes, and why the latest one was refused.

    Read with the other answer to whether its first line holds names it is `renamed`.
    """

    table: Table | None = None
    data: bytes = b""
    refusal: DataError | None = None
    renamed: Table | None = None
    file: str = ""


BROUGHT: Memory[_Brought] = Memory("brought along")


def _brought() -> _Brought:
    return BROUGHT.begin(OWN_DATA, _Brought())


def table_control(controls: Controls) -> Table | None:
    """The table of this session; a new file or new cells replace it."""
    words = controls.words
    limits = words("own.limits", size=MAX_MEGABYTES, rows=f"{MAX_ROWS:,}")
    file = st.file_uploader(words("own.file"), key=FILE)
    brought = _brought()
    if file is not None and brought.file != file.file_id:
        brought.file = file.file_id
        _take(controls.link, file.getvalue())
    with st.popover(words("own.paste"), width="stretch"):
        st.text_area(words("own.cells"), key=CELLS, height=160)
        st.button(
            words("own.use_cells"),
            key="own use cells",
            on_click=_take_cells,
            args=(controls.link,),
        )
    st.caption(limits)
    if brought.refusal is not None:
        st.error(sentence(words, brought.refusal))
    table = brought.table
    digest = controls.link.read(f"{OWN_DATA}.digest", "", parse_digest)
    if table is None:
        st.info(words("own.not_in_link" if digest else "own.no_data"))
        return None
    if digest and digest != table.digest:
        st.info(words("own.other_file"))
    return _with_chosen_names(controls, table)


def remove_table(link: Link) -> None:
    """Forget the table and what was chosen for it."""
    BROUGHT.keep(OWN_DATA, _Brought(file=_brought().file))
    for name in KEPT:
        link.put(f"{OWN_DATA}.{name}", None)


def _take_cells(link: Link) -> None:
    _take(link, CONTROLS[CELLS].encode(errors="replace"))


def _take(link: Link, data: bytes) -> None:
    """Read a table; one that is refused leaves the last one."""
    brought = _brought()
    try:
        table = read_table(data)
        table.proposed_target()
    except DataError as refusal:
        brought.refusal = refusal
        return
    brought.table, brought.data, brought.refusal = table, data, None
    if link.read(f"{OWN_DATA}.digest", "", str) not in ("", table.digest):
        for name in KEPT:
            link.put(f"{OWN_DATA}.{name}", None)


def _with_chosen_names(controls: Controls, table: Table) -> Table:
    """The table as it is read when a person says whether the first line holds names."""
    name = f"{OWN_DATA}.header"
    chosen = controls.switch(name, controls.words("own.header"), default=table.header)
    if chosen == table.header:
        return table
    brought = _brought()
    other = brought.renamed
    if other is None or (other.digest, other.header) != (table.digest, chosen):
        try:
            other = read_table(brought.data, header=chosen)
            other.proposed_target()
        except DataError as refusal:
            st.error(sentence(controls.words, refusal))
            return table
        brought.renamed = other
    return other
