"""tinygrad."""

from typing import final

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention

SLOW = {"learning_rate": 0.001}


@final
class Tinygrad(Library):
    """A small framework that compiles tensors, measured on a CPU."""

    name = "tinygrad"
    year = 2020
    version = "0.14.0"
    measured = "2026-11-30"
    license = "MIT"
    precision = "float32"
    prefix = "tinygrad.nn.optim."

    calling = Calling(
        "tinygrad=={version}",
        "import tinygrad.nn.optim\nfrom tinygrad import Tensor\n"
        "from tinygrad.helpers import Context",
        "params = Tensor(start.tolist()).realize()\noptimizer = {made}",
        "params.grad = Tensor(slope.tolist())\nwith Context(TRAINING=1):\n    optimizer.step()",
        "params.numpy().astype(float)",
        {
            "learning_rate": "lr",
            "beta1": "b1",
            "beta2": "b2",
            "eps": "eps",
            "weight_decay": "weight_decay",
            "momentum": "momentum",
        },
        rate="optimizer.lr.assign(Tensor([rates[step]], dtype=optimizer.lr.dtype)).realize()",
        made="{name}([params], {arguments})",
    )

    conventions = {
        "gradient_descent": Convention("SGD", SLOW, decay="coupled"),
        "momentum": Convention("SGD(momentum=0.9)", SLOW, decay="coupled"),
        "nesterov": Convention("SGD(momentum=0.9, nesterov=True)", SLOW, decay="coupled"),
        "adam": Convention("Adam"),
        "adamw": Convention("AdamW", decay="decoupled"),
        "muon": Convention(
            "Muon", decay="decoupled", apart=("tall", "tall_defaults", "tall_decay")
        ),
    }

    losses = {
        "binary_cross_entropy": LossConvention("Tensor.binary_crossentropy_logits"),
        "log_loss": LossConvention("Tensor.binary_crossentropy", apart=("ends",)),
        "categorical_cross_entropy": LossConvention("Tensor.sparse_categorical_crossentropy"),
    }
