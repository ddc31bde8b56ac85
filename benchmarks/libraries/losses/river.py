"""River's losses: ``pip install river==0.26.1``."""

from __future__ import annotations

from importlib.metadata import version

from river.optim import losses

from benchmarks.libraries.losses._probe import Asked, probe


def asked(loss, turn=lambda y: y):
    """A loss of one number."""

    def ask(y_pred, y, weighed=None):
        (y_pred,), (y,) = y_pred, y
        try:
            return loss(turn(y), y_pred), [loss.gradient(turn(y), y_pred)]
        except (ValueError, OverflowError, ZeroDivisionError) as error:
            return type(error).__name__, [type(error).__name__]

    return Asked(ask)


LOSSES = {
    "mse": asked(losses.Squared()),
    "mae": asked(losses.Absolute()),
    "huber": asked(losses.Huber()),
    "huber delta=2": asked(losses.Huber(2.0)),
    "pinball tau=0.75": asked(losses.Quantile(0.75)),
    "binary_cross_entropy": asked(losses.Log()),
    "hinge": asked(losses.Hinge()),
    "focal": asked(losses.BinaryFocalLoss()),
}

if __name__ == "__main__":
    probe("river", {"river": version("river")}, LOSSES, "float64")
