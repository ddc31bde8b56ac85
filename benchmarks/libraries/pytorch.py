"""PyTorch: ``pip install torch==2.13.0``."""

from __future__ import annotations

import torch

from benchmarks.libraries._probe import probe
from benchmarks.libraries._torch import begin, ways

optim = torch.optim
OPTIMIZERS = {
    **ways("gradient_descent", optim.SGD, "foreach", "fused"),
    **ways("momentum", optim.SGD, "foreach", "fused", momentum=0.9),
    **ways("nesterov", optim.SGD, "foreach", "fused", momentum=0.9, nesterov=True),
    **ways("rprop", optim.Rprop, "foreach", decay=None),
    **ways("adagrad", optim.Adagrad, "foreach", "fused"),
    **ways("adadelta", optim.Adadelta, "foreach"),
    **ways("rmsprop", optim.RMSprop, "foreach"),
    **ways("adam", optim.Adam, "foreach", "fused"),
    **ways("adamax", optim.Adamax, "foreach"),
    **ways("nadam", optim.NAdam, "foreach"),
    **ways("adamw", optim.AdamW, "foreach", "fused"),
    **ways("amsgrad", optim.Adam, "foreach", "fused", amsgrad=True),
    **ways("radam", optim.RAdam, "foreach"),
    **ways("asgd", optim.ASGD),
    **ways("adafactor", optim.Adafactor),
    **ways("muon", optim.Muon, precision="bfloat16"),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    probe("pytorch", {"torch": torch.__version__.partition("+")[0]}, begin, OPTIMIZERS)
