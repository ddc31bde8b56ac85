"""What a problem is to the Descent Lab, and who learns from data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from lossopt.datasets import DatasetSpec
from lossopt.figures.messages import Marks, Point
from lossopt.links.contestants import losses_for, models_for
from lossopt.links.settings import Settings, one_of
from lossopt.links.weights import NO_WEIGHTS, SampleWeights
from lossopt.losses import LOSSES, Loss, Task
from lossopt.models import Model
from lossopt.objectives import EmpiricalRisk, Objective


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is descended, and its start in the link.

    Every problem keeps its own start, and so does every model on it. The usual problem, the same
    with all fields at their defaults, decides which learning rates it brings along, so that a
    turned field shows its effect; what a person brought along stands for itself.

    Attributes
    ----------
    goal : Objective
    start : str
    usual : Objective
    marks : Marks
        What is drawn on its data, and whether they can be dragged.
    take_point : callable
        Takes the settings and the point that was dragged.
    """

    goal: Objective
    start: str
    usual: Objective
    marks: Marks = Marks()
    take_point: Callable[[Settings, Point], None] | None = None


@dataclasses.dataclass(frozen=True)
class Learner:
    """What learns, and how the link names its start on a problem."""

    model: Model
    loss: Loss
    start: str


def read_learner(link: Settings, problem: str, task: Task) -> Learner:
    """Read model and loss for data of a kind.

    >>> link = Settings({"loss": "huber", "huber.delta": "2"})
    >>> learner = read_learner(link, "line", "regression")
    >>> learner.loss, learner.start
    (Huber(delta=2.0), 'line.start')
    """
    models = models_for(task)
    first = next(iter(models))
    name = link.read("model", first, one_of(tuple(models)))
    link.write("model", name, first)
    kind = models[name]
    losses, usual = losses_for(task), kind.usual_losses[task]
    loss = link.read("loss", usual, one_of(losses))
    link.write("loss", loss, usual)
    drop_ready(link)
    return Learner(
        model=link.spec(name, kind),
        loss=link.spec(loss, LOSSES[loss]),
        start=start_of(problem, name, task),
    )


def drop_ready(link: Settings) -> None:
    """Let go of the rates, steps and start of an example that was made for another problem.

    This comes once problem, model and loss are known, and before any other setting is.
    """
    link.drop_ready("problem", "model", "loss")


def start_of(problem: str, model: str, task: Task) -> str:
    """Name of the start of a model on a problem; the first model shares that of the problem.

    >>> start_of("line", "linear", "regression"), start_of("line", "mlp", "regression")
    ('line.start', 'line.mlp.start')
    """
    return (
        f"{problem}.start" if model == next(iter(models_for(task))) else f"{problem}.{model}.start"
    )


def data_problem(
    data: DatasetSpec,
    model: Model,
    loss: Loss,
    start: str,
    weights: SampleWeights = NO_WEIGHTS,
) -> Problem:
    """Problem of a shipped or made dataset."""
    usual = EmpiricalRisk(type(data)(), type(model)(), type(loss)())
    return Problem(weights.on(EmpiricalRisk(data, model, loss)), start, usual)
