"""Lessons: predict, then see."""

from pages.ui.frame import footer, frame
from pages.ui.lessons import lessons

words = frame("lessons")
lessons(words)
footer(words)
