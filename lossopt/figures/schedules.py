"""Learning rates of several schedules over the updates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lossopt.figures.palette import Look
from lossopt.figures.still import layout, line_of, marker_of


def schedules_figure(
    rates: Sequence[Sequence[float]],
    names: Sequence[str],
    looks: Sequence[Look],
    *,
    texts: dict[str, str],
    mode: str,
) -> dict[str, Any]:
    """Draw one line for each schedule, with a mark at every update.

    Parameters
    ----------
    rates : list of list of float
        Of update 1, 2 …, in full rates.
    names : list of str
    looks : list of Look
    texts : dict of str to str
        Titles ``update`` and ``rate`` of the axes.
    mode : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    dict
        A Plotly figure.
    """
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(range(1, len(found) + 1)),
            "y": list(found),
            "line": {**line_of(look, mode), "width": 1.8},
            "marker": {**marker_of(look, mode), "size": 8},
            "hovertemplate": f"{name}<br>%{{x}}: %{{y:.4g}}<extra></extra>",
        }
        for found, name, look in zip(rates, names, looks, strict=True)
    ]
    figure = layout(texts["update"], texts["rate"], names=names, height=320)
    figure["xaxis"]["dtick"] = 1
    return {"data": traces, "layout": figure}
