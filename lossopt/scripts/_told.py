"""What a script is, and what has to be said about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from lossopt.libraries import LIBRARIES
from lossopt.refusals import Told

WAYS = ("foreach=True", "fused=True")
"""Other ways to run an optimizer of PyTorch, which stand behind its name."""
MEASURED = {name: kind.name for name, kind in LIBRARIES.items() if kind.calling}
TARGETS: dict[str, str] = {
    "lossopt": "lossopt",
    "pytorch": "PyTorch",
    **{f"pytorch {way}": f"PyTorch, {way}" for way in WAYS},
    "keras": "Keras",
    "optax": "optax",
    "javascript": "JavaScript",
    **MEASURED,
}
"""What scripts are written for, in the order of menus, by name."""


class ScriptNote(Told):
    """How a script differs from the run that is drawn, or what it needs."""

    kind = "script_note"
    sentences = {
        "same": "The path is the same to the last bit with the same versions of lossopt and NumPy.",
        "browser": "The path is the one that every browser draws, and that Node prints, to the "
        "last bit; sums and functions such as exp are rounded otherwise than NumPy rounds them.",
        "no_program": "This run cannot be written in {library}: its rule looks at values, or "
        "multiplies large matrices.",
        "exact": "Checked with {library} {version}: every two of these settings were run together "
        "in a script, and no param was off by more than {error} (relative, where it is above 1).",
        "run": "Run by hand with {library} {version} on {date}: {n} scripts with {rule}, in which "
        "no param was off by more than {error} (relative, where it is above 1).",
        "not_run": "Not run with {library} {version}: {rule}. The path may differ.",
        "nearly": "{library} takes nearly this path: it may depart where gradients are very small, "
        "or 0 at first, and by more the longer it runs.",
        "otherwise": "What {library} runs under the name {rule} takes another path: see “Same "
        "name, different rule” among the optimizers.",
        "matrices": "For {rule}, which steps whole matrices, there is no script for {library}.",
        "average": "{rule} shows an average of its params, which {library} does not give, so that "
        "there is no script.",
        "way": "{library} has no {rule} with {way}.",
        "unchecked": "Not checked with {library} {version}: {what}. The path may differ.",
        "nowhere": "Where a part of the formula has no finite derivative, {library} may give NaN.",
        "eps": "{library} adds ε in another place, so the path is not quite the same.",
        "rule": "{library} has no {rule}.",
        "field": "{library} has no setting that does what {field} = {value} does. There is no "
        "script that takes the same path.",
        "rate": "{library} keeps the displacement instead of the velocity, so that with a changing "
        "learning rate the path differs.",
        "differs": "With {what} {library} takes another path.",
        "problem": "This problem cannot be written as a short script for {library}.",
        "data": "The script reads the samples from data.csv: save that file beside it.",
    }


@dataclasses.dataclass(frozen=True)
class Script:
    """A script and what is to be said about it.

    Attributes
    ----------
    text : str
        Python or JavaScript; only comments where the library cannot run it.
    notes : tuple of ScriptNote
    exact : bool
        Whether it takes the path that is drawn, as far as that was checked.
    data : str
        Content of ``data.csv``, where the script reads it; else empty.
    name : str
        Name of its file.
    """

    text: str
    notes: tuple[ScriptNote, ...]
    exact: bool
    data: str = ""
    name: str = "run.py"


def commented(notes: Sequence[ScriptNote], sign: str = "#") -> str:
    """Notes as comments at the top of a script."""
    return "\n".join(f"{sign} {note}" for note in notes)
