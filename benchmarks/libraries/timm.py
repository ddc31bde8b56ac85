"""timm: ``pip install torch==2.13.0; pip install --no-deps timm==1.0.31``.

Its models ask for torchvision; its optimizers do not, so only their folder is loaded.
"""

from __future__ import annotations

import importlib.util
import sys
import types
from importlib import import_module
from importlib.metadata import version

import torch

from benchmarks.libraries._probe import probe
from benchmarks.libraries._torch import begin, ways

found = importlib.util.find_spec("timm")
sys.modules["timm"] = types.ModuleType("timm")
sys.modules["timm"].__path__ = list(found.submodule_search_locations)
sys.modules["timm.models"] = types.ModuleType("timm.models")
sys.modules["timm.models"].group_parameters = None
optim = import_module("timm.optim")


def asked_of():
    heavy = {"momentum": 0.9}
    return {
        **ways("momentum", optim.SGDW, **heavy),
        **ways("nesterov", optim.SGDW, **heavy, nesterov=True),
        **ways("rmsprop", optim.RMSpropTF),
        **ways("nadam", optim.NAdamLegacy),
        **ways("adamw", optim.AdamWLegacy),
        **ways("radam", optim.RAdamLegacy, precision="float32"),
        **ways("adabelief", optim.AdaBelief),
        **ways("lion", optim.Lion),
        **ways("adan", optim.Adan),
        **ways("adafactor", optim.Adafactor),
        **ways("muon", optim.Muon, precision="bfloat16"),
    }


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    versions = {name: version(name) for name in ("timm", "torch")}
    probe("timm", versions, begin, asked_of())
