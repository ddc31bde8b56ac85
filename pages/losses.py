"""Page: loss functions, alone and on data."""

from pages.ui.frame.frame import footer, frame
from pages.ui.losses import losses

words = frame("losses")
losses(words)
footer(words)
