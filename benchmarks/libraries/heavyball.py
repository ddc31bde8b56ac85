"""heavyball without compilation: ``pip install torch==2.13.0 heavyball==3.2.1``."""

from __future__ import annotations

from importlib.metadata import version

import heavyball as hb

from benchmarks.libraries._probe import probe
from benchmarks.libraries._torch import begin, ways

hb.utils.compile_mode = None

OPTIMIZERS = {
    **ways("momentum", hb.SGD),
    **ways("rmsprop", hb.RMSprop),
    **ways("nadam", hb.NAdam),
    **ways("adamw", hb.AdamW),
    **ways("schedule_free_adamw", hb.SFAdamW),
    **ways("muon", hb.Muon),
}

if __name__ == "__main__":
    versions = {name: version(name) for name in ("heavyball", "torch")}
    probe("heavyball", versions, begin, OPTIMIZERS, "float32")
