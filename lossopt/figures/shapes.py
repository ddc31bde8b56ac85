"""Losses drawn over their prediction, with the samples of the runs on them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

import numpy as np

from lossopt.figures.messages import Marks, Pace, Shape, Shapes
from lossopt.figures.packing import pack
from lossopt.figures.palette import Look
from lossopt.libraries import LibraryLoss
from lossopt.losses import Loss
from lossopt.losses.mae import MAE
from lossopt.losses.mse import MSE
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array
from lossopt.theory.loss_shapes import (
    OVERS,
    LossShape,
    Over,
    SampleLosses,
    class_probabilities,
    loss_shape,
    sample_losses,
)
from lossopt.trajectories import Trajectory

MARKS: dict[type[Loss], Literal["square", "bar"]] = {MSE: "square", MAE: "bar"}
"""How the data view draws what a sample costs: a residual's square, the residual, else a disc."""
REACH = (3.0, 14.0)
"""Least and largest half-width of the axis of logits."""
TOP = {"probability": (6.0, 20.0), "true_probability": (6.0, 1.05)}
"""Largest value and slope that are drawn where cross-entropy grows without end."""


@dataclasses.dataclass(frozen=True, eq=False)
class Drawn:
    """One loss on the data: its objective, its run and how that is drawn."""

    risk: EmpiricalRisk
    run: Trajectory
    look: Look


def shapes_message(drawn: Sequence[Drawn], over: Over) -> Shapes:
    """Pack two panels, ℓ and its slope, with a curve per target and a dot per sample.

    Parameters
    ----------
    drawn : list of Drawn
        With runs of the same length.
    over : str
        What the losses are drawn over.
    """
    samples = [sample_losses(each.risk, each.run.iterates, over) for each in drawn]
    reach = _reach(drawn, samples, over)
    shapes = [
        loss_shape(each.risk.loss, over, reach, n_classes=max(each.risk.n_outputs, 2))
        for each in drawn
    ]
    return Shapes(
        x=(0.0, 1.0) if "probability" in over else (-reach, reach),
        panels=_panels(shapes, over),
        grid=pack(shapes[0].grid),
        frames=Pace(len(drawn[0].run.iterates), drawn[0].run.n_steps),
        losses=tuple(
            _loss_message(each, shape, sample)
            for each, shape, sample in zip(drawn, shapes, samples, strict=True)
        ),
    )


def _loss_message(each: Drawn, shape: LossShape, sample: SampleLosses) -> Shape:
    return Shape(
        color=each.look.color,
        dash=each.look.dash,
        marker=each.look.marker,
        curves=tuple(
            (pack(values), pack(slopes))
            for values, slopes in zip(shape.values, shape.slopes, strict=True)
        ),
        targets=tuple(shape.targets),
        n=each.risk.n_samples,
        places=pack(sample.places),
        dots=(pack(sample.values), pack(sample.slopes)),
    )


def _reach(drawn: Sequence[Drawn], samples: Sequence[SampleLosses], over: Over) -> float:
    """Half-width that holds every sample at the start and at the reference point."""
    ends = [sample.places[0] for sample in samples]
    for each in drawn:
        best = each.risk.reference.params[None]
        ends.append(sample_losses(each.risk, best, over).places[0])
    places = np.abs(np.concatenate(ends))
    largest = float(places[np.isfinite(places)].max(initial=1e-3))
    if over != "logit":
        return 1.05 * largest
    cuts = [_cut(each.risk.loss) for each in drawn]
    return max(1.05 * float(np.clip(largest, *REACH)), 1.25 * max(cuts))


def _cut(loss: Loss) -> float:
    """Logit from which on a loss of a library is cut off; 0 where it is not."""
    if not isinstance(loss, LibraryLoss):
        return 0.0
    cut = min(loss.reach, loss.ceiling)
    return cut if np.isfinite(cut) else 0.0


def _panels(
    shapes: Sequence[LossShape], over: Over
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Lowest and highest number of the two panels."""
    top, steepest = TOP.get(over, (np.inf, np.inf))
    high = min(max(float(shape.values.max()) for shape in shapes), top)
    slope = min(max(float(np.abs(shape.slopes).max()) for shape in shapes), steepest)
    low = -slope if over != "true_probability" else -steepest
    return (0.0, high), (low, slope if over != "true_probability" else 0.05)


def penalty_numbers(risk: EmpiricalRisk, iterates: Array, watched: int) -> Array:
    """Numbers for sentences, ``(n_iterates, 2 + K)``.

    In percent the share of the largest penalty in the sum of all; the penalty of the watched
    sample; and, for classes, the probability of each class for it.
    """
    over = OVERS[risk.loss.task][0]
    values = sample_losses(risk, iterates, over).values
    with np.errstate(all="ignore"):
        shares = 100.0 * values.max(axis=1) / values.sum(axis=1)
    columns = [np.nan_to_num(shares), values[:, watched]]
    if risk.loss.task != "regression":
        columns.append(class_probabilities(risk, iterates, watched))
    return np.column_stack(columns)


def penalty_view(risk: EmpiricalRisk, iterates: Array, over: Over) -> Marks:
    """What the data view needs to draw every sample's penalty at every frame.

    Returns
    -------
    Marks
        That can be dragged.
    """
    sample = sample_losses(risk, iterates, over)
    flat = risk.dataset.X.shape[1] == 1
    mark = MARKS.get(type(risk.loss)) if flat else None
    if mark:
        return Marks(residuals=mark, residual_values=pack(sample.predictions), draggable=True)
    first = sample.values[0]
    usual = float(first[np.isfinite(first)].mean()) if risk.loss.task == "regression" else 1.0
    unit = max(usual, 1e-9)
    values = pack(sample.values)
    return Marks(residuals="disc", residual_values=values, residual_unit=unit, draggable=True)
