"""How far a prediction is from the answer."""

from __future__ import annotations

import dataclasses
import math

from lossopt.lessons._base import Lesson


@dataclasses.dataclass(frozen=True)
class Verdict:
    """A prediction beside the answer.

    Attributes
    ----------
    kind : str
        ``close``, ``high``, ``low``, ``high_factor``, ``low_factor`` or ``sign`` for a number;
        ``right`` or ``wrong`` for a choice.
    factor : float
        How many times too high or too low a number is, 1 or more.
    percent : float
        Difference in percent of the answer, 0 or more.
    """

    kind: str
    factor: float = 1.0
    percent: float = 0.0


def judge(lesson: Lesson, guess: float | str, answer: float | str) -> Verdict:
    """Compare a prediction with the answer.

    Parameters
    ----------
    lesson : Lesson
    guess : float or str
    answer : float or str
        What `lesson.answer` returned; a number is above 0.

    Examples
    --------
    >>> from lossopt.lessons import LESSONS
    >>> verdict = judge(LESSONS["stable_rate"](), 0.2, 0.08)
    >>> verdict.kind, round(verdict.factor, 6), round(verdict.percent)
    ('high_factor', 2.5, 150)
    """
    if isinstance(guess, str) or isinstance(answer, str):
        return Verdict("right" if guess == answer else "wrong")
    if not guess > 0.0:
        return Verdict("sign")
    factor = max(guess / answer, answer / guess)
    percent = 100.0 * abs(guess / answer - 1.0)
    if factor <= 1.0 + lesson.tolerance:
        return Verdict("close", factor, percent)
    kind = "high" if guess > answer else "low"
    return Verdict(kind if factor < math.sqrt(2.0) else f"{kind}_factor", factor, percent)
