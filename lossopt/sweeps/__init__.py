"""Thousands of descents at once, of which only the outcome is kept."""

from lossopt.sweeps._basins import Basins, basins
from lossopt.sweeps._blocks import Cancelled, Progress
from lossopt.sweeps._grid import Sweep, loss_curves, sweep
from lossopt.sweeps._seeds import SeedBands, seed_bands

__all__ = [
    "Basins",
    "Cancelled",
    "Progress",
    "SeedBands",
    "Sweep",
    "basins",
    "loss_curves",
    "seed_bands",
    "sweep",
]
