"""Performance profiles as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lossopt.comparisons import MARGIN, performance_profile
from lossopt.figures.palette import Look
from lossopt.figures.still import layout, line_of, marker_of
from lossopt.params import Array

RATIOS = np.geomspace(1.0, 100.0, 121)


def profile_figure(
    spent: Array,
    names: Sequence[str],
    looks: Sequence[Look],
    *,
    texts: dict[str, str],
    mode: str,
) -> dict[str, Any]:
    """Draw the share of objectives that each optimizer settles within a factor of the cheapest.

    Parameters
    ----------
    spent : array (n_optimizers, n_objectives)
    names : list of str
    looks : list of Look
    texts : dict of str to str
        ``factor`` and ``share``.
    mode : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    dict
        A Plotly figure.
    """
    figure = layout(texts["factor"], texts["share"], names=names, height=340)
    figure["yaxis"].update(range=[-0.03, 1.03], tickformat=".0%")
    figure["xaxis"].update(type="log", tickvals=[1, 3, 10, 30, 100], tickangle=0)
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": RATIOS,
            "y": curve,
            "line": {**line_of(look, mode), "shape": "hv", "width": 2},
            "marker": {**marker_of(look, mode), "size": 8, "maxdisplayed": 5},
            "hovertemplate": f"{name}<br>× %{{x:.3g}}: %{{y:.0%}}<extra></extra>",
        }
        for name, look, curve in zip(names, looks, performance_profile(spent, RATIOS), strict=True)
    ]
    return {"data": traces, "layout": figure}


def strengths(spent: Array) -> Array:
    """How strongly to shade each cell of a scoreboard: 1 for the cheapest, 0 for × 100 or never.

    Whoever spends at most 1 % more than the cheapest ties with it.

    Parameters
    ----------
    spent : array (n_optimizers, n_objectives)

    Examples
    --------
    >>> strengths(np.array([[1.0, np.inf], [10.0, np.inf]]))
    array([[1. , 0. ],
           [0.5, 0. ]])
    """
    with np.errstate(all="ignore"):
        factors = np.maximum(spent, 1e-300) / np.maximum(spent.min(axis=0), 1e-300)
        factors = np.where(factors <= 1.0 + MARGIN, 1.0, factors)
        found = 1.0 - np.log10(factors) / np.log10(RATIOS[-1])
    return np.asarray(np.where(np.isfinite(spent), np.clip(found, 0.0, 1.0), 0.0))
