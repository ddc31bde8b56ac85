"""How much a result depends on the learning rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.comparisons import Tuning
from lossopt.figures.palette import Look
from lossopt.figures.still import layout, line_of, marker_of
from lossopt.numbers import short
from lossopt.params import Array

ABOVE = 10.0
"""Results this many times worse than the first loss are drawn on the upper edge, as diverged."""
DECADES = 12.0
BELOW = 4.0
"""Losses below zero are drawn down to so many times the size of the first loss below it."""


def rates_figure(
    tunings: Sequence[Tuning],
    names: Sequence[str],
    looks: Sequence[Look],
    usual: Sequence[tuple[float, float]],
    *,
    first: float,
    kind: str,
    common: float,
    texts: dict[str, str],
    mode: str,
) -> dict[str, Any]:
    """Draw the figure of merit over the learning rate, one curve per optimizer.

    Parameters
    ----------
    tunings : list of Tuning
    names : list of str
    looks : list of Look
    usual : list of (learning rate, figure of merit)
        At the default of each optimizer.
    first : float
        Loss at the start.
    kind : str
        Figure of merit, see `Merit`; losses get a logarithmic axis if all are positive.
    common : float
        The learning rate that is marked for all.
    texts : dict of str to str
        Titles ``rate`` and ``merit``, ``common``, ``lost`` for an infinite value and ``off`` for
        all that is drawn on the upper edge, ``below`` for what lies under the lower one.
    mode : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    dict
        A Plotly figure.
    """
    pairs = [_envelope(found) for found in tunings]
    values = np.concatenate([y for _, y in pairs] + [np.array([y for _, y in usual])])
    low, high, log = _limits(values, first, kind)
    traces: list[dict[str, Any]] = []
    for (x, y), found, name, look, (rate, value) in zip(
        pairs, tunings, names, looks, usual, strict=True
    ):
        group = {"legendgroup": name, "hovertemplate": f"{name}<br>η %{{x:.3g}}: %{{customdata}}"}
        group["hovertemplate"] += "<extra></extra>"
        drawn = np.clip(np.where(np.isfinite(y), y, np.inf), low, high)
        said = [_said(number, texts["lost"]) for number in y]
        line = {**line_of(look, mode), "width": 1.8}
        traces.append(
            {
                **group,
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": x,
                "y": drawn,
                "customdata": said,
                "line": line,
                "marker": {
                    **marker_of(look, mode),
                    "size": np.where((y > high) | (y < low), 7, 4),
                    "symbol": np.select(
                        [y > high, y < low],
                        ["x-thin-open", "triangle-down-open"],
                        marker_of(look, mode)["symbol"],
                    ),
                },
            }
        )
        chosen = found.trials["learning_rate"][found.chosen], found.values[found.chosen]
        for (at, height), size, outline in ((chosen, 13, ""), ((rate, value), 12, "-open")):
            mark = marker_of(look, mode)
            traces.append(
                {
                    **group,
                    "type": "scatter",
                    "mode": "markers",
                    "name": name,
                    "showlegend": False,
                    "x": [at],
                    "y": [float(np.clip(height, low, high))],
                    "customdata": [_said(height, texts["lost"])],
                    "marker": {**mark, "size": size, "symbol": mark["symbol"] + outline},
                }
            )
    figure = layout(texts["rate"], texts["merit"], names=names, height=380)
    figure["xaxis"].update(type="log", exponentformat="power", tickangle=0)
    room = 0.06 * (np.log10(high / low) if log else high - low)
    ends = (np.log10([low, high]) if log else np.array([low, high])) + [-room, room]
    figure["yaxis"].update(type="log" if log else "linear", range=ends.tolist())
    figure["yaxis"].update(exponentformat="power")
    if log and high > 100.0 * low:
        figure["yaxis"].update(dtick=1)
    figure["shapes"] = [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": common,
            "x1": common,
            "y0": 0,
            "y1": 1,
            "line": {"dash": "dot", "width": 1.2, "color": "gray"},
        }
    ]
    figure["annotations"] = [
        _note(texts["common"], x=np.log10(common), xref="x", y=0.0, yref="paper", yanchor="bottom"),
    ]
    if (values < low).any() and not log:
        figure["annotations"].append(
            _note(f"▾ {texts['below']}", x=0.0, xref="paper", y=low, yref="y", yanchor="bottom")
        )
    if (values > high).any():
        top = float(np.log10(high)) if log else high
        figure["annotations"].append(
            _note(f"× {texts['off']}", x=0.0, xref="paper", y=top, yref="y", yanchor="top")
        )
        # everything that ends up there is off the scale
        figure["shapes"].append(
            {
                "type": "rect",
                "xref": "paper",
                "yref": "y",
                "x0": 0,
                "x1": 1,
                "y0": 10 ** (top - 0.5 * room) if log else top - 0.5 * room,
                "y1": 10 ** (top + room) if log else top + room,
                "fillcolor": "rgba(128,128,128,0.14)",
                "line": {"width": 0},
                "layer": "below",
            }
        )
    return {"data": traces, "layout": figure}


def _envelope(found: Tuning) -> tuple[Array, Array]:
    """Best figure of merit at every learning rate, whatever else was searched."""
    rates = found.trials["learning_rate"]
    x = np.unique(rates)
    return x, np.array([found.values[rates == rate].min() for rate in x])


def _limits(values: Array, first: float, kind: str) -> tuple[float, float, bool]:
    """Lowest and highest drawn value, and whether the axis is logarithmic."""
    finite = values[np.isfinite(values)]
    if kind in ("target", "area") or not finite.size:
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        return low, high + 0.12 * max(high - low, 1e-3), False
    log = bool(finite.min() >= 0.0 and first > 0.0)
    high = float(min(finite.max() * 1.5, ABOVE * first)) if log else float(first + abs(first) * 2)
    # A run that falls without end must not flatten all others.
    floor = high * 10.0**-DECADES if log else first - BELOW * max(abs(first), 1.0)
    low = float(max(finite.min(), floor))
    return low, max(high, low + 1e-12), log


def _said(value: float, lost: str) -> str:
    return short(value, 4) if np.isfinite(value) else lost


def _note(text: str, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "xanchor": "left", "font": {"size": 11}, **place}
