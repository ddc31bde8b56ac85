"""Keras."""

import math
from typing import Any, final

from lossopt.libraries._base import WITH_DECAY, Convention, Library
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import ScheduleConvention

SLOW = {"learning_rate": 0.001}
INSIDE = {"eps": 1e-7, "eps_place": "inside"}
HAT = {"eps": 1e-7, "eps_place": "uncorrected"}
DECOUPLED = {"decoupled_weight_decay": True}
DECAYS: dict[str, Any] = {"decay": "decoupled", "apart": WITH_DECAY}
OLD_SPEED: dict[str, Any] = {
    "decay": "decoupled",
    "rate": "displacement",
    "apart": (*WITH_DECAY, "halved"),
}
REACH = math.log((1.0 - 1e-7) / 1e-7)
"""Logit of the probability at which it cuts off."""


@final
class Keras(Library):
    """Keras 3, measured on JAX; weight decay is decoupled in every optimizer."""

    name = "Keras"
    year = 2015
    version = "3.15.1"
    measured = "2026-11-30"
    license = "Apache-2.0"
    rank = 2
    prefix = "keras.optimizers."

    conventions = {
        "gradient_descent": Convention("SGD", decay="decoupled"),
        "momentum": Convention("SGD(momentum=0.9)", **OLD_SPEED),
        "nesterov": Convention("SGD(momentum=0.9, nesterov=True)", **OLD_SPEED),
        "adagrad": Convention("Adagrad", {**SLOW, **INSIDE, "initial_accumulator": 0.1}, **DECAYS),
        "adadelta": Convention("Adadelta", {**SLOW, "decay": 0.95, "eps": 1e-7}, **DECAYS),
        "rmsprop": Convention("RMSprop", {**SLOW, **INSIDE, "decay": 0.9}, **DECAYS),
        "adam": Convention("Adam", HAT | DECOUPLED, decay="decoupled"),
        "adamax": Convention("Adamax", {**SLOW, "eps": 1e-7}, **DECAYS, nearly=3e-11),
        "nadam": Convention(
            "Nadam", {**SLOW, "eps": 1e-7, "momentum_decay": 1.0, **DECOUPLED}, decay="decoupled"
        ),
        "adamw": Convention("AdamW", {**HAT, "weight_decay": 0.004}, decay="decoupled"),
        "amsgrad": Convention("Adam(amsgrad=True)", HAT | DECOUPLED, decay="decoupled"),
        "lion": Convention("Lion", SLOW, decay="decoupled"),
        "adafactor": Convention(
            "Adafactor", SLOW, decay="decoupled", apart=("tall_decay",), nearly=1e-9
        ),
        "muon": Convention(
            "Muon",
            {"rate_scale": "match_rms_adamw", "weight_decay": 0.004},
            decay="decoupled",
            nearly=1e-9,
        ),
    }

    losses = {
        "mse": LossConvention("keras.losses.MeanSquaredError", mean="n"),
        "mae": LossConvention("keras.losses.MeanAbsoluteError", tie="left", mean="n"),
        "huber": LossConvention("keras.losses.Huber", mean="n"),
        "log_cosh": LossConvention("keras.losses.LogCosh", mean="n"),
        "binary_cross_entropy": LossConvention(
            "keras.losses.BinaryCrossentropy(from_logits=True)", mean="n"
        ),
        "log_loss": LossConvention("keras.losses.BinaryCrossentropy", reach=REACH, mean="n"),
        "hinge": LossConvention("keras.losses.Hinge", tie="half", mean="n"),
        "squared_hinge": LossConvention("keras.losses.SquaredHinge", mean="n"),
        "focal": LossConvention(
            "keras.losses.BinaryFocalCrossentropy(from_logits=True)",
            reach=REACH,
            mean="n",
            apart=("far",),
        ),
        "categorical_cross_entropy": LossConvention(
            "keras.losses.SparseCategoricalCrossentropy(from_logits=True)", mean="n"
        ),
    }
    schedules = {
        "step": ScheduleConvention("ExponentialDecay(staircase=True)", after="goes_on"),
        "boundaries": ScheduleConvention("PiecewiseConstantDecay", late=1),
        "exponential": ScheduleConvention("ExponentialDecay", after="goes_on"),
        "linear": ScheduleConvention("PolynomialDecay(end_learning_rate=0)"),
        "cosine": ScheduleConvention("CosineDecay"),
        "warm_restarts": ScheduleConvention("CosineDecayRestarts", after="goes_on"),
        "cosine warmup": ScheduleConvention("CosineDecay(warmup_target=1)", rise="from_zero"),
        "cosine warmup without target": ScheduleConvention(
            "CosineDecay(warmup_steps=3)",
            None,
            rates=(1.0, 0.9755, 0.9045, 0.7939, 0.6545, 0.5, 0.3455, 0.2061, 0.09549, 0.02447, 0.0),
        ),
    }
