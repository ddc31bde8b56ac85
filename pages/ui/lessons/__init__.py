"""Lessons: the page, its parts, and what a teacher needs."""
