"""The heat map of many runs, Streamlit side: data in, events out."""

from __future__ import annotations

from lossopt.figures.messages import Cell, HeatMap
from pages.ui.frame.component import Event, component, heard, ignore


def heatmap(
    message: HeatMap, *, key: str, on_cell: Event = ignore, on_layer: Event = ignore
) -> None:
    """Mount the map or hand it another message (docs/heatmap.md).

    Parameters
    ----------
    message : HeatMap
        What `lossopt.figures.maps` packs, with words.
    key : str
        Name of the map, see `chosen_cell`.
    on_cell, on_layer : callable
        Called before the next run.
    """
    component(
        "heatmap", {"map": message}, key=key, on_cell_change=on_cell, on_layer_change=on_layer
    )


def chosen_cell(key: str, n_columns: int, n_rows: int) -> tuple[int, int] | None:
    """Column and row that were chosen on the map with this key; None for anything else."""
    cell = heard(Cell, "cell", key)
    inside = cell is not None and 0 <= cell.column < n_columns and 0 <= cell.row < n_rows
    return (cell.column, cell.row) if inside else None
