"""What a slice through a network's loss hides, in lines whose numbers follow the step."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from lossopt.figures.messages import EdgeRun, Edges, Measured, Sentence
from lossopt.figures.packing import pack
from lossopt.figures.scene import Contestant
from lossopt.landscapes.slices import heights_below
from lossopt.landscapes.surfaces import Plane
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray
from lossopt.theory.diagnostics import coupled_decay, stability_products
from lossopt.trajectories import Trajectory

LOOKS = 25
"""Steps at which the sharpness of a run is measured."""


@dataclasses.dataclass(frozen=True, eq=False)
class Edge:
    """Learning rate times sharpness of one run at some steps, and the limit of its rule.

    Attributes
    ----------
    steps : array of int (n_looks,)
    products : array (n_looks,)
    limit : float
    rate, decay : float
        The products are `rate` × (sharpness + `decay`).
    """

    steps: IntArray
    products: Array
    limit: float
    rate: float
    decay: float


def edge_of(optimizer: Optimizer, objective: Objective, run: Trajectory) -> Edge | None:
    """Measure how near a run is to the edge of stability; None where no limit is known.

    Examples
    --------
    >>> import lossopt as lo
    >>> bowl = lo.OBJECTIVES["quadratic"](condition_number=10.0)
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.19)
    >>> edge = edge_of(rule, bowl, lo.descend(rule, bowl, n_steps=4))
    >>> edge.products.round(6), edge.limit
    (array([1.9, 1.9, 1.9, 1.9, 1.9]), 2.0)
    """
    limit = optimizer.stability_limit()
    if limit is None:
        return None
    last = run.n_steps if run.diverged_at is None else run.diverged_at - 1
    steps = np.unique(np.linspace(0, last, LOOKS).round().astype(np.int64))
    products = stability_products(optimizer, objective, run, steps)
    rate = float(np.max(optimizer.learning_rate))
    return Edge(steps, products, float(np.max(limit)), rate, coupled_decay(optimizer))


def edge_message(
    edges: Sequence[Edge | None], contestants: Sequence[Contestant], last_step: int
) -> Edges:
    """Pack the edges for their chart.

    >>> edge_message([], [], 5)
    Edges(last_step=5, runs=())
    """
    runs = [
        EdgeRun(
            label=contestant.label,
            color=contestant.look.color,
            dash=contestant.look.dash,
            marker=contestant.look.marker,
            steps=pack(edge.steps),
            products=pack(edge.products),
            limit=edge.limit,
            of=Measured(k, edge.rate, edge.decay),
        )
        for k, (edge, contestant) in enumerate(zip(edges, contestants, strict=True))
        if edge is not None
    ]
    return Edges(last_step, tuple(runs))


def slice_lines(
    objective: Objective,
    plane: Plane,
    runs: Sequence[Trajectory],
    edges: Sequence[Edge | None],
    texts: Sequence[tuple[str, str, str]],
    head: str,
) -> tuple[Sentence, ...]:
    """A line per run: its loss, the height of the slice below it, and its edge of stability.

    Parameters
    ----------
    texts : list of (str, str, str)
        For each run the three columns, with ``{0}`` for the loss, ``{1}`` for the height below and
        ``{2}`` for the last product that was measured.
    head : str
        Head of the lines, three columns with tabs between them.
    """
    lines = [Sentence(head, pack(np.zeros(runs[0].n_steps + 1)))]
    for k, (run, edge, columns) in enumerate(zip(runs, edges, texts, strict=True)):
        numbers = [run.losses, heights_below(objective, plane, run), _latest(run, edge)]
        of = Measured(k, edge.rate, edge.decay) if edge else Measured(k, 0.0, 0.0)
        lines.append(Sentence("\t".join(columns), pack(np.stack(numbers, axis=1)), of))
    return tuple(lines)


def _latest(run: Trajectory, edge: Edge | None) -> Array:
    """The product measured last, at every step."""
    if edge is None:
        return np.full(run.n_steps + 1, np.nan)
    looks = np.searchsorted(edge.steps, np.arange(run.n_steps + 1), side="right") - 1
    return np.asarray(edge.products[looks])
