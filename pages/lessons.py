"""Lessons: predict, then see."""

from pages.ui.frame.frame import footer, frame
from pages.ui.lessons.page import lessons

words = frame("lessons")
lessons(words)
footer(words)
