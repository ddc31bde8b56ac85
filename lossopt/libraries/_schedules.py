"""Which learning rates a library gives under the name of a schedule, in terms of ours."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal, final, get_args

import numpy as np

from lossopt.arguments import kind_of, one_of
from lossopt.params import Array
from lossopt.schedules import Schedule
from lossopt.schedules.constant import Constant

Rise = Literal["ours", "from_zero", "start_factor"]
"""Warm-up of w steps: to the full rate at step w, from 0 to it one step later, or otherwise."""
After = Literal["holds", "rises", "repeats", "goes_on", "raises", "turns_negative"]
"""What follows after the last planned update."""
SAME = "same"
PLANNED = 10
"""Updates of the run for which every library was asked."""
ASKED: dict[str, dict[str, Any]] = {
    "step": {"every": 4, "gamma": 0.5},
    "boundaries": {"every": 4, "gamma": 0.5},
    "exponential": {"gamma": 0.9},
    "warm_restarts": {"first": 4, "growth": 2},
}
WARMS = "warmup"


def asked_with(name: str) -> dict[str, Any]:
    """Settings with which libraries were asked, by the fields of ours.

    >>> asked_with("step"), asked_with("cosine warmup chained")
    ({'every': 4, 'gamma': 0.5}, {'warmup': 3})
    """
    words = name.split()
    return ASKED.get(words[0], {}) | ({"warmup": 3} if WARMS in words else {})


@dataclasses.dataclass(frozen=True)
class ScheduleConvention:
    """Which learning rates a library gives under the name of a schedule.

    Attributes
    ----------
    call : str
        How it is called in the library.
    schedule : str or None
        Id of the schedule that it is a form of, the same id unless stated; None if it is of none.
    late : int
        By how many updates it comes later than ours.
    rise : {"ours", "from_zero", "start_factor"}
        How its warm-up rises.
    under : bool
        Whether the schedule runs under the warm-up, and not after it.
    after : str
        What follows after the last planned update.
    rates : tuple of float
        First rates of a run that was planned for 10 updates, in full rates, where no schedule of
        ours gives them.

    Raises
    ------
    ValueError
        If `rise` or `after` is no such way.

    Examples
    --------
    >>> ScheduleConvention("CosineDecay", rise="from_zero").after
    'holds'
    """

    call: str
    schedule: str | None = SAME
    _: dataclasses.KW_ONLY
    late: int = 0
    rise: Rise = "ours"
    under: bool = False
    after: After = "holds"
    rates: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        one_of("rise", self.rise, get_args(Rise))
        one_of("after", self.after, get_args(After))

    def made(self, base: Schedule) -> Schedule:
        """A schedule of ours as the library has it.

        Examples
        --------
        >>> import lossopt as lo
        >>> ramp = lo.SCHEDULES["constant"](warmup=2)
        >>> ScheduleConvention("", rise="from_zero").made(ramp).factors(4)
        array([0. , 0.5, 1. , 1. ])
        """
        kind_of("base", base, Schedule)
        warms = base.warmup > 0
        rise = self.rise if warms else "ours"
        form = LibrarySchedule(base=base, late=self.late, rise=rise, under=warms and self.under)
        return base if form == LibrarySchedule(base=base) else form


@final
@dataclasses.dataclass(frozen=True)
class LibrarySchedule(Schedule):
    """A schedule that is late, or whose warm-up is another one.

    Attributes
    ----------
    base : Schedule
    late, rise, under
        As in `ScheduleConvention`.

    Examples
    --------
    >>> import lossopt as lo
    >>> step = lo.SCHEDULES["step"](every=2, gamma=0.5)
    >>> LibrarySchedule(base=step, late=1).factors(5)
    array([1. , 1. , 1. , 0.5, 0.5])
    """

    base: Schedule = Constant()
    late: int = 0
    rise: Rise = "ours"
    under: bool = False

    name = "Schedule of a library"
    year = 2026
    formula = r"f(t - d)"

    def __post_init__(self) -> None:
        kind_of("base", self.base, Schedule)
        one_of("rise", self.rise, get_args(Rise))

    def factors(self, n_steps: int) -> Array:
        rising = min(self.base.warmup, n_steps)
        found = self.base.factors(n_steps).copy()
        if self.under or self.late:
            t = np.arange(float(n_steps)) - (0.0 if self.under else rising)
            length = n_steps if self.under else n_steps - rising
            main = self.base.after_warmup(np.maximum(t - self.late, 0.0), length)
            found[rising:] = main[rising:]
        if self.rise == "from_zero" and rising:
            top = found[rising - 1] * self.base.warmup / rising
            found[:rising] = top * np.arange(rising) / self.base.warmup
        return found

    def after_warmup(self, t: Array, n_steps: int) -> Array:
        return self.base.after_warmup(np.maximum(t - self.late, 0.0), n_steps)
