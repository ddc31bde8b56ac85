"""PyTorch's losses: ``pip install torch==2.13.0``."""

from __future__ import annotations

from functools import partial

import torch
from torch.nn import functional

from benchmarks.libraries.losses._probe import Asked, probe


def asked(loss, weights="weight", turn=lambda y: y):
    """A loss of predictions and targets in float64."""

    def ask(y_pred, y, weighed=None):
        pred = torch.tensor(y_pred, dtype=torch.float64).requires_grad_()
        target = turn(torch.tensor(y, dtype=torch.float64))
        given = {} if weighed is None else {weights: torch.tensor(weighed, dtype=torch.float64)}
        value = loss(pred, target, **given)
        (slopes,) = torch.autograd.grad(value, pred)
        return value.item(), slopes

    return Asked(ask, bool(weights))


def signs(y):
    return 2.0 * y - 1.0


def hinge_embedding(pred, target):
    return functional.margin_ranking_loss(pred, torch.zeros_like(pred), target, margin=1.0)


def cross_entropy(pred, target, **more):
    return functional.cross_entropy(pred, target.long(), **more)


LOSSES = {
    "mse": asked(functional.mse_loss),
    "mae": asked(functional.l1_loss),
    "huber": asked(functional.huber_loss),
    "huber delta=2": asked(partial(functional.huber_loss, delta=2.0), ""),
    "smooth_l1": asked(functional.smooth_l1_loss, ""),
    "smooth_l1 delta=2": asked(partial(functional.smooth_l1_loss, beta=2.0), ""),
    "binary_cross_entropy": asked(functional.binary_cross_entropy_with_logits),
    "log_loss": asked(functional.binary_cross_entropy),
    "hinge": asked(hinge_embedding, "", signs),
    "categorical_cross_entropy": asked(cross_entropy, ""),
    "categorical_cross_entropy label_smoothing=0.1": asked(
        partial(cross_entropy, label_smoothing=0.1), ""
    ),
}

if __name__ == "__main__":
    probe("pytorch", {"torch": torch.__version__}, LOSSES, "float64")
