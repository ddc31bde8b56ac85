"""optimī: ``pip install torch==2.13.0 torch-optimi==0.3.3``."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import optimi
import torch

from benchmarks.libraries._probe import Asked, probe
from benchmarks.libraries._torch import begin

asked = partial(Asked, rate="lr", asks_rate=True)
OPTIMIZERS = {
    "gradient_descent": asked(optimi.SGD),
    "momentum": asked(partial(optimi.SGD, momentum=0.9)),
    "adam": asked(optimi.Adam),
    "adamw": asked(optimi.AdamW),
    "radam": asked(optimi.RAdam),
    "lion": asked(optimi.Lion),
    "adan": asked(optimi.Adan),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("torch-optimi", "torch")}
    probe("optimi", versions, begin, OPTIMIZERS)
