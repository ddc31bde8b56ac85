"""MLX."""

from functools import partial
from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import ScheduleConvention

asking = partial(Convention, asks_rate=True)
RAW = {"bias_correction": False}


@final
class MLX(Library):
    """Apple's array framework, measured on a CPU."""

    name = "MLX"
    year = 2023
    version = "0.32.4"
    measured = "2026-11-30"
    license = "MIT"
    precision = "float32"
    prefix = "mlx.optimizers."

    calling = Calling(
        '"mlx[cpu]=={version}"',
        "import mlx.core as mx\nimport mlx.optimizers",
        'params = {"w": mx.array(start.tolist())}\noptimizer = {made}',
        'params = optimizer.apply_gradients({"w": mx.array(slope.tolist())}, params)',
        'np.array(params["w"], dtype=float)',
        {
            "learning_rate": "learning_rate",
            "beta1": "betas",
            "beta2": "betas",
            "eps": "eps",
            "weight_decay": "weight_decay",
            "bias_correction": "bias_correction",
            "adamax.bias_correction": "",
            "momentum": "momentum",
            "rmsprop.momentum": "",
            "adadelta.decay": "rho",
            "rmsprop.decay": "alpha",
        },
        rate="optimizer.learning_rate = float(rates[step])",
    )

    conventions = {
        "gradient_descent": asking("SGD", decay="coupled"),
        "momentum": asking("SGD(momentum=0.9)", decay="coupled"),
        "nesterov": asking("SGD(momentum=0.9, nesterov=True)", decay="coupled"),
        "adagrad": asking("Adagrad", {"eps": 1e-8}),
        "adadelta": asking("AdaDelta"),
        "rmsprop": asking("RMSprop"),
        "adam": asking("Adam", RAW),
        "adamax": asking("Adamax", RAW),
        "adamw": asking("AdamW", RAW, decay="decoupled"),
        "lion": asking("Lion", decay="decoupled"),
        "adafactor": asking("Adafactor(relative_step=False)", decay="own", apart=("tall_decay",)),
        "muon": asking("Muon", rule=None, decay="coupled"),
    }

    losses = {
        "mse": LossConvention("mlx.nn.losses.mse_loss"),
        "mae": LossConvention("mlx.nn.losses.l1_loss"),
        "huber": LossConvention("mlx.nn.losses.huber_loss"),
        "smooth_l1": LossConvention("mlx.nn.losses.smooth_l1_loss", divided_by="delta"),
        "log_cosh": LossConvention("mlx.nn.losses.log_cosh_loss"),
        "binary_cross_entropy": LossConvention("mlx.nn.losses.binary_cross_entropy", mean="n"),
        "log_loss": LossConvention(
            "mlx.nn.losses.binary_cross_entropy(with_logits=False)", ceiling=100.0, apart=("ends",)
        ),
        "hinge": LossConvention("mlx.nn.losses.hinge_loss"),
        "categorical_cross_entropy": LossConvention("mlx.nn.losses.cross_entropy", mean="n"),
    }
    schedules = {
        "step": ScheduleConvention("step_decay", after="goes_on"),
        "exponential": ScheduleConvention("exponential_decay", after="goes_on"),
        "linear": ScheduleConvention("linear_schedule"),
        "cosine": ScheduleConvention("cosine_decay"),
        "constant warmup": ScheduleConvention("linear_schedule", rise="from_zero"),
        "cosine warmup": ScheduleConvention("join_schedules", rise="from_zero"),
    }
