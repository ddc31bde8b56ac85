"""A small network learns, and slices through its loss show some of how."""

from pages.ui.frame.frame import footer, frame
from pages.ui.network import network

words = frame("network")
network(words)
footer(words)
