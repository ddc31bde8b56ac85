"""Lessons: a question, a prepared stage, and an answer that is measured in real runs."""

import sys

from lossopt.lessons._base import LEVELS, Lesson, Setup, Span
from lossopt.lessons._judge import Verdict, judge
from lossopt.registry import discover

LESSONS = discover(sys.modules[__name__], Lesson)
"""Every lesson by its id, in teaching order."""

__all__ = ["LESSONS", "LEVELS", "Lesson", "Setup", "Span", "Verdict", "judge"]
