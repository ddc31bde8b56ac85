"""Fair comparisons: one budget for all, everybody tuned alike, and no winner where luck decides."""

from lossopt.comparisons.budgets import UNITS, Budget
from lossopt.comparisons.entries import Entry
from lossopt.comparisons.merits import Merit, lowest
from lossopt.comparisons.rankings import Ranking, curves, rank
from lossopt.comparisons.scoreboards import Scoreboard, performance_profile, scoreboard
from lossopt.comparisons.tuning import Tuning, tune

__all__ = [
    "UNITS",
    "Budget",
    "Entry",
    "Merit",
    "Ranking",
    "Scoreboard",
    "Tuning",
    "curves",
    "lowest",
    "performance_profile",
    "rank",
    "scoreboard",
    "tune",
]
