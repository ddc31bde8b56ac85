"""The optimizers: their family, one card each, and the anatomy of their steps."""

from pages.ui.frame.frame import footer, frame
from pages.ui.optimizers import optimizers

words = frame("optimizers")
optimizers(words)
footer(words)
