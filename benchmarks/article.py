"""Every number of the page about the article, recomputed.

    python -m benchmarks.article          # compare with what the page shows; 1 if it differs
    python -m benchmarks.article write    # let the page show what was found now

Times depend on the machine: they are measured when the file is written, and said with the machine.
"""

from __future__ import annotations

import datetime
import json
import platform
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.measure import seconds
from lossopt.claims import CLAIMS
from lossopt.claims._ground import START, line
from lossopt.claims._measured import FILE, differing, measured

TIMED, RATE, ROUNDS = 1000, 0.05, 100
SIZES = {"one": 1, "mini": 16, "all": TIMED}


def one_pass(size: int) -> None:
    """Go over all samples once, in batches."""
    risk, params = line(TIMED), np.array(START)
    order = np.random.default_rng(0).permutation(TIMED)
    for first in range(0, TIMED, size):
        params = params - RATE * risk.gradient(params, order[first : first + size])


def timed() -> dict[str, float]:
    """Milliseconds of one pass with each batch size, the best of a few."""
    found = {"timed": float(TIMED)}
    for name, size in SIZES.items():
        spent = min(seconds(lambda size=size: one_pass(size)) for _ in range(ROUNDS))
        found[f"milliseconds_{name}"] = round(1000.0 * spent, 2)
    return found


def processor() -> str:
    """Name of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def machine() -> dict[str, str]:
    """What the times were measured on."""
    return {
        "processor": processor(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def main(*asked: str) -> int:
    """Print a table of all claims; write the file, or compare with it."""
    found, wrong = {}, 0
    for name, kind in CLAIMS.items():
        start, claim = time.perf_counter(), kind()
        found[name] = claim.numbers
        apart = [] if asked else differing(claim.numbers, measured()["claims"][name])
        wrong += bool(apart) or not claim.holds()
        borne = "borne out" if claim.holds() else "NOT BORNE OUT"
        spent = time.perf_counter() - start
        print(f"{name:20s} {claim.verdict:11s} {borne} {spent:6.2f} s", *apart)
    verdicts = Counter(kind.verdict for kind in CLAIMS.values())
    counted = sum(map(len, found.values()))
    print(f"{len(CLAIMS)} claims, {counted} numbers, {wrong} wrong; {dict(verdicts)}")
    if asked:
        told = {"claims": found, "times": timed(), "machine": machine()}
        FILE.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
