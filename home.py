"""Home page: the Descent Lab."""

from pages.ui.frame.frame import footer, frame
from pages.ui.lab import lab

words = frame("lab")
lab(words)
footer(words)
