"""Files that come with the library: scripts of the player, words, and Plotly."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def folder_of(name: str) -> Traversable:
    """A folder of such files: inside the installed package, or beside it in a checkout.

    Examples
    --------
    >>> (folder_of("static") / "programs" / "math.js").is_file()
    True
    """
    installed = files("lossopt") / name
    return installed if installed.is_dir() else CHECKOUT / name
