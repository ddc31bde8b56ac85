"""Scikit-learn's metrics and the losses of its estimators: ``pip install scikit-learn==1.9.1``."""

from __future__ import annotations

import numpy as np
import sklearn
from sklearn import metrics
from sklearn._loss import loss as inside

from benchmarks.libraries.losses._probe import Asked, probe


def metric(score, **settings):
    """A metric: no slopes."""

    def ask(y_pred, y, weighed=None):
        return score(np.array(y), np.array(y_pred), sample_weight=weighed, **settings), None

    return Asked(ask, True)


def estimator(loss):
    """A loss that an estimator descends."""

    def ask(y_pred, y, weighed=None):
        weights = None if weighed is None else np.array(weighed, dtype=float)
        y, y_pred = np.array(y, dtype=float), np.array(y_pred, dtype=float)
        return loss(y, y_pred, weights), loss.gradient(y, y_pred)

    return Asked(ask, True)


def mean_pinball(y, y_pred, sample_weight):
    return metrics.mean_pinball_loss(y, y_pred, sample_weight=sample_weight, alpha=0.75)


LOSSES = {
    "mse": estimator(inside.HalfSquaredError()),
    "mse mean_squared_error": metric(metrics.mean_squared_error),
    "mae": estimator(inside.AbsoluteError()),
    "mae mean_absolute_error": metric(metrics.mean_absolute_error),
    "pinball tau=0.75": estimator(inside.PinballLoss(quantile=0.75)),
    "pinball mean_pinball_loss tau=0.75": metric(mean_pinball),
    "binary_cross_entropy": estimator(inside.HalfBinomialLoss()),
    "log_loss": metric(metrics.log_loss, labels=[0, 1]),
    "categorical_cross_entropy": estimator(inside.HalfMultinomialLoss(n_classes=3)),
}

if __name__ == "__main__":
    probe("sklearn", {"scikit-learn": sklearn.__version__}, LOSSES, "float64")
