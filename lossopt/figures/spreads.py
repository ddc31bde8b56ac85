"""What the stage shows of many seeds: a band around the loss curve."""

from __future__ import annotations

from typing import Any

from lossopt.figures.packing import pack
from lossopt.figures.palette import Look
from lossopt.figures.scene import frame_steps
from lossopt.sweeps import SeedBands


def bands_message(found: SeedBands, look: Look) -> list[dict[str, Any]]:
    """Pack the outermost quantiles and the middle one, one number per frame each."""
    steps, _ = frame_steps(found.bands.shape[1] - 1)
    low, middle, high = (found.bands[k, steps] for k in (0, len(found.bands) // 2, -1))
    color = {"light": look.light, "dark": look.dark}
    return [{"color": color, "low": pack(low), "middle": pack(middle), "high": pack(high)}]
