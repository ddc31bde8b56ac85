"""Model and loss for data, whether it is shipped, made or brought along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lossopt.links.contestants import losses_for, models_for
from lossopt.links.problem import Learner, drop_ready, start_of
from lossopt.losses import LOSSES, Task
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import is_away, more_settings
from pages.ui.frame.prose import lines_of


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
    return Learner(model, loss, start_of(problem, model_id, task)), drawn
