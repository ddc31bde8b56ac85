"""The welcome: one step size for a whole race, and a name at its goal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lossopt.entries import Entry
from lossopt.figures.messages import Descents, Handle, Line
from lossopt.figures.packing import pack, unpack
from lossopt.figures.palette import FULL_GRADIENT
from lossopt.objectives import Objective
from lossopt.theory.diagnostics import largest_stable_learning_rate

BELOW, ABOVE = 30.0, 1.6
"""How far the handle reaches, as parts of the limit."""

LEAD = 0.27
"""Length of the line to a name, as a part of the picture."""
POINTING = (2, 4)
"""Dashes of that line, which is no path."""


def handle_of(entries: Mapping[str, Entry], run: str, objective: Objective) -> Handle:
    """The learning rate of one run, with those of all others in proportion.

    Parameters
    ----------
    entries : Mapping of str to Entry
        Who descends, by ids.
    run : str
        Id of the one whose learning rate is shown; it has a largest stable one.
    objective : Objective

    Raises
    ------
    ValueError
        If no limit is known.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=4.0)
    >>> race = {name: lo.Entry(lo.OPTIMIZERS[name]()) for name in ("gradient_descent", "adam")}
    >>> handle = handle_of(race, "gradient_descent", bowl)
    >>> handle.limit, handle.rates
    (0.5, {'gradient_descent': 0.01, 'adam': 0.001})
    """
    rates = {name: float(entry.optimizer.learning_rate) for name, entry in entries.items()}
    limit = largest_stable_learning_rate(entries[run].optimizer, objective)
    if limit is None:
        raise ValueError(f"{run} has no largest stable learning rate here.")
    return Handle(run, rates[run], rates, min(limit / BELOW, rates[run]), ABOVE * limit, limit)


def named_goal(scene: Descents, name: str) -> Line:
    """A line that leads from a name to the first minimizer, across the way that the runs take."""
    assert scene.surface
    x, y = (unpack(axis) for axis in (scene.surface.x, scene.surface.y))
    low, high = np.array([x[0], y[0]]), np.array([x[-1], y[-1]])
    spots = np.array([scene.minimizers[0], scene.start])
    goal, start = (spots - low) / (high - low)
    way = (start - goal) / np.linalg.norm(start - goal)
    across = np.array([[way[1], -way[0]], [-way[1], way[0]]])
    side = max(goal + LEAD * across, key=lambda place: float(np.min([place, 1.0 - place])))
    line = low + (high - low) * np.array([side, goal])
    return Line(color=FULL_GRADIENT, dash=POINTING, xy=pack(line), label=name, closed=False)
