"""Compare fairly: settle which optimizer, and with which settings."""

from pages.ui.compare import compare
from pages.ui.frame.frame import footer, frame

words = frame("compare")
compare(words)
footer(words)
