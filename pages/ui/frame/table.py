"""A table of words and numbers; it scrolls by itself where a screen is narrow."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Cell:
    """Text of a cell with its background, a CSS color, and whether it is stressed."""

    text: str
    background: str = ""
    strong: bool = False


def show_table(head: Sequence[str], rows: Sequence[Sequence[Cell | str]], caption: str) -> None:
    """Draw a table with a caption below it; the first cell of a row names it."""
    st.html(table_html(head, rows, caption))


def table_html(head: Sequence[str], rows: Sequence[Sequence[Cell | str]], caption: str) -> str:
    """The table as HTML."""
    names = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    return (
        '<figure class="compare-table"><div tabindex="0">'
        f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


def _cells(row: Sequence[Cell | str]) -> list[str]:
    first, *others = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
    return [f'<th scope="row">{html.escape(first.text)}</th>', *(_cell(cell) for cell in others)]


def _cell(cell: Cell) -> str:
    style = f' style="background:{cell.background}"' if cell.background else ""
    text = html.escape(cell.text)
    return f"<td{style}>{f'<b>{text}</b>' if cell.strong else text}</td>"


def theme() -> str:
    """Whether the page is ``"light"`` or ``"dark"``."""
    return "dark" if st.context.theme.type == "dark" else "light"
