"""The anatomy of a step as the stage shows it: arrows on the contour, lines with live numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from lossopt.figures.messages import (
    Arrow,
    Extras,
    PocketAnatomy,
    PocketArrow,
    PocketLine,
    Sentence,
)
from lossopt.figures.packing import pack
from lossopt.figures.palette import ARROWS
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.optimizers._anatomy import Term
from lossopt.programs import Untraceable, anatomy_script
from lossopt.theory.anatomy import REACH, direction_arrows, has_anatomy, replay

STEP = {"step": "Δθ"}


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
    looks = _looks(terms)
    arrows = [
        Arrow(**vars(looks[kind]), xy=pack(xy))
        for kind, xy in direction_arrows(steps, terms, sides).items()
    ]
    first = Sentence("\t".join([head, *objective.param_names]), pack(np.arange(1.0, n_steps + 2.0)))
    return Extras(arrows=tuple(arrows), sentences=(first, *(_line(term) for term in terms)))


def anatomy_message(optimizer: Optimizer) -> PocketAnatomy | None:
    """What a browser needs to take the steps of a rule apart; None where it has no program.

    Parameters
    ----------
    optimizer : Optimizer

    Examples
    --------
    >>> import lossopt as lo
    >>> message = anatomy_message(lo.OPTIMIZERS["momentum"]())
    >>> message.settings, list(message.arrows), [line.width for line in message.lines]
    (('momentum',), ['gradient', 'momentum', 'step'], [4, 4])
    >>> anatomy_message(lo.OPTIMIZERS["newton"]())
    """
    if not has_anatomy(type(optimizer)):
        return None
    try:
        script = anatomy_script(optimizer)
    except Untraceable:
        return None
    lines = (PocketLine(line_text(term), len(term.used) + 1, term.arrow) for term in script.terms)
    return PocketAnatomy(
        text=script.text,
        settings=script.names,
        lines=tuple(lines),
        arrows=_looks(script.terms),
        reach=REACH,
    )


def _looks(terms: Sequence[Term]) -> dict[str, PocketArrow]:
    """Of all arrows, in the order in which they are drawn."""
    names = {"gradient": "−g"} | {term.arrow: f"−{term.name}" for term in terms if term.arrow}
    return {kind: PocketArrow(*ARROWS[kind], name) for kind, name in (names | STEP).items()}


def line_text(term: Term) -> str:
    r"""One line: in symbols, then with the numbers of either parameter.

    Examples
    --------
    >>> line_text(Term("v", "μ·v + g", {"μ": 0.9, "v": np.ones((1, 2))}, np.ones((1, 2))))
    'v = μ·v + g\t{0} · {1} + g = {2}\t{3} · {4} + g = {5}'
    """
    size = len(term.used) + 1
    cells = [f"{term.name} = {term.expression}"]
    for param in (0, 1):
        shown = _moved(f"{term.template} = {{{size - 1}}}", param * size)
        cells.append(shown.replace("·", " · "))
    return "\t".join(cells)


def _line(term: Term) -> Sentence:
    columns = [
        column for param in (0, 1) for column in (term.numbers(param), term.result[:, param, None])
    ]
    return Sentence(line_text(term), pack(np.hstack(columns)))


def _moved(template: str, places: int) -> str:
    """The template with every number of a place raised."""
    return re.sub(r"\{(\d+)\}", lambda found: f"{{{int(found[1]) + places}}}", template)
