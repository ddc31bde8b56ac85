"""Model and loss for data, whether it is shipped, made or brought along."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import streamlit as st

from lossopt.losses import LOSSES, Loss, Task
from lossopt.models import Model
from pages.ui.controls.contestants import losses_for, models_for
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.frame.link import Link
from pages.ui.frame.prose import lines_of


@dataclasses.dataclass(frozen=True)
class Learner:
    """What learns, and how the link names its start on a problem."""

    model: Model
    loss: Loss
    start: str


def drop_ready(link: Link) -> None:
    """Let go of the rates, steps and start of an example that was made for another problem.

    This comes once problem, model and loss are drawn, and before any other control is.
    """
    link.drop_ready("problem", "model", "loss")


def learner_panel(
    controls: Controls,
    problem: str,
    task: Task,
    details: Callable[[], Any] = lambda: None,
) -> tuple[Learner, Any]:
    """Draw the choice of a model and a loss; `details` draws what else goes with the data."""
    words = controls.words
    models = models_for(task)
    model_id = controls.choice(
        "model",
        words("lab.model"),
        tuple(models),
        "model",
    )
    kind = models[model_id]
    loss_id = controls.choice(
        "loss",
        words("lab.loss"),
        losses_for(task),
        "loss",
        default=kind.usual_losses[task],
    )
    drop_ready(controls.link)
    loss = controls.spec(loss_id, LOSSES[loss_id])
    with more_settings(words("lab.problem")):
        drawn = details()
        model = controls.spec(model_id, kind)
        if not is_away():
            st.latex(lines_of(model.formula))
            st.latex(lines_of(rf"\ell = {loss.formula}"))
    usual = model_id == next(iter(models))
    start = f"{problem}.start" if usual else f"{problem}.{model_id}.start"
    return Learner(model, loss, start), drawn
