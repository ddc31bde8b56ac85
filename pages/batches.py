"""Page: batch, stochastic and mini-batch gradient descent."""

from pages.ui.batches import batches
from pages.ui.frame.frame import footer, frame

words = frame("batches")
batches(words)
footer(words)
