"""How much of everything a class may have."""

PEOPLE = 500
"""Students of a class."""
CLASSES = 50
"""Open at the same time."""
LIFE = 24 * 3600.0
"""Seconds after which a class is deleted with all that it holds."""
QUESTIONS = 50
"""Of a class."""
OPTIONS = 8
"""Of a choice."""
NICKNAME, LABEL, OPTION, TEXT, LINK = 24, 60, 120, 600, 8000
"""Characters of texts."""
SMALL, LARGE = 4_096, 262_144
"""Bytes of what a student and a teacher send at once."""
TRUTH = 32_768
"""Bytes of a truth: everybody is sent it at once."""
RULES, SETTINGS = 100, 30
"""Rules that a race lets in, and settings of an answer to it."""
PAGES = 4
"""Pages of one person that listen at the same time."""
JOINS, OPENS, WINDOW = 1_000, 30, 600.0
"""How often one address may join and open within so many seconds: a school may have one address."""
HELD = 20
"""Classes that one address has open: nobody takes the places of all others."""
ADDRESSES = 10_000
"""Of how many addresses that is remembered."""
