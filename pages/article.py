"""Page: the article that this project grew from, claim by claim."""

from pages.ui.article import article
from pages.ui.frame.frame import footer, frame

words = frame("article")
article(words)
footer(words)
