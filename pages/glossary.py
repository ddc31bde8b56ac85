"""Glossary."""

from pages.ui.frame.frame import footer, frame
from pages.ui.glossary import glossary

words = frame("glossary")
glossary(words)
footer(words, links=False)
