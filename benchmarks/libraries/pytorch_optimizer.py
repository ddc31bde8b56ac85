"""pytorch-optimizer: ``pip install torch==2.13.0 pytorch-optimizer==4.1.0``."""

from __future__ import annotations

from importlib.metadata import version

import pytorch_optimizer as po
import torch

from benchmarks.libraries._probe import probe
from benchmarks.libraries._torch import begin, relative, ways


def training(make, settings, start):
    """Step of an optimizer that must be told that it trains."""

    def made(params, **settings):
        optimizer = make(params, **settings)
        if hasattr(optimizer, "train"):
            optimizer.train()
        return optimizer

    return begin(made, settings, start)


def muon(params, **settings):
    return po.Muon([{"params": params, "use_muon": True}], **settings)


OPTIMIZERS = {
    **ways("adadelta", po.AdaDelta),
    **ways("adamax", po.AdaMax),
    **ways("radam", po.RAdam),
    **ways("asgd", po.ASGD),
    **ways("adabelief", po.AdaBelief),
    **ways("yogi", po.Yogi),
    **ways("qhm", po.QHM, momentum=0.999, nu=0.7),
    **ways("qhadam", po.QHAdam),
    **ways("lion", po.Lion),
    **ways("adan", po.Adan),
    **ways("schedule_free_sgd", po.ScheduleFreeSGD),
    **ways("schedule_free_adamw", po.ScheduleFreeAdamW),
    **ways("prodigy", po.Prodigy),
    **ways("adafactor", relative(po.AdaFactor)),
    **ways("muon", muon, precision="bfloat16"),
}

if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("pytorch_optimizer", "torch")}
    probe("pytorch_optimizer", versions, training, OPTIMIZERS)
