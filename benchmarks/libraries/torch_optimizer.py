"""torch-optimizer: ``pip install torch==2.13.0 torch-optimizer==0.3.0``."""

from __future__ import annotations

from importlib.metadata import version

import torch
import torch_optimizer as to

from benchmarks.libraries._probe import probe
from benchmarks.libraries._torch import begin, relative, ways

OPTIMIZERS = {
    **ways("radam", to.RAdam, precision="float32"),
    **ways("adabelief", to.AdaBelief),
    **ways("yogi", to.Yogi),
    **ways("qhm", to.QHM, momentum=0.999),
    **ways("qhadam", to.QHAdam),
    **ways("adafactor", relative(to.Adafactor)),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("torch_optimizer", "torch")}
    probe("torch_optimizer", versions, begin, OPTIMIZERS)
