"""Compare or keep what a probe in JavaScript printed: see ``_probe.mjs``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.libraries._probe import settle

if __name__ == "__main__":
    printed = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    settle(printed["about"], printed["answers"], "--write" in sys.argv)
