"""What a script is, and what has to be said about it."""

from __future__ import annotations

import dataclasses
from typing import Literal

from lossopt.refusals import Told

Library = Literal["lossopt", "pytorch", "keras", "optax"]
LIBRARIES: dict[Library, str] = {
    "lossopt": "lossopt",
    "pytorch": "PyTorch",
    "keras": "Keras",
    "optax": "optax",
}


class ScriptNote(Told):
    """How a script differs from the run that is drawn, or what it needs."""

    kind = "script_note"
    sentences = {
        "exact": "The path is the same, to rounding in float64.",
        "eps": "{library} adds ε in another place, so the path is not quite the same.",
        "rule": "{library} has no {rule}.",
        "field": "{library} has no such setting: {field} = {value}. There is no script that takes "
        "the same path.",
        "rate": "{library} keeps the displacement instead of the velocity, so that with a changing "
        "learning rate the path differs.",
        "problem": "This problem cannot be written as a short script for {library}.",
        "data": "The script reads the samples from data.csv: save that file beside it.",
    }


@dataclasses.dataclass(frozen=True)
class Script:
    """A script and what is to be said about it.

    Attributes
    ----------
    text : str
        Python; only comments where the library cannot run it.
    notes : tuple of ScriptNote
    exact : bool
        Whether it takes the path that is drawn.
    data : str
        Content of ``data.csv``, where the script reads it; else empty.
    """

    text: str
    notes: tuple[ScriptNote, ...]
    exact: bool
    data: str = ""
