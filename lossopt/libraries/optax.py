"""Optax."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import ScheduleConvention

asking = partial(Convention, asks_rate=True)
INSIDE = {"eps": 1e-7, "eps_place": "inside"}


@final
class Optax(Library):
    """Google DeepMind's gradient transformations for JAX."""

    name = "Optax"
    year = 2020
    version = "0.2.8"
    measured = "2026-11-30"
    license = "Apache-2.0"
    rank = 3
    prefix = "optax."

    conventions = {
        "gradient_descent": asking("sgd"),
        "momentum": asking("sgd(momentum=0.9)"),
        "nesterov": asking("sgd(momentum=0.9, nesterov=True)"),
        "rprop": asking("rprop", rule=None, steps=(0.0, 1.0, 1.2)),
        "adagrad": asking("adagrad", {**INSIDE, "initial_accumulator": 0.1}),
        "adadelta": Convention("adadelta", decay="coupled", apart=("defaults",)),
        "rmsprop": asking("rmsprop", {"decay": 0.9, "eps_place": "inside"}),
        "adam": asking("adam"),
        "adamax": asking("adamax"),
        "nadam": asking("nadam", {"momentum_decay": 1e6}),
        "adamw": asking("adamw", {"weight_decay": 1e-4}, decay="decoupled"),
        "amsgrad": asking("amsgrad", rule=None, steps=(1.0, 1.0, 1.0)),
        "radam": asking("radam", nearly=1e-9, apart=("small", "tiny")),
        "yogi": asking("yogi", nearly=5e-6, apart=("small", "tiny", "sparse")),
        "adabelief": asking("adabelief", {"eps": 1e-16}),
        "lion": asking("lion", {"weight_decay": 1e-3}, decay="decoupled"),
        "adan": asking("adan", rule=None, decay="decoupled", steps=(1.0, 1.0, 1.0)),
        "prodigy": Convention(
            "contrib.prodigy", {"bias_correction": True}, decay="decoupled", apart=("decay",)
        ),
        "schedule_free_sgd": Convention("contrib.schedule_free_sgd", decay="coupled"),
        "schedule_free_adamw": Convention("contrib.schedule_free_adamw", decay="decoupled"),
        "adafactor": Convention("adafactor", rule=None),
        "muon": asking("contrib.muon", rule=None, decay="decoupled"),
    }

    losses = {
        "mse": LossConvention("optax.squared_error"),
        "mse l2_loss": LossConvention("optax.l2_loss", factor=0.5),
        "huber": LossConvention("optax.huber_loss"),
        "log_cosh": LossConvention("optax.log_cosh"),
        "binary_cross_entropy": LossConvention("optax.sigmoid_binary_cross_entropy"),
        "hinge": LossConvention("optax.hinge_loss", tie="half"),
        "focal": LossConvention("optax.sigmoid_focal_loss"),
        "categorical_cross_entropy": LossConvention("optax.softmax_cross_entropy"),
    }
    schedules = {
        "step": ScheduleConvention("exponential_decay(staircase=True)", after="goes_on"),
        "boundaries": ScheduleConvention("piecewise_constant_schedule"),
        "exponential": ScheduleConvention("exponential_decay", after="goes_on"),
        "linear": ScheduleConvention("linear_schedule"),
        "cosine": ScheduleConvention("cosine_decay_schedule"),
        "warm_restarts": ScheduleConvention("sgdr_schedule"),
        "one_cycle": ScheduleConvention(
            "cosine_onecycle_schedule",
            None,
            rates=(0.04, 0.28, 0.76, 1.0, 0.9505, 0.8117, 0.6113, 0.3887, 0.1883, 0.04952, 4e-06),
        ),
        "one_cycle linear": ScheduleConvention(
            "linear_onecycle_schedule",
            None,
            rates=(0.04, 0.36, 0.68, 1.0, 0.808, 0.616, 0.424, 0.232, 0.04, 0.02, 4e-06),
        ),
        "constant warmup": ScheduleConvention("warmup_constant_schedule", rise="from_zero"),
        "cosine warmup": ScheduleConvention("warmup_cosine_decay_schedule", rise="from_zero"),
    }
