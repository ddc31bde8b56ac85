"""Fair comparisons: one budget for all, everybody tuned alike, and no winner where luck decides."""

from lossopt.comparisons.budgets import UNITS, Budget, stopped
from lossopt.comparisons.contests import Contest, contest, ranking_seeds
from lossopt.comparisons.merits import MARGIN, Merit, first_loss, lowest
from lossopt.comparisons.rankings import Ranking, curves, rank
from lossopt.comparisons.rates import default_rate, usual_rate
from lossopt.comparisons.scoreboards import Scoreboard, leaders, performance_profile, scoreboard
from lossopt.comparisons.tuning import Tuning, tune
from lossopt.entries import Entry

__all__ = [
    "MARGIN",
    "UNITS",
    "Budget",
    "Contest",
    "Entry",
    "Merit",
    "Ranking",
    "Scoreboard",
    "Tuning",
    "contest",
    "curves",
    "default_rate",
    "first_loss",
    "leaders",
    "lowest",
    "performance_profile",
    "rank",
    "ranking_seeds",
    "scoreboard",
    "stopped",
    "tune",
    "usual_rate",
]
