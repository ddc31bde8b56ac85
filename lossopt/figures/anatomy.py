"""The anatomy of a step as the stage shows it: arrows on the contour, lines with live numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from lossopt.figures.messages import Arrow, Extras, Sentence
from lossopt.figures.packing import pack
from lossopt.figures.palette import ARROWS
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.optimizers._anatomy import Term
from lossopt.theory.anatomy import direction_arrows, replay

LABELS = {"gradient": "−g", "step": "Δθ"}


def anatomy_overlays(
    optimizer: Optimizer, objective: Objective, start: Sequence[float], n_steps: int, head: str
) -> Extras:
    """Arrows and sentences for every frame of a run with two params.

    The frame of step t shows the step that comes next, from iterate t to iterate t + 1.

    Parameters
    ----------
    optimizer : Optimizer
        A rule with an anatomy.
    objective : Objective
        Of two params.
    start : list of float
    n_steps : int
    head : str
        Head of the lines; ``{0}`` becomes the number of the step.
    """
    steps = replay(optimizer, objective, start=start, n_steps=n_steps + 1)
    terms = optimizer.anatomy(steps)
    sides = np.diff(np.array(objective.bounds))[:, 0]
    names = LABELS | {term.arrow: f"−{term.name}" for term in terms if term.arrow}
    arrows = []
    for kind, xy in direction_arrows(steps, terms, sides).items():
        color, dash = ARROWS[kind]
        arrows.append(Arrow(color=color, dash=dash, xy=pack(xy), label=names[kind]))
    first = Sentence("\t".join([head, *objective.param_names]), pack(np.arange(1.0, n_steps + 2.0)))
    return Extras(arrows=tuple(arrows), sentences=(first, *(_line(term) for term in terms)))


def _line(term: Term) -> Sentence:
    """One line: in symbols, then with the numbers of either parameter."""
    size = len(term.used) + 1
    cells, columns = [f"{term.name} = {term.expression}"], []
    for param in (0, 1):
        shown = _moved(f"{term.template} = {{{size - 1}}}", param * size)
        cells.append(shown.replace("·", " · "))
        columns += [term.numbers(param), term.result[:, param, None]]
    return Sentence("\t".join(cells), pack(np.hstack(columns)))


def _moved(template: str, places: int) -> str:
    """The template with every number of a place raised."""
    return re.sub(r"\{(\d+)\}", lambda found: f"{{{int(found[1]) + places}}}", template)
